"""A sky, a frame of it, and a server that knows its colours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hips_server import HipsServer, Sky, frame_wcs, grey_fits, serving

from astroview.core.frame import Frame
from astroview.core.io.open_file import open_frame

SHAPE = (150, 210)


@pytest.fixture(scope="session")
def sky() -> Sky:
    return Sky(reach=0.02, stars=40)


@pytest.fixture(scope="session")
def frame(sky: Sky, tmp_path_factory: pytest.TempPathFactory) -> Frame:
    """Grey, turned by 20 degrees, half an arcsecond a pixel."""
    path = tmp_path_factory.mktemp("frame") / "field.fits"
    path.write_bytes(grey_fits(sky, SHAPE, frame_wcs(SHAPE)))
    return open_frame(path)


@pytest.fixture
def server(sky: Sky, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HipsServer]:
    monkeypatch.setenv("ASTROVIEW_CACHE_DIR", str(tmp_path / "cache"))
    with serving(sky) as running:
        monkeypatch.setenv("ASTROVIEW_HIPS2FITS", running.address)
        yield running
