"""Regions that we write are read by DS9 as they were: one DS9 opens all files and saves them."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass

import numpy as np
import pytest
from astropy.io import fits
from x_server import x_server

from astroview.core.io.open_file import open_frame
from astroview.core.sky.region_files import RegionShape, read_regions, write_regions

missing = [tool for tool in ("ds9", "Xvfb") if shutil.which(tool) is None]
pytestmark = pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")
NEAR = 0.01  # pixel
HEIGHT, WIDTH = 160, 200
ANGLE = np.radians(25)
STEP = 1e-3  # degrees a pixel
TURNED = {
    "CD1_1": -STEP * np.cos(ANGLE), "CD1_2": STEP * np.sin(ANGLE),
    "CD2_1": STEP * np.sin(ANGLE), "CD2_2": STEP * np.cos(ANGLE),
}  # fmt: skip
PLAIN = {"CDELT1": -STEP, "CDELT2": STEP}
EQUATORIAL = {"CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN", "CRVAL1": 150.0, "CRVAL2": 35.0}
FRAMES: dict[str, dict[str, object]] = {
    "none": {},
    "icrs": {**EQUATORIAL, **PLAIN, "RADESYS": "ICRS"},
    "fk5, turned": {**EQUATORIAL, **TURNED, "RADESYS": "FK5", "EQUINOX": 2000.0},
    "fk5, mirrored": {**EQUATORIAL, "CDELT1": STEP, "CDELT2": STEP, "RADESYS": "FK5"},
    "fk4": {**EQUATORIAL, **TURNED, "RADESYS": "FK4", "EQUINOX": 1950.0},
    "galactic": {"CTYPE1": "GLON-TAN", "CTYPE2": "GLAT-TAN", "CRVAL1": 121.2, "CRVAL2": -21.6,
                 **TURNED},
    "ecliptic": {"CTYPE1": "ELON-TAN", "CTYPE2": "ELAT-TAN", "CRVAL1": 40.0, "CRVAL2": 12.0,
                 **PLAIN, "EQUINOX": 2000.0},
    "near the pole": {**EQUATORIAL, "CRVAL2": 89.9, **TURNED, "RADESYS": "ICRS"},
    "binned": {**EQUATORIAL, **PLAIN, "LTM1_1": 0.5, "LTM2_2": 0.5, "LTV1": -10.0, "LTV2": 5.0},
}  # fmt: skip
KINDS = """image
circle(91,71,11)
-circle(60.5,50.25,7) # color=red width=3 text={left out}
ellipse(100,80,20,8,30) # color=#00ff80 dash=1
ellipse(100,80,4,2,8,4,16,8,30)
box(120,60,30,12,40)
box(50,110,8,4,16,8,70)
annulus(91,71,3,6,9)
polygon(20,20,45,22,30,50)
line(15.5,20.5,60,90)
point(70,40) # point=boxcircle
point(71,42) # point=x 12 color=cyan
# vector(40,60,25,45) vector=1
# ruler(10,12,60,70) ruler=pixels
# compass(150,40,20) compass=image {N} {E} 1 1
# projection(30,20,90,60,6)
# segment(20,90,40,100,60,95)
# text(80,120) text={a "quoted" word's end}
circle(30,30,5) # text={Sérsic M 31 α}
circle(34,30,5) # text="braces {in} it"
circle(38,30,5) # tag={one group} tag={another}
panda(91,71,10,100,3,5,15,2)
epanda(91,71,0,360,4,6,4,18,12,2,15)
bpanda(60,60,20,200,4,6,4,18,12,2,30)
"""


@dataclass(frozen=True)
class Pair:
    """Regions as we wrote them, and as DS9 saved them in image pixels when it had read that."""

    ours: tuple[RegionShape, ...]
    theirs: tuple[RegionShape, ...]
    text: str


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, bool], Pair]:
    """Of all frames, on the sky and in pixels, by one DS9."""
    folder = tmp_path_factory.mktemp("ds9")
    (folder / "kinds.reg").write_text(KINDS, encoding="utf-8")
    ours: dict[tuple[str, bool], tuple[RegionShape, ...]] = {}
    words = ["ds9", "-title", folder.name]
    for number, (name, cards) in enumerate(FRAMES.items()):
        path = folder / f"{number}.fits"
        middle = {"CRPIX1": 100.0, "CRPIX2": 80.0} if cards else {}
        header = fits.Header({**middle, **cards})
        fits.PrimaryHDU(np.zeros((HEIGHT, WIDTH), np.int16), header).writeto(path)
        frame = open_frame(path)
        shapes = read_regions(folder / "kinds.reg", frame).shapes
        for on_sky in (True, False):
            made, back = (folder / f"{number}-{on_sky}-{w}.reg" for w in ("ours", "theirs"))
            write_regions(made, shapes, frame, on_sky)
            ours[name, on_sky] = shapes
            words += ["-frame", "new", "-fits", str(path), "-regions", "load", str(made),
                      "-regions", "system", "image", "-regions", "save", str(back)]  # fmt: skip
    with x_server() as screen:
        subprocess.run([*words, "-exit"], env=screen, check=True, capture_output=True, timeout=60)
    found: dict[tuple[str, bool], Pair] = {}
    for number, name in enumerate(FRAMES):
        frame = open_frame(folder / f"{number}.fits")
        for on_sky in (True, False):
            back = folder / f"{number}-{on_sky}-theirs.reg"
            read = read_regions(back, frame).shapes
            found[name, on_sky] = Pair(ours[name, on_sky], read, back.read_text("utf-8"))
    return found


@pytest.mark.parametrize("on_sky", [True, False])
@pytest.mark.parametrize("name", FRAMES)
def test_ds9_has_each_region_where_we_have_it(
    pairs: dict[tuple[str, bool], Pair], name: str, on_sky: bool
) -> None:
    pair = pairs[name, on_sky]
    assert [one.kind for one in pair.ours] == [one.kind for one in pair.theirs], pair.text
    for one, other in zip(pair.ours, pair.theirs, strict=True):
        told = f"{one.source}\n{other.source}"
        assert one.at == pytest.approx(other.at, abs=NEAR), told
        assert one.source.included == other.source.included, told
        if one.kind == "compass":  # its arrows are those of its own system
            continue
        assert len(one.outlines) == len(other.outlines), told
        for line, also in zip(one.outlines, other.outlines, strict=True):
            assert line == pytest.approx(also, abs=NEAR), told


@pytest.mark.parametrize("name", FRAMES)
def test_ds9_has_words_and_colours_as_we_have_them(
    pairs: dict[tuple[str, bool], Pair], name: str
) -> None:
    pair = pairs[name, True]
    for one, other in zip(pair.ours, pair.theirs, strict=True):
        told = f"{one.source}\n{other.source}"
        assert other.text == one.text, told
        assert other.colour == (one.colour or "green"), told
        assert (other.width, other.dashed) == (one.width, one.dashed), told
        assert other.source.words.get("tag", "") == one.source.words.get("tag", ""), told
