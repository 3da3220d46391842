"""Small files that stand for gigabytes, opened where there are two gigabytes of address space."""

from __future__ import annotations

import bz2
import json
import lzma
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from astropy.io import fits
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from astroview.core import memory_limits
from astroview.core.io.open_file import open_frame
from astroview.core.memory_limits import TooLarge, amount, in_words, parse

REPOSITORY = Path(__file__).resolve().parents[2]
ADDRESS_SPACE = 2 * 2**30
OPEN_ALL = """
import json, resource, sys, tempfile
resource.setrlimit(resource.RLIMIT_AS, ({room}, {room}))
from contextlib import suppress
from pathlib import Path
from astroview.core.errors import UnreadableFrame
from astroview.core.io.open_file import describe, open_frame
from astroview.core.memory_limits import peak_memory
told = {{}}
for name in sys.argv[1:]:
    if not name.endswith(("2", "z")):  # unpacked once is enough
        with suppress(UnreadableFrame):
            describe(Path(name))
    try:
        told[name] = ["opened", str(open_frame(Path(name)))[:200], ""]
    except UnreadableFrame as problem:
        told[name] = [type(problem).__name__, problem.message, problem.hint]
left = len(list(Path(tempfile.gettempdir()).glob("astroview-*")))
print(json.dumps([told, peak_memory(), left]))
"""


