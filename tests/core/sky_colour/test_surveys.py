"""Names of surveys and pictures that colours come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from astroview.core.errors import AstroviewError
from astroview.core.sky_colour.surveys import (
    OPTICAL,
    SURVEYS,
    absolute,
    credit,
    in_short,
    sources_in,
    sources_mark,
    survey_named,
)


def test_every_survey_has_a_name_and_whom_to_thank() -> None:
    for name, survey in SURVEYS.items():
        assert survey_named(name.upper()) == survey
        assert survey.hips.startswith("CDS/P/")
        assert survey.seeing > survey.pixel > 0
        assert survey.hips in credit(survey)
        assert "CDS" in credit(survey)


def test_any_hips_may_be_named_and_nothing_else() -> None:
    assert survey_named("hips:CDS/P/SDSS9/color-alt").hips == "CDS/P/SDSS9/color-alt"  # type: ignore[union-attr]
    for wrong in ("hips:", "hips:a b&c=d", "hips:x?y", "m51.png", ""):
        assert survey_named(wrong) is None


def test_several_are_tried_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "m51, blue.png").write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    assert sources_in("sky") == OPTICAL
    assert sources_in("galex, sky,dss2") == ("galex", *OPTICAL)
    assert sources_in("m51, blue.png") == ("m51, blue.png",)
    assert absolute("m51, blue.png") == str(tmp_path / "m51, blue.png")
    assert absolute("sky") == "sky"
    with pytest.raises(AstroviewError, match="“panstars” is neither a survey") as caught:
        sources_in("dss2,panstars")
    assert "panstarrs" in caught.value.hint
    with pytest.raises(AstroviewError, match="neither"):
        sources_in(" , ")
    for long in ("m51" * 200, "dss2," + "y" * 300):  # longer than a file's name may be
        with pytest.raises(AstroviewError, match="neither"):
            sources_in(long)


def test_what_is_told_of_a_choice_names_no_folder() -> None:
    assert in_short("/home/somebody/m51.png,dss2") == "m51.png,dss2"
    assert in_short(r"C:\secret\m51.png") == "m51.png"
    assert in_short("hips:CDS/P/DSS2/color") == "hips:CDS/P/DSS2/color"


def test_a_picture_that_changed_is_another_choice(tmp_path: Path) -> None:
    path = tmp_path / "m51.png"
    path.write_bytes(b"blue")
    before = sources_mark(f"{path},dss2")
    assert before == sources_mark(f"{path},dss2")
    path.write_bytes(b"red")
    assert sources_mark(f"{path},dss2") != before
    assert sources_mark("") == ""
    path.unlink()
    assert sources_mark(str(path)) == str(path)
