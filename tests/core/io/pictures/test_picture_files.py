from __future__ import annotations

from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np
import pytest
from PIL import Image

from astroview.core.errors import UnreadableFrame
from astroview.core.io.open_file import list_hdus, open_frame
from astroview.core.io.pictures.picture_files import upright

if TYPE_CHECKING:
    from pathlib import Path

RNG = np.random.default_rng(7)
GREY = RNG.integers(0, 256, (5, 7), np.uint8)
COLOUR = RNG.integers(0, 256, (5, 7, 3), np.uint8)
DEEP = RNG.integers(0, 65536, (5, 7, 3)).astype(np.uint16)


def opened(path: Path, picture: Image.Image, **options: Any) -> np.ndarray:
    picture.save(path, **options)
    return open_frame(path).read()


@pytest.mark.parametrize("suffix", [".png", ".bmp", ".webp"])
def test_eight_bit_colour(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    read = opened(path, Image.fromarray(COLOUR), lossless=True)
    frame = open_frame(path)
    assert np.array_equal(read, COLOUR)
    assert (frame.kind, frame.full_scale, frame.channels) == ("display", 255.0, 3)


@pytest.mark.parametrize("samples", [GREY, np.repeat(GREY[..., None], 3, -1)])
def test_grey_stored_either_way_has_one_channel(tmp_path: Path, samples: Any) -> None:
    assert np.array_equal(opened(tmp_path / "a.png", Image.fromarray(samples)), GREY)


@pytest.mark.parametrize("samples", [DEEP, DEEP[..., 0].copy()])
def test_sixteen_bits_are_kept(tmp_path: Path, samples: Any) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(imagecodecs.png_encode(samples))
    frame = open_frame(path)
    assert frame.full_scale == 65535.0
    assert np.array_equal(frame.read(), samples)
    assert list_hdus(path)[0].dtype == "uint16"
    assert frame.channels == list_hdus(path)[0].channels


def test_transparency_is_dropped_and_palettes_are_looked_up(tmp_path: Path) -> None:
    alpha = np.concatenate([COLOUR, COLOUR[..., :1]], -1)
    assert np.array_equal(opened(tmp_path / "a.png", Image.fromarray(alpha)), COLOUR)
    indexed = Image.fromarray(GREY % 2).convert("P")
    indexed.putpalette([10, 20, 30, 40, 50, 60])
    read = opened(tmp_path / "b.png", indexed)
    assert np.array_equal(read, np.array([[10, 20, 30], [40, 50, 60]])[GREY % 2])
    assert opened(tmp_path / "c.png", Image.fromarray(GREY > 99)).max() == 255


def test_jpeg_in_every_colour_space(tmp_path: Path) -> None:
    smooth = np.full((16, 16, 3), (200, 100, 50), np.uint8)
    picture = Image.fromarray(smooth)
    assert np.abs(opened(tmp_path / "a.jpg", picture) - smooth).max() <= 3
    assert opened(tmp_path / "b.jpg", picture.convert("L")).ndim == 2
    assert np.abs(opened(tmp_path / "c.jpg", picture.convert("CMYK")) - smooth).max() <= 9


def test_a_turned_photograph_is_shown_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "a.png"
    read = opened(path, Image.fromarray(COLOUR), exif=exif)
    assert np.array_equal(read, np.rot90(COLOUR, -1))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientations_are_those_of_pillow(orientation: int) -> None:
    from PIL import ImageOps

    picture = Image.fromarray(COLOUR)
    picture.getexif()[0x0112] = orientation
    assert np.array_equal(upright(COLOUR, orientation), ImageOps.exif_transpose(picture))


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_a_picture_that_is_cut_short_is_reported(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    Image.fromarray(RNG.integers(0, 256, (90, 90, 3), np.uint8)).save(path)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(UnreadableFrame, match="damaged"):
        open_frame(path)


def test_a_deep_png_that_is_cut_short_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    samples = RNG.integers(0, 65536, (90, 90, 3)).astype(np.uint16)
    path.write_bytes(imagecodecs.png_encode(samples)[:5000])
    with pytest.raises(UnreadableFrame, match="damaged"):
        open_frame(path)


def test_a_picture_too_large_for_memory_is_refused(tmp_path: Path) -> None:
    opened(tmp_path / "a.png", Image.fromarray(COLOUR))
    with pytest.raises(UnreadableFrame, match="would take") as caught:
        open_frame(tmp_path / "a.png", max_bytes=10)
    assert "--max-bytes" in caught.value.hint


def test_real_pictures_open(shared_data: Path) -> None:
    some = sorted((shared_data / "train").rglob("*.jpg"))[::100]
    assert len(some) > 5
    for path in some:
        frame = open_frame(path)
        assert frame.read(step=4).ndim == (3 if frame.channels == 3 else 2)
