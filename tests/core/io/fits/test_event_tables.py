"""Tables of events as pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from astropy.wcs import WCS

from astroview.core.errors import UnreadableFrame
from astroview.core.io.open_file import list_hdus, open_frame
from astroview.core.sky.wcs import sky_at


def write_events(path: Path, x: np.ndarray, y: np.ndarray, form: str, **cards: object) -> Path:
    columns = [
        fits.Column("TIME", "D", array=np.arange(len(x), dtype=float)),
        fits.Column("X", form, array=x, unit="pixel"),
        fits.Column("Y", form, array=y, unit="pixel"),
    ]
    table = fits.BinTableHDU.from_columns(columns, name="EVENTS")
    low, high = (1, 100) if form in "IJ" else (0.5, 100.5)
    for column in (2, 3):
        table.header[f"TLMIN{column}"], table.header[f"TLMAX{column}"] = low, high
    table.header.update(
        {"TCTYP2": "RA---TAN", "TCTYP3": "DEC--TAN", "TCRVL2": 83.6, "TCRVL3": 22.0,
         "TCRPX2": 50.5, "TCRPX3": 50.5, "TCDLT2": -1e-3, "TCDLT3": 1e-3,
         "TELESCOP": "CHANDRA", "RADESYS": "ICRS"}
    )  # fmt: skip
    table.header.update(cards)
    fits.HDUList([fits.PrimaryHDU(), table]).writeto(path)
    return path


@pytest.mark.parametrize("form", ["I", "J", "E", "D"])
def test_every_event_falls_where_numpy_puts_it(tmp_path: Path, form: str) -> None:
    rng = np.random.default_rng(3)
    x, y = rng.uniform(-5, 110, 5000), rng.normal(40, 10, 5000)
    if form in "IJ":
        x, y = np.round(x), np.round(y)
    x, y = x.astype(np.float32), y.astype(np.float32)
    frame = open_frame(write_events(tmp_path / "e.fits", x, y, form))
    edges = np.arange(0.5, 101.5)
    expected = np.histogram2d(y, x, bins=(edges, edges))[0]
    assert frame.shape == (100, 100)
    assert np.array_equal(frame.read()[::-1], expected)
    assert frame.unit == "count"
    assert f"{int(expected.sum()):,} events" in frame.note
    assert [hdu.kind for hdu in list_hdus(tmp_path / "e.fits")] == ["header", "events"]


def test_the_sky_is_that_of_the_columns(tmp_path: Path) -> None:
    x, y = np.array([20.0]), np.array([70.0])
    frame = open_frame(write_events(tmp_path / "e.fits", x, y, "D"))
    row, column = (int(n[0]) for n in np.nonzero(frame.read()))
    expected = WCS(naxis=2)
    expected.wcs.ctype = ["RA---TAN", "DEC--TAN"]
    expected.wcs.crval, expected.wcs.crpix = [83.6, 22.0], [50.5, 50.5]
    expected.wcs.cdelt = [-1e-3, 1e-3]
    told = sky_at(frame, column, row)
    assert told == pytest.approx(tuple(expected.all_pix2world([[20.0, 70.0]], 1)[0]), abs=1e-9)


def test_a_wide_sky_is_binned_and_stays_where_it_was(tmp_path: Path) -> None:
    x, y = np.array([20001.0, 20002.0, 1.0]), np.array([30001.0, 30002.0, 1.0])
    path = write_events(
        tmp_path / "e.fits", x, y, "J", TLMAX2=40000, TLMAX3=40000, TCRPX2=20000, TCRPX3=30000
    )
    frame = open_frame(path)
    block = 32  # 40000 / 2048 rounded up to a power of two
    assert frame.shape == (40000 // block, 40000 // block)
    assert frame.read().sum() == 3
    row = frame.shape[0] - 1 - 30000 // block
    assert frame.read()[row, 20000 // block] == 2
    told = sky_at(frame, 20000 // block, row)
    assert told
    off = np.hypot((told[0] - 83.6) * np.cos(np.radians(22)), told[1] - 22.0)
    assert off < block * 1e-3  # within a bin of the reference
    assert "bins of 32" in frame.note


def test_a_catalogue_with_places_is_no_picture(tmp_path: Path) -> None:
    path = write_events(tmp_path / "c.fits", np.ones(3), np.ones(3), "E", EXTNAME="OBJECTS")
    with pytest.raises(UnreadableFrame, match="tables but no picture"):
        open_frame(path)


def test_a_table_that_was_cut_short_says_so(tmp_path: Path) -> None:
    path = write_events(tmp_path / "e.fits", np.ones(5000), np.ones(5000), "E")
    path.write_bytes(path.read_bytes()[:-20000])
    with pytest.raises(UnreadableFrame, match="lacks"):
        open_frame(path)
