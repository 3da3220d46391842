"""The file's own numbers are there in the file's own precision."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from astropy.io import fits
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtCore import QPointF

from astroview.core.colour.stretch import auto_stretch
from astroview.core.errors import UnreadableFrame
from astroview.core.frame import Window
from astroview.core.io.open_file import open_frame
from astroview.core.io.save_file import save_frame
from astroview.core.sky.box_statistics import measure_box
from astroview.ui.viewer.cursor_readout import reading

CASES = Path(__file__).parents[5] / "shared" / "cases" / "fits"
ONE = Window(0, 0, 1, 1)


def frame_of(tmp_path: Path, samples: Any, packed: bool = False, **cards: Any) -> Any:
    path = tmp_path / "a.fits"
    header = fits.Header(cards)
    hdu: Any = fits.PrimaryHDU(samples, header)
    if packed:
        hdu = fits.CompImageHDU(samples, header, compression_type="GZIP_1")
        hdu = fits.HDUList([fits.PrimaryHDU(), hdu])
    hdu.writeto(path, overwrite=True)
    return open_frame(path)


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [
        (2**62 + 1, "i8", "4611686018427387905"),
        (-(2**62) - 1, "i8", "-4611686018427387905"),
        (2**63 + 2**40 + 1, "u8", str(2**63 + 2**40 + 1)),
        (16777217, "i4", "16777217"),
        (4294967295, "u4", "4294967295"),
        (65535, "u2", "65535"),
        (2460000.123456, "f8", "2460000.123"),
        (1.5, "f4", "1.5"),
    ],
)
def test_numbers_are_told_as_they_are(tmp_path: Path, value: Any, kind: str, told: str) -> None:
    frame = frame_of(tmp_path, np.full((4, 5), value, kind))
    exact = frame.read_exact(ONE)
    assert exact[0, 0] == np.array(value, kind)
    assert reading(frame, None, QPointF(1, 1)).value == told
    assert frame.read().dtype == np.float32


@given(
    arrays(st.sampled_from(["u1", "i2", "u2", "i4", "u4", "i8", "u8"]), (3, 4)),
    st.sampled_from([1, 2]),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whole_numbers_of_any_size(tmp_path: Path, samples: Any, step: int) -> None:
    frame = frame_of(tmp_path, samples)
    assert np.array_equal(frame.read(step=step), samples[::-1][::step, ::step].astype(np.float32))
    assert np.array_equal(frame.read_exact(step=step), samples[::-1][::step, ::step])


@pytest.mark.parametrize("packed", [False, True])
def test_labels_of_32_bits(tmp_path: Path, packed: bool) -> None:
    labels = np.arange(20, dtype=np.int32).reshape(4, 5) + 16777216
    frame = frame_of(tmp_path, labels, packed)
    assert np.array_equal(frame.read_exact(), labels[::-1])
    assert np.array_equal(frame.read_exact(Window(1, 1, 3, 4), 2), labels[::-1][1:4:2, 1:5:2])
    assert measure_box(frame, Window(0, 0, 1, 5)).channels[0].maximum == labels[-1].max()


def test_scaled_and_blank_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.fits"
    hdu = fits.PrimaryHDU(np.array([[1, 2], [-5, 4]], np.int32))
    hdu.writeto(path)
    fits.setval(path, "BLANK", value=-5)
    fits.setval(path, "BSCALE", value=0.5)
    exact = open_frame(path).read_exact()[::-1]
    assert np.array_equal(exact, [[0.5, 1.0], [np.nan, 2.0]], equal_nan=True)


@pytest.mark.parametrize("size", [1e40, 3e300, 1e-50, -7e39])
def test_numbers_beyond_32_bits(tmp_path: Path, size: float) -> None:
    samples = np.linspace(1.0, 1.1, 30).reshape(5, 6) * size
    samples[2, 2] = np.nan
    frame = frame_of(tmp_path, samples, BUNIT="erg/s", SATURATE=2 * abs(size))
    assert np.isfinite(frame.read()).sum() == 29
    own = frame.read().astype(np.float64) * 10.0**frame.power
    assert np.allclose(own, samples[::-1], rtol=1e-6, equal_nan=True)
    assert np.allclose(frame.read_exact(), samples[::-1], rtol=1e-14, equal_nan=True)
    assert frame.unit == f"10**{frame.power} erg/s"
    assert frame.own_unit == "erg/s"
    assert "10**" in frame.note
    assert frame.header["SATURATE"] == pytest.approx(2 * abs(size) / 10.0**frame.power)
    saved = open_frame(save_frame(frame, tmp_path / "b.fits", auto_stretch(frame)))
    assert (saved.unit, saved.power) == (frame.unit, 0)
    assert np.array_equal(saved.read(), frame.read(), equal_nan=True)


@pytest.mark.parametrize("value", [1.7976931348623157e308, -1.7976931348623157e308, 1e300, -1e60])
@pytest.mark.parametrize("size", [1.0, 1e-25, 1e-50])
@pytest.mark.parametrize("share", [1, 400])
def test_numbers_that_stand_for_none_do_not_make_the_others_vanish(
    tmp_path: Path, value: float, size: float, share: int
) -> None:
    samples = np.random.default_rng(share).normal(100, 5, (30, 40)) * size
    sound = frame_of(tmp_path, samples).power
    samples.reshape(-1)[:share] = value
    frame = frame_of(tmp_path, samples)
    assert frame.power == sound
    shown = frame.read()[::-1].reshape(-1)
    assert np.isnan(shown[:share]).all()
    own = shown[share:].astype(np.float64) * 10.0**frame.power
    assert np.allclose(own, samples.reshape(-1)[share:], rtol=1e-6)
    exact = frame.read_exact()[::-1].reshape(-1)
    assert np.allclose(exact[share:], samples.reshape(-1)[share:], rtol=1e-12)


@pytest.mark.parametrize("compression", [None, "zlib"])
@pytest.mark.parametrize("size", [1e40, 1e-50, 1.0])
def test_numbers_beyond_32_bits_in_a_tiff(
    tmp_path: Path, size: float, compression: str | None
) -> None:
    samples = np.linspace(1.0, 1.1, 30).reshape(5, 6) * size
    tifffile.imwrite(tmp_path / "a.tif", samples, compression=compression, metadata=None)
    frame = open_frame(tmp_path / "a.tif")
    assert np.isfinite(frame.read()).all()
    assert np.allclose(frame.read_exact(), samples, rtol=1e-14)
    assert ("10**" in frame.note) == (size != 1)


def scaled(path: Path, **cards: object) -> Path:
    """Whole numbers behind cards that no library would write."""
    header = fits.PrimaryHDU(np.arange(12, dtype=np.int16).reshape(3, 4)).header
    header.update(cards)
    data = np.arange(12, dtype=">i2").tobytes()
    path.write_bytes(header.tostring().encode() + data.ljust(2880, b"\0"))
    return path


def test_scales_in_quotes_are_obeyed(tmp_path: Path) -> None:
    frame = open_frame(scaled(tmp_path / "a.fits", BSCALE="0.5", BZERO=" 1E1"))
    assert frame.read()[::-1].ravel().tolist() == [10 + i / 2 for i in range(12)]


@pytest.mark.parametrize("keyword", ["BSCALE", "BZERO"])
@pytest.mark.parametrize("told", ["half", True, "nan", "1E400"])
def test_stored_numbers_never_pass_for_measured_ones(
    tmp_path: Path, keyword: str, told: object
) -> None:
    with pytest.raises(UnreadableFrame, match=f"{keyword} = .* is no number"):
        open_frame(scaled(tmp_path / "a.fits", **{keyword: told}))


@pytest.mark.parametrize("card", ["BSCALE  is one", "BSCALE    0.5", "BSCALE  =", "BSCALE  = ''"])
def test_a_card_without_a_value_scales_nothing(tmp_path: Path, card: str) -> None:
    path = scaled(tmp_path / "a.fits", OBJECT="x")
    old = fits.Card("OBJECT", "x").image.encode()
    path.write_bytes(path.read_bytes().replace(old, card.ljust(80).encode()))
    assert open_frame(path).read()[::-1].ravel().tolist() == list(range(12))


def test_a_zero_point_beyond_32_bits(tmp_path: Path) -> None:
    frame = open_frame(scaled(tmp_path / "a.fits", BZERO=1e300))
    assert (frame.power, frame.own_unit) == (300, "")
    assert frame.read() == pytest.approx(1)
    assert frame.read_exact() == pytest.approx(1e300)


def test_usual_numbers_of_64_bits_stay_as_they_are(tmp_path: Path) -> None:
    frame = frame_of(tmp_path, np.full((4, 5), 123.25), BUNIT="adu")
    assert (frame.power, frame.unit, frame.note) == (0, "adu", "")


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not here")
def test_shared_case() -> None:
    frame = open_frame(CASES / "14_float64_1e40.fits")
    with fits.open(CASES / "14_float64_1e40.fits") as hdus:
        wanted = np.asarray(hdus[0].data)[::-1]
    assert np.allclose(frame.read_exact(), wanted, rtol=1e-14)
    assert "e+40" in reading(frame, None, QPointF(1, 1)).value
    assert measure_box(frame, Window(0, 0, 20, 30)).channels[0].mean == pytest.approx(wanted.mean())
