"""Packages for Linux: an archive with an install script, a .deb, an AppImage from the same tree."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path

from astroview.preflight import LIBRARIES
from tools.delivery import manual
from tools.delivery.address import address
from tools.delivery.release import ROOT, Release, folder_size

PARTS = ROOT / "delivery" / "linux"
APP_ID = "io.github.astroview_app.Astroview"
LEVEL = os.environ.get("ZSTD_LEVEL", "12")
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
RUNTIME = "APPIMAGE_RUNTIME"  # a file: the runtime of the AppImage project


def archive(release: Release) -> Path:
    """``NAME.tar.zst``: unpack it anywhere, run ``bin/astroview`` or ``install.sh``."""
    stage = release.out / "stage" / release.name
    tree(release, stage)
    shutil.copy(PARTS / "install.sh", stage)
    target = release.out / f"{release.name}.tar.zst"
    subprocess.run(
        ["tar", "--create", f"--file={target}", f"--use-compress-program=zstd -{LEVEL} -T0",
         "--owner=0", "--group=0", f"--directory={stage.parent}", stage.name], check=True,
    )  # fmt: skip
    shutil.rmtree(stage)
    return target


def deb(release: Release) -> Path:
    """``NAME.deb`` for Debian and Ubuntu, below /usr."""
    stage = release.out / "stage" / "deb"
    tree(release, stage / "usr")
    control = stage / "DEBIAN"
    control.mkdir()
    needs = ", ".join(sorted(set(LIBRARIES["xcb"].values())))
    (control / "control").write_text(
        "Package: astroview\n"
        f"Version: {release.version}\n"
        f"Architecture: {ARCHITECTURES.get(platform.machine(), platform.machine())}\n"
        "Maintainer: The astroview developers <developers@astroview.invalid>\n"
        f"Installed-Size: {folder_size(stage) // 1024}\n"
        f"Depends: libc6 (>= {platform.libc_ver()[1]}), {needs}\n"  # libraries of here go along
        "Section: science\nPriority: optional\n"
        f"Homepage: {address()}\n"
        "Description: view, colourise and super-resolve astronomical frames\n"
        " Opens FITS, XISF, TIFF, PNG and JPEG frames of any size, paints colour onto grey ones,\n"
        " doubles their sampling, and keeps apart what was measured and what was painted.\n",
        encoding="utf-8",
    )
    target = release.out / f"{release.name}.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zzstd", f"-z{LEVEL}", "--build", stage, target],
        check=True,
    )
    shutil.rmtree(stage)
    return target


def appimage(release: Release) -> Path | None:
    """``NAME.AppImage``: the same tree behind a runtime, whose file APPIMAGE_RUNTIME names."""
    runtime, squash = os.environ.get(RUNTIME), shutil.which("mksquashfs")
    if not runtime or squash is None:
        lacking = f"{RUNTIME} names its runtime" if not runtime else "mksquashfs is installed"
        print(f"No AppImage: it is made where {lacking}.")
        return None
    stage = release.out / "stage" / "AppDir"
    tree(release, stage / "usr")
    (stage / "AppRun").symlink_to("usr/bin/astroview")
    shutil.copy(PARTS / "astroview.desktop", stage / f"{APP_ID}.desktop")
    shutil.copy(ROOT / "resources" / "icons" / "astroview.svg", stage / "astroview.svg")
    image = release.out / "stage" / "image.squashfs"
    subprocess.run([squash, stage, image, "-root-owned", "-noappend", "-comp", "zstd"], check=True)
    target = release.out / f"{release.name}.AppImage"
    target.write_bytes(Path(runtime).read_bytes() + image.read_bytes())
    target.chmod(0o755)
    return target


def tree(release: Release, prefix: Path) -> None:
    """Everything that stands below a prefix such as /usr: the program and what a desktop reads."""
    shutil.rmtree(prefix, ignore_errors=True)
    (prefix / "bin").mkdir(parents=True)
    subprocess.run(["cp", "-al", release.folder, prefix], check=True)  # links: no second copy
    (prefix / "lib").mkdir()
    (prefix / release.folder.name).rename(prefix / "lib" / "astroview")
    (prefix / "bin" / "astroview").symlink_to("../lib/astroview/astroview")
    share(prefix / "share")


def share(folder: Path) -> None:
    """Desktop file, icon, kinds of files, AppStream, manual pages and completions."""
    for source, place in (
        (PARTS / "astroview.desktop", f"applications/{APP_ID}.desktop"),
        (PARTS / "astroview-mime.xml", "mime/packages/astroview.xml"),
        (PARTS / f"{APP_ID}.metainfo.xml", f"metainfo/{APP_ID}.metainfo.xml"),
        (ROOT / "resources/icons/astroview.svg", "icons/hicolor/scalable/apps/astroview.svg"),
        (ROOT / "LICENSE", "doc/astroview/copyright"),
    ):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, folder / place)
    manual.write_pages(folder / "man" / "man1")
    manual.write_completions(folder)
