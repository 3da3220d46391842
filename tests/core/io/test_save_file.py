"""Saved files: read back by us and by others, all or nothing, never over the original."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest
import tifffile
from astropy.io import fits
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from astroview.core.colour import colour_space
from astroview.core.colour.stretch import Stretch, auto_stretch
from astroview.core.errors import CannotSave, UnreadableFrame
from astroview.core.frame import ArraySource, Frame, StackSource, Window
from astroview.core.io.fits import fits_writer
from astroview.core.io.open_file import list_hdus, open_frame
from astroview.core.io.pictures import save_pictures
from astroview.core.io.save_file import Format, save_frame
from astroview.core.provenance import has_painted_colour, is_sharpened
from astroview.core.sky.wcs import scaled_header, scaled_wcs, sky_at

RNG = np.random.default_rng(3)
HEIGHT, WIDTH = 37, 23
PLANE = RNG.normal(100, 20, (HEIGHT, WIDTH)).astype(np.float32)
PLANE[4, 5] = np.nan
CHROMA = RNG.uniform(-0.1, 0.1, (HEIGHT, WIDTH, 2)).astype(np.float16)
COLOUR = RNG.integers(0, 256, (HEIGHT, WIDTH, 3)).astype(np.uint8)
STRETCH = Stretch("asinh", 50, 180)
SHA = "0123456789abcdef" * 4
HISTORY = ("astroview enhanced this frame.", f"colour painted: model colour-1, sha256 {SHA}, x")

GREY = Frame("grey", (HEIGHT, WIDTH), 1, "linear", ArraySource(PLANE), None, unit="adu")
PAINTED = replace(GREY, chroma=ArraySource(CHROMA), rendered=STRETCH, history=HISTORY)
PICTURE = Frame("rgb", (HEIGHT, WIDTH), 3, "display", ArraySource(COLOUR), 255.0)
THREE = StackSource(tuple(ArraySource(PLANE * i) for i in (1, 2, 3)))
MEASURED = Frame("lrgb", (HEIGHT, WIDTH), 3, "linear", THREE, None)
FRAMES = pytest.mark.parametrize("frame", [GREY, PAINTED, PICTURE, MEASURED], ids=lambda f: f.name)


@pytest.fixture(params=[10**9, 12 * WIDTH * 5], ids=["whole", "blocks"])
def _block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is written in one block, and again in blocks of five rows."""
    monkeypatch.setattr(fits_writer, "BLOCK", request.param)
    monkeypatch.setattr(save_pictures, "BLOCK", request.param)


BLOCKS = pytest.mark.usefixtures("_block")


def rendered(frame: Frame) -> np.ndarray[Any, Any]:
    chroma = frame.read_chroma() if frame.chroma is not None else None
    return colour_space.render(frame.read(), STRETCH, chroma)


def verified(path: Path) -> None:
    """Astropy finds nothing to say of structure or checksums (a warning fails the test)."""
    with fits.open(path, checksum=True, memmap=False) as file:
        for hdu in file:
            hdu.verify("exception")
            assert {"CHECKSUM", "DATASUM"} <= set(hdu.header)
            assert hdu.data is not None
    assert path.stat().st_size % 2880 == 0


@BLOCKS
def test_grey_fits_keeps_the_samples(tmp_path: Path) -> None:
    path = save_frame(GREY, tmp_path / "a.fits", STRETCH)
    verified(path)
    again = open_frame(path)
    assert np.array_equal(again.read(), PLANE, equal_nan=True)
    assert (again.kind, again.channels) == ("linear", 1)


