"""What a million or a billion frames cost in machines, hours and disk.

    python -m benchmarks.capacity [--side 2048] [--cores 16] [--device cpu] [--no-dask]

measures, on the machine it runs on, what one warm worker does and what the one who leads a batch
does for every file, and multiplies. One worker is one process with one thread, as in
``--dask local:N``, or one GPU with ``--device cuda``. On CPUs a worker's processor time counts,
which is what it takes on a core of its own, however busy the machine is; on GPUs the clock's.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from astropy.io import fits

from astroview.batch.journal import Done, Start, open_journal
from astroview.batch.process_client import WorkerProcess
from astroview.core.io.paths.find_frames import find
from astroview.core.messages.worker_messages import Save
from astroview.core.models.model_card import sha256_of
from astroview.core.options import EnhanceOptions

SMALL, LARGE = 64, 1024  # sides of the measured frames; what lies between is a straight line
COUNTS = (10**6, 10**9)
DAYS = 30  # in which a billion are to be done
BYTES = 2  # a pixel of the input: 16 bit


@dataclass(frozen=True)
class Figures:
    """What was measured.

    Parameters
    ----------
    start_s
        From starting a worker to its first result.
    frame_s, mpix_s
        Of a warm worker, enhancing and saving: for every frame, and for every 10^6 input pixels.
    out_bytes
        Of a FITS result, for every input pixel.
    hash_mb_s, journal_s, list_s, dask_s
        Of the one who leads: reading and hashing inputs, MB a second; and a file's share of
        writing the journal (synced), of listing, and of going through Dask.
    """

    start_s: float
    frame_s: float
    mpix_s: float
    out_bytes: float
    hash_mb_s: float
    journal_s: float
    list_s: float
    dask_s: float


@dataclass(frozen=True)
class Cost:
    """What so many frames take: hours of workers and of one leader, terabytes in and out."""

    frames: int
    worker_h: float
    leader_h: float
    in_tb: float
    out_tb: float

    def workers_for(self, hours: float) -> int:
        """How many workers do it in that time."""
        return max(1, math.ceil(self.worker_h / hours))

    def leaders_for(self, hours: float) -> int:
        """Into how many batches, each with a journal of its own, it must be split for that."""
        return max(1, math.ceil(self.leader_h / hours))


def cost(figures: Figures, frames: int, side: int) -> Cost:
    """Multiply."""
    mpix = side * side / 1e6
    each_s = figures.frame_s + mpix * figures.mpix_s
    lead_s = figures.journal_s + figures.list_s + figures.dask_s + BYTES * mpix / figures.hash_mb_s
    return Cost(
        frames,
        frames * each_s / 3600,
        frames * lead_s / 3600,
        frames * BYTES * mpix / 1e6,
        frames * figures.out_bytes * mpix / 1e6,
    )


# ---------------------------------------------------------------- measuring


def measure(device: str, *, dask: bool = True) -> Figures:
    """Measure everything on this machine; takes about a minute."""
    with TemporaryDirectory(prefix="astroview-capacity-") as name:
        folder = Path(name)
        start_s, frame_s, mpix_s, out_bytes = _worker(folder, device)
        return Figures(
            *(start_s, frame_s, mpix_s, out_bytes),
            hash_mb_s=_hashing(folder),
            journal_s=_journal(folder / "out"),
            list_s=_listing(folder / "many"),
            dask_s=_dask() if dask else 0.0,
        )


def _worker(folder: Path, device: str) -> tuple[float, float, float, float]:
    rng = np.random.default_rng(1)
    paths = {side: folder / f"{side}.fits" for side in (SMALL, LARGE)}
    for side, path in paths.items():
        fits.PrimaryHDU(rng.poisson(300, (side, side)).astype(np.int16)).writeto(path)
    with WorkerProcess() as worker:
        began = time.perf_counter()
        _enhanced(worker, paths[SMALL], folder, device)
        start_s = time.perf_counter() - began if device != "cpu" else _used(worker)
        small_s = min(_enhanced(worker, paths[SMALL], folder, device) for _ in range(5))
        _enhanced(worker, paths[LARGE], folder, device)  # kernels are chosen, memory is found
        large_s = min(_enhanced(worker, paths[LARGE], folder, device) for _ in range(3))
    mpix = (LARGE**2 - SMALL**2) / 1e6
    out_bytes = (folder / f"{LARGE}-out.fits").stat().st_size / LARGE**2
    return start_s, small_s, (large_s - small_s) / mpix, out_bytes


def _enhanced(worker: WorkerProcess, path: Path, folder: Path, device: str) -> float:
    on_cpu = device == "cpu" and worker.pid is not None
    began = _used(worker) if on_cpu else time.perf_counter()
    options = EnhanceOptions(device=device)
    with TemporaryDirectory(dir=folder) as scratch:
        outputs = worker.enhance(path, None, 0, options, Path(scratch), lambda _: None)
        target = folder / f"{path.stem}-out.fits"
        worker.save(Save("", str(path), outputs, str(target)))
    return (_used(worker) if on_cpu else time.perf_counter()) - began


def _used(worker: WorkerProcess) -> float:
    """Processor seconds of a worker since it began."""
    import psutil  # comes with Dask

    assert worker.pid is not None
    times = psutil.Process(worker.pid).cpu_times()
    return times.user + times.system


def _hashing(folder: Path) -> float:
    path = folder / "large.bin"
    path.write_bytes(os.urandom(64 * 2**20))
    sha256_of(path)
    began = time.process_time()
    sha256_of(path)
    return path.stat().st_size / 1e6 / (time.process_time() - began)


def _journal(out: Path, count: int = 300) -> float:
    with open_journal(out) as record:
        began = time.perf_counter()
        for i in range(count):
            name = f"frame-{i}_combined_x2.fits"
            record.append(Start(name, f"/data/frame-{i}.fits", "0" * 64, 1, 1))
            record.append(Done(name, "0" * 64, "0" * 16, "0" * 64, 1, 1))
        return (time.perf_counter() - began) / count


def _listing(folder: Path, count: int = 5000) -> float:
    folder.mkdir()
    for i in range(count):
        (folder / f"frame-{i}.fits").touch()
    began = time.perf_counter()
    assert sum(1 for _ in find([folder])) == count
    return (time.perf_counter() - began) / count


def _dask(count: int = 2000) -> float:
    from distributed import as_completed

    from astroview.batch.dask.dask_cluster import connected

    with connected("local:2") as client:
        client.submit(_nothing, -1, pure=False).result()
        began = time.perf_counter()
        running = as_completed([client.submit(_nothing, i, pure=False) for i in range(8)])
        for i, _ in enumerate(running):
            if i < count - 8:
                running.add(client.submit(_nothing, i, pure=False))
        return (time.perf_counter() - began) / count


def _nothing(number: int) -> int:
    return number


# ---------------------------------------------------------------- telling


def table(figures: Figures, side: int, cores: int) -> str:
    """The figures and the costs, in Markdown."""
    mpix = side * side / 1e6
    measured = [
        ("a worker starts, to its first result", f"{figures.start_s:.1f} s"),
        ("a frame, whatever its size", f"{figures.frame_s:.3f} s"),
        ("10^6 input pixels, enhanced and saved", f"{figures.mpix_s:.2f} s"),
        (f"so a frame of {side} x {side}", f"{figures.frame_s + mpix * figures.mpix_s:.1f} s"),
        ("bytes of the FITS result, an input pixel", f"{figures.out_bytes:.1f}"),
        ("leader: hashing", f"{figures.hash_mb_s:,.0f} MB/s"),
        ("leader: journal, two synced lines a file", f"{1e3 * figures.journal_s:.2f} ms"),
        ("leader: listing, a file", f"{1e3 * figures.list_s:.3f} ms"),
        ("leader: through Dask, a file", f"{1e3 * figures.dask_s:.2f} ms"),
    ]
    lines = ["| measured | |", "|---|---|", *(f"| {what} | {value} |" for what, value in measured)]
    lines += [
        "",
        f"| frames | worker hours | machines of {cores} workers | journals | read | written |",
        "|---|---|---|---|---|---|",
    ]
    for count in COUNTS:
        lines.append(_row(cost(figures, count, side), cores))
    return "\n".join(lines)


def _row(what: Cost, cores: int) -> str:
    hours = 24.0 if what.frames <= 10**6 else 24.0 * DAYS
    machines = math.ceil(what.workers_for(hours) / cores)
    return (
        f"| 10^{round(math.log10(what.frames))} | {what.worker_h:,.0f} "
        f"| {machines:,} for {hours / 24:.0f} d | {what.leaders_for(hours):,} "
        f"| {what.in_tb:,.1f} TB | {what.out_tb:,.1f} TB |"
    )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.capacity")
    parser.add_argument("--side", type=int, default=2048, help="of a frame (default: 2048)")
    parser.add_argument("--cores", type=int, default=16, help="workers a machine (default: 16)")
    parser.add_argument("--device", default="cpu", help="cpu or cuda (default: cpu)")
    parser.add_argument("--no-dask", action="store_true")
    chosen = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    figures = measure(chosen.device, dask=not chosen.no_dask)
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{platform.machine()}, {os.cpu_count()} cores{load}, {chosen.device}\n")
    print(table(figures, chosen.side, chosen.cores))
    return 0


if __name__ == "__main__":
    sys.exit(main())
