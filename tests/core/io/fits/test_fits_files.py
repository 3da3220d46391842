"""FITS files made here: every kind of sample, every kind of damage."""

from __future__ import annotations

import bz2
import gzip
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from astropy.io import fits
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import Window
from astroview.core.io.open_file import list_hdus, open_frame

if TYPE_CHECKING:
    from pathlib import Path

PICTURE = np.arange(35, dtype=np.float32).reshape(5, 7)


def write(path: Path, *hdus: Any) -> Path:
    fits.HDUList(list(hdus)).writeto(path)
    return path


def image(data: Any, **cards: Any) -> fits.PrimaryHDU:
    hdu = fits.PrimaryHDU(data)
    hdu.header.update(cards)
    return hdu


@pytest.mark.parametrize("kind", ["u1", ">i2", "i4", ">i8", "f4", ">f8", "u2", "u4", "i1"])
def test_every_type_of_sample_is_read_top_row_first(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / "a.fits", fits.PrimaryHDU(PICTURE.astype(kind)))
    frame = open_frame(path)
    assert (frame.shape, frame.channels, frame.kind) == ((5, 7), 1, "linear")
    assert np.array_equal(frame.read(), PICTURE[::-1])


def test_scaled_integers_and_blank(tmp_path: Path) -> None:
    hdu = fits.PrimaryHDU(np.array([[1, -32768], [3, 4]], np.int16))
    hdu.header["BLANK"] = -32768
    path = write(tmp_path / "a.fits", hdu)
    with fits.open(path, mode="update", do_not_scale_image_data=True) as file:
        file[0].header["BSCALE"], file[0].header["BZERO"] = 0.5, 10.0
    assert np.array_equal(
        open_frame(path).read(), np.float32([[11.5, 12], [10.5, np.nan]]), equal_nan=True
    )


@pytest.mark.parametrize("shape", [(1, 1), (3, 40), (40, 1), (1, 40)])
def test_small_frames_open(tmp_path: Path, shape: tuple[int, int]) -> None:
    path = write(tmp_path / "a.fits", fits.PrimaryHDU(np.ones(shape, np.float32)))
    assert open_frame(path).read().shape == shape


def test_a_frame_without_data_opens(tmp_path: Path) -> None:
    path = write(tmp_path / "a.fits", fits.PrimaryHDU(np.full((4, 4), np.nan)))
    assert np.isnan(open_frame(path).read()).all()


def test_the_first_picture_is_shown_and_any_other_can_be(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.fits",
        fits.PrimaryHDU(),
        fits.ImageHDU(np.zeros((1, 90), np.float32), name="OVERSCAN"),
        fits.ImageHDU(PICTURE, name="SCI"),
        fits.ImageHDU(PICTURE + 100, name="ERR"),
    )
    assert open_frame(path).hdu == 2
    assert open_frame(path, hdu="err").read()[0, 0] == 128
    assert open_frame(path, hdu=3).hdu == open_frame(path, hdu="3").hdu == 3
    for hdu, words in ((9, "has no HDU 9"), ("DQ", "has no HDU DQ"), (0, "no picture")):
        with pytest.raises(UnreadableFrame, match=words):
            open_frame(path, hdu=hdu)
    assert [h.name for h in list_hdus(path) if h.is_image] == ["OVERSCAN", "SCI", "ERR"]


def test_an_extension_inherits_what_the_file_says(tmp_path: Path) -> None:
    primary = fits.PrimaryHDU()
    primary.header["OBJECT"], primary.header["CRPIX1"] = "M 31", 5.0
    path = write(tmp_path / "a.fits", primary, fits.ImageHDU(PICTURE))
    header = open_frame(path).header
    assert header is not None
    assert header["OBJECT"] == "M 31"
    assert "CRPIX1" not in header


def test_planes_of_a_cube(tmp_path: Path) -> None:
    cube = np.arange(2 * 4 * 5 * 6, dtype=np.float32).reshape(2, 4, 5, 6)
    path = write(tmp_path / "a.fits", image(cube, CTYPE1="RA---TAN", CTYPE2="DEC--TAN"))
    assert list_hdus(path)[0].planes == 8
    assert np.array_equal(open_frame(path, plane=6).read(), cube[1, 2, ::-1])
    with pytest.raises(UnreadableFrame, match="no plane 8") as caught:
        open_frame(path, plane=8)
    assert "0 to 7" in caught.value.hint


@pytest.mark.parametrize("cards", [{}, {"CTYPE3": "RGB"}, {"CTYPE1": "RA---TAN", "CTYPE3": "RGB"}])
def test_three_colour_planes_are_one_picture(tmp_path: Path, cards: dict[str, str]) -> None:
    cube = np.arange(3 * 5 * 6, dtype=np.int16).reshape(3, 5, 6)
    frame = open_frame(write(tmp_path / "a.fits", image(cube, **cards)))
    assert frame.channels == 3
    assert np.array_equal(frame.read(), np.moveaxis(cube[:, ::-1], 0, -1))


