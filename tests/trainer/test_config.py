"""Recipes are read strictly: what is unknown or of another type is refused, and said."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from astroview.core.errors import DatasetProblem
from trainer.config import read_recipe, recipe_from

RECIPES = sorted((Path(__file__).parents[2] / "trainer" / "recipes").glob("*.toml"))


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_a_recipe_survives_its_run_folder(path: Path) -> None:
    recipe = read_recipe(path)
    assert recipe_from(json.loads(json.dumps(asdict(recipe)))) == recipe


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"run": {"steps": "many"}}, "steps"),
        ({"run": {"steps": 1.5}}, "steps"),
        ({"run": {"steps": -1}}, "steps"),
        ({"run": {"batch": 0}}, "batch"),
        ({"run": {"crop": 10**18}}, "crop"),
        ({"run": {"lr": float("nan")}}, "lr"),
        ({"loss": {"l1": float("inf")}}, "l1"),
        ({"data": {"skies": -0.5}}, "skies"),
        ({"run": {"speed": 1}}, "speed"),
        ({"run": 3}, "run"),
        ({"data": {"held_out": True}}, "held_out"),
        ({"critic": {"kind": "kind"}}, "kind"),
        ({"card": {"palettes": "warm"}}, "palettes"),
        ({"task": "sing"}, "task"),
        ({"cart": {}}, "cart"),
    ],
)
def test_what_is_no_recipe_is_refused(change: dict[str, Any], named: str) -> None:
    with pytest.raises(DatasetProblem, match=named):
        recipe_from({"task": "superres", "architecture": "compact", **change})
