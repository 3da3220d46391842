"""Make a stand-alone folder of astroview for this platform, and try it.

    python build_installer.py [--try-only]

`dist/astroview/` then holds the program with its own Python, Qt, torch and models; it needs none
of them installed. The window, the worker and the command line are tried on the sample frames,
from the bundle and outside this checkout, before this script says that all is well.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from astroview import preflight

ROOT = Path(__file__).resolve().parent
BUNDLE = ROOT / "dist" / "astroview"
PROGRAM = BUNDLE / ("astroview.exe" if os.name == "nt" else "astroview")
SAMPLE = Path("samples") / "galaxy.fits"

LAUNCHER = """\
import multiprocessing, sys
from astroview.__main__ import main

multiprocessing.freeze_support()
sys.exit(main())
"""

# The public hook imports all of astropy, also what needs matplotlib: that ends the build where
# pytest is installed and matplotlib is not.
ASTROPY_HOOK = """\
from PyInstaller.utils.hooks import collect_data_files, collect_submodules, copy_metadata

def wanted(name):
    return ".tests" not in name and "wcsaxes" not in name

parsers = ["**/*_parsetab.py", "**/*_lextab.py"]
hiddenimports = [*collect_submodules("astropy", wanted), "numpy.lib.recfunctions"]
datas = collect_data_files("astropy", excludes=["**/tests/**"])
datas += collect_data_files("astropy", include_py_files=True, includes=parsers)
datas += copy_metadata("astropy") + copy_metadata("numpy")
"""

# What may lie in the environment and no part of the app uses.
LEFT_OUT = ("IPython", "hypothesis", "matplotlib", "pandas", "pytest", "tensorboard", "tkinter")


class TryFailed(Exception):
    """The bundle does not do what it should."""


def build() -> None:
    """Run PyInstaller; replaces `dist/astroview`."""
    work = ROOT / "build" / "installer"
    work.mkdir(parents=True, exist_ok=True)
    launcher = work / "astroview_launcher.py"
    launcher.write_text(LAUNCHER, encoding="utf-8")
    hooks = work / "hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "hook-astropy.py").write_text(ASTROPY_HOOK, encoding="utf-8")
    options = ["--noconfirm", "--onedir", "--console", "--name=astroview", "--log-level=WARN"]
    options += [f"--distpath={BUNDLE.parent}", f"--workpath={work}", f"--specpath={work}"]
    options += [f"--additional-hooks-dir={hooks}", f"--paths={ROOT}"]
    options += [f"--add-data={ROOT / 'resources'}{os.pathsep}resources"]
    # Codecs are imported by name, one extension module each.
    options += ["--collect-submodules=imagecodecs", "--collect-submodules=astroview"]
    options += [f"--exclude-module={name}" for name in LEFT_OUT]
    subprocess.run([sys.executable, "-m", "PyInstaller", *options, launcher], check=True)


def try_out(folder: Path) -> None:
    """Try the bundle on its own sample frame, with `folder` as its only place to write."""
    sample = next(BUNDLE.rglob(str(SAMPLE)))
    frame = folder / "frame.fits"
    shutil.copy(sample, frame)
    expect("0.", run(folder, "--version"))
    expect("palettes:", run(folder, "models"))
    expect("arcsec per pixel", run(folder, "info", str(frame)))
    expect('"Devices"', run(folder, "--worker", lines='{"type": "Probe"}\n', until='"Devices"'))
    run(folder, "enhance", str(frame), "--out", str(folder / "out"))
    exists(folder / "out" / "frame_combined_x2.fits")
    run(folder, "--snapshot", str(folder / "window.png"), str(frame), "--enhance")
    exists(folder / "window.png")
    shutil.copy(folder / "window.png", BUNDLE.parent / "window.png")


def run(folder: Path, *arguments: str, lines: str = "", until: str = "") -> str:
    """What the bundled program prints; with `until`, stdin stays open until that is printed."""
    began = time.monotonic()
    process = subprocess.Popen(
        [PROGRAM, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=bare_environment(folder),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(lines)
    process.stdin.flush()
    said = ""
    if until:
        while until not in said and (line := process.stdout.readline()):
            said += line
    rest, _ = process.communicate(timeout=900)
    if process.returncode != 0:
        raise TryFailed(f"astroview {' '.join(arguments)} ended with {process.returncode}")
    print(f"  tried: astroview {arguments[0]} ({time.monotonic() - began:.1f} s)", flush=True)
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


def main() -> int:
    """Build, try, say how large it is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--try-only", action="store_true", help="try the bundle that is there")
    chosen = parser.parse_args()
    if not chosen.try_only:
        if sys.platform.startswith("linux") and (lacking := preflight.missing("xcb")):
            print(f"The bundle will not bring along what is missing here: {', '.join(lacking)}")
        print("Building: this takes several minutes and as much disk as torch does.", flush=True)
        try:
            build()
        except subprocess.CalledProcessError:
            print("PyInstaller failed; its last words are above.", file=sys.stderr)
            return 1
    with tempfile.TemporaryDirectory(prefix="astroview-") as folder:
        try:
            try_out(Path(folder))
        except TryFailed as failure:
            print(f"The bundle does not work: {failure}", file=sys.stderr)
            return 1
    size = sum(path.lstat().st_size for path in BUNDLE.rglob("*"))
    print(f"{BUNDLE} works: {size / 1e9:.1f} GB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