@BLOCKS
def test_painted_fits_holds_the_picture_and_the_measurement(tmp_path: Path) -> None:
    path = save_frame(PAINTED, tmp_path / "a.fits", STRETCH)
    verified(path)
    assert [hdu.name for hdu in list_hdus(path)] == ["", "LUMINANCE"]
    shown = open_frame(path)
    assert (shown.kind, shown.channels, shown.full_scale) == ("display", 3, 1.0)
    assert np.allclose(shown.read(), rendered(PAINTED), atol=1e-6)
    assert auto_stretch(shown) == Stretch("linear", 0, 1)
    measured = open_frame(path, hdu="LUMINANCE")
    assert np.array_equal(measured.read(), PLANE, equal_nan=True)
    assert measured.unit == "adu"
    header = fits.getheader(path)
    assert header["CTYPE3"] == "RGB"
    assert (header["AIMODEL1"], header["AISHA1"]) == ("colour-1", SHA)
    assert header["AIPHOT"] == "not for photometry"
    assert header["RENDERED"].startswith("asinh 50 180")
    assert "AIPHOT" not in fits.getheader(path, 1)
    assert SHA in "".join(header["HISTORY"])


@BLOCKS
def test_colour_fits(tmp_path: Path) -> None:
    path = save_frame(PICTURE, tmp_path / "a.fits", Stretch("linear", 0, 255))
    verified(path)
    assert np.allclose(open_frame(path).read() * 255, COLOUR, atol=1e-4)
    path = save_frame(MEASURED, tmp_path / "b.fits", STRETCH)
    verified(path)
    again = open_frame(path, hdu="LINEAR")
    assert again.kind == "linear"
    assert np.allclose(again.read(), MEASURED.read(), equal_nan=True)


@BLOCKS
@FRAMES
@pytest.mark.parametrize("suffix", [".tif", ".png"])
def test_pictures_hold_what_is_shown(tmp_path: Path, frame: Frame, suffix: str) -> None:
    path = save_frame(frame, tmp_path / f"a{suffix}", STRETCH)
    again = open_frame(path)
    wanted = rendered(frame) * 65535
    assert (again.kind, again.full_scale) == ("display", 65535.0)
    colour = frame.channels == 3 or frame.chroma is not None
    holes = np.isnan(frame.read())  # no data is transparent
    holes = holes.all(-1) if holes.ndim == 3 else holes
    assert np.array_equal(np.isnan(again.read()).reshape(HEIGHT, WIDTH, -1).all(-1), holes)
    off = np.abs(again.read() - (wanted if colour else wanted[..., 0]))
    assert np.nanmax(off) <= 0.51


def test_others_read_our_pictures_and_their_provenance(tmp_path: Path) -> None:
    png = save_frame(PAINTED, tmp_path / "a.png", STRETCH)
    samples = imagecodecs.png_decode(png.read_bytes())
    assert (samples.dtype, samples.shape) == (np.uint16, (HEIGHT, WIDTH, 4))
    assert np.array_equal(samples[..., 3] == 0, np.isnan(PLANE))
    with Image.open(png) as image:
        assert "colour-1" in image.info["Description"]
    with tifffile.TiffFile(save_frame(PAINTED, tmp_path / "a.tif", STRETCH)) as tiff:
        assert "not for photometry" in tiff.pages[0].description
        assert np.array_equal(tiff.asarray(), samples)


@pytest.mark.parametrize("suffix", ["fits", "png", "tif"])
def test_a_result_that_is_opened_again_is_still_known_for_one(tmp_path: Path, suffix: str) -> None:
    sharpened = f"super-resolution: model sharp-1, sha256 {SHA}, scale 2"
    made = replace(PAINTED, history=(*HISTORY, sharpened))
    assert has_painted_colour(made)
    assert is_sharpened(made)
    path = tmp_path / f"result.{suffix}"
    save_frame(made, path, STRETCH)
    again = open_frame(path)
    assert (again.scale, again.chroma) == (1, None)
    assert has_painted_colour(again)
    assert is_sharpened(again)
    told = "".join([*again.history, *map(str, (again.header or {}).get("HISTORY", ()))])
    assert all("".join(line.split()) in "".join(told.split()) for line in made.history)
    copy = tmp_path / f"copy.{suffix}"
    save_frame(again, copy, STRETCH)
    assert has_painted_colour(open_frame(copy))
    if suffix == "fits":
        assert not has_painted_colour(open_frame(path, hdu="LUMINANCE"))
        assert is_sharpened(open_frame(path, hdu="LUMINANCE"))


