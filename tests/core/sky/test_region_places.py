"""Where the regions of a file lie: pixels, physical and detector places, the sky's systems."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from astropy import units as u
from astropy.coordinates import FK4, FK5, ICRS, Galactic, SkyCoord
from astropy.io import fits
from astropy.wcs import WCS

from astroview.core.frame import ArraySource, Frame
from astroview.core.io import open_file
from astroview.core.sky.region_files import (
    RegionProblem,
    Regions,
    read_regions,
)

Placed = Callable[[Frame, str], Regions]


def test_real_wcs(shared_data: Path, tmp_path: Path) -> None:
    path = next((shared_data / "fits").rglob("sipsample.fits"))
    frame = open_file.open_frame(path)
    ra, dec = fits.getheader(path)["CRVAL1"], fits.getheader(path)["CRVAL2"]
    region = tmp_path / "a.reg"
    region.write_text(f'icrs\ncircle({ra},{dec},5")\n')
    (shape,) = read_regions(region, frame).shapes
    x, y = fits.getheader(path)["CRPIX1"], fits.getheader(path)["CRPIX2"]
    assert shape.at == pytest.approx((x - 0.5, frame.shape[0] - y + 0.5), abs=0.6)


def linear(tmp_path: Path, **cards: float) -> Frame:
    header = fits.Header(list(cards.items()))
    path = tmp_path / "linear.fits"
    fits.PrimaryHDU(np.zeros((160, 200), np.float32), header).writeto(path)
    return open_file.open_frame(path)


def test_physical_is_what_ds9_takes_and_saves_without_a_word(
    tmp_path: Path, placed: Placed
) -> None:
    frame = linear(tmp_path, LTV1=-400.0, LTV2=-300.0, LTM1_1=1.0, LTM2_2=1.0)
    for text in ("physical\ncircle(450,350,10)\n", "\ufeffcircle(450,350,10)\n"):
        (shape,) = placed(frame, text).shapes
        assert shape.at == pytest.approx((50 - 0.5, 160 - 50 + 0.5))
        assert np.ptp(shape.outlines[0], axis=0) == pytest.approx((20, 20), rel=1e-3)


def test_binned_frames_scale_physical_places_and_sizes(tmp_path: Path, placed: Placed) -> None:
    frame = linear(tmp_path, LTV1=0.25, LTV2=0.25, LTM1_1=0.5, LTM2_2=0.5)
    text = "physical;circle(100,80,10)\nimage;circle(50.25,40.25,10p)\nphysical;circle(100,80,5i)"
    shapes = placed(frame, text).shapes
    for shape in shapes:
        assert shape.at == pytest.approx((50.25 - 0.5, 160 - 40.25 + 0.5))
        assert np.ptp(shape.outlines[0], axis=0) == pytest.approx((10, 10), rel=1e-3)


def test_detector_places_go_by_dtm_and_ltm(tmp_path: Path, placed: Placed) -> None:
    frame = linear(tmp_path, LTV1=-10.0, LTV2=0.0, DTV1=1000.0, DTV2=2000.0)
    (shape,) = placed(frame, "detector\ncircle(1030,2040,5)").shapes
    assert shape.at == pytest.approx((20 - 0.5, 160 - 40 + 0.5))


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("turn", [0.0, 33.0, 120.0])
@pytest.mark.parametrize("native", ["RA---TAN", "GLON-TAN"])
def test_shapes_cover_the_same_sky_on_turned_and_mirrored_frames(
    tmp_path: Path, native: str, turn: float, mirrored: bool, placed: Placed
) -> None:
    """The ends of an ellipse's axis, computed on the sphere alone."""
    here = SkyCoord(202.4696, 47.1953, unit="deg")
    centre = here.galactic if native.startswith("G") else here
    a, flip = np.radians(turn), 1 if mirrored else -1
    scale = 0.5 / 3600
    frame = linear(
        tmp_path, CTYPE1=native, CTYPE2=native.replace("RA-", "DEC").replace("LON", "LAT"),
        CRVAL1=centre.spherical.lon.deg, CRVAL2=centre.spherical.lat.deg, CRPIX1=100.5, CRPIX2=80.5,
        CD1_1=flip * scale * np.cos(a), CD1_2=scale * np.sin(a),
        CD2_1=-flip * scale * np.sin(a), CD2_2=scale * np.cos(a), RADESYS="ICRS",
    )  # fmt: skip
    (shape,) = placed(frame, 'icrs\nellipse(202.4696,47.1953,20",8",40)').shapes
    # 40 degrees from the west to the north is a position angle of 270 + 40 to the east of north.
    end = here.directional_offset_by(310 * u.deg, 20 * u.arcsec)
    x, y = frame.wcs.world_to_pixel(end)
    wanted = np.array([x + 0.5, 160 - y - 0.5])
    assert np.hypot(*(shape.outlines[0] - wanted).T).min() < 0.3


def test_an_icrs_ellipse_on_a_galactic_frame_is_turned_as_ds9_turns_it(
    shared_cases: Path,
) -> None:
    frame = open_file.open_frame(shared_cases / "fits" / "09_galactic_frame.fits")
    found = read_regions(shared_cases / "regions" / "09_shapes_icrs.reg", frame)
    assert len(found.shapes) == 5
    assert found.shapes[0].source.angle % 180 == pytest.approx(16.02, abs=0.01)


