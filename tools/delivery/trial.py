"""The smoke test of every bundle and package, on all platforms."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

SAMPLE = Path("samples") / "galaxy.fits"
PATIENCE_S = 1800


class TryFailed(Exception):
    """What was built does not do what it should."""


def try_out(program: Path, window: Path) -> None:
    """Try a program on its own sample frame, in a folder of its own, and the one that menus start,
    where that is another. Raises TryFailed.
    """
    sample = next(program.resolve().parent.rglob(str(SAMPLE)))
    with tempfile.TemporaryDirectory(prefix="astroview-") as name:
        folder = Path(name)
        shutil.copy(sample, folder / "frame.fits")

        def tried(*arguments: str, lines: str = "", until: str = "") -> str:
            return run(program, folder, *arguments, lines=lines, until=until)

        expect("astroview ", tried("--version"))
        expect("palettes:", tried("models"))
        expect("arcsec per pixel", tried("info", "frame.fits"))
        expect('"Devices"', tried("--worker", lines='{"type": "Probe"}\n', until='"Devices"'))
        tried("enhance", "frame.fits", "--out", "out")
        exists(folder / "out" / "frame_combined_x2.fits")
        run(window, folder, "--snapshot", "window.png", "frame.fits", "--enhance")
        exists(folder / "window.png")
        shutil.copy(folder / "window.png", Path.cwd() / "dist" / "window.png")


def run(
    program: Path, folder: Path, *arguments: str, lines: str = "", until: str = "", code: int = 0
) -> str:
    """What the program prints; with `until`, stdin stays open until that is printed."""
    began = time.monotonic()
    process = subprocess.Popen(
        [program, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=folder, env=bare_environment(folder),
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(lines)
    process.stdin.flush()
    said = ""
    if until:
        while until not in said and (line := process.stdout.readline()):
            said += line
    rest, _ = process.communicate(timeout=PATIENCE_S)
    if process.returncode != code:
        raise TryFailed(f"astroview {' '.join(arguments)} ended with {process.returncode}")
    print(f"  tried: {program.stem} {arguments[0]} ({time.monotonic() - began:.1f} s)", flush=True)
    return said + rest


def bare_environment(folder: Path) -> dict[str, str]:
    """The environment without what would lend the bundle a Python of this machine."""
    foreign = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "DISPLAY", "WAYLAND_DISPLAY")
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return kept | {"ASTROVIEW_CONFIG_DIR": str(folder / "config")}


def expect(words: str, said: str) -> None:
    """Fail unless the words were said."""
    if words not in said:
        raise TryFailed(f"“{words}” was expected, but it said: {said or 'nothing'}")


def exists(path: Path) -> None:
    """Fail unless the file was made."""
    if not path.is_file():
        raise TryFailed(f"{path.name} was not made")
