"""A picture that says where on the sky it is opens with that sky."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import numpy as np
import pytest
from astropy.wcs import WCS
from PIL import Image
from pyavm import AVM

from astroview.core.io.open_file import open_frame
from astroview.core.sky.wcs import sky_at

WIDTH, HEIGHT = 60, 40


def sky() -> WCS:
    wcs = WCS(naxis=2)
    wcs.wcs.ctype = ["RA---TAN", "DEC--TAN"]
    wcs.wcs.crval = [202.47, 47.2]
    wcs.wcs.crpix = [30.5, 20.5]
    wcs.wcs.cdelt = [-0.001, 0.001]
    return wcs


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_avm_is_read_as_the_sky_of_a_picture(suffix: str, tmp_path: Path) -> None:
    plain, told = tmp_path / f"plain{suffix}", tmp_path / f"told{suffix}"
    values = np.random.default_rng(3).integers(0, 255, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    Image.fromarray(values).save(plain)
    AVM.from_wcs(sky(), shape=(HEIGHT, WIDTH)).embed(str(plain), str(told))
    frame = open_frame(told)
    assert open_frame(plain).wcs is None
    assert frame.wcs is not None
    # The centre of the picture; and up is north: rows count from the top.
    assert sky_at(frame, 29.5, HEIGHT - 1 - 19.5) == pytest.approx((202.47, 47.2), abs=1e-6)
    top, bottom = sky_at(frame, 29.5, 0), sky_at(frame, 29.5, HEIGHT - 1)
    assert top is not None
    assert bottom is not None
    assert top[1] > bottom[1]


def test_metadata_without_sense_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "odd.png"
    Image.new("L", (20, 20)).save(path)
    path.write_bytes(path.read_bytes() + b"http://www.communicatingastronomy.org/avm/1.0/ <x")
    assert open_frame(path).wcs is None


@pytest.mark.parametrize("begun", [b"<?xpacket begin=", b"<?xpacket begin='' ?>"])
def test_packets_that_begin_and_never_end_take_no_time(tmp_path: Path, begun: bytes) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (8, 6)).save(path)
    path.write_bytes(path.read_bytes() + begun * 40_000 + b"communicatingastronomy.org/avm")
    began = process_time()
    assert open_frame(path).wcs is None
    assert process_time() - began < 2  # by a pattern that goes back: minutes
