"""How long the first frame waits for what is imported: ``python -m benchmarks.first_answer``.

A new worker is asked for its devices, as the window does when it begins. The first of three cuts of
64 x 64 pixels is given to it at once, or when it has come to rest, and takes so many times as long
as the last one. Seconds are of the clock.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
from astropy.io import fits

from astroview.batch.process_client import WorkerProcess
from astroview.core import resources
from astroview.core.options import EnhanceOptions

REST_S = 2.0  # without work, after which nothing is imported any more


def main() -> int:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with fits.open(resources.sample("galaxy.fits")) as hdus:
            whole: Any = hdus[0]
            cut = whole.data[200:264, 200:264]
            fits.writeto(folder / "cut.fits", cut, whole.header)
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
        print("| the first frame comes | first | third | ratio |\n|---|---|---|---|")
        for rested in (False, True):
            first, _, last = _answers(folder, rested)
            when = "after a rest" if rested else "at once"
            print(f"| {when} | {first:.2f} s | {last:.2f} s | {first / last:.1f} |", flush=True)
    return 0


def _answers(folder: Path, rested: bool) -> list[float]:
    found: list[float] = []
    with WorkerProcess() as worker:
        worker.device()
        if rested:
            _rest(worker.pid or 0)
        for number in range(3):
            began = time.monotonic()
            out = folder / f"{rested}-{number}"
            options = EnhanceOptions(device="cpu")
            worker.enhance(folder / "cut.fits", None, 0, options, out, lambda _: None)
            found.append(time.monotonic() - began)
    return found


def _rest(pid: int) -> None:
    process, used, since = psutil.Process(pid), -1.0, time.monotonic()
    while time.monotonic() - since < REST_S:
        now = sum(process.cpu_times()[:2])
        if now > used + 0.01:
            used, since = now, time.monotonic()
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
