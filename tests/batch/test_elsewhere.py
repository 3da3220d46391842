"""A batch whose frames and results are in an object store (a real S3 server, moto's)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits

from astroview.batch.batch_run import Conduct, enhance_paths
from astroview.batch.dry_run import rehearse
from astroview.batch.journal import home_of
from astroview.batch.recipe import BatchRecipe
from astroview.core.io.paths import remote_paths
from astroview.core.io.paths.find_frames import Filter
from astroview.core.messages.batch_messages import BatchEvent, ItemState
from astroview.core.options import EnhanceOptions

ON_CPU = BatchRecipe(EnhanceOptions(device="cpu"))
HERE = Conduct(devices=("cpu",))


@pytest.fixture
def remote_folder(bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Two frames, one of them in a sub-folder, and one that is none."""
    monkeypatch.setenv("ASTROVIEW_DATA_DIR", str(tmp_path / "data"))
    folder = tmp_path / "night"
    folder.mkdir()
    rng = np.random.default_rng(4)
    for name in ("m31.fits", "m33.fits"):
        fits.PrimaryHDU(rng.normal(90, 4, (40, 48)).astype(np.float32)).writeto(folder / name)
    (folder / "bad.fits").write_text("the night was cloudy")
    remote_paths.put(folder / "m31.fits", f"{bucket}/night/m31.fits")
    remote_paths.put(folder / "m33.fits", f"{bucket}/night/deep/m33.fits")
    remote_paths.put(folder / "bad.fits", f"{bucket}/night/bad.fits")
    return f"{bucket}/night"


def names(url: str) -> dict[str, str]:
    """sha256 by name below a URL."""
    found = [file.url for files in remote_paths.walk(url) for file in files]
    return {file.removeprefix(f"{url}/"): remote_paths.sha256(file) for file in found}


def test_from_a_bucket_to_a_bucket(remote_folder: str, bucket: str, tmp_path: Path) -> None:
    out = f"{remote_folder}/out"  # what is there is no input
    told: list[BatchEvent] = []
    first = enhance_paths([remote_folder], out, ON_CPU, told.append, HERE)

    assert (first.done, first.failed, first.left) == (2, 1, 0)
    made = names(out)
    assert set(made) == {"m31_combined_x2.fits", "deep/m33_combined_x2.fits"}
    ends = [event for event in told if isinstance(event, ItemState) and event.state == "done"]
    assert {event.target for event in ends} == {f"{out}/{name}" for name in made}
    copy = remote_paths.fetch(f"{out}/m31_combined_x2.fits", tmp_path)
    with fits.open(copy, checksum=True) as hdus:
        assert hdus[0].data.shape == (3, 80, 96)

    again = enhance_paths([remote_folder], out, ON_CPU, told.append, HERE)
    assert (again.done, again.skipped, again.failed) == (0, 2, 1)

    # What changes is done again, and nothing else.
    with fits.open(tmp_path / "night" / "m31.fits", mode="update") as hdus:
        hdus[0].data += 1
    remote_paths.put(tmp_path / "night" / "m31.fits", f"{remote_folder}/m31.fits")
    changed = enhance_paths([remote_folder], out, ON_CPU, told.append, HERE)
    assert (changed.done, changed.skipped) == (1, 1)
    after = names(out)
    assert after["deep/m33_combined_x2.fits"] == made["deep/m33_combined_x2.fits"]
    assert after["m31_combined_x2.fits"] != made["m31_combined_x2.fits"]
    assert home_of(out) == home_of(f"{out}/") != home_of(bucket)


def test_results_are_no_inputs_where_they_are_searched_for(
    remote_folder: str, tmp_path: Path
) -> None:
    remote_paths.put(tmp_path / "night" / "m31.fits", f"{remote_folder}/deep/m31_combined_x2.fits")
    listed = {
        source: target
        for source, target, _ in rehearse([remote_folder], remote_folder, ON_CPU, Filter())
    }
    assert listed == {
        f"{remote_folder}/bad.fits": f"{remote_folder}/bad_combined_x2.fits",
        f"{remote_folder}/m31.fits": f"{remote_folder}/m31_combined_x2.fits",
        f"{remote_folder}/deep/m33.fits": f"{remote_folder}/deep/m33_combined_x2.fits",
    }
    remote_paths.put(
        tmp_path / "night" / "m31.fits", f"{remote_folder}/strange/m31_combined_x2.fits"
    )
    ((_, target, _),) = rehearse(
        [f"{remote_folder}/m31.fits"], f"{remote_folder}/strange", ON_CPU, Filter()
    )
    assert target == f"{remote_folder}/strange/m31_combined_x2_2.fits"  # nobody's file is replaced
    chosen = Filter(recursive=False, include=("m*",))
    assert len(list(rehearse([remote_folder], f"{remote_folder}/out", ON_CPU, chosen))) == 1


def test_a_bucket_that_is_not_there(bucket: str, tmp_path: Path) -> None:
    told: list[BatchEvent] = []
    summary = enhance_paths(
        [f"{bucket}/none.fits", "s3://no-such-bucket-here/x"], tmp_path, ON_CPU, told.append, HERE
    )
    assert summary.failed == 2
    problems = [event.problem for event in told if isinstance(event, ItemState) and event.problem]
    assert all("no file" in p or "cannot be reached" in p or "There is no" in p for p in problems)
