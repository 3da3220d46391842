from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import tifffile

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import ArraySource, Window
from astroview.core.io.open_file import list_hdus, open_frame

if TYPE_CHECKING:
    from pathlib import Path

RNG = np.random.default_rng(7)
COLOUR = RNG.integers(0, 65536, (40, 50, 3)).astype(np.uint16)
LAYOUTS: list[dict[str, Any]] = [
    {},
    {"byteorder": ">"},
    {"rowsperstrip": 7},
    {"compression": "zlib", "predictor": True},
    {"compression": "lzw"},
    {"tile": (16, 16)},
    {"bigtiff": True},
]


def write(path: Path, samples: Any, **options: Any) -> Path:
    photometric = "rgb" if samples.ndim == 3 and 3 in samples.shape else "minisblack"
    tifffile.imwrite(path, samples, **{"photometric": photometric, "metadata": None} | options)
    return path


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("samples", [COLOUR, COLOUR[..., 0], (COLOUR >> 8).astype(np.uint8)])
def test_any_layout_is_read(tmp_path: Path, layout: dict[str, Any], samples: Any) -> None:
    frame = open_frame(write(tmp_path / "a.tif", samples, **layout))
    assert (frame.kind, frame.full_scale) == ("display", float(np.iinfo(samples.dtype).max))
    assert np.array_equal(frame.read(), samples)
    assert np.array_equal(frame.read(Window(3, 5, 30, 30), 4), samples[3:33:4, 5:35:4])


def test_uncompressed_pictures_are_not_loaded(tmp_path: Path) -> None:
    for i, layout in enumerate(LAYOUTS[:3]):
        frame = open_frame(write(tmp_path / f"{i}.tif", COLOUR, **layout))
        assert not isinstance(frame.source, ArraySource)


def test_planes_of_colour(tmp_path: Path) -> None:
    planes = np.ascontiguousarray(np.moveaxis(COLOUR, -1, 0))
    for name, options in (("a.tif", {}), ("b.tif", {"compression": "zlib"})):
        path = write(tmp_path / name, planes, planarconfig="separate", **options)
        assert np.array_equal(open_frame(path).read(), COLOUR)


@pytest.mark.parametrize("compression", [None, "zlib"])
def test_grey_stored_as_colour_has_one_channel(tmp_path: Path, compression: str | None) -> None:
    grey = np.repeat(COLOUR[..., :1], 3, -1)
    frame = open_frame(write(tmp_path / "a.tif", grey, compression=compression))
    assert frame.channels == 1
    assert np.array_equal(frame.read(), COLOUR[..., 0])


@pytest.mark.parametrize("kind", ["f4", "f8", "i2", "u4", "f2"])
def test_measurements_are_linear(tmp_path: Path, kind: str) -> None:
    samples = RNG.integers(0, 99, (6, 5)).astype(kind)
    frame = open_frame(write(tmp_path / "a.tif", samples))
    assert (frame.kind, frame.full_scale) == ("linear", None)
    assert np.array_equal(frame.read(), samples)


def test_alpha_white_is_zero_palette_and_orientation(tmp_path: Path) -> None:
    alpha = np.concatenate([COLOUR, COLOUR[..., :1]], -1)
    path = write(tmp_path / "a.tif", alpha, photometric="rgb", extrasamples=["unassalpha"])
    assert np.array_equal(open_frame(path).read(), COLOUR)
    grey = (COLOUR[..., 0] >> 8).astype(np.uint8)
    path = write(tmp_path / "b.tif", grey, photometric="miniswhite")
    assert np.array_equal(open_frame(path).read(), 255 - grey)
    colours = RNG.integers(0, 65536, (3, 256)).astype(np.uint16)
    path = write(tmp_path / "c.tif", grey, photometric="palette", colormap=colours)
    assert np.array_equal(open_frame(path).read(), np.moveaxis(colours[:, grey], 0, -1))
    path = write(tmp_path / "d.tif", COLOUR, extratags=[(274, 3, 1, 6, True)])
    assert np.array_equal(open_frame(path).read(), np.rot90(COLOUR, -1))


def test_pages_are_planes(tmp_path: Path) -> None:
    stack = RNG.integers(0, 256, (4, 20, 30), np.uint8)
    path = write(tmp_path / "a.tif", stack, photometric="minisblack")
    assert [hdu.planes for hdu in list_hdus(path)] == [4]
    assert np.array_equal(open_frame(path, plane=2).read(), stack[2])
    with pytest.raises(UnreadableFrame, match="no page 4"):
        open_frame(path, plane=4)
    with pytest.raises(UnreadableFrame, match="no picture 1"):
        open_frame(path, hdu=1)


@pytest.mark.parametrize("compression", [None, "zlib"])
@pytest.mark.parametrize("size", [9, 100, 3000])
def test_a_file_that_is_cut_short_is_reported(
    tmp_path: Path, compression: str | None, size: int
) -> None:
    path = write(tmp_path / "a.tif", COLOUR, compression=compression)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(UnreadableFrame, match="damaged"):
        open_frame(path)


@pytest.mark.parametrize(("pages", "back_to"), [(1, 0), (2, 0), (3, 1), (120, 0), (120, 115)])
def test_pages_that_lead_in_circles_end(tmp_path: Path, pages: int, back_to: int) -> None:
    path = tmp_path / "a.tif"
    with tifffile.TiffWriter(path) as writer:
        for i in range(pages):
            writer.write(np.full((4, 5), i, np.uint8), metadata=None, contiguous=False)
    with tifffile.TiffFile(path) as tiff:
        places = [page.offset for page in tiff.pages]
    content = bytearray(path.read_bytes())
    last = places[-1] + 2 + 12 * int.from_bytes(content[places[-1] : places[-1] + 2], "little")
    content[last : last + 4] = places[back_to].to_bytes(4, "little")
    path.write_bytes(content)
    if pages < 100:
        assert open_frame(path).read().max() == 0
        assert back_to < list_hdus(path)[0].planes <= pages
    else:  # found too late to know where they end
        with pytest.raises(UnreadableFrame, match="leads in circles"):
            open_frame(path)
