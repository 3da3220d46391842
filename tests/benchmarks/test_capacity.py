"""The sums of the capacity note."""

from __future__ import annotations

import pytest

from benchmarks.capacity import Figures, cost, table

FIGURES = Figures(
    *(3.0, 0.1, 0.5, 64.0),
    hash_mb_s=1000.0,
    journal_s=0.001,
    list_s=0.0,
    dask_s=0.001,
)


def test_frames_cost_what_their_pixels_cost() -> None:
    one = cost(FIGURES, 3600, 1000)
    assert one.worker_h == pytest.approx(0.1 + 0.5)
    assert one.leader_h == pytest.approx(0.002 + 2 / 1000)
    assert one.out_tb == pytest.approx(32 * one.in_tb) == pytest.approx(3600 * 64e6 / 1e12)
    assert cost(FIGURES, 7200, 1000).worker_h == pytest.approx(2 * one.worker_h)


def test_so_many_hours_take_so_many_workers() -> None:
    whole = cost(FIGURES, 10**6, 1000)
    assert whole.workers_for(whole.worker_h) == 1
    assert whole.workers_for(whole.worker_h / 9.5) == 10
    assert whole.leaders_for(1e9) == 1


def test_the_table_has_a_row_a_count() -> None:
    text = table(FIGURES, 2048, 16)
    assert "| 10^6 |" in text
    assert "| 10^9 |" in text
    assert "2.2 s" in text  # 0.1 + 4.19 * 0.5
