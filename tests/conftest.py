"""What every test may lean on: real data when it is there, a settings folder of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# Before anything imports Qt: no test needs, or opens, a real display.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _own_settings(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither read nor write the settings of whoever runs the tests."""
    monkeypatch.setenv("ASTROVIEW_CONFIG_DIR", str(tmp_path_factory.mktemp("config")))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of real frames (``train``, ``bands``, ``fits``); the test is skipped without it."""
    default = REPOSITORY.parent / "shared" / "data"
    folder = Path(os.environ.get("ASTROVIEW_SHARED_DATA", default))
    if not folder.is_dir():
        pytest.skip(f"no real frames at {folder}; set ASTROVIEW_SHARED_DATA to their folder")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """Folder of the bundled sample frames."""
    return REPOSITORY / "resources" / "samples"
