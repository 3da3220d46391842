"""Siril script: the open picture through astroview, and back into Siril.

Siril 1.4 and later: Scripts > Python Scripts; put this file into one of the folders of
Preferences > Scripts. astroview is called as a program of its own: it must be on the PATH, or the
environment variable ASTROVIEW name it.

Nothing is painted: the picture is super-resolved, and the light of each pixel stays as measured.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import sirilpy

SCALE = 2


def main() -> int:
    siril = sirilpy.SirilInterface()
    siril.connect()
    if not siril.is_image_loaded():
        siril.error_messagebox("Open a picture first.")
        return 1
    program = os.environ.get("ASTROVIEW") or shutil.which("astroview")
    if program is None:
        siril.error_messagebox("astroview is not on the PATH: pip install astroview-app")
        return 1
    there = Path(siril.get_siril_wd())
    name = Path(siril.get_image_filename() or "picture").stem
    with tempfile.TemporaryDirectory(prefix="astroview-siril-") as folder:
        source = Path(folder) / f"{name}.fit"
        siril.cmd("save", f'"{source.with_suffix("")}"')
        found = next(Path(folder).glob(f"{name}.fit*"), source)
        siril.log(f"astroview: enhancing {name} x{SCALE}")
        made = subprocess.run(
            [program, "enhance", str(found), "--out", folder, "--no-colorize",
             "--scale", str(SCALE), "--format", "fits", "--name", "{stem}_astroview"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        result = Path(folder) / f"{name}_astroview.fits"
        if made.returncode or not result.is_file():
            said = made.stderr.strip().splitlines()
            siril.error_messagebox(said[0] if said else "astroview could not enhance it")
            return 1
        kept = there / result.name
        shutil.copy2(result, kept)
    siril.cmd("load", f'"{kept}"')
    siril.log(f"astroview: {kept.name} is open; its header says what was done")
    return 0


if __name__ == "__main__":
    sys.exit(main())
