"""Times the viewer against DS9, ginga and a naive pyqtgraph window, on a frame of 1 GB.

``make benchmark-viewer`` runs it on Linux under Xvfb (Debian packages xvfb and saods9) and writes
the table into docs/performance.md. A peer that is not there has an empty column. All start-ups
and all redraws are measured in one run, the viewers taking turns, because machines are noisy.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks import page

ROOT = Path(__file__).resolve().parents[1]
VIEWING = ROOT / "benchmarks" / "viewing"
BASE = "import PySide6.QtWidgets, pyqtgraph, astropy.io.fits"
GESTURES = ("pan", "zoom", "stretch")


@dataclass
class Peer:
    """A viewer: how it starts, how it is timed, and what was measured."""

    name: str
    start: list[str] | None = None
    redraw: list[str] | None = None
    seconds: list[float] = field(default_factory=list)
    rss_mb: list[float] = field(default_factory=list)
    times: dict[str, list[list[float]]] = field(default_factory=dict)


def main() -> None:
    chosen = _arguments()
    with tempfile.TemporaryDirectory(prefix="astroview-benchmark-", dir=chosen.scratch) as folder:
        frame = Path(folder) / "large.fits"
        sys.path.insert(0, str(ROOT))
        from benchmarks.viewing.frames import make

        make(frame, chosen.side)
        with _display() as display:
            environment = _environment(display, Path(folder))
            peers = _peers(frame, chosen)
            _starts(peers, chosen.rounds, environment)
            imports = _imports(chosen.rounds, environment)
            _redraws(peers, environment)
    table = "\n".join(_report(peers, imports, chosen))
    print(table)
    if chosen.write:
        page.put("viewer", table)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, default=16384, help="pixels of the frame, per side")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--gestures", type=int, default=60)
    parser.add_argument("--scratch", type=Path, help="folder for the frame")
    parser.add_argument("--ginga-python", help="a Python that has ginga and PySide6")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    return parser.parse_args()


def _peers(frame: Path, chosen: argparse.Namespace) -> list[Peer]:
    python, file, count = sys.executable, str(frame), str(chosen.gestures)
    ours, naive = str(VIEWING / "ours.py"), str(VIEWING / "naive.py")
    ds9 = shutil.which("ds9")
    peer = chosen.ginga_python
    return [
        Peer("astroview", [python, ours, "start", file], [python, ours, "redraw", file, count]),
        Peer("DS9", [ds9, file, *["-zscale", "-zoom", "to", "fit", "-exit"]] if ds9 else None),
        Peer("naive", [python, naive, "start", file], [python, naive, "redraw", file, "6"]),
        Peer("ginga", None, [peer, str(VIEWING / "peer_ginga.py"), file, count] if peer else None),
    ]


@contextmanager
def _display() -> Iterator[str]:
    """An X display of its own, so that every viewer draws into the same kind."""
    read, write = os.pipe()
    size = "2600x1500x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", size],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def _environment(display: str, folder: Path) -> dict[str, str]:
    """Of every child; with bytecode of its own, as an installed program has."""
    unwanted = ("QT_QPA_PLATFORM", "PYTHONDONTWRITEBYTECODE")
    known = {k: v for k, v in os.environ.items() if k not in unwanted}
    return known | {
        "DISPLAY": display,
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "QT_LOGGING_RULES": "*=false",
        "ASTROVIEW_CONFIG_DIR": str(folder / "settings"),
    }


def _starts(peers: list[Peer], rounds: int, environment: dict[str, str]) -> None:
    """Process start to picture, and the most memory resident; the first round only warms up."""
    for number in range(rounds + 1):
        for peer in peers:
            if peer.start:
                seconds, megabytes = _timed(peer.start, environment)
                if number:
                    peer.seconds.append(seconds)
                    peer.rss_mb.append(megabytes)


def _timed(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    begun = time.monotonic()
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        assert child.stdout
        said = child.stdout.read()
        _, _, used = os.wait4(child.pid, 0)
        child.returncode = 0
    ended = time.monotonic()
    if said.startswith(b"{"):
        told = json.loads(said)
        assert told["correct"], "the first picture is not that of the frame"
        ended = told["painted"]
    return ended - begun, used.ru_maxrss / 1024


def _imports(rounds: int, environment: dict[str, str]) -> tuple[float, float]:
    """CPU seconds to import what the window's process does, and the libraries alone."""
    found: dict[str, list[float]] = {"import astroview.ui.app": [], BASE: []}
    for number in range(rounds + 1):
        for code, seconds in found.items():
            child = subprocess.Popen([sys.executable, "-c", code], env=environment)
            _, _, used = os.wait4(child.pid, 0)
            child.returncode = 0
            if number:
                seconds.append(used.ru_utime + used.ru_stime)
    ours, base = (median(seconds) for seconds in found.values())
    return ours, base