def test_a_picture_of_another_program_has_no_history(tmp_path: Path) -> None:
    info = PngInfo()
    info.add_text("Description", "colour painted: model x, sha256 12345678")
    Image.new("RGB", (8, 8), (9, 20, 30)).save(tmp_path / "other.png", pnginfo=info)
    assert open_frame(tmp_path / "other.png").history == ()


def test_the_format_can_be_given(tmp_path: Path) -> None:
    path = save_frame(GREY, tmp_path / "result.dat", STRETCH, format="png")
    assert path.read_bytes().startswith(b"\x89PNG")
    with pytest.raises(CannotSave, match="no format") as caught:
        save_frame(GREY, tmp_path / "result.dat", STRETCH)
    assert ".fits" in caught.value.hint


def enlarged(frame: Frame) -> Frame:
    """Every pixel twice each way, as an enhanced frame would come."""
    samples = np.kron(frame.read(), np.ones((2, 2), np.float32))
    shape = (samples.shape[0], samples.shape[1])
    assert frame.header is not None
    header = scaled_header(frame.header, 2, shape)
    return replace(
        frame, shape=shape, source=ArraySource(samples), header=header, scale=2, history=HISTORY,
        wcs=scaled_wcs(frame.wcs, 2, header),
    )  # fmt: skip


SKIES = [
    "sipsample.fits", "sip-wcs.fits", "dist_lookup.fits.gz", "dss.14.29.56-62.41.05.fits.gz",
    "m13_rice.fits", "gc_msx_e.fits", "l1448_13co.fits", "decam-520206-S16-image-sub.fits",
    "allsky_rosat.fits", "frame-r-001000-1-0100.fits.bz2",
]  # fmt: skip


@pytest.mark.parametrize("name", SKIES)
@pytest.mark.parametrize("painted", [False, True])
def test_a_saved_frame_shows_every_star_where_it_was(
    shared_data: Path, tmp_path: Path, name: str, painted: bool
) -> None:
    original = open_frame(next((shared_data / "fits").rglob(name)))
    frame = enlarged(original)
    if painted:
        frame = replace(frame, chroma=ArraySource(np.zeros((*frame.shape, 2), np.float16)))
    path = save_frame(frame, tmp_path / "a.fits", auto_stretch(original))
    verified(path)
    for hdu in (0, "LUMINANCE") if painted else (0,):
        again = open_frame(path, hdu)
        height, width = original.shape
        for x, y in ((0, 0), (width - 1, 0), (0, height - 1), (width / 2, height / 3)):
            before = sky_at(original, x, y)
            after = sky_at(again, 2 * x + 0.5, 2 * y + 0.5)
            assert (before is None) == (after is None)
            if before is not None and after is not None:
                assert after == pytest.approx(before, abs=0.01 * 2e-5), (hdu, x, y)


def test_every_other_card_of_real_headers_is_kept(shared_data: Path, tmp_path: Path) -> None:
    expected = {
        "XTENSION", "PCOUNT", "GCOUNT", "INHERIT", "BSCALE", "BZERO", "BLANK", "DATAMIN", "DATAMAX",
        "EXTNAME", "CPERR1", "CPERR2", "D2IMERR1", "D2IMERR2", "D2IMEXT",
    }  # fmt: skip
    for name in ("HorseHead.fits", "sample_svm_flc.fits", "aia_171_level1.fits", "m13_rice.fits"):
        frame = open_frame(next((shared_data / "fits").rglob(name)))
        assert frame.header is not None
        before = frame.header.copy()
        path = save_frame(frame, tmp_path / "a.fits", auto_stretch(frame))
        assert frame.header == before
        saved = fits.getheader(path)
        gone = {k for k in frame.header if k and k not in saved}
        assert gone <= expected, name
        kept = [k for k in saved if k in frame.header and k not in _STRUCTURE]
        assert all(saved[k] == frame.header[k] for k in kept if k not in ("COMMENT", "HISTORY"))


_STRUCTURE = {"SIMPLE", "BITPIX", "NAXIS", "EXTEND", "CHECKSUM", "DATASUM", "", "DP1", "DP2"}


