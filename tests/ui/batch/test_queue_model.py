"""The queue as a table, fed with the real messages of a batch."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from astroview.core.messages.batch_messages import Item, ItemProgress, ItemState, State
from astroview.ui.batch.queue_filter import QueueFilter
from astroview.ui.batch.queue_model import MIME, ROW, Column, QueueModel, drafted


def items(count: int) -> tuple[Item, ...]:
    return tuple(Item(f"i{k}", f"/data/m{k}.fits", 100, f"/out/m{k}_x2.fits") for k in range(count))


@pytest.fixture
def model(qapp: QApplication) -> QueueModel:
    made = QueueModel(qapp)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.list_items(items(6))
    return made


def names(model: QueueModel) -> list[str]:
    return [row.id for row in model.rows]


def test_events_end_in_their_rows(model: QueueModel) -> None:
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last, _: told.append((first.row(), last.row())))
    model.take_state(ItemState("i1", "running"))
    model.take_progress(ItemProgress("i1", 1, 4, 9.0, "sharpening"))
    model.take_state(ItemState("i2", "failed", problem="m2.fits is damaged", hint="Copy it."))
    model.take_state(ItemState("i5", "done", seconds=3.0, after="/t/5.png", warnings=("dark",)))
    assert model.take_state(ItemState("nobody", "done")) is None
    assert told == []
    model.flush()
    assert told == [(1, 2), (5, 5)]
    assert model.counts["waiting"] == 3
    assert model.parts() == 0.25
    assert model.index(1, Column.STATE).data() == "25 %"
    assert model.index(1, Column.TIME).data() == "0:09 left"
    assert model.index(5, Column.TIME).data() == "3.0 s"
    assert model.index(5, Column.RESULT).data() == "m5_x2.fits"
    tip = model.index(2, Column.FRAME).data(Qt.ItemDataRole.ToolTipRole)
    assert "m2.fits is damaged. Copy it." in tip
    assert "dark" in model.index(5, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_batch_that_goes_on_keeps_what_is_done(model: QueueModel) -> None:
    model.take_state(ItemState("i0", "done", seconds=2.0))
    model.take_state(ItemState("i1", "failed", problem="no"))
    model.take_state(ItemState("i2", "cancelled"))
    model.list_items(items(7))
    assert model.counts == {"done": 1, "waiting": 6, "failed": 0, "cancelled": 0}
    model.take_state(ItemState("i0", "skipped"))
    assert model.rows[0].state == "done"  # before everyone's eyes: it keeps its time
    assert model.rows[0].seconds == 2.0
    assert model.rows[1].problem == ""


def test_order(model: QueueModel) -> None:
    model.take_state(ItemState("i0", "done"))
    model.take_state(ItemState("i1", "running"))
    said: list[tuple[str, ...]] = []
    model.reordered.connect(said.append)
    model.to_top(["i5", "i3", "i1"])  # one at work stays where it is
    assert names(model) == ["i0", "i1", "i3", "i5", "i2", "i4"]
    assert said == [("i3", "i5")]
    model.to_top(["i3"])  # there already
    assert len(said) == 1
    assert [model.place(name) for name in ("i3", "i4")] == [2, 5]


def test_dragging_rows(model: QueueModel) -> None:
    data = model.mimeData([model.index(1, 0), model.index(4, 0)])
    assert data.hasFormat(MIME)
    model.dropMimeData(data, Qt.DropAction.MoveAction, 6, 0, QModelIndex())
    assert names(model) == ["i0", "i2", "i3", "i5", "i1", "i4"]
    model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.index(1, 0))
    assert names(model) == ["i0", "i1", "i4", "i2", "i3", "i5"]
    model.take_state(ItemState("i0", "done"))
    flags = [model.flags(model.index(row, 0)) for row in (0, 1)]
    assert [bool(flag & Qt.ItemFlag.ItemIsDragEnabled) for flag in flags] == [False, True]


@given(st.lists(st.tuples(st.sampled_from(range(12)), st.sampled_from(State.__args__))))
def test_counts_are_the_rows(events: list[tuple[int, State]]) -> None:
    model = QueueModel()
    model.list_items(items(12))
    for number, state in events:
        model.take_state(ItemState(f"i{number}", state))
    model.remove(["i3", "i4", "i9", "i3"])
    for state in State.__args__:
        assert model.counts[state] == sum(row.state == state for row in model.rows)
    assert names(model) == [f"i{k}" for k in range(12) if k not in (3, 4, 9)]
    assert all(model.rows[model.place(name)].id == name for name in names(model))


def test_filter_by_state_and_name(model: QueueModel) -> None:
    shown = QueueFilter(model)
    shown.show_group("failed")
    assert shown.rowCount() == 0
    model.take_state(ItemState("i4", "failed", problem="no"))
    model.take_state(ItemState("i2", "failed", problem="no"))
    model.flush()
    assert [shown.index(r, 0).data(ROW).id for r in range(shown.rowCount())] == ["i2", "i4"]
    model.take_state(ItemState("i4", "waiting"))
    model.flush()
    assert shown.rowCount() == 1
    shown.show_group("all")
    shown.show_named("M5")
    assert [shown.index(0, 0).data(), shown.rowCount()] == ["m5.fits", 1]


@pytest.mark.usefixtures("qapp")
def test_a_hundred_thousand_rows() -> None:
    """Every step that a person waits for takes a fraction of what would be felt as a halt."""
    model = QueueModel()
    shown = QueueFilter(model)
    began = time.process_time()
    listed = items(100_000)
    for start in range(0, len(listed), 500):
        model.list_items(listed[start : start + 500])
    for k in range(0, 100_000, 7):
        model.take_state(ItemState(f"i{k}", "done", seconds=1))
    model.flush()
    model.to_top(["i99999"])
    shown.show_group("done")
    assert shown.rowCount() == 100_000 // 7 + 1
    assert time.process_time() - began < 20  # measured: about 1.5 s for all of it together


def test_drafts_are_not_doubled(model: QueueModel) -> None:
    model.add([drafted("/a/b.fits"), drafted("/a/b.fits")])
    model.add([drafted("/a/b.fits")])
    assert model.rowCount() == 7
    assert model.ids("ready") == ("/a/b.fits",)
