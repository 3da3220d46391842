"""DS9 region files: read as astropy-regions reads them, placed by the WCS, saved again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from regions import Regions as Reference

from astroview.core.errors import CannotSave
from astroview.core.frame import Frame
from astroview.core.io import open_file
from astroview.core.sky.region_files import (
    RegionMark,
    RegionProblem,
    place_marks,
    read_regions,
    write_regions,
)

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
    assert {tuple(c) for c in ours.round(6)} == {tuple(c) for c in wanted.round(6)}


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
    odd.write_text("image\ncircle(1,2,3)\n# vector(1,2,3,4) vector=1\nprojection(1,2,3,4,5)\n")
    assert len(read_regions(odd, picture).shapes) == 1


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


def test_real_wcs(shared_data: Path, tmp_path: Path) -> None:
    path = next((shared_data / "fits").rglob("sipsample.fits"))
    frame = open_file.open_frame(path)
    ra, dec = fits.getheader(path)["CRVAL1"], fits.getheader(path)["CRVAL2"]
    region = tmp_path / "a.reg"
    region.write_text(f'icrs\ncircle({ra},{dec},5")\n')
    (shape,) = read_regions(region, frame).shapes
    x, y = fits.getheader(path)["CRPIX1"], fits.getheader(path)["CRPIX2"]
    assert shape.at == pytest.approx((x - 0.5, frame.shape[0] - y + 0.5), abs=0.6)
