"""The table of region files tells what is read, what lies where it should, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from astropy.io import fits

from benchmarks import region_files

HEADER = fits.Header([
    ("SIMPLE", True), ("BITPIX", 16), ("NAXIS", 2), ("NAXIS1", 100), ("NAXIS2", 100),
    ("CTYPE1", "RA---TAN"), ("CRVAL1", 170.5), ("CRPIX1", 50.5), ("CDELT1", -1e-3),
    ("CTYPE2", "DEC--TAN"), ("CRVAL2", -59.0), ("CRPIX2", 50.5), ("CDELT2", 1e-3),
])  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    HEADER.totextfile(tmp_path / "sample_fits01.header")
    (tmp_path / "test01_img.reg").write_text("image\ncircle(50.5,50.5,10)\n")
    (tmp_path / "test01_fk5.reg").write_text('fk5\ncircle(170.5,-59.0,36")\n')
    return tmp_path


def test_files_that_agree(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert region_files.main([str(folder)]) == 0
    said = capsys.readouterr().out
    assert "Of 2 files 2 are read without anything left out; of 1 with a twin 1 lie where" in said
    assert "| test01_fk5 | 1 | 1 | test01_img | 0.0" in said


@pytest.mark.parametrize("wrong", ['circle(170.5,-59.0,72")', 'wobble(170.5,-59.0,36")'])
def test_files_that_do_not(folder: Path, wrong: str) -> None:
    (folder / "test01_fk5.reg").write_text(f"fk5\n{wrong}\n")
    assert region_files.main([str(folder)]) == 1


def test_no_files_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert region_files.main([str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("skipped: ")
