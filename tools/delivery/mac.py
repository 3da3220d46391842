"""The disk image for macOS: an application bundle around the stand-alone folder."""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
from pathlib import Path

from tools.delivery.release import Release

IDENTITY = "CODESIGN_IDENTITY"  # of a certificate for Developer ID; "-" signs for this machine


def image(release: Release) -> Path:
    """``NAME.dmg``: the application, and a link to drag it to."""
    stage = release.out / "stage" / "dmg"
    shutil.rmtree(stage, ignore_errors=True)
    contents = stage / "astroview.app" / "Contents"
    (contents / "Resources").mkdir(parents=True)
    shutil.copytree(release.folder, contents / "MacOS", symlinks=True)
    with (contents / "Info.plist").open("wb") as file:
        plistlib.dump(_about(release), file)
    who = os.environ.get(IDENTITY, "-")
    subprocess.run(["codesign", "--force", "--deep", "--sign", who, contents.parent], check=True)
    (stage / "Applications").symlink_to("/Applications")
    target = release.out / f"{release.name}.dmg"
    subprocess.run(
        ["hdiutil", "create", "-ov", "-volname", "astroview", "-srcfolder", stage, target],
        check=True,
    )
    return target


def _about(release: Release) -> dict[str, object]:
    suffixes = ["fits", "fit", "fts", "fz", "xisf", "tif", "tiff", "png", "jpg"]
    return {
        "CFBundleName": "astroview", "CFBundleDisplayName": "astroview",
        "CFBundleIdentifier": "io.github.astroview-app.astroview",
        "CFBundleVersion": release.version, "CFBundleShortVersionString": release.version,
        "CFBundleExecutable": "astroview", "CFBundlePackageType": "APPL",
        "NSHighResolutionCapable": True, "LSMinimumSystemVersion": "12.0",
        "CFBundleDocumentTypes": [{"CFBundleTypeName": "Astronomical frame",
                                   "CFBundleTypeRole": "Viewer",
                                   "LSHandlerRank": "Alternate",
                                   "CFBundleTypeExtensions": suffixes}],
    }  # fmt: skip
