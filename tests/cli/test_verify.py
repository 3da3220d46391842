"""``astroview verify``: a saved result made again, as it is and after somebody changed it."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from astropy.io import fits
from astropy.table import Table

import astroview
from astroview import cli
from astroview.core.claim import claim_of
from astroview.core.io.open_file import open_frame


def sky(folder: Path) -> Path:
    """A field of stars in electrons, with errors, a mask and a table."""
    rng = np.random.default_rng(11)
    y, x = np.mgrid[:72, :80]
    stars = sum(
        f * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 3)
        for cx, cy, f in ((20.2, 30.7, 3000), (50.5, 20.1, 900), (60.8, 55.3, 400))
    )
    header = fits.Header({"BUNIT": "electron", "SATURATE": 60000.0, "GAIN": 1.5})
    science = fits.ImageHDU((rng.normal(100, 5, x.shape) + stars).astype("f4"), header, "SCI")
    path = folder / "field.fits"
    fits.HDUList([fits.PrimaryHDU(), science]).writeto(path)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an original and its results."""
    folder = tmp_path_factory.mktemp("made")
    result = astroview.enhance(sky(folder), device="cpu", worker=False)
    result.save(folder / "fine.fits")
    result.save(folder / "fine.png")
    return folder


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Path:
    """A copy of it that may be changed."""
    return Path(shutil.copytree(made, tmp_path / "own"))


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = cli.run(["verify", *arguments, "--json", "--device", "cpu"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", ["field.fits", "fine.fits", "link.fits"])
def test_a_table_of_sources_is_never_written_over_what_was_given(
    own: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (own / "link.fits").symlink_to(own / "field.fits")
    before = [(own / one).read_bytes() for one in ("field.fits", "fine.fits")]
    result = [str(own / "fine.fits"), "--sources", str(own / name), "--device", "cpu"]
    assert cli.run(["verify", *result]) == 1  # the original is found beside it
    assert "never overwrites" in capsys.readouterr().err
    assert [(own / one).read_bytes() for one in ("field.fits", "fine.fits")] == before


def test_what_is_as_it_was_is_identical(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = own / "sources.ecsv"
    code, found = told(capsys, str(own / "fine.fits"), "--sources", str(table))
    assert (code, found["verdict"], found["why"]) == (0, "identical", [])
    assert {part["name"] for part in found["parts"]} >= {"LUMINANCE", "AI_INTERVAL"}
    assert found["models"][0]["id"] == "superres-x2"
    assert "AIBOUND" in fits.getheader(own / "fine.fits", "LUMINANCE")
    assert fits.getheader(own / "fine.fits")["AIBADPIX"] == 0
    library = astroview.flux_ledger(own / "field.fits", own / "fine.fits")
    assert library.verdict() == found["sources"]["verdict"]
    sources = Table.read(table)
    assert list(sources["state"]).count("kept") == 3
    bright = sources["sn"] > 30
    ratio = (sources["flux_after"] / sources["flux_before"])[bright]
    assert np.abs(ratio - 1).max() < 0.02
    assert f"{len(sources)} sources" in found["sources"]["verdict"]
    assert "flux ledger: 3 sources" in " ".join(
        map(str, fits.getheader(own / "fine.fits")["HISTORY"])
    )
    assert told(capsys, str(own / "fine.png"))[1]["verdict"] == "identical"


@pytest.mark.parametrize("name", ["fine.fits", "fine.png"])
def test_what_comes_from_a_pipe_is_verified_without_a_name(
    name: str, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nameless = (own / name).rename(own / "stdin")
    code, found = told(capsys, str(nameless), str(own / "field.fits"))
    assert (code, found["verdict"]) == (0, "identical")


def test_what_was_packed_afterwards_is_told_before_the_work(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = own / "fine.fits.gz"
    packed.write_bytes(gzip.compress((own / "fine.fits").read_bytes()))
    assert cli.run(["verify", str(packed), "--device", "cpu"]) == 1
    assert "fine.fits.gz is in no format that astroview writes" in capsys.readouterr().err


def test_what_was_changed_is_altered(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with fits.open(own / "fine.fits", mode="update", checksum=True) as hdus:
        hdus["LUMINANCE"].data[40, 40] *= 3
    code, found = told(capsys, str(own / "fine.fits"))
    assert (code, found["verdict"]) == (1, "altered")
    assert "LUMINANCE differs" in found["why"]


def test_cards_count_too_and_added_ones_do_not(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with fits.open(own / "fine.fits", mode="update", checksum=True) as hdus:
        hdus[1].header["OBSERVER"] = "somebody"
    assert told(capsys, str(own / "fine.fits"))[1]["verdict"] == "identical"
    with fits.open(own / "fine.fits", mode="update", checksum=True) as hdus:
        hdus[1].header["GAIN"] = 2.5
    found = told(capsys, str(own / "fine.fits"))[1]
    assert found["verdict"] == "altered"
    assert any("GAIN" in line for line in found["why"])


@pytest.mark.parametrize("factor", [1 + 1e-5, 1 + 1e-9, 1 - 1e-6])
def test_a_number_that_is_no_sample_is_as_it_was_or_altered(
    factor: float, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with fits.open(own / "fine.fits", mode="update", checksum=True) as hdus:
        hdus[1].header["GAIN"] *= factor
    found = told(capsys, str(own / "fine.fits"))[1]
    assert found["verdict"] == "altered"
    assert any("GAIN" in line for line in found["why"])


@pytest.mark.parametrize("cut", [1, 2880, 30_000, 60_000])
def test_a_result_that_was_cut_short_is_damaged(
    cut: int, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (own / "fine.fits").read_bytes()
    (own / "fine.fits").write_bytes(whole[: len(whole.rstrip(b"\0")) - cut])
    assert cli.run(["verify", str(own / "fine.fits"), "--device", "cpu"]) == 1
    assert "fine.fits is damaged" in capsys.readouterr().err


def test_little_is_within_tolerance(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with fits.open(own / "fine.fits", mode="update", checksum=True) as hdus:
        hdus["LUMINANCE"].data *= np.float32(1 + 1e-6)
    code, found = told(capsys, str(own / "fine.fits"))
    assert (code, found["verdict"]) == (0, "within tolerance")


def test_others_files_and_others_originals(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = told(capsys, str(own / "field.fits"))
    assert (code, found["verdict"]) == (1, "not ours")
    with fits.open(own / "field.fits") as hdus:
        hdus[1].data += 1
        hdus.writeto(own / "other.fits")
    found = told(capsys, str(own / "fine.fits"), str(own / "other.fits"))[1]
    assert found["verdict"] == "altered"
    assert "not the file it was made from" in found["why"][0]
    (own / "field.fits").unlink()
    assert cli.run(["verify", str(own / "fine.fits")]) == 1
    assert "is not beside it" in capsys.readouterr().err


def test_a_file_of_an_earlier_version_claims_by_its_history(made: Path, tmp_path: Path) -> None:
    with fits.open(made / "fine.fits") as hdus:
        for keyword in [k for k in hdus[0].header if k.startswith("AI")]:
            del hdus[0].header[keyword]
        hdus.writeto(tmp_path / "old.fits")
    claim = claim_of(open_frame(tmp_path / "old.fits"))
    assert claim is not None
    assert not claim.told
    assert claim.options.superres == "superres-x2"
    assert claim.options.colorizer == "colorizer"
    assert claim_of(open_frame(made / "field.fits")) is None
