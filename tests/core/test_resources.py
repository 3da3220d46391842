from __future__ import annotations

import sys
from pathlib import Path

import pytest

from astroview.core import resources
from astroview.core.errors import AstroviewError


def test_resources_are_those_of_the_checkout() -> None:
    assert resources.root() == Path(__file__).resolve().parents[2] / "resources"


def test_a_frozen_bundle_has_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    (tmp_path / "resources" / "icons").mkdir(parents=True)
    (tmp_path / "resources" / "icons" / "open.svg").touch()
    assert resources.root() == tmp_path / "resources"
    assert resources.icon("open") == tmp_path / "resources" / "icons" / "open.svg"


def test_what_is_missing_is_named() -> None:
    with pytest.raises(AstroviewError, match=r"nothing\.fits") as caught:
        resources.sample("nothing.fits")
    assert caught.value.hint


def test_the_models_of_the_user_have_a_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASTROVIEW_DATA_DIR", str(tmp_path))
    assert resources.user_models() == tmp_path / "models"
