"""Tiles that are damaged or made to do harm end in words, never with the process."""

from __future__ import annotations

import struct
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits

from astroview.core.errors import UnreadableFrame
from astroview.core.io.open_file import open_frame

REPOSITORY = Path(__file__).resolve().parents[4]
RNG = np.random.default_rng(4)
PACKINGS = ("RICE_1", "PLIO_1", "HCOMPRESS_1", "GZIP_1", "GZIP_2")


def packed(packing: str, samples: np.ndarray, **options: object) -> bytes:
    out = BytesIO()
    image = fits.CompImageHDU(samples, compression_type=packing, **options)
    fits.HDUList([fits.PrimaryHDU(), image]).writeto(out)
    return out.getvalue()


def heap(content: bytes) -> slice:
    """Where the packed tiles lie."""
    with fits.open(BytesIO(content), disable_image_compression=True) as hdus:
        header = hdus[1].header
        start = hdus[1].fileinfo()["datLoc"] + header["NAXIS1"] * header["NAXIS2"]
        return slice(start, start + header["PCOUNT"])


def with_card(content: bytes, keyword: str, value: object) -> bytes:
    at = content.index(f"{keyword:<8}=".encode())
    return content[:at] + f"{keyword:<8}= {value:>20}".ljust(80).encode() + content[at + 80 :]


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("kind", ["u1", "i2", "i4"])
@pytest.mark.parametrize("tile", [(1, 50), (16, 50), (40, 50)])
def test_sound_tiles_are_what_was_packed(
    packing: str, kind: str, tile: tuple[int, int], tmp_path: Path
) -> None:
    samples = RNG.integers(0, 200, (40, 50)).astype(kind)
    if packing == "HCOMPRESS_1" and tile[0] == 1:
        return  # its tiles have two dimensions
    (tmp_path / "a.fits").write_bytes(packed(packing, samples, tile_shape=tile))
    assert np.array_equal(open_frame(tmp_path / "a.fits").read()[::-1], samples)


@pytest.mark.parametrize("packing", ["RICE_1", "GZIP_1", "HCOMPRESS_1"])
def test_quantized_tiles_are_those_of_astropy(packing: str, tmp_path: Path) -> None:
    samples = RNG.normal(100, 5, (40, 50)).astype(np.float32)
    content = packed(packing, samples, quantize_method=1, tile_shape=(20, 50))
    (tmp_path / "a.fits").write_bytes(content)
    with fits.open(tmp_path / "a.fits") as hdus:
        assert np.array_equal(open_frame(tmp_path / "a.fits").read()[::-1], hdus[1].data)


@pytest.mark.parametrize(
    ("keyword", "value"),
    [("ZVAL1", 0), ("ZVAL1", -1), ("ZVAL2", 3), ("ZVAL2", 8), ("ZVAL2", 10**9),
     ("ZDITHER0", -5), ("ZDITHER0", -(2**31)), ("ZDITHER0", 10**9)],
)  # fmt: skip
def test_numbers_that_lead_a_decoder_astray(keyword: str, value: int, tmp_path: Path) -> None:
    samples = RNG.normal(100, 5, (40, 50)).astype(np.float32)
    content = packed("RICE_1", samples, quantize_method=1)
    (tmp_path / "a.fits").write_bytes(with_card(content, keyword, value))
    with pytest.raises(UnreadableFrame, match="damaged"):
        open_frame(tmp_path / "a.fits").read()


DAMAGE = """
import sys
import numpy as np
from pathlib import Path
from astroview.core.errors import UnreadableFrame
from astroview.core.io.open_file import open_frame
path, start, stop, lying = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
content = path.read_bytes()
refused = 0
for number in range(150):
    chance, spoilt = np.random.default_rng(number), bytearray(content)
    if number < 3:
        spoilt[start:stop] = bytes([0, 255, 85][number : number + 1]) * (stop - start)
    elif number < 6:
        spoilt[start : start + len(lying) // 2] = bytes.fromhex(lying)
        rest = bytes([0, 255, 85][number - 3 : number - 2])
        spoilt[start + 40 : stop] = rest * (stop - start - 40)
    else:
        for _ in range(chance.integers(1, 9)):
            at = start + int(chance.integers(stop - start))
            spoilt[at : at + 1] = bytes([chance.integers(256)])
    path.write_bytes(spoilt)
    try:
        open_frame(path).read()
    except UnreadableFrame as problem:
        assert "not foreseen" not in problem.hint, problem
        refused += 1
print(refused)
"""


@pytest.mark.parametrize("packing", PACKINGS)
def test_damaged_tiles_never_end_the_process(packing: str, tmp_path: Path) -> None:
    samples = RNG.integers(0, 200, (64, 64)).astype(np.int16)
    content = packed(packing, samples, tile_shape=(32, 64))
    (tmp_path / "a.fits").write_bytes(content)
    place = heap(content)
    sides = (b"\xdd\x99" + 2 * (30_000).to_bytes(4, "big")).hex()  # of HCOMPRESS
    command = [sys.executable, "-c", DAMAGE, str(tmp_path / "a.fits")]
    done = subprocess.run(
        [*command, str(place.start), str(place.stop), sides],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 2


@pytest.mark.parametrize(("count", "offset"), [(-1, 0), (10**9, 0), (10, -5), (10, 10**9)])
def test_tiles_that_lie_outside_of_the_file(count: int, offset: int, tmp_path: Path) -> None:
    """Found by fuzzing."""
    content = bytearray(packed("RICE_1", RNG.integers(0, 200, (40, 50)).astype(np.int16)))
    with fits.open(BytesIO(content), disable_image_compression=True) as hdus:
        start = hdus[1].fileinfo()["datLoc"]
    content[start : start + 8] = struct.pack(">ii", count, offset)
    (tmp_path / "a.fits").write_bytes(content)
    with pytest.raises(UnreadableFrame, match="not where it says"):
        open_frame(tmp_path / "a.fits")
