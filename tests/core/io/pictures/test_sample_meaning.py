"""What a picture says of its samples is obeyed: TIFF colour models, alpha, masks, subfiles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest
import tifffile
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from PIL import Image

from astroview.core.colour.colour_space import encode_srgb
from astroview.core.errors import UnreadableFrame
from astroview.core.io.open_file import list_hdus, open_frame

RNG = np.random.default_rng(11)
CASES = Path(__file__).parents[5] / "shared" / "cases" / "pictures"


def write(path: Path, samples: Any, **options: Any) -> Path:
    tifffile.imwrite(path, samples, **{"metadata": None} | options)
    return path


def shown(path: Path, **choice: Any) -> np.ndarray:
    """The picture with white = 1."""
    frame = open_frame(path, **choice)
    return frame.read() / np.float32(frame.full_scale or 1)


@pytest.mark.parametrize("bits", [1, 2, 4, 8, 16])
@pytest.mark.parametrize("photometric", ["minisblack", "miniswhite"])
@pytest.mark.parametrize("compression", [None, "zlib"])
def test_any_depth_goes_from_black_to_white(
    tmp_path: Path, bits: int, photometric: str, compression: str | None
) -> None:
    top = 2**bits - 1
    samples = np.resize(np.arange(min(top + 1, 256)), (8, 40)).astype("u2" if bits > 8 else "u1")
    coded = samples.astype(bool) if bits == 1 else samples
    path = tmp_path / "a.tif"
    bitspersample = bits if bits in (2, 4) else None
    if bitspersample:  # packed by hand, as tifffile does not write these
        _write_packed(path, samples, bits, photometric)
    else:
        write(path, coded, photometric=photometric, compression=compression)
    wanted = samples / top if photometric == "minisblack" else 1 - samples / top
    assert np.allclose(shown(path), wanted, atol=1e-6)


def _write_packed(path: Path, samples: np.ndarray, bits: int, photometric: str) -> None:
    each = 8 // bits
    packed = np.zeros((samples.shape[0], samples.shape[1] // each), np.uint8)
    for i in range(each):
        packed |= (samples[:, i::each] << (8 - bits * (i + 1))).astype(np.uint8)
    tags = {256: samples.shape[1], 257: samples.shape[0], 258: bits, 259: 1,
            262: 0 if photometric == "miniswhite" else 1, 273: 8, 277: 1,
            278: samples.shape[0], 279: packed.size}  # fmt: skip
    body = packed.tobytes()
    body += b"\0" * (len(body) % 2)
    entries = b"".join(
        np.array([tag, 4], "<u2").tobytes() + np.array([1, value], "<u4").tobytes()
        for tag, value in sorted(tags.items())
    )
    head = b"II*\0" + np.array([8 + len(body)], "<u4").tobytes()
    path.write_bytes(head + body + np.array([len(tags)], "<u2").tobytes() + entries + b"\0" * 4)


@pytest.mark.parametrize("form", ["v * 257", "v << 8", "v"])
def test_palettes_of_bytes_in_each_way_they_are_written(tmp_path: Path, form: str) -> None:
    colours = RNG.integers(0, 256, (3, 256)).astype(np.uint16)
    table = {"v * 257": colours * 257, "v << 8": colours << 8, "v": colours}[form]
    numbers = RNG.integers(0, 256, (20, 30), np.uint8)
    path = write(tmp_path / "a.tif", numbers, photometric="palette", colormap=table)
    frame = open_frame(path)
    assert frame.full_scale == 255
    assert np.array_equal(frame.read(), np.moveaxis(colours[:, numbers], 0, -1))


def test_pages_of_a_palette_picture_and_a_grey_palette(tmp_path: Path) -> None:
    pages = [Image.fromarray(np.full((9, 9, 3), c, np.uint8)).quantize(4) for c in (40, 90)]
    pages[1].putpalette([200, 10, 20] * 4)
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    assert shown(tmp_path / "a.tif").shape == (9, 9)
    assert np.allclose(shown(tmp_path / "a.tif", plane=1) * 255, (200, 10, 20))


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
@pytest.mark.parametrize("compression", [None, "lzw"])
def test_cmyk(tmp_path: Path, kind: type, compression: str | None) -> None:
    inks = RNG.integers(0, 256, (12, 9, 4)).astype(kind) * (1 if kind is np.uint8 else 257)
    path = write(tmp_path / "a.tif", inks, photometric="separated", compression=compression)
    amounts = inks / np.iinfo(kind).max
    wanted = (1 - amounts[..., :3]) * (1 - amounts[..., 3:])
    assert np.allclose(shown(path), wanted, atol=1e-5)


@pytest.mark.parametrize("photometric", ["cielab", "icclab"])
@pytest.mark.parametrize("bits", [8, 16])
def test_lab(tmp_path: Path, photometric: str, bits: int) -> None:
    lab = np.array([[[53.24, 80.09, 67.2], [100, 0, 0], [50, 0, 0], [30, 20, -40]]])
    unit = 1 if bits == 8 else 256
    top = 65280 if (photometric, bits) == ("icclab", 16) else 2**bits - 1
    offset = 0 if photometric == "cielab" else 128
    coded = np.stack(
        [lab[..., 0] / 100 * top, *((lab[..., i] + offset) * unit % 2**bits for i in (1, 2))], -1
    )
    samples = np.repeat(coded.round().astype(f"u{bits // 8}"), 8, 0)
    code = {"cielab": 8, "icclab": 9}[photometric]
    path = write(tmp_path / "a.tif", samples, photometric=code)
    wanted = np.array([(250.5, 0, 6.6), (255, 255, 255), (119, 119, 119), (72, 60, 134)])
    assert np.abs(shown(path)[0] * 255 - wanted).max() < 2


def test_ycbcr_that_is_no_jpeg(tmp_path: Path) -> None:
    rgb = np.full((16, 16, 3), (200, 40, 30), np.uint8)
    Image.fromarray(rgb).convert("YCbCr").save(tmp_path / "a.tif", compression="tiff_lzw")
    assert np.abs(shown(tmp_path / "a.tif") * 255 - rgb).max() < 3


@settings(deadline=None)
@given(
    colours=npst.arrays(np.uint8, (6, 5, 3)),
    alpha=npst.arrays(np.uint8, (6, 5)),
    associated=st.booleans(),
    planar=st.booleans(),
    compressed=st.booleans(),
)
def test_alpha_is_divided_out_and_nothing_is_no_data(
    tmp_path_factory: Any, colours: Any, alpha: Any, associated: bool, planar: bool,
    compressed: bool,
) -> None:  # fmt: skip
    colours[0, 0] = (9, 200, 30)  # there is some colour
    alpha[0, 0] = 255
    stored = colours * (alpha[..., None] / 255) if associated else colours
    samples = np.concatenate([stored.round(), alpha[..., None]], -1).astype(np.uint8)
    path = tmp_path_factory.mktemp("alpha") / "a.tif"
    write(
        path,
        np.ascontiguousarray(np.moveaxis(samples, -1, 0)) if planar else samples,
        photometric="rgb",
        planarconfig="separate" if planar else "contig",
        compression="zlib" if compressed else None,
        extrasamples=["assocalpha" if associated else "unassalpha"],
    )
    read = open_frame(path).read()
    assert np.array_equal(np.isnan(read[..., 0]), alpha == 0)
    coarse = 0.51 * 255 / np.maximum(alpha, 1) if associated else np.zeros(alpha.shape)
    apart = np.abs(read - colours)
    assert (apart <= np.maximum(coarse, 1e-4)[..., None])[alpha > 0].all()


def test_grey_with_alpha_and_samples_that_nobody_names(tmp_path: Path) -> None:
    grey = RNG.integers(1, 65536, (8, 9, 2)).astype(np.uint16)
    grey[0, 0, 1] = 0
    options = {"photometric": "minisblack", "planarconfig": "contig"}
    path = write(tmp_path / "a.tif", grey, extrasamples=["unassalpha"], **options)
    assert np.isnan(open_frame(path).read()[0, 0])
    path = write(tmp_path / "b.tif", grey, extrasamples=["unspecified"], **options)
    assert np.array_equal(open_frame(path).read(), grey[..., 0])


@pytest.mark.parametrize("compression", [None, "zlib"])
def test_a_mask_and_a_reduced_copy_are_not_the_picture(
    tmp_path: Path, compression: str | None
) -> None:
    picture = RNG.integers(0, 256, (40, 50), np.uint8)
    valid = np.ones((40, 50), bool)
    valid[:7] = False
    path = tmp_path / "a.tif"
    with tifffile.TiffWriter(path) as file:
        options = {"compression": compression, "metadata": None}
        file.write(picture[::4, ::4], subfiletype=1, photometric="minisblack", **options)
        file.write(picture, photometric="minisblack", **options)
        file.write(valid, subfiletype=4, photometric=4, **options)
    frame = open_frame(path)
    assert frame.shape == (40, 50)
    assert np.array_equal(np.isnan(frame.read()), ~valid)
    assert np.array_equal(frame.read()[7:], picture[7:])
    assert [info.name for info in list_hdus(path)] == ["reduced", "", "mask"]
    assert open_frame(path, hdu=0).shape == (10, 13)


def test_the_picture_may_be_in_a_sub_file_of_its_thumbnail(tmp_path: Path) -> None:
    picture = RNG.integers(0, 65536, (40, 50)).astype(np.uint16)
    path = tmp_path / "a.tif"
    with tifffile.TiffWriter(path) as file:
        file.write(picture[::4, ::4], subfiletype=1, subifds=1, metadata=None)
        file.write(picture, metadata=None)
    assert np.array_equal(open_frame(path).read(), picture)


def test_a_lonely_thumbnail_is_called_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", np.eye(9, dtype=np.uint8), subfiletype=1)
    assert "reduced copy" in open_frame(path).note


def test_the_value_that_means_no_data(tmp_path: Path) -> None:
    samples = RNG.normal(size=(9, 9)).astype(np.float32)
    samples[3, 4] = -9999
    path = write(tmp_path / "a.tif", samples, extratags=[(42113, "s", 0, "-9999", True)])
    assert np.array_equal(np.argwhere(np.isnan(open_frame(path).read())), [[3, 4]])


@pytest.mark.parametrize("photometric", [10, 32803, 32844, 32845, 34892, 99])
def test_colours_that_are_not_understood_are_refused(tmp_path: Path, photometric: int) -> None:
    path = write(tmp_path / "a.tif", np.zeros((8, 8), np.uint8), photometric="minisblack")
    content = bytearray(path.read_bytes())
    at = content.index(np.array([262, 3], "<u2").tobytes()) + 8
    content[at : at + 2] = np.array([photometric], "<u2").tobytes()
    path.write_bytes(content)
    with pytest.raises(UnreadableFrame) as caught:
        open_frame(path)
    assert caught.value.hint


def test_other_inks_than_four_are_refused(tmp_path: Path) -> None:
    inks = np.zeros((8, 8, 4), np.uint8)
    path = write(
        tmp_path / "a.tif", inks, photometric="separated", extratags=[(332, 3, 1, 2, True)]
    )
    with pytest.raises(UnreadableFrame, match="inks"):
        open_frame(path)


@pytest.mark.parametrize(
    ("mode", "holes"), [("RGBA", True), ("LA", True), ("P", True), ("RGB", True), ("L", True)]
)
def test_what_is_transparent_in_a_png_is_no_data(tmp_path: Path, mode: str, holes: bool) -> None:
    picture = Image.fromarray(np.tile(np.arange(64, dtype=np.uint8), (8, 1)))
    options: dict[str, Any] = {}
    if mode in ("RGBA", "LA"):
        picture = picture.convert(mode)
        picture.putalpha(Image.fromarray(np.tile(np.arange(64, dtype=np.uint8), (8, 1))))
    else:
        picture = picture.convert(mode)
        options["transparency"] = (0, 0, 0) if mode == "RGB" else 0
    picture.save(tmp_path / "a.png", **options)
    read = open_frame(tmp_path / "a.png").read()
    assert np.isnan(read[:, 0]).all() is np.bool_(holes)
    assert np.isfinite(read[:, 1:]).all()


def test_transparency_of_sixteen_bits(tmp_path: Path) -> None:
    deep = RNG.integers(1, 65536, (8, 9, 4)).astype(np.uint16)
    deep[2, 3, 3] = 0
    (tmp_path / "a.png").write_bytes(imagecodecs.png_encode(deep))
    read = open_frame(tmp_path / "a.png").read()
    assert np.argwhere(np.isnan(read[..., 0])).tolist() == [[2, 3]]
    assert np.nanmax(np.abs(read - deep[..., :3])) == 0


def test_frames_of_an_animation_are_planes(tmp_path: Path) -> None:
    first, second = (Image.fromarray(np.full((8, 8), v, np.uint8)) for v in (10, 200))
    first.save(tmp_path / "a.gif", save_all=True, append_images=[second])
    assert list_hdus(tmp_path / "a.gif")[0].planes == 2
    assert open_frame(tmp_path / "a.gif").read().max() == 10
    assert open_frame(tmp_path / "a.gif", plane=1).read().max() == 200
    with pytest.raises(UnreadableFrame, match="no picture 2"):
        open_frame(tmp_path / "a.gif", plane=2)


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not here")
def test_shared_cases() -> None:
    for name in ("10_palette.tif", "10_cmyk.tif", "11_prophoto_icc.png"):
        assert np.abs(shown(CASES / name)[30, 5] * 255 - (200, 40, 30)).max() < 1, name
    assert np.isnan(shown(CASES / "12_alpha_is_no_data.png")[:20]).all()
    assert np.isfinite(shown(CASES / "12_alpha_is_no_data.png")[20:]).all()
    assert shown(CASES / "13_thumbnail_page_first.tif").shape == (256, 256)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("planar", [1, 2])
def test_bands_that_nobody_names_are_planes(tmp_path: Path, order: str, planar: int) -> None:
    samples = RNG.integers(0, 9999, (4, 7, 9)).astype(np.uint16)
    stored = samples if planar == 2 else np.moveaxis(samples, 0, -1)
    path = tmp_path / "a.tif"
    tifffile.imwrite(path, stored, photometric="minisblack", metadata=None, byteorder=order,
                     planarconfig=planar)  # fmt: skip
    (info,) = list_hdus(path)
    assert (info.planes, info.channels) == (4, 1)
    for plane in range(4):
        frame = open_frame(path, plane=plane)
        assert np.array_equal(frame.read(), samples[plane])
        assert "4 bands" in frame.note
    with pytest.raises(UnreadableFrame, match="no page 4"):
        open_frame(path, plane=4)


def test_alpha_beside_bands_is_alpha(tmp_path: Path) -> None:
    samples = RNG.integers(1, 255, (7, 9, 3), np.uint8)
    samples[:2, :, 1] = 0
    path = write(tmp_path / "a.tif", samples, photometric="minisblack", planarconfig="contig",
                 extrasamples=["unassalpha", "unspecified"])  # fmt: skip
    for plane, channel in enumerate((0, 2)):
        wanted = np.where(samples[..., 1] == 0, np.nan, samples[..., channel])
        assert np.array_equal(open_frame(path, plane=plane).read(), wanted, equal_nan=True)


@pytest.mark.parametrize("dtype", ["u1", "u2"])
@pytest.mark.parametrize("photometric", ["rgb", "minisblack"])
def test_the_curve_in_the_tags_is_obeyed(tmp_path: Path, photometric: str, dtype: str) -> None:
    top = 2 ** (8 * np.dtype(dtype).itemsize) - 1
    ramp = np.linspace(0, top, 40).astype(dtype)
    samples = np.stack([ramp] * 3, -1)[None] if photometric == "rgb" else ramp[None]
    curve = np.round(65535 * np.linspace(0, 1, top + 1)).astype("u2").tolist()
    tag = (301, "H", len(curve), curve, True)
    path = write(tmp_path / "a.tif", samples, photometric=photometric, extratags=[tag])
    assert np.allclose(shown(path)[0], encode_srgb((ramp / top).astype("f4")), atol=0.002)


def test_samples_of_different_sizes_and_unlisted_colours_are_refused(tmp_path: Path) -> None:
    indexed = write(tmp_path / "a.tif", np.ones((4, 5), np.uint8), photometric="minisblack",
                    extratags=[(346, "H", 1, 1, True)])  # fmt: skip
    with pytest.raises(UnreadableFrame, match="does not list"):
        open_frame(indexed)


def test_floats_of_which_0_is_white_stay_and_that_is_said(tmp_path: Path) -> None:
    samples = RNG.random((4, 5)).astype("f4")
    frame = open_frame(write(tmp_path / "a.tif", samples, photometric="miniswhite"))
    assert np.array_equal(frame.read(), samples)
    assert "0 is white" in frame.note
