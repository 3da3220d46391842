"""The stand-alone folder: a clean environment from the lock, and PyInstaller's work on it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.delivery.slimming import slim

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
LOCK = ROOT / "delivery" / "lock-desktop.txt"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"

WINDOW = "astroview-window"  # on Windows, of menus: it has no console
LAUNCHER = """\
import multiprocessing, os, sys

def fonts():
    # fontconfig without a configuration of the system's finds the bundle's own fonts.
    own = os.path.join(sys._MEIPASS, "resources", "fonts", "fonts.conf")
    if sys.platform == "linux" and not os.path.exists("/etc/fonts/fonts.conf"):
        if os.path.exists(own):
            os.environ.setdefault("FONTCONFIG_FILE", own)

multiprocessing.freeze_support()
fonts()
from astroview.__main__ import main
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

# What no part of the app uses, whatever brings it; readline is GPL. keyring, which astroquery asks,
# needs cryptography where a desktop keeps passwords.
LEFT_OUT = ("IPython", "boto3", "botocore", "cryptography", "distributed", "hypothesis", "jeepney",
            "numcodecs", "pandas", "pytest", "readline", "s3fs", "secretstorage", "tensorboard",
            "tkinter", "triton", "zarr")  # fmt: skip
# What PyInstaller does not see to be imported: by name, or by compiled modules.
WHOLE = ("astroview", "drizzle", "imagecodecs", "photutils", "reproject", "trainer")
# ASDF finds schemas and converters by entry points: astropy's tables ask for them at once.
ASDF = ("asdf", "asdf_astropy", "asdf_coordinates_schemas", "asdf_standard",
        "asdf_transform_schemas", "asdf_wcs_schemas", "gwcs")  # fmt: skip

FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf", "LICENSE_DEJAVU")
FONTS_CONF = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">.</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""
# PyInstaller takes these for the system's; a bare system has none of them.
LINUX_LIBRARIES = ("libfontconfig.so.1", "libfreetype.so.6", "libexpat.so.1", "libpng16.so.16")


@dataclass(frozen=True)
class Variant:
    """Which torch goes into a bundle.

    Attributes
    ----------
    local
        The local part of torch's version where an index offers it by that, such as ``+cpu``.
    index
        A further index of torch's own that offers it without one, or "".
    """

    local: str
    index: str


VARIANTS = {"cpu": Variant("+cpu", CPU_INDEX), "cuda": Variant("", "")}