@FRAMES
@pytest.mark.parametrize("format", ["fits", "tiff", "png"])
def test_one_pixel_can_be_saved(tmp_path: Path, frame: Frame, format: Format) -> None:
    source, shape = ArraySource(frame.read(Window(0, 0, 1, 1))), (1, 1)
    chroma = ArraySource(frame.read_chroma(Window(0, 0, 1, 1))) if frame.chroma else None
    small = replace(frame, source=source, shape=shape, chroma=chroma)
    assert open_frame(save_frame(small, tmp_path / "a", STRETCH, format)).shape == shape


def test_the_original_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.fits"
    fits.PrimaryHDU(PLANE).writeto(path)
    before = path.read_bytes()
    (tmp_path / "link.fits").symlink_to(path)
    for target in (path, tmp_path / "link.fits", tmp_path / "x" / ".." / "a.fits"):
        (tmp_path / "x").mkdir(exist_ok=True)
        with pytest.raises(CannotSave, match="original"):
            save_frame(open_frame(path), target, STRETCH)
    assert path.read_bytes() == before


class _Failing:
    """A file that goes away while it is read."""

    def read(self, window: Window, step: int) -> Any:
        raise UnreadableFrame("a.fits can no longer be read", hint="Open it again.")


@pytest.mark.parametrize("format", ["fits", "tiff", "png"])
def test_a_failure_leaves_what_was_there(tmp_path: Path, format: Format) -> None:
    path = tmp_path / "a.out"
    path.write_text("old")
    with pytest.raises(CannotSave, match="no longer be read") as caught:
        save_frame(replace(GREY, source=_Failing()), path, STRETCH, format)
    assert caught.value.hint == "Open it again."
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.out"]  # noqa: PTH208


def test_an_existing_result_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.fits"
    path.write_text("old")
    save_frame(GREY, path, STRETCH)
    verified(path)


def test_bad_places_are_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "dir.fits").mkdir()
    for place, words in (
        (tmp_path / "no" / "a.fits", "there is no folder"),
        (tmp_path / "file" / "a.fits", "there is no folder"),
        (tmp_path / "dir.fits", "was not saved"),
        (tmp_path / ("x" * 300 + ".fits"), "was not saved"),
    ):
        with pytest.raises(CannotSave, match=words) as caught:
            save_frame(GREY, place, STRETCH)
        assert caught.value.hint


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do all")
def test_a_read_only_folder_is_explained(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CannotSave, match="may not write"):
        save_frame(GREY, tmp_path / "a.fits", STRETCH)


_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from astroview.core.errors import CannotSave
from astroview.core.frame import ArraySource, Frame
from astroview.core.provenance import has_painted_colour, is_sharpened
from astroview.core.io.save_file import save_frame
from astroview.core.colour.stretch import Stretch

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
samples = np.random.default_rng(1).normal(size=(200, 200)).astype("f4")
frame = Frame("a", (200, 200), 1, "linear", ArraySource(samples), None)
for name in ("a.fits", "a.tif", "a.png"):
    try:
        save_frame(frame, Path(sys.argv[1]) / name, Stretch("linear", -3, 3))
    except CannotSave as problem:
        print(problem.message, "|", problem.hint)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of files as POSIX does")
def test_a_full_disk_is_explained_and_nothing_is_left(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    lines = run.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["a.fits", "a.tif", "a.png"], run.stderr
    assert all("the disk is full" in line and "another folder" in line for line in lines)
    assert not list(tmp_path.iterdir())


def test_a_result_holds_no_date_of_its_own(shared_data: Path, tmp_path: Path) -> None:
    """With look-up tables of distortion, whose checksums astropy would date."""
    (source,) = list(shared_data.rglob("dist_lookup.fits*"))[:1]
    frame = open_frame(source)
    save_frame(frame, tmp_path / "a.fits", auto_stretch(frame))
    content = (tmp_path / "a.fits").read_bytes()
    assert content.count(b"CHECKSUM=") > 2
    assert b"checksum updated" not in content
