"""XISF files are read as their specification has it, and as another reader of them does."""

from __future__ import annotations

import base64
import hashlib
import struct
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import ArraySource, Window
from astroview.core.io.open_file import describe, is_frame_file, list_hdus, open_frame
from astroview.core.sky.wcs import sky_at

RNG = np.random.default_rng(3)
TYPES = {"UInt8": "u1", "UInt16": "u2", "UInt32": "u4", "Float32": "f4", "Float64": "f8",
         "Complex32": "c8"}  # fmt: skip
SOLVED = {"CTYPE1": "'RA---TAN'", "CTYPE2": "'DEC--TAN'", "CRVAL1": "202.4", "CRVAL2": "47.2",
          "CRPIX1": "4.5", "CRPIX2": "3.5", "CDELT1": "-0.01", "CDELT2": "0.01"}  # fmt: skip


def xisf(
    path: Path,
    samples: np.ndarray,
    packed: str = "",
    where: str = "attachment",
    storage: str = "Planar",
    inside: str = "",
    **attributes: str,
) -> Path:
    """Write (C, H, W) samples as another program would."""
    channels, height, width = samples.shape
    kind = next(name for name, code in TYPES.items() if np.dtype(code) == samples.dtype)
    stored = samples if storage == "Planar" else np.moveaxis(samples, 0, -1)
    data = np.ascontiguousarray(stored).astype(samples.dtype.newbyteorder("<")).tobytes()
    plain, item = len(data), samples.dtype.itemsize
    codec, _, shuffled = packed.partition("+")
    if shuffled:
        data = np.frombuffer(data, np.uint8).reshape(-1, item).T.tobytes()
    pack = {
        "zlib": zlib.compress, "": lambda d: d, "zstd": imagecodecs.zstd_encode,
        "lz4": lambda d: bytes(imagecodecs.lz4_encode(d, header=False)),
        "lz4hc": lambda d: bytes(imagecodecs.lz4_encode(d, level=9, header=False)),
    }[codec]  # fmt: skip
    data = bytes(pack(data))
    words = {
        "geometry": f"{width}:{height}:{channels}", "sampleFormat": kind, "pixelStorage": storage,
        "colorSpace": "RGB" if channels >= 3 else "Gray", "bounds": "0:1",
        "checksum": f"sha-1:{hashlib.sha1(data).hexdigest()}",
    }  # fmt: skip
    if packed:
        words["compression"] = f"{packed}:{plain}" + (f":{item}" if shuffled else "")
    if where == "inline":
        words["location"], inside = "inline:base64", base64.b64encode(data).decode() + inside
    elif where == "embedded":
        words["location"] = "embedded"
        moved = {k: words.pop(k) for k in ("compression", "checksum") if k in words}
        more = "".join(f' {k}="{v}"' for k, v in moved.items())
        inside += f'<Data encoding="hex"{more}>{data.hex()}</Data>'
    else:
        words["location"] = f"attachment:4096:{len(data)}"
    told = "".join(f' {k}="{v}"' for k, v in (words | attributes).items())
    header = (
        '<?xml version="1.0"?><xisf version="1.0" xmlns="http://www.pixinsight.com/xisf">'
        f"<Image{told}>{inside}</Image></xisf>"
    ).encode()
    head = b"XISF0100" + struct.pack("<II", len(header), 0) + header
    path.write_bytes(head.ljust(4096, b"\0") + (data if where == "attachment" else b""))
    return path


def keywords(cards: dict[str, str]) -> str:
    return "".join(f'<FITSKeyword name="{k}" value="{v}" comment=""/>' for k, v in cards.items())


@pytest.mark.parametrize("compression", ["", "zlib", "zlib+sh", "lz4", "lz4+sh", "lz4hc+sh",
                                         "zstd", "zstd+sh"])  # fmt: skip
@pytest.mark.parametrize("kind", ["UInt8", "UInt16", "UInt32", "Float32", "Float64"])
@pytest.mark.parametrize("channels", [1, 3])
def test_every_packing_of_every_type(
    tmp_path: Path, compression: str, kind: str, channels: int
) -> None:
    samples = RNG.integers(0, 200, (channels, 6, 9)).astype(TYPES[kind])
    frame = open_frame(xisf(tmp_path / "a.xisf", samples, compression))
    wanted = samples[0] if channels == 1 else np.moveaxis(samples, 0, -1)
    assert np.array_equal(frame.read(), wanted)  # the first row is the top one
    assert np.array_equal(frame.read(Window(1, 2, 4, 6), 2), wanted[1:5:2, 2:8:2])
    assert (frame.kind, frame.channels) == ("linear", channels)
    assert isinstance(frame.source, ArraySource) == bool(compression)


