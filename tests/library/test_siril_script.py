"""The script for Siril calls the real command; Siril's own interface is recorded."""

from __future__ import annotations

import runpy
import shutil
import sys
import types
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits

SCRIPT = Path(__file__).resolve().parents[2] / "resources" / "siril" / "astroview_enhance.py"


class Siril:
    """What the script uses of `sirilpy.SirilInterface`; ``save`` and ``load`` move real files."""

    def __init__(self, opened: Path | None, folder: Path) -> None:
        self.opened, self.folder = opened, folder
        self.told: list[str] = []
        self.problems: list[str] = []

    def connect(self) -> None:
        self.told.append("connected")

    def is_image_loaded(self) -> bool:
        return self.opened is not None

    def get_siril_wd(self) -> str:
        return str(self.folder)

    def get_image_filename(self) -> str:
        return str(self.opened)

    def log(self, text: str) -> None:
        self.told.append(text)

    def error_messagebox(self, text: str) -> None:
        self.problems.append(text)

    def cmd(self, name: str, argument: str) -> None:
        path = Path(argument.strip('"'))
        if name == "save":
            assert self.opened
            shutil.copy2(self.opened, path.with_name(f"{path.name}.fit"))
        elif name == "load":
            assert path.is_file()
            self.opened = path


def run(siril: Siril, monkeypatch: pytest.MonkeyPatch, program: str) -> int:
    stand_in = types.ModuleType("sirilpy")
    stand_in.SirilInterface = lambda: siril  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sirilpy", stand_in)
    monkeypatch.setenv("ASTROVIEW", program)
    with pytest.raises(SystemExit) as code:
        runpy.run_path(str(SCRIPT), run_name="__main__")
    return int(code.value.code or 0)


@pytest.fixture
def program(tmp_path: Path) -> str:
    path = tmp_path / "astroview"
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m astroview "$@"\n')
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script here")
def test_the_open_picture_goes_through_astroview_and_back(
    tmp_path: Path, program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = np.random.default_rng(2).poisson(300, (48, 64)).astype(np.float32)
    fits.PrimaryHDU(samples, fits.Header({"BUNIT": "adu"})).writeto(tmp_path / "m 31.fit")
    siril = Siril(tmp_path / "m 31.fit", tmp_path)
    assert run(siril, monkeypatch, program) == 0, siril.problems
    assert siril.opened == tmp_path / "m 31_astroview.fits"
    made, header = fits.getdata(siril.opened, header=True)
    assert made.shape == (96, 128)
    assert np.allclose(made.reshape(48, 2, 64, 2).sum((1, 3)), samples, rtol=1e-3)
    assert header["AIMODEL1"].startswith("superres")


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script here")
def test_what_goes_wrong_is_told_in_siril(
    tmp_path: Path, program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = Siril(None, tmp_path)
    assert run(nothing, monkeypatch, program) == 1
    assert nothing.problems == ["Open a picture first."]
    (tmp_path / "torn.fit").write_bytes(b"SIMPLE  =")
    torn = Siril(tmp_path / "torn.fit", tmp_path)
    assert run(torn, monkeypatch, program) == 1
    assert "torn" in torn.problems[0]
