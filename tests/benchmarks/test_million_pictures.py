"""What a million pictures take is multiplied from a run's own index of a few."""

from __future__ import annotations

import pytest

from benchmarks import million_pictures


def test_costs_are_of_the_index_that_a_run_makes(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(million_pictures, "ALIKE", 300)
    cost = million_pictures.measured(24, 64)
    assert 0 < cost.list_s < cost.look_s
    assert 100 < cost.kept < 64 * 64 * 3, "the pixels themselves do not stay in memory"
    assert cost.packed > 1000
    rows = dict(cost.rows(10**6))
    assert rows["memory that stays"] == f"{cost.kept / 1e3:.2f} GB"
    assert len(rows) == 5