def environment(variant: str) -> Path:
    """A new environment with what the lock names, and nothing else; its Python.

    One that an earlier build finished from the same lock is used again.
    """
    home = BUILD / f"env-{variant}"
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    stamp, lock = home / "lock.txt", LOCK.read_text("utf-8")
    if stamp.is_file() and stamp.read_text("utf-8") == lock:
        return python
    shutil.rmtree(home, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", home], check=True)
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check"]
    left = BUILD / f"lock-{variant}.txt"
    torch = _torch(lock, VARIANTS[variant], python)
    left.write_text("\n".join(_others(lock, variant)) + "\n", encoding="utf-8")
    subprocess.run([*pip, *torch], check=True)
    subprocess.run([*pip, "--requirement", left], check=True)
    stamp.write_text(lock, encoding="utf-8")
    return python


def _others(lock: str, variant: str) -> list[str]:
    """The lines of the lock without torch, and for a CPU without CUDA's libraries."""
    cuda = ("nvidia-", "cuda-", "triton==") if variant == "cpu" else ()
    return [line for line in lock.splitlines() if not line.startswith(("torch==", *cuda))]


def _torch(lock: str, variant: Variant, python: Path) -> list[str]:
    """What to say to pip to have torch as the variant wants it."""
    pinned = next(line for line in lock.splitlines() if line.startswith("torch=="))
    version = pinned.removeprefix("torch==").split(" ")[0]
    if not variant.local or sys.platform != "linux":  # elsewhere torch has no CUDA of its own
        return [f"torch=={version}"]
    from tools.install_app import offered

    for index in ((), ("--index-url", variant.index)):
        versions = offered("torch", index, python)
        exact = f"{version}{variant.local}"
        found = exact if exact in versions else next(
            (v for v in versions if v.endswith(variant.local)), "")  # fmt: skip
        if found:
            return [f"torch=={found}", *index]
    print("No index offers torch for CPUs alone: the bundle gets the one with CUDA.")
    return [f"torch=={version}"]


def freeze(python: Path, out: Path) -> Path:
    """Run PyInstaller; replaces ``out/astroview``, and returns it."""
    work = BUILD / "installer"
    hooks, fonts = work / "hooks", work / "fonts"
    for folder in (hooks, fonts):
        folder.mkdir(parents=True, exist_ok=True)
    launcher = work / "astroview_launcher.py"
    launcher.write_text(LAUNCHER, encoding="utf-8")
    (hooks / "hook-astropy.py").write_text(ASTROPY_HOOK, encoding="utf-8")
    _gather_fonts(python, fonts)
    options = ["--onedir", "--console", "--name=astroview", f"--specpath={work}"]
    options += [f"--additional-hooks-dir={hooks}", f"--paths={ROOT}"]
    options += [f"--add-data={ROOT / 'resources'}{os.pathsep}resources"]
    options += [f"--add-data={ROOT / 'docs'}{os.pathsep}resources/docs"]
    options += [f"--add-data={ROOT / 'CONTRIBUTING.md'}{os.pathsep}resources"]
    options += [f"--add-data={fonts}{os.pathsep}resources/fonts"]
    options += [f"--add-binary={path}{os.pathsep}." for path in _libraries()]
    options += [f"--collect-submodules={name}" for name in WHOLE]
    options += [f"--collect-all={name}" for name in ASDF]
    options += [f"--exclude-module={name}" for name in LEFT_OUT]
    makespec = [python, "-m", "PyInstaller.utils.cliutils.makespec"]
    subprocess.run([*makespec, *options, launcher], check=True)
    spec = work / "astroview.spec"
    if os.name == "nt":
        spec.write_text(with_window(spec.read_text("utf-8")), encoding="utf-8")
    build = ["--noconfirm", "--log-level=WARN", f"--distpath={out}", f"--workpath={work}"]
    subprocess.run([python, "-m", "PyInstaller", *build, spec], check=True)
    parts = out / "astroview" / "_internal"
    slim(parts)
    find = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run([python, "-c", find], check=True, capture_output=True, text=True).stdout
    tell_versions(Path(site.strip()), parts)
    return out / "astroview"


def with_window(spec: str) -> str:
    """A specification of PyInstaller's with a second program, which has no console."""
    found = re.search(r"^exe = EXE\(\n.*?^\)\n", spec, re.MULTILINE | re.DOTALL)
    assert found, "the specification names no program"
    second = found[0].replace("exe = EXE", "window = EXE").replace("console=True", "console=False")
    second = second.replace("name='astroview'", f"name='{WINDOW}'")
    both = spec.replace(found[0], found[0] + second)
    return both.replace("COLLECT(\n    exe,\n", "COLLECT(\n    exe,\n    window,\n")


def tell_versions(site: Path, parts: Path) -> None:
    """Copy what packages say of themselves: many ask for their own version when they are imported,
    and find plug-ins by entry points.
    """
    for info in site.glob("*.dist-info"):
        if info.name.split("-")[0].lower() in map(str.lower, LEFT_OUT):
            continue
        (parts / info.name).mkdir(exist_ok=True)
        for name in ("METADATA", "entry_points.txt", "top_level.txt"):
            if (info / name).is_file():
                shutil.copy(info / name, parts / info.name)


def _gather_fonts(python: Path, folder: Path) -> None:
    """DejaVu, which matplotlib brings along, and where fontconfig finds it."""
    find = "import matplotlib; print(matplotlib.get_data_path())"
    data = subprocess.run([python, "-c", find], check=True, capture_output=True, text=True).stdout
    for name in FONTS:
        shutil.copy(Path(data.strip()) / "fonts" / "ttf" / name, folder)
    (folder / "fonts.conf").write_text(FONTS_CONF, encoding="utf-8")


def _libraries() -> list[Path]:
    """Libraries of this Linux that go along."""
    if sys.platform != "linux":
        return []
    folders = [Path(f"/{lib}/{os.uname().machine}-linux-gnu") for lib in ("lib", "usr/lib")]
    folders += [Path("/usr/lib64"), Path("/usr/lib")]
    found = [next((f / name for f in folders if (f / name).exists()), None)
             for name in LINUX_LIBRARIES]  # fmt: skip
    return [path for path in found if path is not None]
