"""What every test may lean on: real data when it is there, a settings folder of its own."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits

# Before anything imports Qt: no test needs, or opens, a real display.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _own_settings(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither read nor write the settings of whoever runs the tests."""
    monkeypatch.setenv("ASTROVIEW_CONFIG_DIR", str(tmp_path_factory.mktemp("config")))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of real frames (``train``, ``bands``, ``fits``); the test is skipped without it."""
    default = REPOSITORY.parent / "shared" / "data"
    folder = Path(os.environ.get("ASTROVIEW_SHARED_DATA", default))
    if not folder.is_dir():
        pytest.skip(f"no real frames at {folder}; set ASTROVIEW_SHARED_DATA to their folder")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """Folder of the bundled sample frames."""
    return REPOSITORY / "resources" / "samples"


@pytest.fixture
def tiny_frame(tmp_path: Path) -> Path:
    """A FITS frame of 64 x 48 pixels (a star on a sky with noise, and a WCS): quick to enhance."""
    rng = np.random.default_rng(7)
    y, x = np.mgrid[:48, :64]
    sky = rng.normal(100.0, 5.0, (48, 64))
    star = 4000.0 * np.exp(-((x - 20.0) ** 2 + (y - 30.0) ** 2) / 8.0)
    hdu = fits.PrimaryHDU((sky + star).astype(np.float32))
    hdu.header.update(
        {"CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN", "CRVAL1": 210.8, "CRVAL2": 54.3,
         "CRPIX1": 32.5, "CRPIX2": 24.5, "CDELT1": -1e-4, "CDELT2": 1e-4, "BUNIT": "adu"}
    )  # fmt: skip
    path = tmp_path / "tiny.fits"
    hdu.writeto(path)
    return path
