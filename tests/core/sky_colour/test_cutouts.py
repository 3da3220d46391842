"""What a survey's server is asked, what is kept, and every way in which it can go wrong."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import numpy as np
import pytest
from astropy.io import fits
from astropy.wcs import WCS
from hips_server import HipsServer, frame_wcs
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from astroview.core.atomic_write import prune
from astroview.core.errors import AstroviewError, Cancelled
from astroview.core.frame import ArraySource, Frame
from astroview.core.sky.align import SkyAlignment
from astroview.core.sky_colour import cutouts, web_answer
from astroview.core.sky_colour.cutouts import cutout, grid_for, question
from astroview.core.sky_colour.surveys import SURVEYS
from astroview.core.sky_colour.web_answer import NoAnswer, WrongAnswer

DSS2 = SURVEYS["dss2"]


def blank(wcs: WCS | None, shape: tuple[int, int]) -> Frame:
    return Frame("blank", shape, 1, "linear", ArraySource(np.zeros(shape)), None, wcs=wcs)


@settings(max_examples=15, deadline=None)
@given(
    st.floats(0, 359.9), st.floats(-89, 89), st.floats(0, 359), st.booleans(),
    st.floats(0.05, 30), st.tuples(st.integers(2, 900), st.integers(2, 900)),
)  # fmt: skip
def test_the_field_that_is_asked_for_is_the_frames(
    ra: float, dec: float, turn: float, flipped: bool, arcsec: float, shape: tuple[int, int]
) -> None:
    wcs = frame_wcs(shape, arcsec, turn)
    wcs.wcs.crval = [ra, dec]
    if flipped:
        wcs.wcs.cd = wcs.wcs.cd * [[1, -1], [1, -1]]
    grid = grid_for(blank(wcs, shape), DSS2)
    across, up = grid.pixel_shape
    assert max(across, up) <= cutouts.LONGEST + 1
    there = SkyAlignment(wcs, grid, shape, (up, across))
    x, y = there.grid(np.array([-0.5, shape[1] - 0.5]), np.array([-0.5, shape[0] - 0.5]))
    # The frame's corners are inside, and its rows and columns are the grid's.
    assert (x > 0).all()
    assert (y > 0).all()
    assert (x < across - 1).all()
    assert (y < up - 1).all()
    assert np.ptp(x, axis=0).max() < 0.02 * across + 0.6
    assert np.ptp(y, axis=1).max() < 0.02 * up + 0.6
    assert (np.diff(x, axis=1) > 0).all()
    assert (np.diff(y, axis=0) > 0).all()


def test_the_question_has_the_shape_that_hips2fits_knows(frame: Frame) -> None:
    grid = grid_for(frame, DSS2)
    asked = question(DSS2, grid)
    assert asked["hips"] == "CDS/P/DSS2/color"
    assert asked["format"] == "png"
    header = json.loads(asked["wcs"])
    again = WCS(fits.Header(header), naxis=2)
    assert [header["NAXIS1"], header["NAXIS2"]] == list(grid.pixel_shape)
    places = [[0, 0], [10, 20]]
    assert again.wcs_pix2world(places, 0) == pytest.approx(grid.wcs_pix2world(places, 0), abs=1e-9)


def test_an_answer_is_kept_and_not_asked_for_again(frame: Frame, server: HipsServer) -> None:
    one, two = cutout(frame, DSS2), cutout(frame, DSS2)
    assert len(server.asked) == 1
    assert np.array_equal(one.rgba, two.rgba)
    assert one.rgba[..., 3].min() == 255
    kept = next(cutouts.folder().glob("*.png"))
    kept.write_bytes(b"half a picture")
    assert np.array_equal(cutout(frame, DSS2).rgba, one.rgba)
    assert len(server.asked) == 2


@pytest.mark.parametrize("ends", [False, True], ids=["all", "half"])
def test_what_is_blank_is_asked_for_again_after_an_hour(
    frame: Frame, server: HipsServer, monkeypatch: pytest.MonkeyPatch, ends: bool
) -> None:
    """Servers leave out tiles that they cannot get; the truth of another day is not lost."""
    server.ends, server.blank = ends, set() if ends else {DSS2.hips}
    blank_one = cutout(frame, DSS2)
    assert (blank_one.rgba[..., 3] == 0).mean() > 0.4
    cutout(frame, DSS2)
    assert len(server.asked) == 1  # a batch does not ask for each of its frames again
    server.ends, server.blank = False, set()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + cutouts.BLANK_SECONDS + 1)
    assert (cutout(frame, DSS2).rgba[..., 3] == 255).all()
    assert len(server.asked) == 2
    monkeypatch.setattr(time, "time", lambda: now + 10**7)
    cutout(frame, DSS2)
    assert len(server.asked) == 2


def test_what_is_blank_in_part_serves_while_nobody_answers(
    frame: Frame, server: HipsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.ends = True
    half = cutout(frame, DSS2)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + cutouts.BLANK_SECONDS + 1)
    server.wrong = "slow"
    monkeypatch.setenv("ASTROVIEW_HIPS2FITS_SECONDS", "0.3")
    assert np.array_equal(cutout(frame, DSS2).rgba, half.rgba)
    with pytest.raises(NoAnswer, match="did not answer"):
        cutout(frame, SURVEYS["2mass"])


def test_no_more_is_kept_than_there_is_room_for(tmp_path) -> None:
    import os

    for i in range(5):
        (tmp_path / str(i)).write_bytes(bytes(100))
        os.utime(tmp_path / str(i), (i, i))
    prune(tmp_path, 250)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["3", "4"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("page", "sent a page instead of a picture"),
        ("500", "does not give it \\(500"),
        ("empty", "sent nothing instead of a picture"),
        ("damaged", "cannot be read"),
        ("size", "pixels, not the"),
        ("away", r"does not give it \(302"),
        ("endless", "sends more than"),
    ],
)
def test_wrong_answers_are_refused_in_words(
    frame: Frame, server: HipsServer, monkeypatch: pytest.MonkeyPatch, wrong: str, message: str
) -> None:
    server.wrong = wrong
    monkeypatch.setattr(cutouts, "_bounds", lambda: web_answer.Bounds(30, 10**6, True))  # noqa: FBT003
    with pytest.raises(WrongAnswer, match=message) as caught:
        cutout(frame, DSS2)
    assert caught.value.hint
    assert not list(cutouts.folder().glob("*"))


@pytest.mark.parametrize("most", [89_478_485, None], ids=["Pillow's own bound", "none"])
def test_a_picture_of_vast_size_is_refused_before_it_is_unpacked(
    frame: Frame, server: HipsServer, monkeypatch: pytest.MonkeyPatch, most: int | None
) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", most)
    server.wrong = "vast"
    with pytest.raises(WrongAnswer, match="cannot be read"):
        cutout(frame, DSS2)


def test_a_slow_server_is_not_waited_for_for_ever(
    frame: Frame, server: HipsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.wrong = "slow"
    monkeypatch.setenv("ASTROVIEW_HIPS2FITS_SECONDS", "0.3")
    with pytest.raises(NoAnswer, match="did not answer within"):
        cutout(frame, DSS2)


def test_waiting_can_be_given_up(frame: Frame, server: HipsServer) -> None:
    server.wrong = "slow"
    ticks: list[int] = []

    def tick(done: int) -> None:
        ticks.append(done)
        if len(ticks) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        cutout(frame, DSS2, tick)


def test_no_network_is_one_sentence(
    frame: Frame, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASTROVIEW_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("ASTROVIEW_HIPS2FITS", "http://127.0.0.1:9/hips2fits")
    with pytest.raises(NoAnswer, match=r"^127\.0\.0\.1 cannot be reached$") as caught:
        cutout(frame, DSS2)
    assert "connection to the internet" in caught.value.hint


def test_a_server_of_the_projects_own_naming_leads_into_no_private_network(
    frame: Frame, server: HipsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ASTROVIEW_HIPS2FITS")
    monkeypatch.setattr(cutouts, "SERVER", server.address)
    with pytest.raises(WrongAnswer, match="no public address"):
        cutout(frame, DSS2)
    assert not server.asked


def test_frames_without_a_sky_or_with_too_much_of_it_are_told_so(frame: Frame) -> None:
    with pytest.raises(AstroviewError, match="does not say where on the sky"):
        grid_for(replace(frame, wcs=None), DSS2)
    wide = frame_wcs((100, 100), 3600.0)
    with pytest.raises(AstroviewError, match="more of the sky"):
        grid_for(blank(wide, (100, 100)), DSS2)
