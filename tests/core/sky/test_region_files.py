"""DS9 region files: read as astropy-regions reads them, drawn, saved again; what is refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from regions import Regions as Reference

from astroview.core.errors import CannotSave
from astroview.core.frame import Frame
from astroview.core.io import open_file
from astroview.core.sky import ds9_syntax, region_files
from astroview.core.sky.region_files import (
    RegionMark,
    RegionProblem,
    Regions,
    place_marks,
    read_regions,
    write_regions,
)
from astroview.core.sky.regions.region_plane import Plane
from astroview.core.sky.wcs import sky_at

Placed = Callable[[Frame, str], Regions]
DS9 = """# Region file format: DS9 version 4.1
global color=green width=1 font="helvetica 10 normal roman"
fk5
circle(210.8000,54.3000,2") # color=red text={star A} width=2
ellipse(210.801,54.301,3",1.5",30)
box(210.799,54.299,4",2",45) # dash=1
polygon(210.8,54.3,210.801,54.3,210.801,54.3005)
line(210.8,54.3,210.801,54.301)
point(210.8005,54.3002) # point=cross
annulus(210.8,54.3,1",2")
text(210.8,54.3006) # text={Here}
image
circle(10,20,5)
box(30,10,8,4,0)
"""


@pytest.fixture
def frame(tiny_frame: Path) -> Frame:
    return open_file.open_frame(tiny_frame)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "some.reg"
    path.write_text(DS9)
    return path


def test_every_shape_lies_where_it_should(written: Path, frame: Frame) -> None:
    found = read_regions(written, frame)
    assert not found.remarks
    kinds = [shape.kind for shape in found.shapes]
    assert kinds == [
        "circle", "ellipse", "rectangle", "polygon", "line", "point",
        "circleannulus", "text", "circle", "rectangle",
    ]  # fmt: skip
    star = found.shapes[0]
    assert (star.text, star.colour, star.width) == ("star A", "red", 2)
    (rim,) = star.outlines
    lonlat = frame.wcs.pixel_to_world(rim[:, 0] - 0.5, frame.shape[0] - rim[:, 1] - 0.5)
    from astropy.coordinates import SkyCoord

    apart = SkyCoord(210.8, 54.3, unit="deg", frame="fk5").separation(lonlat).arcsec
    assert apart == pytest.approx(2, rel=1e-3)
    circle = found.shapes[-2]  # image coordinates count from 1 at the bottom
    assert circle.at == (10 - 0.5, 48 - 20 + 0.5)
    assert np.ptp(circle.outlines[0], axis=0) == pytest.approx((10, 10), rel=1e-3)
    assert len(found.shapes[6].outlines) == 2
    assert found.shapes[2].dashed


def test_boxes_against_the_reference(written: Path, frame: Frame) -> None:
    """Corners that `regions` gives for the rotated box, turned upside down."""
    shape = read_regions(written, frame).shapes[2]
    corners = Reference.parse(DS9, format="ds9")[2].to_pixel(frame.wcs).corners
    wanted = np.column_stack([corners[:, 0] + 0.5, frame.shape[0] - corners[:, 1] - 0.5])
    ours = shape.outlines[0][:4]
    for corner in ours:  # the reference takes the scale of the sky along one axis alone
        assert np.hypot(*(wanted - corner).T).min() < 1e-3


@pytest.mark.parametrize("on_sky", [True, False])
def test_saved_and_read_again(written: Path, frame: Frame, tmp_path: Path, on_sky: bool) -> None:
    found = read_regions(written, frame)
    path = tmp_path / "again.reg"
    write_regions(path, found.shapes, frame, on_sky)
    again = read_regions(path, frame)
    for one, other in zip(found.shapes, again.shapes, strict=True):
        assert one.kind == other.kind
        assert one.text == other.text
        assert one.at == pytest.approx(other.at, abs=0.01)
        for line, also in zip(one.outlines, other.outlines, strict=True):
            assert line == pytest.approx(also, abs=0.02)
    assert ("image" in path.read_text()) is not on_sky


def test_marks_made_here(frame: Frame, tmp_path: Path) -> None:
    marks = [
        RegionMark("line", ((3.5, 4.5), (20.5, 9.5))),
        RegionMark("box", ((10.0, 10.0), (14.0, 16.0)), "sky"),
        RegionMark("circle", ((20.5, 30.5), (24.5, 30.5))),
        RegionMark("point", ((40.0, 40.0),)),
    ]
    shapes = place_marks(marks, frame)
    assert shapes[0].outlines[0] == pytest.approx(np.array(marks[0].points))
    assert shapes[1].outlines[0].min(axis=0) == pytest.approx((10, 10))
    assert shapes[1].outlines[0].max(axis=0) == pytest.approx((14, 16))
    path = tmp_path / "made.reg"
    write_regions(path, tuple(shapes), frame, on_sky=False)
    text = path.read_text()
    assert "circle(21.00000000,18.00000000,4.00000000)" in text  # x from 1, y from the bottom
    assert "{sky}" in text


def test_without_wcs_and_what_is_not_understood(written: Path, tmp_path: Path, samples) -> None:
    picture = open_file.open_frame(samples / "nebula.png")
    found = read_regions(written, picture)
    assert [shape.kind for shape in found.shapes] == ["circle", "rectangle"]
    assert "8 regions lie on the sky" in found.remarks[0]
    odd = tmp_path / "odd.reg"
    odd.write_text("image\ncircle(1,2,3)\nblob(1,2)\nblob(3,4)\nellipse(a,b,c,d,e)\n")
    found = read_regions(odd, picture)
    assert [shape.kind for shape in found.shapes] == ["circle"]
    assert found.remarks == ("3 regions were not understood (2 × blob, 1 × ellipse).",)


@pytest.mark.parametrize("between", ["\n", "; "])
@pytest.mark.parametrize("word", ["supergalactic", "helioecliptic", "fk4-no-e", "sky"])
def test_no_shape_is_laid_in_the_system_before_one_that_is_not_known(
    tmp_path: Path, frame: Frame, word: str, between: str
) -> None:
    path = tmp_path / "a.reg"
    lines = ["image", "circle(1,2,3)", word, "circle(4,5,6)", "image", "box(1,2,3,4)"]
    path.write_text(between.join(lines))
    found = read_regions(path, frame)
    assert [shape.kind for shape in found.shapes] == ["circle", "rectangle"]
    assert found.remarks == (f"1 regions were not understood (1 × circle ({word})).",)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no regions at all\n",
        b"\0\1\2\xff" * 99,
        b"image\ncircle(a,b,c)\n",
        b"image\ncircle(1",
    ],
)
def test_broken_files_are_refused(tmp_path: Path, frame: Frame, content: bytes) -> None:
    path = tmp_path / "broken.reg"
    path.write_bytes(content)
    with pytest.raises(RegionProblem, match=r"broken\.reg"):
        read_regions(path, frame)
    with pytest.raises(RegionProblem):
        read_regions(tmp_path / "missing.reg", frame)


def test_saving_fails_in_words(frame: Frame, tmp_path: Path) -> None:
    shapes = tuple(place_marks([RegionMark("point", ((4.0, 4.0),))], frame))
    with pytest.raises(CannotSave, match="cannot be written"):
        write_regions(tmp_path / "no" / "such.reg", shapes, frame, on_sky=True)


def test_excluded_shapes_are_crossed_out_and_stay_excluded(
    tmp_path: Path, frame: Frame, placed: Placed
) -> None:
    found = placed(frame, "image\n-circle(20,20,8)\ncircle(20,20,8)*!box(20,20,4,4)")
    assert [shape.source.included for shape in found.shapes] == [False, True, False]
    assert [len(shape.outlines) for shape in found.shapes] == [2, 1, 2]
    write_regions(tmp_path / "again.reg", found.shapes, frame, on_sky=False)
    lines = (tmp_path / "again.reg").read_text().splitlines()[2:]
    assert [line.startswith("-") for line in lines] == [False or k != 1 for k in range(3)]


EVERY_KIND = """image
# vector(20,20,10,45) vector=1
# ruler(10,10,30,20) ruler=pixels
# compass(30,24,8) compass=image {N} {E} 1 1
# projection(10,10,30,10,4)
# segment(10,10,20,20,30,10)
# text(20,24) text={a "b" c}
panda(24,24,0,90,3,2,10,2)
epanda(24,24,0,360,4,3,2,12,8,1,30)
bpanda(24,24,10,100,2,4,4,16,12,1,20)
annulus(24,24,3,6,9)
ellipse(24,24,4,2,8,4,30)
box(24,24,6,4,12,8,30)
pie(24,24,3,8,0,120)
rectangle(10,10,20,16)
x point 12 13
"""


@pytest.mark.parametrize("on_sky", [True, False])
def test_every_kind_is_drawn_and_comes_back(
    tmp_path: Path, frame: Frame, on_sky: bool, placed: Placed
) -> None:
    found = placed(frame, EVERY_KIND)
    assert not found.remarks
    assert len(found.shapes) == 15
    assert all(shape.outlines for shape in found.shapes if shape.kind not in ("text", "point"))
    write_regions(tmp_path / "again.reg", found.shapes, frame, on_sky=on_sky)
    again = read_regions(tmp_path / "again.reg", frame)
    for one, other in zip(found.shapes, again.shapes, strict=True):
        assert (one.kind, one.text) == (other.kind, other.text)
        assert one.at == pytest.approx(other.at, abs=0.01)
        if one.kind == "compass" and on_sky:
            continue  # on the sky it shows north and east
        for line, also in zip(one.outlines, other.outlines, strict=True):
            assert line == pytest.approx(also, abs=0.05)


@given(st.text(alphabet=" #;(){}\"'=,-+!*|.0123456789abcdeginoprstxyz\n", max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for shape in ds9_syntax.read(text):
        assert isinstance(shape.kind, str)


LONG = {
    "a word": "a" * 300_000, "properties": "circle(1,2,3) # " + "a={" * 100_000,
    "a name": "circle(1,2,3) # " + "a" * 300_000, "quotes": "circle(1,2,3" + '"' * 300_000,
    "braces": "text 1 2 " + "{" * 300_000, "semicolons": ";" * 300_000,
    "blanks": "circle(1,2,3)" + " " * 20_000 + "5", "rings": "annulus(9,9,1,5,n=2000000000)",
    "many rings": "annulus(9,9," + ",".join("1" * 100_000) + ")", "ors": "circle(1,2,3)|" * 10_000,
    "a panda": "panda(9,9,0,360,2000000000,1,9,2000000000)",
    "digits": f"circle({'9' * 300_000},1,1)",
}  # fmt: skip


@pytest.mark.parametrize("kind", LONG)
def test_no_text_takes_longer_than_its_letters(kind: str, tmp_path: Path, frame: Frame) -> None:
    path = tmp_path / "long.reg"
    path.write_text(f"image;{LONG[kind]}")
    began = process_time()
    with suppress(RegionProblem):
        read_regions(path, frame)
    assert process_time() - began < 10


def test_tens_of_thousands_of_regions_on_the_sky(tmp_path: Path, frame: Frame) -> None:
    """What catalogues are saved as in DS9; one that is too far for distortions has no place."""
    lon, lat = sky_at(frame, 20.0, 30.0)
    places = [(lon + 1e-7 * i, lat + 1e-7 * i) for i in range(20_000)]
    lines = [f'circle({a:.9f},{b:.9f},2")' for a, b in places]
    path = tmp_path / "many.reg"
    path.write_text("\n".join(["icrs", *lines, 'circle(10,-89.5,2")']))
    began = process_time()
    made = read_regions(path, frame)
    assert process_time() - began < 30
    assert len(made.shapes) in (20_000, 20_001)
    one = Plane(frame, "icrs")
    for i in (0, 7_777, 19_999):
        assert np.allclose(made.shapes[i].source.points[0], one.of_sky(*places[i]), atol=1e-6)


def test_no_more_regions_than_memory_holds(
    tmp_path: Path, frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(region_files, "MOST_SHAPES", 5)
    (tmp_path / "many.reg").write_text("image\n" + "circle(9,9,2)\n" * 8)
    made = read_regions(tmp_path / "many.reg", frame)
    assert len(made.shapes) == 5
    assert made.remarks == ("3 regions were left out: 5 are shown at most.",)
