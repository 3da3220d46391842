"""`make demo` says what it downloads, how much and how far it is, and takes the small torch."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools import install_app

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package index of our own, and nothing of this machine's."""
    folder = tmp_path / "index"
    for name, versions in {"torch": ("2.9.0+cpu", "2.9.0", "2.4.0+cpu"), "tiny": ("1.0",)}.items():
        place = folder / name
        place.mkdir(parents=True)
        files = [a_wheel(place, name, version).name for version in versions]
        links = "".join(f'<a href="{file.replace("+", "%2B")}">{file}</a>\n' for file in files)
        (place / "index.html").write_text(f"<!DOCTYPE html><html><body>{links}</body></html>")
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", folder.as_uri())
    return folder


def a_wheel(folder: Path, name: str, version: str) -> Path:
    info = f"{name}-{version}.dist-info"
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(f"{name}.py", "here = True\n")
        file.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        )
        file.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        file.writestr(f"{info}/RECORD", "")
    return path


def chosen(wish: str, path: str = os.environ["PATH"]) -> list[str]:
    """What is said of torch, by a Python that has none."""
    asked = f"from tools.install_app import torch_for; print(torch_for({wish!r}, ''))"
    done = subprocess.run(
        [sys.executable, "-S", "-c", asked], cwd=ROOT, env=os.environ | {"PATH": path},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere torch has no CUDA of its own")
@pytest.mark.skipif(install_app.has_nvidia(), reason="an NVIDIA GPU is here")
@pytest.mark.usefixtures("index")
def test_without_a_gpu_the_small_torch_is_taken_where_it_is_offered(tmp_path: Path) -> None:
    said, took = chosen("")
    assert said.startswith("No NVIDIA GPU here: taking torch 2.9.0+cpu, without CUDA")
    assert took == "(['torch==2.9.0+cpu'], ())"
    driver = tmp_path / "bin" / "nvidia-smi"
    driver.parent.mkdir()
    driver.write_text("#!/bin/sh\n")
    driver.chmod(0o755)
    assert chosen("", str(driver.parent)) == ["([], ())"], "a driver is at work"
    assert chosen("cuda") == ["([], ())"]


@pytest.mark.usefixtures("index")
def test_what_is_downloaded_is_said_before_and_while_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIP_TARGET", str(tmp_path / "here"))
    install_app.install(["tiny"], ())
    first, now, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith("Packages to fetch: 1, 0 MB in all: tiny 0 MB")
    assert now == "  [   0 MB of 0 MB] tiny (0 MB)"
    assert (tmp_path / "here" / "tiny.py").is_file()


def test_sizes_are_told_as_people_say_them(capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["Collecting torch\n", "  Downloading torch-2.9.0-cp312.whl (800 MB)\n",
             "Downloading hatchling-1.0.whl (1 MB)\n",
             "Using cached PySide6_Essentials-6.10-abi3.whl (90 MB)\n"]  # fmt: skip
    sizes: dict[str, int | None] = {"torch": 1_510_000_000, "pyside6-essentials": 90_000_000}
    assert list(install_app._told(iter(lines), sizes)) == lines
    assert capsys.readouterr().out.splitlines() == [
        "  [ 1.5 GB of 1.6 GB] torch (1.5 GB)",
        "  [ 1.6 GB of 1.6 GB] pyside6-essentials (from pip's cache)",
    ]
