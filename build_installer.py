"""Make what users of this platform install, and try it.

    python build_installer.py [--variant cpu|cuda] [--try-only] [--only KIND ...]

`dist/astroview/` then holds the program with its own Python, Qt, torch, fonts and models, from a
clean environment of pinned versions (delivery/lock-desktop.txt); it needs none of them installed.
The window, the worker and the command line are tried on the sample frames, from the bundle and
outside this checkout; packages are made of it, with licences, a bill of materials and checksums.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.delivery import bundle, licences, linux, mac, trial, windows
from tools.delivery.release import SUMS, Release, checksums, folder_size, sign

DIST = Path(__file__).resolve().parent / "dist"


@dataclass(frozen=True)
class Platform:
    """What is handed out on a platform: each maker writes one file and returns it."""

    program: str
    window: str
    makers: dict[str, Callable[[Release], Path | None]]


PLATFORMS = {
    #           program          of menus                what users get
    "linux":  Platform("astroview",     "astroview",            {"tar": linux.archive,
                                         "deb": linux.deb, "appimage": linux.appimage}),
    "win32":  Platform("astroview.exe", f"{bundle.WINDOW}.exe", {"setup": windows.setup}),
    "darwin": Platform("astroview",     "astroview",            {"dmg": mac.image}),
}  # fmt: skip


def main() -> int:
    """Build, try, pack, say how large and how long."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--variant", choices=tuple(bundle.VARIANTS), default="cpu",
        help="whose torch goes into it (default: cpu)")  # fmt: skip
    parser.add_argument(
        "--try-only", action="store_true", help="try the bundle that is there, and pack nothing"
    )
    parser.add_argument("--keep", action="store_true", help="try and pack the bundle that is there")
    platform = PLATFORMS[sys.platform]
    parser.add_argument("--only", nargs="+", choices=tuple(platform.makers),
        default=list(platform.makers), help="kinds of package (default: all)")  # fmt: skip
    chosen = parser.parse_args()
    began = time.monotonic()
    folder = DIST / "astroview"
    try:
        if not (chosen.try_only or chosen.keep):
            python = bundle.environment(chosen.variant)
            folder = bundle.freeze(python, DIST)
            licences.collect(python, folder)
        trial.try_out(folder / platform.program, folder / platform.window)
        _say("The bundle works", folder, began)
        made = [] if chosen.try_only else _packed(platform, chosen.only, folder, chosen.variant)
        for path in made:
            sign(path)
        if made:
            sign(checksums(DIST))
    except (subprocess.CalledProcessError, trial.TryFailed) as failure:
        print(f"The installer was not made: {failure}", file=sys.stderr)
        return 1
    for path in made:
        _say("Made", path, began)
    if made:
        print(DIST / SUMS)
    return 0


def _packed(platform: Platform, kinds: list[str], folder: Path, variant: str) -> list[Path]:
    release = Release(folder, DIST, variant)
    made = [platform.makers[kind](release) for kind in kinds]
    return [path for path in made if path is not None]


def _say(what: str, path: Path, began: float) -> None:
    size = folder_size(path) if path.is_dir() else path.stat().st_size
    print(f"{what}: {path} ({size / 1e6:.0f} MB, {time.monotonic() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    sys.exit(main())
