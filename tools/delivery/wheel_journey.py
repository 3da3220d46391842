"""A user's first way with a wheel: installed into a new environment, outside the checkout.

    python tools/delivery/wheel_journey.py dist/astroview_app-*.whl [--borrow VENV]

`--borrow` takes the dependencies from an environment that is there, instead of downloading them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

STEPS = (
    (("--version",), "astroview "),
    (("models",), "palettes:"),
    (("info", "frame.fits"), "arcsec per pixel"),
    (("enhance", "frame.fits", "--out", "out", "--device", "cpu"), ""),
    (("info", "out/frame_combined_x2.fits"), "LUMINANCE"),
    (("--snapshot", "window.png", "frame.fits"), ""),
)


class JourneyFailed(Exception):
    """A step of the journey did not do what it should."""


def journey(wheel: Path, folder: Path, borrowed: Path | None) -> None:
    """Install the wheel below `folder` and walk through the steps."""
    home = folder / "venv"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    install = [python, "-m", "pip", "install", "--quiet", *(["--no-deps"] if borrowed else [])]
    subprocess.run([*install, wheel], check=True)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(_out(python, "-c", where).strip())
    if borrowed:
        lent = next(borrowed.glob("lib/python*/site-packages"))
        (site / "borrowed.pth").write_text(f"{lent}\n", encoding="utf-8")
    sample = site / "astroview" / "resources" / "samples" / "galaxy.fits"
    work = folder / "work"
    work.mkdir()
    shutil.copy(sample, work / "frame.fits")
    for arguments, words in STEPS:
        said = _out(scripts / "astroview", *arguments, cwd=work)
        if words not in said:
            raise JourneyFailed(f"“{words}” was expected of {arguments}, but it said: {said}")
        print(f"  tried: astroview {' '.join(arguments)}", flush=True)
    if not (work / "window.png").is_file():
        raise JourneyFailed("no picture of the window was made")


def _out(*command: object, cwd: Path | None = None) -> str:
    """What a command prints; JourneyFailed with its last words when it fails."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        list(map(str, command)),
        check=False,
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=1800,
        env=kept,
    )
    if done.returncode != 0:
        raise JourneyFailed(f"{command[0]} ended with {done.returncode}: {done.stderr[-800:]}")
    return done.stdout


def main() -> int:
    """Make the journey; 1 with a reason when it ends early."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--borrow", type=Path, metavar="VENV")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="astroview-wheel-") as folder:
        try:
            journey(chosen.wheel.resolve(), Path(folder), chosen.borrow)
        except JourneyFailed as failure:
            print(f"The wheel does not work: {failure}", file=sys.stderr)
            return 1
    print(f"{chosen.wheel.name} works.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
