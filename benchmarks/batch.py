"""How much of the engine's own speed a batch keeps: ``python -m benchmarks.batch``.

Three ways over the same mixed frames (sizes, kinds, packed or not):

engine   frames opened and networks loaded beforehand, tiles computed into scratch: the limit
batch    ``astroview enhance FOLDER --out OUT``: everything, journal and checksums included
naive    a loop that opens, loads the networks, computes and saves, one step after the other

The folder is cut into parts of alike frames; each part goes all three ways at once, in another
order each time, and a share is the median of what the parts say. So whatever else the machine does
falls on all ways alike. Wall-clock speeds count from the first tile (the batch) or with everything
imported (the others). CPU seconds are of all processes together, less those of a batch of one
small frame for each process (libraries are loaded once, however many files there are).
"""

from __future__ import annotations

import argparse
import gzip
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from astropy.io import fits
from PIL import Image

from benchmarks import page

SIDES = (96, 128, 192, 256, 320, 384, 448)


@dataclass(frozen=True)
class Measured:
    """One way over the folder, once."""

    wall_s: float
    cpu_s: float


def make_folder(folder: Path, count: int, samples: Path) -> int:
    """Cuts of the simulated sample frames, as FITS (float, 16 bit, packed) and PNG; pixels."""
    rng = np.random.default_rng(5)
    skies = []
    for name in ("galaxy.fits", "deep_field.fits"):
        with fits.open(samples / name) as hdus:
            skies.append((np.asarray(hdus[0].data, np.float32), hdus[0].header.copy()))
    pixels = 0
    for i in range(count):
        sky, header = skies[i % 2]
        side = min(int(rng.choice(SIDES)), *sky.shape)
        y, x = (int(rng.integers(0, n - side + 1)) for n in sky.shape)
        _write(folder / f"{i:04}", sky[y : y + side, x : x + side], header, i % 4)
        pixels += side * side
    return pixels


def _write(stem: Path, cut: np.ndarray, header: fits.Header, kind: int) -> None:
    if kind == 3:
        low, high = np.percentile(cut, (1, 99.8))
        shown = np.clip((cut - low) / (high - low), 0, 1) ** 0.5
        Image.fromarray(np.uint8(255 * shown)).save(stem.with_suffix(".png"))
        return
    data = cut if kind != 1 else np.clip(cut, -32768, 32767).astype(np.int16)
    file = stem.with_suffix(".fits")
    fits.PrimaryHDU(data, header).writeto(file)
    if kind == 2:
        packed = file.with_suffix(".fits.gz")
        packed.write_bytes(gzip.compress(file.read_bytes(), 1))
        file.unlink()


def engine(folder: Path, out: Path) -> Measured:
    """Nothing but tiles."""
    from astroview.core.frame import ArraySource
    from astroview.core.io.open_file import open_frame
    from astroview.core.io.paths.find_frames import frames_in
    from astroview.core.models.model_card import default_shelf
    from astroview.core.options import EnhanceOptions
    from astroview.engine.pipeline.enhance import enhance_to
    from astroview.engine.runtime.cache import Cache
    from astroview.engine.runtime.live_updates import Live

    shelf, live = default_shelf(), Live(Cache())
    frames = [open_frame(path) for path in frames_in(folder)]
    frames = [replace(frame, source=ArraySource(frame.read())) for frame in frames]
    enhance_to(frames[0], EnhanceOptions(), out / "warm", shelf, lambda *_: None, live)
    wall, cpu = time.monotonic(), time.process_time()
    for i, frame in enumerate(frames):
        enhance_to(frame, EnhanceOptions(), out / str(i), shelf, lambda *_: None, live)
        shutil.rmtree(out / str(i))
    return Measured(time.monotonic() - wall, time.process_time() - cpu)


def batch(folder: Path, out: Path) -> Measured:
    """The command's own function; its workers are children of this process."""
    from astroview.batch.batch_run import enhance_paths
    from astroview.batch.recipe import BatchRecipe
    from astroview.core.messages.batch_messages import BatchEvent, ItemProgress
    from astroview.core.options import EnhanceOptions

    first: list[float] = []

    def tell(event: BatchEvent) -> None:
        if isinstance(event, ItemProgress) and event.done and not first:
            first.append(time.monotonic())

    before, before_s = _cpu(), time.monotonic()
    summary = enhance_paths([folder], out, BatchRecipe(EnhanceOptions()), tell)
    if summary.failed or summary.left:
        raise SystemExit(f"the batch did not do all: {summary}")
    return Measured(time.monotonic() - (first or [before_s])[0], _cpu() - before)


