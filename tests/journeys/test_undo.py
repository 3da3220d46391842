"""Whatever a user does can be undone, in one order, and is listed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits

from astroview.core.colour_hints import Hint
from astroview.core.options import EnhanceOptions
from astroview.ui.main_window import MainWindow

SHARP = EnhanceOptions(colorizer=None, superres="tiny")


@pytest.fixture
def three(window: MainWindow, wait, own_data: Path, tmp_path: Path) -> MainWindow:
    """Three frames, the second one with two results."""
    assert own_data.is_dir()
    paths = [tmp_path / f"{name}.fits" for name in ("one", "two", "three")]
    for seed, path in enumerate(paths):
        noise = np.random.default_rng(seed).normal(50, 4, (32, 40)).astype(np.float32)
        fits.writeto(path, noise)
    window.open(paths)
    wait(lambda: window.settled and len(window.session.documents) == 3)
    window.session.select(list(window.session.documents)[1])
    for options in (SHARP, replace(SHARP, quality="best")):
        window.enhance(options)
        wait(lambda: window.enhancing.running)
        wait(seconds=400)
    return window


def names(window: MainWindow) -> list[tuple[str, int]]:
    return [(d.frame.name, len(d.results)) for d in window.session.documents.values()]


def test_what_was_closed_comes_back_where_it_stood(three: MainWindow, wait) -> None:
    window, undo = three, three.actions_["undo"]
    assert window.selection
    key = window.selection.document.key
    first, last = window.session.documents[key].results
    pixels = last.frame.read()
    window.desk.remove(key, first.id)
    window.desk.remove(key, "")
    wait()
    assert names(window) == [("one", 0), ("three", 0)]
    steps = window.undo.count()
    assert [window.undo.text(i) for i in (steps - 2, steps - 1)] == [
        f"discarding two · {first.label}",
        "closing two",
    ]
    undo.trigger()
    wait(lambda: window.settled and len(window.session.documents) == 3)
    assert names(window) == [("one", 0), ("two", 1), ("three", 0)]
    undo.trigger()
    wait(lambda: window.settled and len(window.session.documents[key].results) == 2)
    found = window.session.documents[key].results
    assert [r.id for r in found] == [first.id, last.id]
    assert np.array_equal(found[1].frame.read(), pixels)
    assert window.selection
    assert window.selection.row == (key, first.id)
    window.actions_["redo"].trigger()
    wait()
    assert names(window)[1] == ("two", 1)


def test_choices_are_steps_and_the_list_goes_back(three: MainWindow, wait) -> None:
    window, panel = three, three.parts.enhance
    start, before = panel.options, window.undo.index()
    panel.take(replace(start, quality="best", superres="tiny"))
    panel.take(replace(panel.options, colorizer=None))
    wait()
    assert window.undo.index() == before + 2
    window.actions_["history"].trigger()
    assert window.body.sides.page is window.steps
    window.undo.setIndex(before)
    wait()
    assert panel.options == start
    window.actions_["redo"].trigger()
    assert panel.options.quality == "best"


def test_a_hint_taken_back_brings_the_former_colours_at_once(
    window: MainWindow, wait, small: Path, own_data: Path
) -> None:
    assert own_data.is_dir()
    window.open([small])
    wait()
    for x in (20.0, 60.0):
        hints = (*window.steering.colouring.hints, Hint(x, 30.0, 0.1, -0.05, 9.0))
        window.steering.choose(replace(window.steering.colouring, hints=hints), "hints")
        wait(lambda: window.enhancing.running)
        wait(seconds=400)
        if x == 20.0:
            assert window.selection
            assert window.selection.result
            first = window.selection.result.frame.read_chroma()
    started = []
    window.session.jobs.changed.connect(lambda _: started.append(window.enhancing.running))
    window.actions_["undo"].trigger()
    wait()
    assert window.selection
    assert window.selection.result
    assert np.array_equal(window.selection.result.frame.read_chroma(), first)
    window.actions_["redo"].trigger()
    wait()
    assert window.selection.result
    assert not np.array_equal(window.selection.result.frame.read_chroma(), first)
    assert not any(started)


def test_a_notice_and_undo_take_back_the_same_step_once(three: MainWindow, wait) -> None:
    window = three
    assert window.selection
    key = window.selection.document.key
    window.desk.remove(key, "")
    notice = window.notices.current
    assert notice
    assert notice.act
    steps = window.undo.index()
    notice.act()
    wait(lambda: window.settled and key in window.session.documents)
    assert window.undo.index() == steps - 1
    assert names(window) == [("one", 0), ("two", 2), ("three", 0)]
