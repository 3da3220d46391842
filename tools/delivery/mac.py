"""The disk image for macOS: an application bundle around the stand-alone folder."""

from __future__ import annotations

import os
import platform
import plistlib
import shutil
import subprocess
from pathlib import Path

from tools.delivery.release import Release

IDENTITY = "CODESIGN_IDENTITY"  # of a certificate for Developer ID; "-" signs for this machine
# The stand-alone folder lies among the resources: a program in Contents/MacOS itself would look for
# its libraries in Contents/Frameworks, where folders may have no dot in their names.
LAUNCHER = """\
#!/bin/sh
exec "$(cd "$(dirname "$0")/../Resources/astroview" && pwd)/astroview" "$@"
"""


def image(release: Release) -> Path:
    """``NAME.dmg``: the application, and a link to drag it to."""
    stage = release.out / "stage" / "dmg"
    shutil.rmtree(stage, ignore_errors=True)
    app = application(release, stage)
    subprocess.run([app / "Contents" / "MacOS" / "astroview", "--version"], check=True)
    who = os.environ.get(IDENTITY, "-")
    subprocess.run(["codesign", "--force", "--sign", who, app], check=True)
    (stage / "Applications").symlink_to("/Applications")
    target = release.out / f"{release.name}.dmg"
    subprocess.run(
        ["hdiutil", "create", "-ov", "-volname", "astroview", "-srcfolder", stage, target],
        check=True,
    )
    return target


def application(release: Release, folder: Path) -> Path:
    """``astroview.app`` in a folder: what starts the program, and what Finder reads."""
    contents = folder / "astroview.app" / "Contents"
    (contents / "MacOS").mkdir(parents=True)
    shutil.copytree(release.folder, contents / "Resources" / "astroview", symlinks=True)
    launcher = contents / "MacOS" / "astroview"
    launcher.write_text(LAUNCHER, encoding="utf-8")
    launcher.chmod(0o755)
    with (contents / "Info.plist").open("wb") as file:
        plistlib.dump(_about(release), file)
    return contents.parent


def _about(release: Release) -> dict[str, object]:
    suffixes = ["fits", "fit", "fts", "fz", "xisf", "asdf", "tif", "tiff", "png", "jpg"]
    numbers = release.version.split("~")[0]  # of a development version, those of its release
    return {
        "CFBundleName": "astroview", "CFBundleDisplayName": "astroview",
        "CFBundleIdentifier": "io.github.astroview-app.astroview",
        "CFBundleVersion": numbers, "CFBundleShortVersionString": numbers,
        "CFBundleExecutable": "astroview", "CFBundlePackageType": "APPL",
        "LSArchitecturePriority": [platform.machine()],  # a script has none of its own
        "NSHighResolutionCapable": True, "LSMinimumSystemVersion": "12.0",
        "CFBundleDocumentTypes": [{"CFBundleTypeName": "Astronomical frame",
                                   "CFBundleTypeRole": "Viewer",
                                   "LSHandlerRank": "Alternate",
                                   "CFBundleTypeExtensions": suffixes}],
    }  # fmt: skip
