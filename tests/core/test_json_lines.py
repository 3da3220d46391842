"""Values of another type are never taken for those of a field, wherever they come from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, get_type_hints

import pytest

from astroview.core import json_lines
from astroview.core.messages import batch_messages, train_messages, worker_messages
from astroview.core.models.model_card import card_from
from trainer.config import Recipe, TuneConfig, recipe_from
from trainer.curate.folder_scan import Seen

ODD: tuple[Any, ...] = ("many", 3, 1.5, True, None, [], ["many"], [1, 2, 3, 4], {}, {"x": "y"})
MESSAGES = tuple(
    kind
    for module in (batch_messages, train_messages, worker_messages)
    for kind in vars(module).values()
    if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.__name__
)
PLAIN = {str: str, int: int, float: float, bool: bool}


@dataclass(frozen=True)
class Everything:
    pair: tuple[int, str]
    many: tuple[float, ...] = ()
    named: dict[str, bool] = field(default_factory=dict[str, bool])
    place: Path | None = None
    one: Literal[1, "a"] = "a"
    free: Any = None


def accepted(kind: type[Any]) -> Iterator[tuple[str, Any, Any]]:
    """Fields that take an odd value: name, the value, and what became of it."""
    hints = get_type_hints(kind)
    for one in fields(kind):
        for value in ODD:
            try:
                yield one.name, value, json_lines.convert(hints[one.name], value, one.name)
            except ValueError:
                continue


@pytest.mark.parametrize("kind", [*MESSAGES, Recipe, TuneConfig, Seen, Everything])
def test_what_a_field_takes_is_of_its_type(kind: type[Any]) -> None:
    hints = get_type_hints(kind)
    for name, value, made in accepted(kind):
        if (plain := PLAIN.get(hints[name])) is not None:
            assert type(made) is plain, (name, value)
        told = asdict(made) if is_dataclass(made) and not isinstance(made, type) else made
        assert json.loads(json.dumps(told, default=str)) == value or is_dataclass(made)


def test_what_is_nested_is_checked_and_rebuilt() -> None:
    made = json_lines.build(
        Everything,
        {"pair": [1, "a"], "many": [1, 2.5], "named": {"x": True}, "place": "a/b", "one": 1},
    )
    assert made == Everything((1, "a"), (1.0, 2.5), {"x": True}, Path("a/b"), 1)
    for wrong in (
        {"pair": [1]},
        {"pair": [1, "a", "b"]},
        {"pair": ["a", 1]},
        {"pair": [1, "a"], "named": {"x": "yes"}},
        {"pair": [1, "a"], "one": True},
        {"pair": [1, "a"], "many": ["a"]},
    ):
        with pytest.raises(ValueError, match="cannot"):
            json_lines.build(Everything, wrong)


def test_a_recipe_of_words_is_none() -> None:
    with pytest.raises(Exception, match="steps cannot be 'many'"):
        recipe_from({"task": "superres", "architecture": "x", "run": {"steps": "many"}})


@pytest.mark.parametrize(
    "wrong",
    [
        {"pictures": "many"},
        {"tiling": {"size": "many", "halo": 1}},
        {"scale": 2.5},
        {"palettes": [{"name": "a", "code": ["many"]}]},
        {"palettes": [{"name": "a", "code": [0], "swatches": [[1, 2]]}]},
        {"limits_of_use": "many"},
        {"task": "paint"},
        {"unheard": 1},
    ],
)
def test_a_card_with_another_type_in_it_is_none(wrong: dict[str, Any]) -> None:
    right = {
        "id": "a", "name": "A", "task": "superres", "architecture": "residual", "hyper": {},
        "tiling": {"size": 64, "halo": 4}, "sha256": "0",
    }  # fmt: skip
    assert card_from(right).tiling.size == 64
    with pytest.raises(ValueError, match=next(iter(wrong)) + "|size|code|swatches"):
        card_from({**right, **wrong})