def sky_frame(equinox: float, system: str) -> Frame:
    wcs = WCS(naxis=2)
    wcs.wcs.ctype, wcs.wcs.crval = ["RA---TAN", "DEC--TAN"], [170.5, -59.0]
    wcs.wcs.crpix, wcs.wcs.cdelt = [50.5, 50.5], [-1e-3, 1e-3]
    wcs.wcs.radesys, wcs.wcs.equinox = system, equinox
    wcs.wcs.set()
    return Frame("f", (100, 100), 1, "linear", ArraySource(np.zeros((100, 100))), None, wcs=wcs)


@pytest.mark.parametrize("system", ["fk4", "fk5", "icrs", "galactic"])
@pytest.mark.parametrize("own", [(1950.0, "FK4"), (2000.0, "FK5"), (1975.0, "FK5")], ids=str)
def test_sizes_on_the_sky_whatever_the_equinoxes(
    tmp_path: Path, system: str, own: tuple[float, str]
) -> None:
    frame = sky_frame(*own)
    assert frame.wcs is not None
    middle = frame.wcs.pixel_to_world(49.5, 49.5)
    frames = {"fk4": FK4(), "fk5": FK5(), "icrs": ICRS(), "galactic": Galactic()}
    there = middle.transform_to(frames[system], merge_attributes=False).spherical
    path = tmp_path / "a.reg"
    path.write_text(f'{system}\ncircle({there.lon.deg:.9f},{there.lat.deg:.9f},36")\n')
    (circle,) = read_regions(path, frame).shapes
    assert circle.at == pytest.approx((50.0, 50.0), abs=0.01)
    assert circle.source.sizes[0] == pytest.approx(10.0, abs=0.02)


def test_positions_that_can_only_be_on_the_sky_are_there(tmp_path: Path) -> None:
    """CIAO's files name no system: pixels are physical, sexagesimal positions FK5."""
    frame, path = sky_frame(2000.0, "FK5"), tmp_path / "a.reg"
    words = "# Region file format: CIAO version 1.0\n"
    path.write_text(words + "circle(11:22:00.0,-59:00:00,0.6')\ncircle(20,30,5)\n")
    sky, pixels = read_regions(path, frame).shapes
    assert sky.at == pytest.approx((50.0, 50.0), abs=0.01)
    assert sky.source.sizes[0] == pytest.approx(10.0, abs=0.01)
    assert pixels.at == pytest.approx((19.5, 70.5))
    path.write_text("physical\ncircle(11:22:00.0,-59:00:00,5)\n")  # named, and no such numbers
    with pytest.raises(RegionProblem):
        read_regions(path, frame)


def turned_frame() -> Frame:
    """Turned by 25 degrees, with a second WCS that is not the sky."""
    a, s = np.radians(25), 1e-3
    header = fits.Header({
        "NAXIS": 2, "NAXIS1": 200, "NAXIS2": 160, "CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN",
        "CRVAL1": 150.0, "CRVAL2": 35.0, "CRPIX1": 100.0, "CRPIX2": 80.0, "RADESYS": "FK5",
        "EQUINOX": 2000.0, "CD1_1": -s * np.cos(a), "CD1_2": s * np.sin(a),
        "CD2_1": s * np.sin(a), "CD2_2": s * np.cos(a), "CTYPE1B": "LINEAR", "CTYPE2B": "LINEAR",
        "CRVAL1B": 5.0, "CRVAL2B": 6.0, "CRPIX1B": 1.0, "CRPIX2B": 1.0, "CDELT1B": 2.0,
        "CDELT2B": 2.0,
    })  # fmt: skip
    nothing = ArraySource(np.broadcast_to(np.float32(0), (160, 200)))
    return Frame("a", (160, 200), 1, "linear", nothing, None, header=header, wcs=WCS(header))


@pytest.mark.parametrize(
    ("written", "ds9"),
    [  # DS9 8.6 loaded the first and saved the second
        (
            'fk5\nepanda(150.0053135,34.9880395,0,360,4,20",30",40",60",2,15)',
            "epanda(90.999984,70.999953,335,695,4,5.5555556,8.3333333,11.111111,16.666667,2,350)",
        ),
        (
            'fk5\nbpanda(150.0053135,34.9880395,20,200,4,20",30",40",60",2,15)',
            "bpanda(90.999984,70.999953,355,535,4,5.5555556,8.3333333,11.111111,16.666667,2,350)",
        ),
        (
            'fk5\n# compass(150.0053135,34.9880395,40") compass=fk5 {N} {E} 1 1',
            "# compass(90.999984,70.999953,11.111111) compass=fk5 {N} {E} 1 1",
        ),
        (
            'galactic\n# compass(189.9373715,52.7487043,40") compass=fk5 {N} {E} 1 1',
            None,
        ),
        ("wcsb\ncircle(125,126,10)", "circle(61,61,5)"),
        ("wcsb\nbox(125,126,10,20,30)", "box(61,61,5,10,30)"),
    ],
)
def test_as_ds9_has_it_in_image_pixels(written: str, ds9: str | None, placed: Placed) -> None:
    frame = turned_frame()
    (here,) = placed(frame, written).shapes
    if ds9 is None:  # its arrows are those of the system that it names, not of the file's
        pixels = "image\n# compass(91,71,11) compass=fk5 {N} {E} 1 1"
        assert here.source.angles == pytest.approx(
            placed(frame, pixels).shapes[0].source.angles, abs=0.1
        )
        return
    (there,) = placed(frame, f"image\n{ds9}").shapes
    for line, also in zip(here.outlines, there.outlines, strict=True):
        assert line == pytest.approx(also, abs=0.05)