def naive(folder: Path, out: Path) -> Measured:
    """One step after the other, networks loaded for every file."""
    from astroview.batch.recipe import BatchRecipe
    from astroview.batch.work import enhance_one
    from astroview.core.io.paths.find_frames import frames_in
    from astroview.core.models.model_card import default_shelf
    from astroview.core.options import EnhanceOptions
    from astroview.engine.runtime.cache import Cache

    recipe, shelf = BatchRecipe(EnhanceOptions()), default_shelf()
    wall, cpu = time.monotonic(), time.process_time()
    for i, path in enumerate(frames_in(folder)):
        target = out / f"{i}.{'png' if path.suffix == '.png' else 'fits'}"
        enhance_one(path, target, recipe, shelf, Cache(), lambda *_: None)
    return Measured(time.monotonic() - wall, time.process_time() - cpu)


def _cpu() -> float:
    """Of this process and those of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


WAYS: dict[str, Callable[[Path, Path], Measured]] = {
    "engine": engine,
    "batch": batch,
    "naive": naive,
}


def measure(folder: Path, parts: int) -> dict[str, list[Measured]]:
    """All ways over each part of a folder, by turns."""
    found: dict[str, list[Measured]] = {name: [] for name in WAYS}
    names, files = list(WAYS), sorted(folder.iterdir())
    start = _start_up(files)
    for turn in range(parts):
        with tempfile.TemporaryDirectory(prefix="astroview-bench-") as base:
            part = Path(base) / "in"
            part.mkdir()
            for file in files[turn::parts]:
                shutil.copy(file, part)
            for name in names[turn % 3 :] + names[: turn % 3]:
                last = WAYS[name](part, Path(base) / name)
                if name == "batch":  # torch and astropy are loaded once, however many files
                    last = replace(last, cpu_s=last.cpu_s - start)
                found[name].append(last)
                print(f"{name}: {last.wall_s:.1f} s, {last.cpu_s:.1f} s of CPU", file=sys.stderr)
    return found


def _start_up(files: list[Path]) -> float:
    """CPU seconds for loading libraries in all processes: those of a batch with as many small
    frames as it has lanes.
    """
    from astroview.batch import device_slots

    smallest = sorted(files, key=lambda path: path.stat().st_size)
    count = len(device_slots.lanes_for(("auto",), 10**12))
    with tempfile.TemporaryDirectory(prefix="astroview-bench-") as base:
        (Path(base) / "in").mkdir()
        for path in smallest[:count]:
            shutil.copy(path, Path(base) / "in")
        started = batch(Path(base) / "in", Path(base) / "out").cpu_s
    print(f"start-up: {started:.1f} s of CPU, taken off the batch", file=sys.stderr)
    return started


def table(found: dict[str, list[Measured]], count: int, pixels: int) -> str:
    """The figures as Markdown."""
    wall = {name: sum(m.wall_s for m in runs) for name, runs in found.items()}
    cpu = {name: sum(m.cpu_s for m in runs) for name, runs in found.items()}
    lines = [
        f"{count} mixed frames ({pixels / 1e6:.2f} Mpixel: FITS of floats and 16 bit, packed FITS,",
        f"PNG; {min(SIDES)} to {max(SIDES)} pixels a side), colour and x2, bundled models, CPU",
        f"(cores: {_cores()}), in {len(found['engine'])} parts by turns; shares are medians.",
        "",
        "| | Mpixel/s | of the engine's own | CPU s a Mpixel | engine's CPU / its CPU |",
        "|---|---|---|---|---|",
    ]
    for name in WAYS:
        pairs = list(zip(found["engine"], found[name], strict=True))
        speed = statistics.median(own.wall_s / its.wall_s for own, its in pairs)
        effort = statistics.median(own.cpu_s / its.cpu_s for own, its in pairs)
        lines.append(
            f"| {name} | {pixels / 1e6 / wall[name]:.4f} | {speed:.0%} "
            f"| {cpu[name] / pixels * 1e6:.1f} | {effort:.0%} |"
        )
    return "\n".join(lines)


def _cores() -> int:
    """Cores that torch uses here."""
    from astroview.batch import device_slots

    return device_slots.cores()


def main() -> None:
    """Measure, print, and write the section of the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--frames", type=int, default=200)
    parser.add_argument("--parts", type=int, default=5, help="(default: 5)")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    chosen = parser.parse_args()
    from astroview.core import resources

    with tempfile.TemporaryDirectory(prefix="astroview-bench-") as base:
        pixels = make_folder(Path(base), chosen.frames, resources.root() / "samples")
        found = measure(Path(base), chosen.parts)
    text = table(found, chosen.frames, pixels)
    print(text)
    if chosen.write:
        command = f"python -m benchmarks.batch --frames {chosen.frames} --parts {chosen.parts}"
        told = "prints this table; `make benchmark-batch` writes it."
        page.put("batch", f"{text}\n\n`{command}` {told}")


if __name__ == "__main__":
    main()
