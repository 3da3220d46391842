"""Who may import whom, and what a fresh process loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

LOADED = """
import importlib, pkgutil, sys
for name in {names!r}:
    package = importlib.import_module(name)
    for found in pkgutil.walk_packages(getattr(package, "__path__", []), name + "."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
print(*sorted({{name.partition(".")[0] for name in sys.modules}}))
"""


def loaded_by(*names: str) -> set[str]:
    """Top-level modules that a fresh process has after importing packages and all they hold."""
    run = subprocess.run(
        [sys.executable, "-c", LOADED.format(names=names)],
        capture_output=True,
        text=True,
        check=True,
        cwd=REPOSITORY,
    )
    return set(run.stdout.split())


def test_import_contracts() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [lint, "--no-cache", "--no-logo"], capture_output=True, text=True, cwd=REPOSITORY
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_window_loads_no_torch() -> None:
    loaded = loaded_by("astroview.ui", "astroview.core")
    assert "PySide6" in loaded
    assert not loaded & {"torch", "torchvision", "lightning", "lightning_fabric", "safetensors"}


def test_trainer_and_engine_load_no_qt() -> None:
    loaded = loaded_by("trainer", "astroview.engine", "astroview.worker", "astroview.batch")
    assert "torch" in loaded
    assert not loaded & {"PySide6", "shiboken6", "pyqtgraph"}


@pytest.mark.parametrize("module", ["astroview.__main__", "astroview.cli"])
def test_the_door_is_light(module: str) -> None:
    script = f"import {module}, sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not set(run.stdout.split()) & {"torch", "PySide6", "astropy", "numpy", "rich"}


def test_the_window_starts_before_astropy_is_loaded() -> None:
    """Its import is most of a start; a reader or a panel imports what it needs when it works. So
    with what only some windows ever do: fetch, read catalogues, share locks, start processes.
    """
    script = """
import sys
from astroview.core.settings import Settings
from astroview.ui import app
from astroview.ui.remembered_choices import RememberedChoices
running = app.start(RememberedChoices(Settings(), lasting=False))
running.window.show()
running.app.processEvents()
print(*sys.modules)
running.close()
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    heavy = {"astropy", "scipy", "PIL", "tifffile", "imagecodecs", "pyqtgraph", "photutils"}
    rare = {"asyncio", "email", "filelock", "http", "multiprocessing", "ssl", "xml", "numpy.random"}
    rooms = {
        "batch",
        "engine",
        "library",
        "core.sky.catalogues",
        "core.bands",
        "ui.batch.queue_view",
        "ui.shell.guide_window",
        "ui.export.print_view",
    }
    assert not loaded & {*heavy, *rare, *(f"astroview.{room}" for room in rooms)}
    assert "astroview.ui.viewer.viewer" in loaded


def test_qt_keeps_count_of_none(qapp) -> None:
    """A binding that loses references to None ends the process after some thousand calls."""
    if sys.version_info >= (3, 12):
        pytest.skip("None is immortal")
    before = sys.getrefcount(None)
    for _ in range(200):
        qapp.setApplicationName("astroview")
    assert sys.getrefcount(None) > before - 20
