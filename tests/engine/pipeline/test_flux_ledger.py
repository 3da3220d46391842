"""What became of the sources of a frame: kept, changed, lost and new ones, and residuals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits

from astroview.core.enhance.source_changes import SourceChanges, percent_apart, read_changes
from astroview.core.errors import UnreadableFrame
from astroview.core.frame import ArraySource, Frame
from astroview.core.io.open_file import open_frame
from astroview.engine.pipeline.flux_ledger import ledger, write_residual

PLACES = [(30, 30), (30, 90), (60, 60), (90, 30), (90, 90)]  # y, x
SCALE = 2


def star(shape: tuple[int, int], y: float, x: float, flux: float, scale: int = 1) -> np.ndarray:
    rows, columns = np.indices(shape)
    apart = (rows - (y + 0.5) * scale + 0.5) ** 2 + (columns - (x + 0.5) * scale + 0.5) ** 2
    light = np.exp(-apart / (2 * (1.2 * scale) ** 2))
    return flux * light / light.sum() * scale**2


@pytest.fixture
def before() -> Frame:
    chance = np.random.default_rng(7)
    sky = chance.normal(100, 2, (120, 120))
    samples = sky + sum(star(sky.shape, y, x, 3000) for y, x in PLACES)
    return Frame("a", sky.shape, 1, "linear", ArraySource(samples.astype(np.float32)), None)


def finer(frame: Frame, light: np.ndarray | float = 0.0) -> Frame:
    fine = frame.read().repeat(SCALE, 0).repeat(SCALE, 1) + light
    return replace(frame, shape=fine.shape, source=ArraySource(fine.astype(np.float32)))


def changes(before: Frame, after: Frame, folder: Path) -> SourceChanges:
    found = ledger(before, after, SCALE)
    np.save(folder / "rows.npy", found.rows())
    noise = write_residual(before, after, SCALE, folder / "r.npy", lambda *_: None)
    return read_changes(
        folder / "rows.npy", folder / "r.npy", noise, found.verdict(), whole=found.whole
    )


def test_what_is_kept_is_kept(before: Frame, tmp_path: Path) -> None:
    found = changes(before, finer(before), tmp_path)
    assert [found.count(s) for s in ("kept", "changed", "lost", "new")] == [5, 0, 0, 0]
    assert found.worst < 1e-3
    assert sum(one.count for one in found.bins()) == 5
    assert all(abs(one.flux - 1) < 1e-4 for one in found.bins())
    assert "another flux" not in found.verdict


def test_what_the_file_calls_bad_is_no_source(before: Frame, tmp_path: Path) -> None:
    flags = np.zeros(before.shape, np.int16)
    flags[::-1][22:39, 22:39] = 1  # files have the bottom row first
    picture = fits.PrimaryHDU(before.read()[::-1])
    path = tmp_path / "flagged.fits"
    fits.HDUList([picture, fits.ImageHDU(flags, name="DQ")]).writeto(path)
    frame = open_frame(path)
    places = [tuple(np.round(p).astype(int)) for p in ledger(frame, finer(frame), SCALE).places]
    assert (30, 30) not in places
    assert sorted(places) == sorted(PLACES[1:])
    all_of_it = ledger(frame, finer(frame), SCALE, data_quality=False)
    assert len(all_of_it.places) == len(PLACES)


def test_what_a_network_did_to_sources_is_found(before: Frame, tmp_path: Path) -> None:
    shape = (240, 240)
    light = (
        star(shape, *PLACES[0], -3000, SCALE)  # taken away
        + star(shape, *PLACES[1], 900, SCALE)  # brighter by three tenths
        + star(shape, 60, 100, 2000, SCALE)  # painted
    )
    found = changes(before, finer(before, light), tmp_path)
    assert [found.count(s) for s in ("kept", "changed", "lost", "new")] == [3, 1, 1, 1]
    lost, new, changed = found.rows[:3]
    assert [row["state"] for row in (lost, new, changed)] == ["lost", "new", "changed"]
    assert (round(lost["y"]), round(lost["x"])) == PLACES[0]
    assert (round(new["y"]), round(new["x"])) == (60, 100)
    assert (round(changed["y"]), round(changed["x"])) == PLACES[1]
    assert percent_apart(changed) == pytest.approx(30, abs=5)
    assert lost["flux_before"] == pytest.approx(3000, rel=0.1)
    assert abs(lost["flux_after"]) < 300
    assert new["flux_after"] == pytest.approx(2000, rel=0.15)
    assert "1 with another flux, 1 lost, 1 new" in found.verdict
    worst = np.unravel_index(np.nanargmax(np.abs(found.residual)), found.residual.shape)
    assert np.hypot(worst[0] - 30, worst[1] - 30) < 2
    assert found.worst > 20
    assert found.places("lost")[0] == pytest.approx((30.5, 30.5), abs=0.6)


def test_where_there_are_no_data_there_is_no_residual(before: Frame, tmp_path: Path) -> None:
    samples = before.read().copy()
    samples[50:55] = np.nan
    gap = replace(before, source=ArraySource(samples))
    found = changes(gap, finer(gap), tmp_path)
    assert np.isnan(found.residual[50:55]).all()
    assert np.isfinite(np.delete(found.residual, range(50, 55), axis=0)).all()


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "rows.npy").write_bytes(b"nothing")
    with pytest.raises(UnreadableFrame):
        read_changes(tmp_path / "rows.npy", tmp_path / "none.npy", 1.0, "", whole=True)