def _redraws(peers: list[Peer], environment: dict[str, str]) -> None:
    for peer in peers:
        if peer.redraw:
            run = subprocess.run(
                peer.redraw,
                check=False,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            if run.returncode == 0:
                peer.times = json.loads(run.stdout)


def _report(
    peers: list[Peer], imports: tuple[float, float], chosen: argparse.Namespace
) -> Iterator[str]:
    ours, ds9 = peers[0], peers[1]
    yield f"Frame: {chosen.side} x {chosen.side} float32 FITS, {chosen.side**2 * 4 / 1e9:.2f} GB,"
    yield f"in the page cache. Machine: {os.cpu_count()} cores, {platform.machine()}, load"
    yield f"{os.getloadavg()[1]:.1f} meanwhile. Under Xvfb; medians of {chosen.rounds} rounds."
    yield ""
    yield "| Start to picture | astroview | DS9 | naive ImageItem |"
    yield "|---|---|---|---|"
    cells = [_cell(p.seconds, "{:.2f} s") for p in peers[:3]]
    yield "| process start to first correct picture | " + " | ".join(cells) + " |"
    cells = [_cell(p.rss_mb, "{:.0f} MB") for p in peers[:3]]
    yield "| most memory resident | " + " | ".join(cells) + " |"
    if ds9.seconds:
        ratios = (_ratio(p.seconds, ds9.seconds) for p in peers[:3])
        yield "| time, DS9 = 1 (target 0.6) | " + " | ".join(ratios) + " |"
        ratios = (_ratio(p.rss_mb, ds9.rss_mb) for p in peers[:3])
        yield "| memory, DS9 = 1 (target 0.33) | " + " | ".join(ratios) + " |"
    yield ""
    yield "| Redraw at 1600 x 1000, ms | astroview | refined | CPU | ginga | naive |"
    yield "|---|---|---|---|---|---|"
    for kind in GESTURES:
        columns = [_quantiles(ours, kind, i) for i in range(3)]
        columns += [_quantiles(peers[3], kind, 0), _quantiles(peers[2], kind, 0)]
        yield f"| {kind} | " + " | ".join(columns) + " |"
    yield ""
    yield f"Imports of the window's process: {imports[0]:.2f} s of CPU time,"
    yield f"{imports[0] / imports[1]:.2f} x those of `{BASE}` (target 1.3)."


def _cell(values: list[float], form: str) -> str:
    return form.format(median(values)) if values else "absent"


def _ratio(values: list[float], base: list[float]) -> str:
    """Of neighbours in time, then the median: noise that both had goes."""
    return f"{median(a / b for a, b in zip(values, base, strict=True)):.2f}" if values else "absent"


def _quantiles(peer: Peer, kind: str, which: int) -> str:
    rows = [row for row in peer.times.get(kind, []) if len(row) > which]
    if not rows:
        return "absent"
    values = sorted(row[which] for row in rows)
    return f"{median(values):.1f} / {values[int(0.95 * (len(values) - 1))]:.1f}"


if __name__ == "__main__":
    main()
