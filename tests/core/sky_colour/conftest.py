"""A frame of the sky whose colours a server knows."""

from __future__ import annotations

import pytest
from hips_server import Sky, frame_wcs, grey_fits

from astroview.core.frame import Frame
from astroview.core.io.open_file import open_frame

SHAPE = (150, 210)


@pytest.fixture(scope="session")
def sky() -> Sky:
    """A wider field than that of the other tests, with more stars."""
    return Sky(reach=0.02, stars=40)


@pytest.fixture(scope="session")
def frame(sky: Sky, tmp_path_factory: pytest.TempPathFactory) -> Frame:
    """Grey, turned by 20 degrees, half an arcsecond a pixel."""
    path = tmp_path_factory.mktemp("frame") / "field.fits"
    path.write_bytes(grey_fits(sky, SHAPE, frame_wcs(SHAPE)))
    return open_frame(path)
