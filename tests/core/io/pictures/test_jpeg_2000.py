"""What the boxes of a JPEG 2000 say of its samples is obeyed, with any depth."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from PIL import Image, ImageCms

from astroview.core.colour.colour_profiles import ADOBE_PRIMARIES, D65, profile_of
from astroview.core.errors import UnreadableFrame
from astroview.core.io.open_file import open_frame
from astroview.core.io.pictures.jp2_header import read_header

COLOURS = np.repeat([[(200, 40, 30), (30, 160, 70), (90, 90, 200)]], 9, 0).repeat(8, 1)
SRGB = struct.pack(">BBBI", 1, 0, 0, 16)


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content


def jp2(path: Path, samples: np.ndarray, colour: bytes = SRGB, more: bytes = b"") -> Path:
    """A codestream in boxes; `colour` is what a box of colours holds."""
    code = imagecodecs.jpeg2k_encode(samples, level=0, codecformat="j2k", mct=False)
    height, width = samples.shape[:2]
    channels = 1 if samples.ndim == 2 else samples.shape[2]
    depth = 8 * samples.dtype.itemsize - 1
    sizes = struct.pack(">IIHBBBB", height, width, channels, depth, 7, 0, 0)
    head = box(b"ihdr", sizes) + box(b"colr", colour) + more
    path.write_bytes(
        b"\0\0\0\x0cjP  \r\n\x87\n" + box(b"ftyp", b"jp2 \0\0\0\0jp2 ") + box(b"jp2h", head)
        + box(b"jp2c", bytes(code))
    )  # fmt: skip
    return path


def channels(*kinds: tuple[int, int, int]) -> bytes:
    rows = b"".join(struct.pack(">HHH", *kind) for kind in kinds)
    return box(b"cdef", struct.pack(">H", len(kinds)) + rows)


def shown(path: Path) -> np.ndarray:
    frame = open_frame(path)
    return frame.read() / np.float32(frame.full_scale or 1)


@pytest.mark.parametrize("kind", [2, 3])
@pytest.mark.parametrize("deep", [1, 257])
def test_profiles_are_obeyed(tmp_path: Path, deep: int, kind: int) -> None:
    icc = profile_of("Adobe", 3, 2.2, D65, ADOBE_PRIMARIES).icc
    samples = (COLOURS * deep).astype("u1" if deep == 1 else "u2")
    wanted = ImageCms.profileToProfile(
        Image.fromarray(COLOURS.astype("u1")), ImageCms.ImageCmsProfile(io.BytesIO(icc)),
        ImageCms.createProfile("sRGB"), flags=ImageCms.Flags.NOOPTIMIZE,
    )  # fmt: skip
    path = jp2(tmp_path / "a.jp2", samples, bytes((kind, 0, 0)) + icc)
    assert np.allclose(shown(path), np.asarray(wanted) / 255, atol=1.5 / 255)
    assert "into sRGB" in open_frame(path).note


@pytest.mark.parametrize("deep", [1, 257])
def test_the_order_of_channels_is_obeyed(tmp_path: Path, deep: int) -> None:
    samples = (COLOURS[..., ::-1] * deep).astype("u1" if deep == 1 else "u2")
    backwards = channels((0, 0, 3), (1, 0, 2), (2, 0, 1))
    assert np.allclose(shown(jp2(tmp_path / "a.jp2", samples, more=backwards)), COLOURS / 255)


def test_signed_samples_are_numbers(tmp_path: Path) -> None:
    samples = (COLOURS[..., 1] - 100).astype("i2")
    path = tmp_path / "a.j2k"
    path.write_bytes(imagecodecs.jpeg2k_encode(samples, level=0, codecformat="j2k"))
    frame = open_frame(path)
    assert frame.kind == "linear"
    assert np.array_equal(frame.read(), samples)


@pytest.mark.parametrize(
    ("space", "name"), [(12, "CMYK"), (14, "CIELab"), (21, "ROMM"), (99, "99")]
)
def test_other_colours_are_refused_by_name(tmp_path: Path, space: int, name: str) -> None:
    path = jp2(tmp_path / "a.jp2", COLOURS.astype("u1"), struct.pack(">BBBI", 1, 0, 0, space))
    with pytest.raises(UnreadableFrame, match=name):
        open_frame(path)


def test_boxes_that_make_no_sense_end(tmp_path: Path) -> None:
    content = jp2(tmp_path / "a.jp2", COLOURS.astype("u1")).read_bytes()
    chance = np.random.default_rng(1)
    for _ in range(300):
        spoilt = bytearray(content)
        spoilt[int(chance.integers(12, 110))] = int(chance.integers(256))
        try:
            read_header(bytes(spoilt))
        except (ValueError, struct.error):
            continue
