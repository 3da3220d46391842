"""A batch writes the same bytes, one worker after the other or two side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from batches import Notes, results

from astroview.batch.batch_run import Conduct, enhance_paths
from astroview.batch.recipe import BatchRecipe
from astroview.core.options import EnhanceOptions


def test_one_worker_and_two_write_the_same_bytes(
    folder: Path, tmp_path: Path, tiny_models: EnhanceOptions
) -> None:
    found: list[dict[str, str]] = []
    for devices in (("cpu",), ("cpu", "cpu")):
        out = tmp_path / f"out-{len(devices)}"
        conduct = replace(Conduct(), devices=devices)
        summary = enhance_paths([folder], out, BatchRecipe(tiny_models), Notes(), conduct)
        assert (summary.done, summary.failed) == (3, 1)
        found.append(results(out))
    assert len(found[0]) == 3
    assert found[0] == found[1]