@pytest.mark.parametrize("where", ["attachment", "inline", "embedded"])
@pytest.mark.parametrize("compression", ["", "zlib+sh"])
@pytest.mark.parametrize("storage", ["Planar", "Normal"])
def test_every_place_of_the_samples(
    tmp_path: Path, where: str, compression: str, storage: str
) -> None:
    samples = RNG.random((3, 6, 9)).astype(np.float32)
    path = xisf(tmp_path / "a.xisf", samples, compression, where, storage)
    assert np.array_equal(open_frame(path).read(), np.moveaxis(samples, 0, -1))
    assert list_hdus(path)[0].shape == (3, 6, 9)


def test_keywords_and_sky(tmp_path: Path) -> None:
    cards = SOLVED | {"OBJECT": "'M 51''s'", "EXPTIME": "300.", "GAIN": "120", "FLAG": "T"}
    path = xisf(tmp_path / "a.xisf", np.ones((1, 6, 8), np.float32), inside=keywords(cards))
    frame = open_frame(path)
    assert frame.header is not None
    assert [frame.header[k] for k in ("OBJECT", "EXPTIME", "GAIN", "FLAG")] == [
        "M 51's", 300.0, 120, True,
    ]  # fmt: skip
    assert np.allclose(sky_at(frame, 3.5, 6 - 3.5), (202.4, 47.2), atol=1e-9)
    assert "centre" in describe(path)
    assert is_frame_file(path)


def test_alpha_complex_and_colour_filters(tmp_path: Path) -> None:
    rgba = RNG.random((4, 6, 8)).astype(np.float32)
    rgba[3, 2, 3] = 0
    read = open_frame(xisf(tmp_path / "a.xisf", rgba)).read()
    assert np.argwhere(np.isnan(read[..., 0])).tolist() == [[2, 3]]
    waves = np.full((1, 4, 5), 3 + 4j, np.complex64)
    frame = open_frame(xisf(tmp_path / "b.xisf", waves))
    assert frame.read()[0, 0] == 5
    assert "magnitude" in frame.note
    y, x = np.mgrid[:7, :8]
    mosaic = np.choose((y % 2) + (x % 2), [900, 500, 100])[None].astype(np.uint16)
    element = '<ColorFilterArray pattern="RGGB" width="2" height="2"/>'
    for inside in (element, keywords({"BAYERPAT": "'RGGB'"})):
        frame = open_frame(xisf(tmp_path / "c.xisf", mosaic, inside=inside))
        assert np.allclose(frame.read(), (900, 500, 100))
    other = '<ColorFilterArray pattern="RGGBRB" width="3" height="2"/>'
    with pytest.raises(UnreadableFrame):
        open_frame(xisf(tmp_path / "d.xisf", mosaic, inside=other))


def test_blocks_that_were_packed_one_by_one(tmp_path: Path) -> None:
    samples = RNG.integers(0, 9, (1, 8, 8)).astype(np.uint8)
    parts = [zlib.compress(samples.tobytes()[:40]), zlib.compress(samples.tobytes()[40:])]
    data = b"".join(parts)
    path = xisf(
        tmp_path / "a.xisf", samples, packed="zlib", checksum="",
        subblocks=f"{len(parts[0])},40:{len(parts[1])},24",
        location=f"attachment:4096:{len(data)}",
    )  # fmt: skip
    path.write_bytes(path.read_bytes()[:4096] + data)
    assert np.array_equal(open_frame(path).read(), samples[0])


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"geometry": "9:6:2:1"}, "damaged"),
        ({"geometry": "-9:6:1"}, "damaged"),
        ({"geometry": "90000:60000:1"}, "missing"),
        ({"sampleFormat": "Float128"}, "damaged"),
        ({"colorSpace": "CIELab"}, "CIELab"),
        ({"location": "url(http://somewhere/x.xish)"}, "another file"),
        ({"location": "attachment:4096:10"}, "missing"),
        ({"compression": "zip:432"}, "not known"),
        ({"compression": "zlib:433"}, "instead of"),
        ({"compression": "zlib:432"}, "unpacked"),
        ({"checksum": "sha-256:00", "compression": "zlib:432"}, "checksum"),
        ({"orientation": "90;flip"}, "turned"),
    ],
)
def test_what_cannot_be_read_is_refused(
    tmp_path: Path, attributes: dict[str, str], words: str
) -> None:
    samples = RNG.random((1, 6, 9)).astype(np.float64)
    path = xisf(tmp_path / "a.xisf", samples, **({"checksum": ""} | attributes))
    with pytest.raises(UnreadableFrame, match=words) as caught:
        open_frame(path)
    assert caught.value.hint


@settings(deadline=None, max_examples=60)
@given(changes=st.lists(st.tuples(st.integers(0, 1200), st.integers(0, 255)), max_size=5),
       cut=st.integers(0, 5000))  # fmt: skip
def test_spoilt_files_never_surprise(tmp_path_factory: Any, changes: Any, cut: int) -> None:
    path = tmp_path_factory.mktemp("x") / "a.xisf"
    content = bytearray(
        xisf(path, np.ones((1, 6, 9), np.float32), "zlib", inside=keywords(SOLVED)).read_bytes()
    )
    for at, value in changes:
        content[at % len(content)] = value
    path.write_bytes(content[: max(1, len(content) - cut)])
    with suppress(UnreadableFrame):
        open_frame(path).read()