@pytest.mark.parametrize("cards", [{"CTYPE1": "FREQ"}, {"CTYPE3": "WAVE"}])
def test_three_planes_of_a_spectrum_are_not_colours(tmp_path: Path, cards: dict[str, str]) -> None:
    path = write(tmp_path / "a.fits", image(np.zeros((3, 5, 6), np.float32), **cards))
    assert open_frame(path).channels == 1
    assert list_hdus(path)[0].planes == 3


@pytest.mark.parametrize("method", ["RICE_1", "GZIP_1", "GZIP_2", "PLIO_1", "HCOMPRESS_1"])
@pytest.mark.parametrize("tile", [None, (16, 32), (200, 150)])
def test_compressed_tiles(tmp_path: Path, method: str, tile: tuple[int, int] | None) -> None:
    picture = np.random.default_rng(1).integers(0, 900, (200, 150)).astype(np.int16)
    tile = (16, 150) if method == "HCOMPRESS_1" and tile is None else tile
    hdu = fits.CompImageHDU(picture, compression_type=method, tile_shape=tile)
    frame = open_frame(write(tmp_path / "a.fits.fz", fits.PrimaryHDU(), hdu))
    assert np.array_equal(frame.read(), picture[::-1])
    for window, step in ((Window(30, 11, 90, 70), 1), (Window(3, 5, 190, 140), 7)):
        rows, columns = window.slices
        wanted = picture[::-1][rows, columns][::step, ::step]
        assert np.array_equal(frame.read(window, step), wanted)
    assert np.array_equal(frame.read(step=60), picture[::-1][::60, ::60])


def test_compressed_floats_cubes_and_blanks(tmp_path: Path) -> None:
    cube = np.random.default_rng(1).normal(100, 3, (2, 70, 80)).astype(np.float32)
    cube[1, 3, 4] = np.nan
    hdu = fits.CompImageHDU(cube, quantize_level=64)
    frame = open_frame(write(tmp_path / "a.fits.fz", fits.PrimaryHDU(), hdu), plane=1)
    assert np.allclose(frame.read(), cube[1, ::-1], atol=0.1, equal_nan=True)
    whole = fits.CompImageHDU(np.array([[1, -5], [7, 8]], np.int32))
    whole.header["BLANK"] = -5
    read = open_frame(write(tmp_path / "b.fits.fz", fits.PrimaryHDU(), whole)).read()
    assert np.array_equal(read, np.float32([[7, 8], [1, np.nan]]), equal_nan=True)


def test_compressed_tiles_serve_several_threads(tmp_path: Path) -> None:
    picture = np.random.default_rng(1).integers(0, 900, (300, 200)).astype(np.int16)
    path = write(tmp_path / "a.fz", fits.PrimaryHDU(), fits.CompImageHDU(picture))
    frame, upright = open_frame(path), picture[::-1]

    def right(y: int) -> bool:
        reads = [(frame.read(Window(y, 0, 60, 200), step), step) for step in (1, 3, 30)]
        return all(np.array_equal(r, upright[y : y + 60 : step, ::step]) for r, step in reads)

    with ThreadPoolExecutor(5) as threads:
        assert all(threads.map(right, [0, 40, 80, 160, 240] * 3))


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress)])
def test_packed_files(tmp_path: Path, suffix: str, pack: Any) -> None:
    plain = write(tmp_path / "a.fits", fits.PrimaryHDU(PICTURE))
    path = tmp_path / f"b.fits{suffix}"
    path.write_bytes(pack(plain.read_bytes()))
    frame = open_frame(path)
    assert frame.name == "b"
    assert np.array_equal(frame.read(step=2), PICTURE[::-1][::2, ::2])


def test_a_sparse_sample_of_a_large_file_loads_little(tmp_path: Path) -> None:
    side = 4096
    path = tmp_path / "large.fits"
    with path.open("wb") as file:
        file.write(fits.Header(_large(side)).tostring().encode())
        file.truncate(file.tell() + side * side * 4)  # sparse: takes no room on the disk
    tracemalloc.start()
    sampled = open_frame(path).read(step=64)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sampled.shape == (64, 64)
    assert peak < 12e6 < side * side * 4


def _large(side: int) -> list[tuple[str, Any]]:
    return [("SIMPLE", True), ("BITPIX", -32), ("NAXIS", 2), ("NAXIS1", side), ("NAXIS2", side)]


def _table() -> fits.BinTableHDU:
    return fits.BinTableHDU.from_columns([fits.Column("ra", "D", array=[1.0, 2.0])])


