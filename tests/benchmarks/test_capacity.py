"""The sums of the capacity note."""

from __future__ import annotations

import re
from pathlib import Path

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


def test_what_the_guide_says_follows_from_what_it_measured() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guide" / "cluster.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+) \|((?: [^|]+ \|)+)$", guide, re.MULTILINE)
    said = {what: [float(n.replace(",", "")) for n in re.findall(r"[\d.,]*\d", rest)]
            for what, rest in rows}  # fmt: skip

    def measured(start: str) -> float:
        return next(numbers[0] for what, numbers in said.items() if what.startswith(start))

    figures = Figures(
        *(measured(start) for start in ("a worker starts", "a frame,", "10^6 input", "bytes of")),
        measured("leader: hashing"),
        *(measured(f"leader: {what}") / 1000 for what in ("journal", "listing", "through Dask")),
    )
    assert measured("so a frame") == pytest.approx(figures.frame_s + 4.194 * figures.mpix_s, 0.01)
    for count in (10**6, 10**9):
        one = cost(figures, count, 2048)
        hours, machines, days, journals, read, written = said[f"10^{len(str(count)) - 1}"]
        assert hours == pytest.approx(one.worker_h, 0.01)
        assert machines == pytest.approx(one.workers_for(24 * days) / 16, abs=1 + 0.01 * machines)
        assert journals == one.leaders_for(24 * days)
        assert (read, written) == pytest.approx((one.in_tb, one.out_tb), 0.01)