def png(width: int, height: int, depth: int, colour: int, whole: bool = False) -> bytes:
    """A PNG of nothing but zeros, made without ever holding it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    packer, row = zlib.compressobj(1 if whole else 9), bytes(1 + width * depth * channels // 8)
    rows = height if whole else min(height, 200)
    body = b"".join(packer.compress(row) for _ in range(rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    palette = chunk(b"PLTE", bytes(3)) if colour == 3 else b""
    ends = palette + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + ends


def tiff(width: int, height: int) -> bytes:
    """A TIFF with one deflated strip that says it is of such a size."""
    strip = zlib.compress(bytes(1000))
    tags = ((256, width), (257, height), (258, 8), (259, 8), (262, 1), (273, 200), (277, 1),
            (278, height), (279, len(strip)))  # fmt: skip
    body = struct.pack("<H", len(tags))
    body += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags) + bytes(4)
    return (b"II*\0" + struct.pack("<I", 8) + body).ljust(200, b"\0") + strip


def jpeg2000(width: int, height: int) -> bytes:
    """A JPEG 2000 codestream whose size is claimed, not true."""
    made = bytearray(imagecodecs.jpeg2k_encode(np.zeros((16, 16), np.uint8), codecformat="j2k"))
    at = made.index(b"\xff\x51") + 6
    struct.pack_into(">II", made, at, width, height)
    struct.pack_into(">II", made, at + 16, width, height)
    return bytes(made)


def tiled(path: Path, method: str, tile: tuple[int, int], claimed: int) -> None:
    """A tile-compressed FITS image whose axes and tiles are claimed to be gigantic."""
    image = fits.CompImageHDU(np.zeros((8, 8), np.int16), compression_type=method, tile_shape=tile)
    fits.HDUList([fits.PrimaryHDU(), image]).writeto(path)
    content = path.read_bytes()
    for key in ("ZNAXIS1", "ZNAXIS2", "ZTILE1", "ZTILE2"):
        at = content.index(key.encode())
        content = content[:at] + f"{key:<8}= {claimed:>20}".encode() + content[at + 30 :]
    path.write_bytes(content)


@pytest.fixture(scope="module")
def bombs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bombs")
    files = {
        "palette.png": png(32768, 32768, 8, 3),
        "bits.png": png(100_000, 100_000, 1, 0),
        "deep.png": png(40_000, 40_000, 16, 2),
        "claimed.tif": tiff(60_000, 60_000),
        "claimed_much.tif": tiff(2**31, 2**31),
        "claimed.j2k": jpeg2000(60_000, 60_000),
        "claimed.gif": b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0x80, 0, 0) + bytes(6)
        + b"," + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0) + b"\x08\x01\x00\x00;",
        "claimed.bmp": b"BM" + struct.pack("<IHHI", 54, 0, 0, 54)
        + struct.pack("<IiiHHIIiiII", 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0),
    }  # fmt: skip
    for name, content in files.items():
        (folder / name).write_bytes(content)
    for name, pack in (("b.fits.bz2", bz2), ("x.fits.xz", lzma)):
        zeros = pack.compress(bytes(2**23))  # packed streams one after the other are one file
        (folder / name).write_bytes(pack.compress(header_of_zeros()) + 40 * zeros)
    for method in ("RICE_1", "GZIP_1", "GZIP_2", "PLIO_1"):
        tiled(folder / f"{method}.fits", method, (8, 8), 200_000)
        tiled(folder / f"{method}_much.fits", method, (1, 8), 2_000_000_000)
    return folder


def header_of_zeros() -> bytes:
    header = fits.PrimaryHDU(np.zeros((2, 2), np.uint8)).header
    header["NAXIS1"], header["NAXIS2"] = 2**14, 2**14
    return header.tostring().encode()


@pytest.fixture(scope="module")
def told(bombs: Path) -> tuple[dict[str, list[str]], int, int]:
    resource = pytest.importorskip("resource")
    assert resource.RLIMIT_AS
    script = OPEN_ALL.format(room=ADDRESS_SPACE)
    scratch = bombs / "scratch"
    scratch.mkdir()
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            script,
            *map(str, sorted(p for p in bombs.iterdir() if p.is_file())),
        ],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        env={"PATH": "", "TMPDIR": str(scratch), "OMP_NUM_THREADS": "1"},
    )
    assert run.returncode == 0, run.stderr[-2000:]
    outcomes, peak, left = json.loads(run.stdout)
    return {Path(name).name: told for name, told in outcomes.items()}, peak, left


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of address space")
def test_bombs_are_refused_in_words(told: tuple[dict[str, list[str]], int, int]) -> None:
    outcomes, peak, left = told
    opened = {name for name, (how, *_) in outcomes.items() if how == "opened"}
    assert not opened
    for name, (_, message, hint) in outcomes.items():
        assert name.partition(".")[0] in message
        assert hint
        assert "please report" not in hint, message
    assert peak < 10**9
    assert left == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of address space")
def test_bombs_that_are_sound_tell_what_they_would_take(
    told: tuple[dict[str, list[str]], int, int],
) -> None:
    for name in ("palette.png", "bits.png", "deep.png", "claimed.tif", "b.fits.bz2",
                 "x.fits.xz", "RICE_1.fits"):  # fmt: skip
        kind, message, hint = told[0][name]
        assert kind == "TooLarge", message
        assert "GB" in message or "MB" in message
        assert "--max-bytes" in hint


def test_more_can_be_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.png"
    Image.fromarray(np.zeros((200, 300), np.uint8)).save(path)
    with pytest.raises(TooLarge) as caught:
        open_frame(path, max_bytes=1000)
    assert open_frame(path, max_bytes=caught.value.needs).shape == (200, 300)
    monkeypatch.setenv(memory_limits.VARIABLE, "1kB")
    with pytest.raises(TooLarge, match="1 kB are allowed"):
        open_frame(path)
    monkeypatch.setenv(memory_limits.VARIABLE, "1MB")
    assert open_frame(path).shape == (200, 300)


@given(st.integers(1, 2**61))
def test_what_is_told_allows_what_is_needed(count: int) -> None:
    assert parse(in_words(count)) >= count * (1 - 1e-12)
    assert amount(count)


@pytest.mark.parametrize("words", ["", "0", "-1", "nan", "inf", "1e400", "lots", "5XB", "k"])
def test_what_is_no_size(words: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        parse(words)


def test_what_the_process_that_started_one_held_is_not_counted() -> None:
    held = np.ones(50_000_000)  # 400 MB, touched
    script = "from astroview.core.memory_limits import peak_memory; print(peak_memory())"
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=REPOSITORY, check=True
    )
    assert 0 < int(run.stdout) < held.nbytes < memory_limits.peak_memory()
