"""Colour profiles and gamma are obeyed: values held against littleCMS in Pillow and formulas."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image, ImageCms, features

from astroview.core.colour.colour_profiles import (
    ADOBE_PRIMARIES,
    Profile,
    adobe_rgb,
    profile_of,
    read_profile,
    srgb_icc,
)
from astroview.core.colour.colour_space import encode_srgb
from astroview.core.colour.stretch import auto_stretch
from astroview.core.errors import UnreadableFrame
from astroview.core.io.open_file import list_hdus, open_frame
from astroview.core.io.save_file import save_frame

RNG = np.random.default_rng(5)
COLOURS = RNG.integers(0, 256, (24, 30, 3), np.uint8)
PROPHOTO = profile_of("a wide one", 3, 1.8, (0.3457, 0.3585),
                      (0.7347, 0.2653, 0.1596, 0.8404, 0.0366, 0.0001))  # fmt: skip
P3 = profile_of("a screen", 3, 2.2, primaries=(0.680, 0.320, 0.265, 0.690, 0.150, 0.060))
PROFILES = {"adobe": adobe_rgb(), "prophoto": PROPHOTO, "p3": P3}


def by_pillow(samples: np.ndarray, profile: Profile) -> np.ndarray:
    picture = ImageCms.profileToProfile(
        Image.fromarray(samples), ImageCms.ImageCmsProfile(io.BytesIO(profile.icc)),
        ImageCms.createProfile("sRGB"), outputMode="RGB", flags=ImageCms.Flags.NOOPTIMIZE,
    )  # fmt: skip
    return np.asarray(picture, np.float32)


def opened(path: Path) -> np.ndarray:
    frame = open_frame(path)
    return frame.read() / np.float32(frame.full_scale or 1) * 255


@pytest.mark.parametrize("name", PROFILES)
@pytest.mark.parametrize("suffix", ["png", "tif", "jpg", "webp"])
def test_a_profile_is_obeyed_and_told(tmp_path: Path, name: str, suffix: str) -> None:
    profile, path = PROFILES[name], tmp_path / f"a.{suffix}"
    options = {"quality": 100, "lossless": True, "subsampling": 0} if suffix != "tif" else {}
    Image.fromarray(COLOURS).save(path, icc_profile=profile.icc, **options)
    with Image.open(path) as stored:
        wanted = by_pillow(np.asarray(stored), profile)
    assert np.abs(opened(path) - wanted).max() < 1.1
    assert "into sRGB" in open_frame(path).note


@pytest.mark.parametrize("compression", [None, "zlib"])
def test_sixteen_bits_stay_sixteen(tmp_path: Path, compression: str | None) -> None:
    ramp = np.repeat(np.linspace(20000, 20100, 101).astype(np.uint16)[None, :, None], 3, -1)
    ramp = np.ascontiguousarray(np.repeat(ramp, 4, 0))
    ramp[..., 2] += 3000
    tifffile.imwrite(
        tmp_path / "a.tif", ramp, photometric="rgb", compression=compression,
        iccprofile=adobe_rgb().icc,
    )  # fmt: skip
    read = open_frame(tmp_path / "a.tif").read()[0, :, 0]
    assert (np.diff(read) > 0).all()  # 8 bits would make steps of 257


def test_grey_profiles(tmp_path: Path) -> None:
    grey = np.tile(np.arange(256, dtype=np.uint8), (4, 1))
    profile = profile_of("grey", 1, 1.0)
    wanted = encode_srgb(grey / np.float32(255)) * 255
    for suffix in ("png", "tif", "jpg"):
        path = tmp_path / f"a.{suffix}"
        options = {"quality": 100} if suffix == "jpg" else {}
        Image.fromarray(grey).save(path, icc_profile=profile.icc, **options)
        assert np.abs(opened(path) - wanted).max() < (6 if suffix == "jpg" else 1)


def test_profiles_of_other_colour_spaces_are_refused() -> None:
    icc = srgb_icc(3)
    assert read_profile(icc).is_srgb
    with pytest.raises(ValueError, match="none of"):
        read_profile(icc[:16] + b"6CLR" + icc[20:])


def test_a_profile_that_does_not_fit_is_told_and_left(tmp_path: Path) -> None:
    grey = profile_of("grey", 1, 1.0).icc
    for suffix, icc in (("png", b"rubbish" * 30), ("tif", b"rubbish" * 30), ("png", grey)):
        path = tmp_path / f"{len(icc)}.{suffix}"
        Image.fromarray(COLOURS).save(path, icc_profile=icc)
        frame = open_frame(path)
        assert "is not used" in frame.note
        assert np.array_equal(frame.read(), COLOURS)


def png(samples: np.ndarray, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG of 8 or 16 bits with further chunks before its samples."""
    height, width = samples.shape[:2]
    deep = samples.dtype.itemsize == 2
    rows = samples.astype(">u2" if deep else "u1")
    raw = b"".join(b"\0" + row.tobytes() for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 16 if deep else 8,
                       2 if samples.ndim == 3 else 0, 0, 0, 0)  # fmt: skip
    parts = [(b"IHDR", head), *chunks, (b"IDAT", zlib.compress(raw)), (b"IEND", b"")]
    packed = (
        struct.pack(">I", len(c)) + k + c + struct.pack(">I", zlib.crc32(k + c)) for k, c in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def gamma(value: float) -> tuple[bytes, bytes]:
    return b"gAMA", struct.pack(">I", round(value * 1e5))


def chromaticities(white: tuple[float, float], primaries: tuple[float, ...]) -> tuple[bytes, bytes]:
    return b"cHRM", struct.pack(">8I", *(round(v * 1e5) for v in (*white, *primaries)))


ADOBE = chromaticities((0.3127, 0.3290), ADOBE_PRIMARIES)
SRGB = chromaticities((0.3127, 0.3290), (0.64, 0.33, 0.30, 0.60, 0.15, 0.06))


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
@pytest.mark.parametrize("grey", [False, True])
def test_gamma_of_a_png(tmp_path: Path, kind: type, grey: bool) -> None:
    samples = (COLOURS[..., 0] if grey else COLOURS).astype(kind) * (
        257 if kind is np.uint16 else 1
    )
    (tmp_path / "a.png").write_bytes(png(samples, gamma(1.0)))
    wanted = encode_srgb(samples / np.float32(np.iinfo(kind).max)) * 255
    assert np.abs(opened(tmp_path / "a.png") - wanted).max() < 0.1


@pytest.mark.parametrize("value", [0, 1e-5, 0.009, 101.0, 42949.67295])
def test_a_gamma_that_no_screen_has_is_told_and_left(tmp_path: Path, value: float) -> None:
    (tmp_path / "a.png").write_bytes(png(COLOURS, gamma(value)))
    assert "is not used" in open_frame(tmp_path / "a.png").note
    assert (opened(tmp_path / "a.png") == COLOURS).all()


def test_gamma_and_primaries_of_a_png(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(COLOURS, gamma(256 / 563), ADOBE))
    assert np.abs(opened(tmp_path / "a.png") - by_pillow(COLOURS, adobe_rgb())).max() < 1.1


@pytest.mark.parametrize(
    "chunks",
    [
        [gamma(0.45455)],
        [gamma(0.45455), SRGB],
        [(b"sRGB", b"\0"), gamma(1.0), ADOBE],  # sRGB has more weight
        [(b"cICP", bytes((1, 13, 0, 1))), gamma(1.0)],
        [(b"iCCP", b"x\0\0" + zlib.compress(srgb_icc(3))), gamma(1.0)],
    ],
)
def test_what_says_srgb_is_shown_as_it_is(tmp_path: Path, chunks: Any) -> None:
    (tmp_path / "a.png").write_bytes(png(COLOURS, *chunks))
    frame = open_frame(tmp_path / "a.png")
    assert np.array_equal(frame.read(), COLOURS)
    assert frame.note == ""


def test_code_points_of_a_png(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(COLOURS, (b"cICP", bytes((12, 13, 0, 1)))))
    read = opened(tmp_path / "a.png")
    assert np.abs(read - COLOURS).max() > 5
    assert "Display P3" in open_frame(tmp_path / "a.png").note
    for code in ((9, 16, 0, 1), (9, 18, 0, 1), (1, 13, 0, 0), (3, 13, 0, 1)):
        (tmp_path / "b.png").write_bytes(png(COLOURS, (b"cICP", bytes(code))))
        with pytest.raises(UnreadableFrame, match="cannot be shown") as caught:
            open_frame(tmp_path / "b.png")
        assert caught.value.hint


def test_a_camera_says_adobe_rgb_without_a_profile(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA001] = 65535
    exif.get_ifd(0x8769)[0xA005] = {1: "R03"}
    Image.fromarray(COLOURS).save(tmp_path / "a.jpg", quality=100, subsampling=0, exif=exif)
    assert "Adobe RGB" in open_frame(tmp_path / "a.jpg").note


def test_primaries_of_a_tiff(tmp_path: Path) -> None:
    def ratios(values: tuple[float, ...]) -> tuple[int, ...]:
        return tuple(n for v in values for n in (round(v * 10000), 10000))

    tags = [(318, 5, 2, ratios((0.3127, 0.3290)), True), (319, 5, 6, ratios(ADOBE_PRIMARIES), True)]
    tifffile.imwrite(tmp_path / "a.tif", COLOURS, photometric="rgb", extratags=tags)
    assert "primaries" in open_frame(tmp_path / "a.tif").note
    assert np.abs(opened(tmp_path / "a.tif") - COLOURS).max() > 5


@pytest.mark.parametrize("colours", [1, 3])
def test_saved_tiffs_say_that_they_are_srgb(tmp_path: Path, colours: int) -> None:
    picture = COLOURS if colours == 3 else COLOURS[..., 0]
    Image.fromarray(picture).save(tmp_path / "a.png")
    frame = open_frame(tmp_path / "a.png")
    save_frame(frame, tmp_path / "b.tif", auto_stretch(frame))
    with tifffile.TiffFile(tmp_path / "b.tif") as file:
        icc = file.pages[0].tags[34675].value
    assert icc == srgb_icc(colours)
    assert read_profile(icc).is_srgb
    assert open_frame(tmp_path / "b.tif").note == ""


@pytest.mark.skipif(not features.check("avif"), reason="Pillow has no AVIF here")
def test_avif_keeps_its_bits_and_obeys_its_colours(tmp_path: Path) -> None:
    smooth = np.tile(np.linspace(0, 1023, 64).astype(np.uint16)[None, :, None], (64, 1, 3))
    smooth[..., 2] //= 2
    content = imagecodecs.avif_encode(smooth, level=100, bitspersample=10)
    (tmp_path / "a.avif").write_bytes(content)
    frame = open_frame(tmp_path / "a.avif")
    assert frame.full_scale == 1023
    assert np.abs(frame.read() - smooth).max() <= 12
    assert list_hdus(tmp_path / "a.avif")[0].dtype == "uint16"
    at = content.index(b"colrnclx") + 8
    for codes, fits in (((12, 13), True), ((9, 16), False)):
        path = tmp_path / "b.avif"
        path.write_bytes(content[:at] + struct.pack(">HH", *codes) + content[at + 4 :])
        if fits:
            assert "Display P3" in open_frame(path).note
        else:
            with pytest.raises(UnreadableFrame, match="HDR"):
                open_frame(path)


@pytest.mark.parametrize("kind", ["u1", "u2", "f4"])
@pytest.mark.parametrize("channels", [0, 2, 3, 4])
def test_jpeg_xl(tmp_path: Path, kind: str, channels: int) -> None:
    shape = (20, 24, channels) if channels else (20, 24)
    top = 1 if kind == "f4" else np.iinfo(kind).max
    samples = (RNG.random(shape) * top).astype(kind)
    if channels in (2, 4):
        samples[0, 0, -1] = 0
    (tmp_path / "a.jxl").write_bytes(imagecodecs.jpegxl_encode(samples, lossless=True))
    frame = open_frame(tmp_path / "a.jxl")
    read = frame.read()
    wanted = samples if channels in (0, 3) else samples[..., : channels - 1]
    wanted = wanted[..., 0] if channels == 2 else wanted
    if kind == "u2":  # which this encoder calls linear light
        wanted = encode_srgb(wanted / np.float32(top)) * top
    seen = np.isfinite(read)
    assert seen.all() == (channels in (0, 3))
    assert np.allclose(read[seen], wanted[seen], rtol=1e-3, atol=1e-3 * top)
    assert (frame.kind, frame.full_scale) == (
        ("linear", None) if kind == "f4" else ("display", float(top))
    )
    assert list_hdus(tmp_path / "a.jxl")[0].shape == read.shape


def test_ppm_of_sixteen_bits(tmp_path: Path) -> None:
    deep = RNG.integers(0, 4096, (6, 7, 3)).astype(">u2")
    (tmp_path / "a.ppm").write_bytes(b"P6\n# a camera's\n7 6\n4095\n" + deep.tobytes())
    frame = open_frame(tmp_path / "a.ppm")
    assert (frame.full_scale, frame.kind) == (4095, "display")
    assert np.array_equal(frame.read(), deep)


def test_jpeg_2000_of_sixteen_bits(tmp_path: Path) -> None:
    deep = RNG.integers(0, 65536, (32, 33, 3)).astype(np.uint16)
    (tmp_path / "a.jp2").write_bytes(imagecodecs.jpeg2k_encode(deep, level=0, reversible=True))
    assert np.array_equal(open_frame(tmp_path / "a.jp2").read(), deep)