def test_another_reader_and_writer_agree(tmp_path: Path) -> None:
    other = pytest.importorskip("xisf", reason="the package xisf is not installed")
    samples = RNG.random((12, 10, 3)).astype(np.float32)
    for codec in (None, "zlib", "lz4", "lz4hc", "zstd"):
        for shuffle in (False, True):
            path = tmp_path / "a.xisf"
            other.XISF.write(str(path), samples, codec=codec, shuffle=shuffle)
            assert np.array_equal(open_frame(path).read(), samples), codec


def solution(prefix: str, more: str = "", place: str = "inline", big: bool = False) -> str:
    """A plate solution as PixInsight's solver writes it: image coordinates from the top left."""
    order, told = (">", ' byteOrder="big"') if big else ("<", "")

    def numbers(name: str, kind: str, values: list[float]) -> str:
        packed = base64.b64encode(np.array(values, f"{order}f8").tobytes()).decode()
        where = f'location="{place}:base64"' if place == "inline" else 'location="embedded"'
        inner = packed if place == "inline" else f'<Data encoding="base64">{packed}</Data>'
        return f'<Property id="{prefix}{name}" type="{kind}" {where}{told}>{inner}</Property>'

    return (
        f'<Property id="{prefix}ProjectionSystem" type="String">Gnomonic</Property>'
        + numbers("ReferenceCelestialCoordinates", "F64Vector", [202.4, 47.2])
        + numbers("ReferenceImageCoordinates", "F64Vector", [4.0, 2.0])
        + numbers("LinearTransformationMatrix", "F64Matrix", [-0.01, 0.002, 0.001, -0.01])
        + numbers("CelestialPoleNativeCoordinates", "F64Vector", [180.0, 90.0])
        + more
    )


@pytest.mark.parametrize("prefix", ["PCL:AstrometricSolution:", "AstrometricSolution:"])
@pytest.mark.parametrize("place", ["inline", "embedded"])
@pytest.mark.parametrize("big", [False, True])
def test_a_plate_solution_in_properties(tmp_path: Path, prefix: str, place: str, big: bool) -> None:
    samples = np.zeros((1, 6, 9), np.float32)
    frame = open_frame(xisf(tmp_path / "a.xisf", samples, inside=solution(prefix, "", place, big)))
    assert sky_at(frame, 3.5, 1.5) == pytest.approx((202.4, 47.2))
    # One pixel to the right and one down is (-0.008, -0.009) degrees on the tangent plane.
    lon, lat = sky_at(frame, 4.5, 2.5) or (0.0, 0.0)
    across = (lon - 202.4) * np.cos(np.radians(47.2))
    assert (across, lat - 47.2) == pytest.approx((-0.008, -0.009), abs=2e-6)
    assert not frame.note


def test_a_plate_solution_that_is_not_understood_is_said(tmp_path: Path) -> None:
    samples, prefix = np.zeros((1, 6, 9), np.float32), "PCL:AstrometricSolution:"
    splines = f'<Property id="{prefix}SplineWorldTransformation:Version" type="String" value="2"/>'
    path = xisf(tmp_path / "a.xisf", samples, inside=solution(prefix, splines))
    assert open_frame(path).wcs is not None
    assert "splines" in open_frame(path).note
    for old, new in (("Gnomonic", "Mercator"), ("F64Matrix", "Int32"), ("inline", "url(x)")):
        spoilt = solution(prefix).replace(old, new)
        frame = open_frame(xisf(tmp_path / "b.xisf", samples, inside=spoilt))
        assert frame.wcs is None
        assert (old == "inline") or "plate solution is not used" in frame.note


def test_fits_keywords_count_before_properties(tmp_path: Path) -> None:
    both = solution("PCL:AstrometricSolution:") + keywords(SOLVED)
    frame = open_frame(xisf(tmp_path / "a.xisf", np.zeros((1, 6, 9), np.float32), inside=both))
    assert frame.header["CRPIX1"] == 4.5


def test_a_profile_that_is_not_used_is_said(tmp_path: Path) -> None:
    inside = '<ICCProfile location="inline:base64">AAAA</ICCProfile>'
    path = xisf(tmp_path / "a.xisf", np.zeros((3, 6, 9), np.uint16), inside=inside)
    assert "profile of a.xisf is not used" in open_frame(path).note


@pytest.mark.parametrize(
    ("said", "instead"),
    [("attachment:4096:", "attachment:-512:"), ("zlib:", "zlib:-"), ("4096:", "4096:-")],
)
def test_places_and_sizes_below_0_are_refused(tmp_path: Path, said: str, instead: str) -> None:
    path = xisf(tmp_path / "a.xisf", np.zeros((1, 6, 9), np.float32), "zlib")  # found by fuzzing
    path.write_bytes(path.read_bytes().replace(said.encode(), instead.encode(), 1))
    with pytest.raises(UnreadableFrame, match="is damaged"):
        open_frame(path)
