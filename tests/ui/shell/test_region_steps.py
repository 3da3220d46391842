"""The list of steps says what was done to regions, and of which kind they were."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoStack

from astroview.core.frame import ArraySource, Frame
from astroview.core.sky.region_files import RegionShape, shape_of
from astroview.core.sky.regions.region_edits import FORMS, Form, drawn, moved
from astroview.core.sky.regions.region_reports import NAMES
from astroview.ui.measure.regions.region_history import keep_history
from astroview.ui.measure.regions.region_store import RegionStore

FRAME = Frame("plain", (64, 64), 1, "linear", ArraySource(np.zeros((64, 64))), None)


def shape(form: Form, dx: float = 0.0) -> RegionShape:
    return shape_of(moved(drawn(form, (20.0, 20.0), (30.0, 26.0)), dx, 0.0), FRAME)


@pytest.mark.parametrize("form", FORMS)
def test_a_step_names_the_kind(form: Form) -> None:
    parent, undo = QObject(), QUndoStack()
    store = RegionStore(parent)
    keep_history(store, undo)
    store.look(FRAME)
    other = shape("box" if form != "box" else "circle")
    store.change((other,), "opened regions")
    store.change((other, shape(form)), "new region")
    store.change((other, shape(form, 3.0)), "moved region")
    store.change((other,), "removed regions")
    steps = [undo.text(i) for i in range(1, undo.count())]
    assert steps == [f"{done} ({NAMES[form]})" for done in
                     ("new region", "moved region", "removed regions")]  # fmt: skip


def test_several_kinds_at_once_are_regions() -> None:
    parent, undo = QObject(), QUndoStack()
    store = RegionStore(parent)
    keep_history(store, undo)
    store.look(FRAME)
    store.change((shape("circle"), shape("box")), "pasted regions")
    assert undo.text(0) == "pasted regions"
