"""Figures of speed are of all models side by side, and none is written under load."""

from pathlib import Path

import pytest

from benchmarks import models


def test_every_bundled_model_is_timed_on_its_frames(tmp_path: Path):
    found = models.measured(48, 1, "cpu", tmp_path)
    assert list(found) == [name for name, *_ in models.JOBS]
    assert all(len(rows) == 1 and rows[0].wall_s > 0 for rows in found.values())
    assert all(rows[0].cpu_s > 0 for rows in found.values())


def test_nothing_is_written_under_load(tmp_path: Path):
    page = tmp_path / "page.md"
    text = "before\n<!-- models: begin -->\nold\n<!-- models: end -->\nafter\n"
    page.write_text(text)
    with pytest.raises(SystemExit, match="Not written"):
        models.put("new", models.QUIET * 1.1, page)
    assert page.read_text() == text
    models.put("new", models.QUIET * 0.9, page)
    assert "\nnew\n" in page.read_text()
    assert "old" not in page.read_text()
