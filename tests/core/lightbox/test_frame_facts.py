"""Facts from headers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits

from astroview.core.lightbox.frame_facts import FrameFacts, facts_of_file


def written(path: Path, **cards: object) -> FrameFacts:
    hdu = fits.PrimaryHDU(np.zeros((20, 30), np.float32))
    for name, value in cards.items():
        hdu.header[name.replace("_", "-")] = value  # type: ignore[assignment]
    hdu.writeto(path, overwrite=True)
    return facts_of_file(path)[0]


def test_the_usual_cards_are_read(tiny_frame: Path, tmp_path: Path) -> None:
    found = written(
        tmp_path / "a.fits", DATE_OBS="2024-03-01T21:00:00", FILTER="r.MP9601", OBJECT="M 31",
        EXPTIME=30,
    )  # fmt: skip
    assert (found.date, found.filter, found.object) == ("2024-03-01T21:00:00", "r", "M 31")
    assert (found.exposure, found.width, found.height) == (30.0, 30, 20)
    assert found.field == "M 31"
    sky = facts_of_file(tiny_frame)[0]
    assert (sky.ra, sky.dec) == pytest.approx((210.8, 54.3), abs=1e-6)
    assert sky.scale == pytest.approx(0.36)
    assert sky.field == "210.8 +54.3"


@pytest.mark.parametrize(
    ("cards", "date"),
    [
        ({"DATE_OBS": "2024-03-01", "TIME_OBS": "21:30:00"}, "2024-03-01T21:30:00"),
        ({"DATE_OBS": "2024-03-01 21:30:00"}, "2024-03-01T21:30:00"),
        ({"DATE_OBS": "01/03/98"}, "1998-03-01"),
        ({"DATE_OBS": "yesterday"}, ""),
        ({"MJD_OBS": 60370.5}, "2024-03-01 12:00:00.000".replace(" ", "T")),
        ({}, ""),
    ],
)
def test_dates_of_all_times(tmp_path: Path, cards: dict[str, object], date: str) -> None:
    said = written(tmp_path / "a.fits", **cards).date
    assert said.replace(" ", "T") == date


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    path = tmp_path / "m9.fits"
    path.write_text("<html>404</html>")
    facts, frame = facts_of_file(path)
    assert frame is None
    assert facts.problem
