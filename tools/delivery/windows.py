"""The installer for Windows, by Inno Setup."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tools.delivery.release import ROOT, Release

COMPILER = "ISCC"  # Inno Setup's; on GitHub's Windows machines it is on the path


def setup(release: Release) -> Path | None:
    """``NAME.exe``: asks nothing that has a good answer, needs no administrator."""
    compiler = shutil.which(COMPILER)
    if compiler is None:
        print(f"No setup: it is made where Inno Setup is installed ({COMPILER} on the path).")
        return None
    subprocess.run(
        [compiler, f"/DVersion={release.version.replace('~', '-')}", f"/DSource={release.folder}",
         f"/DOut={release.out}", f"/DName={release.name}",
         ROOT / "delivery" / "windows" / "astroview.iss"], check=True,
    )  # fmt: skip
    return release.out / f"{release.name}.exe"
