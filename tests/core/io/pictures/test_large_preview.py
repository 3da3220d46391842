"""Previews of pictures that are too large: by strips, the same pixels as the whole picture has."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
import tifffile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from astroview.core.errors import Cancelled, UnreadableFrame
from astroview.core.frame import Window
from astroview.core.io.open_file import open_frame, open_preview
from astroview.core.io.pictures import large_preview, thinned_png
from tests.core.test_memory_limits import png

RNG = np.random.default_rng(11)
SHAPE = (70, 53)
REPOSITORY = Path(__file__).resolve().parents[4]


@pytest.fixture(autouse=True)
def small_previews(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_preview, "MOST_SIDE", 20)
    monkeypatch.setattr(thinned_png, "_STRIP", 900)  # several strips in a small picture


def grey() -> np.ndarray:
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]]
    return ((3 * x + 2 * y) % 256 + RNG.integers(0, 2, SHAPE)).clip(0, 255).astype(np.uint8)


def colour() -> np.ndarray:
    return np.stack([grey(), grey().T[: SHAPE[1], : SHAPE[0]].T, 255 - grey()], -1)


def pillow(mode: str, kind: str = "PNG", **options: object) -> bytes:
    out = BytesIO()
    Image.fromarray(colour()).convert(mode).save(out, kind, **options)
    return out.getvalue()


def deep(channels: int) -> bytes:
    samples = RNG.integers(0, 65536, (*SHAPE, channels), dtype=np.uint16)
    return bytes(imagecodecs.png_encode(samples[..., 0] if channels == 1 else samples))


def turned(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return pillow("RGB", exif=exif.tobytes())


def prophoto() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return pillow("RGB", icc_profile=profile)


PNGS = {
    "grey": lambda: pillow("L"), "bits": lambda: pillow("1"), "colour": lambda: pillow("RGB"),
    "palette": lambda: pillow("P"), "few": lambda: pillow("P", bits=2),
    "alpha": lambda: pillow("LA"), "colour alpha": lambda: pillow("RGBA"),
    "transparent": lambda: pillow("L", transparency=7), "profile": prophoto,
    "16 bit": lambda: deep(1), "16 bit alpha": lambda: deep(2), "16 bit colour": lambda: deep(3),
    "16 bit RGBA": lambda: deep(4), "turned 2": lambda: turned(2), "turned 6": lambda: turned(6),
}  # fmt: skip


def known(whole: np.ndarray, side: int) -> np.ndarray:
    """The pixel in the middle of each square, or the last, on every pixel of the square."""
    ys, xs = (np.minimum(np.arange(n) // side * side + side // 2, n - 1) for n in whole.shape[:2])
    return whole[ys[:, None], xs]


@pytest.mark.parametrize("kind", PNGS)
def test_a_png_is_known_by_one_pixel_of_each_square(kind: str, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNGS[kind]())
    whole = open_frame(tmp_path / "a.png")
    made = open_preview(tmp_path / "a.png")

    assert (made.preview, made.shape, made.channels) == (4, whole.shape, whole.channels)
    assert made.note.startswith("This is a preview of a: one pixel of each 4 × 4.")
    if "turned" not in kind:
        np.testing.assert_array_equal(made.read(), known(whole.read(), 4))
    else:  # squares are counted from another side, so that they are a pixel or two off
        assert np.median(np.abs(made.read() - known(whole.read(), 4))) < 24


@given(st.integers(0, 69), st.integers(0, 52), st.integers(0, 80), st.integers(0, 60),
       st.integers(1, 30))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_any_part_of_a_preview_is_that_part_of_all_of_it(
    y: int, x: int, height: int, width: int, step: int
) -> None:
    window = Window(y, x, height, width)
    source = large_preview.ThinnedSource(
        large_preview.ArraySource(RNG.integers(0, 9, (18, 14))), (18, 14), 4
    )
    inside = window.clip(SHAPE)
    all_of_it = source.read(Window.whole(SHAPE), 1)
    rows, columns = inside.slices
    expected = all_of_it[rows, columns][::step, ::step]
    np.testing.assert_array_equal(source.read(inside, step), expected)


TIFFS = {
    "strips": {"compression": "zlib", "rowsperstrip": 7},
    "tiles": {"compression": "zlib", "tile": (16, 32)},
    "planes": {"compression": "lzw", "tile": (16, 16), "planarconfig": "separate"},
    "predicted": {"compression": "zlib", "predictor": True, "rowsperstrip": 9},
    "big-endian": {"compression": "zlib", "byteorder": ">", "bigtiff": True, "rowsperstrip": 70},
}


@pytest.mark.parametrize("kind", TIFFS)
@pytest.mark.parametrize("deep", [np.uint8, np.uint16])
def test_a_packed_tiff_is_read_by_its_strips_and_tiles(
    kind: str, deep: type, tmp_path: Path
) -> None:
    options = dict(TIFFS[kind])
    order = options.pop("byteorder", "<")
    big = options.pop("bigtiff", False)
    samples = colour().astype(deep) * (257 if deep is np.uint16 else 1)
    stored = np.moveaxis(samples, -1, 0) if kind == "planes" else samples
    with tifffile.TiffWriter(tmp_path / "a.tif", bigtiff=big, byteorder=order) as file:
        file.write(stored, photometric="rgb", **options)
    whole, made = open_frame(tmp_path / "a.tif"), open_preview(tmp_path / "a.tif")
    assert (made.preview, made.shape) == (4, SHAPE)
    np.testing.assert_array_equal(made.read(), known(whole.read(), 4))


@pytest.mark.parametrize(("form", "progressive"), [("JPEG", False), ("JPEG", True),
                                                   ("JPEG2000", False)])  # fmt: skip
def test_a_jpeg_is_decoded_reduced(form: str, progressive: bool, tmp_path: Path) -> None:
    y, x = np.mgrid[:320, :480]
    smooth = np.stack([x / 2, y / 2, 240 - x / 2], -1).clip(0, 255).astype(np.uint8)
    Image.fromarray(smooth).save(tmp_path / "a.jpg", form, progressive=progressive)
    whole, made = open_frame(tmp_path / "a.jpg"), open_preview(tmp_path / "a.jpg")
    assert made.shape == whole.shape == (320, 480)
    assert made.preview in (16, 24, 32)
    assert np.abs(made.read() - whole.read()).max() < made.preview


def test_what_has_no_preview_says_so(tmp_path: Path) -> None:
    for kind in ("WEBP", "GIF"):
        (tmp_path / "a").write_bytes(pillow("RGB" if kind == "WEBP" else "P", kind))
        with pytest.raises(UnreadableFrame, match="has no preview"):
            open_preview(tmp_path / "a")
    (tmp_path / "a").write_bytes(pillow("RGB")[:400])
    with pytest.raises(UnreadableFrame, match="has no preview"):
        open_preview(tmp_path / "a")


def test_making_a_preview_can_be_cancelled(tmp_path: Path) -> None:
    def stop(*_: int) -> None:
        raise Cancelled

    (tmp_path / "a.png").write_bytes(pillow("RGB"))
    with pytest.raises(Cancelled):
        open_preview(tmp_path / "a.png", progress=stop)


LARGE = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, 2 * 2**30))
from astroview.core.io.open_file import open_preview
for name in sys.argv[1:]:
    frame = open_preview(Path(name))
    print(frame.shape, frame.preview, float(frame.read(step=4096).max()))
"""


def test_a_gigapixel_is_previewed_within_two_gigabytes(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(12288, 12288, 8, 2, whole=True))
    with tifffile.TiffWriter(tmp_path / "a.tif") as file:
        tiles = (np.full((512, 512), i % 7, np.uint8) for i in range(24 * 24))
        file.write(tiles, shape=(12288, 12288), dtype=np.uint8, tile=(512, 512), compression="zlib")
    command = [sys.executable, "-c", LARGE, str(tmp_path / "a.png"), str(tmp_path / "a.tif")]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "(12288, 12288) 4 0.0\n(12288, 12288) 4 6.0\n"
