"""Sets of bands are found among files, told by a small one, and opened as one frame."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits

from astroview.core.bands.band_sets import SUFFIX, content_of, told, with_sets
from astroview.core.errors import UnreadableFrame
from astroview.core.io.open_file import open_frame
from astroview.core.io.paths.find_frames import FoundFile, Unlisted, find


def write(path: Path, filter_: str, ra: float = 10.0, level: float = 100.0) -> Path:
    """A frame of a field at a right ascension."""
    header = fits.Header(
        {"CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN", "CRVAL1": ra, "CRVAL2": 41.0,
         "CRPIX1": 20.0, "CRPIX2": 16.0, "CDELT1": -1e-3, "CDELT2": 1e-3}
    )  # fmt: skip
    if filter_:
        header["FILTER"] = filter_
    sky = np.random.default_rng(1).normal(level, 5, (32, 40)).astype(np.float32)
    path.parent.mkdir(parents=True, exist_ok=True)
    fits.PrimaryHDU(sky, header).writeto(path)
    return path


def names(listed: list[FoundFile | Unlisted]) -> list[str]:
    return [Path(one.source).name for one in listed]


@pytest.fixture
def band_folder(tmp_path: Path) -> Path:
    """Three bands of one field, two of another, one of a third; no filter; nothing at all."""
    folder = tmp_path / "night"
    for letter, level in (("g", 50.0), ("r", 100.0), ("i", 200.0)):
        write(folder / f"m31_{letter}.fits", letter, level=level)
    write(folder / "sub" / "m33_g.fits", "g", 23.0)
    write(folder / "sub" / "m33_r.fits", "r", 23.0)
    write(folder / "sub" / "lone_g.fits", "g", 99.0)
    write(folder / "white.fits", "")
    (folder / "bad.fits").write_text("the night was cloudy")
    return folder


def test_bands_of_one_field_in_one_folder_become_a_set(band_folder: Path, tmp_path: Path) -> None:
    sets = tmp_path / "sets"
    listed = list(with_sets(find([band_folder]), sets))
    assert sorted(names(listed)) == [
        *("bad.fits", "lone_g.fits", "m31_i-r-g.bands", "m33_r-g.bands", "white.fits"),
    ]
    by_name = {Path(one.source).stem: one for one in listed}
    m31, m33 = by_name["m31_i-r-g"], by_name["m33_r-g"]
    assert isinstance(m31, FoundFile)
    assert isinstance(m33, FoundFile)
    assert (m31.below, m33.below) == ("", "sub")
    assert told(m33.source) == f"{band_folder}/sub/m33_g.fits + {band_folder}/sub/m33_r.fits"

    frame = open_frame(Path(m31.source))
    assert (frame.shape, frame.channels, frame.kind) == ((32, 40), 3, "linear")
    assert frame.wcs is not None
    means = frame.read().mean((0, 1))
    assert means == pytest.approx([200, 100, 50], abs=2)  # red i, green r, blue g

    before = Path(m31.source).stat().st_mtime_ns
    assert list(with_sets(find([band_folder]), sets)) == listed
    assert Path(m31.source).stat().st_mtime_ns == before


def test_a_set_is_known_by_what_its_bands_hold(band_folder: Path, tmp_path: Path) -> None:
    sets = tmp_path / "sets"

    def m31() -> Path:
        listed = list(with_sets(find([band_folder]), sets))
        return Path(next(one.source for one in listed if "m31" in one.source))

    path, band = m31(), band_folder / "m31_r.fits"
    content = content_of(path)
    os.utime(band)
    with pytest.raises(UnreadableFrame, match=r"m31_r\.fits has changed"):
        open_frame(path)
    assert content_of(m31()) == content
    with fits.open(band, mode="update") as hdus:
        hdus[0].data += 1
    assert content_of(m31()) != content
    band.unlink()
    with pytest.raises(UnreadableFrame, match=r"m31_r\.fits cannot be read"):
        open_frame(path)
    path.write_text('{"bands": [1')
    with pytest.raises(UnreadableFrame, match="no set of bands"):
        open_frame(path)
    assert path.suffix == SUFFIX