def _groups() -> fits.GroupsHDU:
    data = fits.GroupData(np.zeros((4, 2, 2)), parnames=["U"], pardata=[np.zeros(4)], bitpix=-32)
    return fits.GroupsHDU(data)


def _healpix() -> fits.BinTableHDU:
    table = _table()
    table.header["PIXTYPE"] = "HEALPIX"
    return table


@pytest.mark.parametrize(
    ("hdus", "words"),
    [
        ([fits.PrimaryHDU(), _table()], "tables but no picture"),
        ([fits.PrimaryHDU(), _healpix()], "HEALPix"),
        ([fits.PrimaryHDU(np.zeros(50))], "one-dimensional"),
        ([_groups()], "random groups"),
        ([fits.PrimaryHDU()], "no picture"),
    ],
)
def test_files_without_a_picture_say_what_they_hold(
    tmp_path: Path, hdus: list[Any], words: str
) -> None:
    path = write(tmp_path / "a.fits", *hdus)
    with pytest.raises(UnreadableFrame, match=words) as caught:
        open_frame(path)
    assert caught.value.message.startswith("a.fits")
    assert caught.value.hint
    assert not any(hdu.is_image for hdu in list_hdus(path))


@pytest.mark.parametrize("size", [100, 2000, 2880, 2900, 2880 + 139])
def test_a_file_that_is_cut_short_is_reported(tmp_path: Path, size: int) -> None:
    path = write(tmp_path / "a.fits", fits.PrimaryHDU(PICTURE))
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(UnreadableFrame, match=r"a\.fits is damaged") as caught:
        open_frame(path)
    assert "again" in caught.value.hint


def test_missing_padding_is_no_damage(tmp_path: Path) -> None:
    path = write(tmp_path / "a.fits", fits.PrimaryHDU(PICTURE))
    path.write_bytes(path.read_bytes()[: 2880 + 140])
    assert np.array_equal(open_frame(path).read(), PICTURE[::-1])


def test_unreadable_cards_do_not_spoil_the_header(tmp_path: Path) -> None:
    path = write(tmp_path / "a.fits", image(PICTURE, OBJECT="M 31", BUNIT="adu"))
    content = path.read_bytes().replace(b"OBJECT  = 'M 31", b"OBJECT  = M\x0131'")
    path.write_bytes(content)
    frame = open_frame(path)
    assert frame.unit == "adu"
    assert frame.header is not None
    for card in frame.header.cards:
        assert isinstance(str(card.value), str)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(st.tuples(st.integers(0, 2879), st.integers(0, 255)), max_size=6))
def test_a_spoilt_header_never_surprises(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    hdu = image(PICTURE, BSCALE=2.0, CRPIX1=3.0, CTYPE1="RA---TAN", CTYPE2="DEC--TAN", CD1_1=1e-4)
    content = bytearray(hdu.header.tostring().encode() + PICTURE.astype(">f4").tobytes())
    for place, byte in changes:
        content[place % 900] = byte
    path = tmp_path / "a.fits"
    path.write_bytes(content)
    try:
        frame = open_frame(path)
        assert frame.read().shape[:2] == frame.shape
    except UnreadableFrame as problem:
        assert problem.message  # noqa: PT017


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.integers(2880, 8640), st.integers(0, 255)), max_size=6))
def test_spoilt_tiles_never_surprise(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    hdus = fits.HDUList([fits.PrimaryHDU(), fits.CompImageHDU(PICTURE.astype(np.int16))])
    path = tmp_path / "a.fits"
    hdus.writeto(path, overwrite=True)
    content = bytearray(path.read_bytes())
    for place, byte in changes:
        content[place % len(content)] = byte
    path.write_bytes(content)
    try:
        open_frame(path).read()
    except UnreadableFrame as problem:
        assert problem.message  # noqa: PT017


@pytest.mark.parametrize("keyword", ["TTYPE1", "TFORM1", "ZCMPTYPE"])
@pytest.mark.parametrize("value", ["1E308", "999999999999999999", "T", "''", "'x'"])
def test_a_packed_picture_whose_table_makes_no_sense(
    keyword: str, value: str, tmp_path: Path
) -> None:
    """Found by fuzzing."""
    path = tmp_path / "packed.fits"
    fits.CompImageHDU(np.arange(600, dtype=np.int16).reshape(20, 30)).writeto(path)
    content = path.read_bytes()
    at = content.index(f"{keyword:<8}=".encode())
    card = f"{keyword:<8}= {value:>20}".ljust(80).encode()
    path.write_bytes(content[:at] + card + content[at + 80 :])
    assert "not foreseen" not in hint_of(path)


def hint_of(path: Path) -> str:
    """What is said to a file that is not read; "" for one that is."""
    try:
        open_frame(path).read()
    except UnreadableFrame as told:
        return told.hint
    return ""
