"""Displays are remembered for each file, across the end of the program."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from astropy.io import fits

from astroview.core import settings
from astroview.core.colour.stretch import Stretch
from astroview.core.colour.tone import Tone
from astroview.core.settings import Settings
from astroview.ui.documents import document
from astroview.ui.documents.display_store import Displays
from astroview.ui.documents.document import LoadedFile
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.render.display_settings import METHODS, Display

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def loaded(tmp_path: Path) -> LoadedFile:
    path = tmp_path / "frame.fits"
    fits.PrimaryHDU(np.random.default_rng(3).normal(100, 5, (40, 50)).astype("f4")).writeto(path)
    return document.load(path)


def chosen(loaded: LoadedFile) -> Display:
    stretch = Stretch("log", 90.5, 120.25, 400.0)
    tone = Tone(contrast=1.5)
    return replace(
        loaded.opening, stretch=stretch, method="manual", colour_map="viridis", tone=tone
    )


def test_a_display_comes_back_in_the_next_run(loaded: LoadedFile) -> None:
    memory = RememberedChoices(Settings())
    usual = memory.first_display(loaded)
    memory.keep_display(loaded, chosen(loaded))
    memory.flush()
    again = RememberedChoices(Settings())
    assert again.first_display(loaded) == chosen(loaded)
    again.keep_display(loaded, usual)  # back to automatic
    again.flush()
    assert RememberedChoices(Settings()).first_display(loaded) == usual


def test_another_file_under_that_name_opens_as_usual(loaded: LoadedFile, tmp_path: Path) -> None:
    memory = RememberedChoices(Settings())
    memory.keep_display(loaded, chosen(loaded))
    (tmp_path / "frame.fits").write_bytes(b"SIMPLE")
    assert memory.first_display(loaded) == RememberedChoices(
        memory.settings, lasting=False
    ).first_display(loaded)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", '{"version": 9, "displays": {}}', '{"version": 1, "displays": {"a": 3}}'],
)
def test_a_spoilt_book_is_no_book(
    loaded: LoadedFile, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings.folder().mkdir(parents=True, exist_ok=True)
    settings.displays().write_text(text, encoding="utf-8")
    book = Displays(settings.displays())
    assert book.of(loaded.frame) is None
    assert ("cannot be read" in caplog.text) is (
        '"a": 3' not in text
    )  # one entry alone is left out
    book.keep(loaded.frame, chosen(loaded))
    book.flush()
    assert Displays(settings.displays()).of(loaded.frame) == chosen(loaded)


BAD_DISPLAYS: list[dict[str, Any]] = [
    {"tone": {"gamma": -1.0}},
    {"tone": {"gamma": 0}},
    {"tone": {"contrast": 1e308}},
    {"tone": {"contrast": -1.0}},
    {"stretch": {"kind": "linear", "low": -1e308, "high": 1e308}},
    {"stretch": {"kind": "asinh", "low": 0, "high": 1, "parameter": 1e308}},
    {"method": "abc"},
    {"method": "p1:999"},
    {"method": "zscale:0.2:99999999999"},
    {"smooth": 1e308},
    {"block": 10**30},
    {"block": 0},
]


@pytest.mark.parametrize("odd", BAD_DISPLAYS)
def test_a_display_that_cannot_be_shown_is_none(loaded: LoadedFile, odd: dict[str, Any]) -> None:
    book = Displays(settings.displays())
    settings.folder().mkdir(parents=True, exist_ok=True)
    book.keep(loaded.frame, chosen(loaded))
    book.flush()
    told = json.loads(settings.displays().read_text())
    for entry in told["displays"].values():
        entry["display"] |= odd
    settings.displays().write_text(json.dumps(told))
    assert Displays(settings.displays()).of(loaded.frame) is None


@pytest.mark.parametrize("method", [key for key, _ in METHODS] + ["p1:99.7", "zscale:0.3:2000"])
def test_all_limits_that_are_offered_come_back(loaded: LoadedFile, method: str) -> None:
    book = Displays(None)
    book.keep(loaded.frame, replace(chosen(loaded), method=method))
    shown = book.of(loaded.frame)
    assert shown is not None
    assert shown.method == method


def test_a_display_of_three_bands_is_not_for_a_grey_frame(loaded: LoadedFile) -> None:
    book = Displays(None)
    one = Stretch("linear", 0, 1)
    book.keep(loaded.frame, replace(chosen(loaded), bands=(one, one, one)))
    assert book.of(loaded.frame) is None
    assert not settings.displays().exists()
