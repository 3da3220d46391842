"""The command ``astroview evaluate``: scores of models on held-out pictures and skies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from astroview import doors
from astroview.core import extras
from astroview.core.io.paths.remote_paths import path_of

if TYPE_CHECKING:
    import argparse

FRAME = 3  # a column's border and the spaces beside its text


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of ``astroview evaluate``."""
    add = command.add_argument
    add("--task", required=True, choices=("sr", "colour", "combined"),
        help="what is scored: super-resolution, colour or both")  # fmt: skip
    add("--model", required=True, metavar="ID",
        help="or a model's folder; or ID:best, ID:denoise; combined: SR+COLORIZER")  # fmt: skip
    add("--data", required=True, type=path_of, metavar="DIR", help="folder with colour pictures")
    add("--against", nargs="+", default=[], metavar="ID",
        help="models, baselines' runs, bicubic, lanczos, neutral, train-mean")  # fmt: skip
    add("--bands", type=Path, metavar="DIR",
        help="folder with real FITS bands (default: “bands” beside DIR)")  # fmt: skip
    add("--pictures", type=int, metavar="N", help="score only so many, evenly spread")
    add("--out", type=Path, default=Path("evaluation"), metavar="DIR",
        help="for JSON, contact sheet and what a second run need not do again")  # fmt: skip
    add("--perceptual", action="store_true", help="compare features too (VGG19, or --critic)")
    add("--critic", type=Path, metavar="RUN", help="run folder of an adversarial recipe")
    add("--vgg", type=Path, metavar="FILE", help="VGG19 weights (default: torchvision's cache)")
    add("--json", action="store_true", help="for programs: every figure, one JSON object on stdout")
    command.set_defaults(run=_evaluate, usage_error=command.error)


def _evaluate(chosen: argparse.Namespace) -> int:
    if chosen.pictures is not None and chosen.pictures < 1:
        chosen.usage_error("--pictures must be 1 or more")
    extras.need("train")
    from rich.console import Console

    from astroview.core.models.model_card import default_shelf
    from astroview.core.models.shelf import user_shelf
    from trainer.evaluation import community_mark
    from trainer.evaluation.evaluation_run import Request, evaluate

    beside = chosen.data.absolute().parent / "bands"
    bands = chosen.bands or (beside if beside.is_dir() else None)
    request = Request(
        chosen.task, chosen.model, tuple(chosen.against), chosen.pictures, bands,
        chosen.perceptual, chosen.critic, vgg=chosen.vgg,
    )  # fmt: skip
    console = Console(stderr=chosen.json)
    with console.status("Reading the pictures …") as status:
        made = evaluate(request, chosen.data, chosen.out, default_shelf(), status.update)
    card = community_mark.noted(made, request, chosen.data, user_shelf())
    if chosen.json:
        print(json.dumps(made, indent=1, default=str))
        return doors.DONE
    for section, means in made["means"].items():
        for table in figures_tables(section, means, console.width):
            console.print(table)
    if card:
        console.print(f"{card.title()}: {card.limits_of_use[0]}", markup=False)
    console.print(f"Every figure, and the contact sheet, are in {chosen.out}.")
    return doors.DONE


def figures_tables(section: str, means: dict[str, dict[str, Any]], width: int) -> list[Any]:
    """Figures down, contestants across: there are more of the former. Contestants who do not fit
    into ``width`` columns of text stand in a further table, so that no figure is cut.
    """
    columns = {name: _flat(values) for name, values in means.items()}
    keys = list(dict.fromkeys(key for values in columns.values() for key in values))
    room = width - max((len(key) for key in keys), default=0) - FRAME - 1
    groups: list[list[str]] = [[]]
    left = room
    for name, values in columns.items():
        wide = max(map(len, [*name.split(), *map(_told, values.values())])) + FRAME
        if groups[-1] and wide > left:
            groups.append([])
            left = room
        groups[-1].append(name)
        left -= wide
    return [_table(section, keys, {name: columns[name] for name in group}) for group in groups]


def _table(section: str, keys: list[str], columns: dict[str, dict[str, Any]]) -> Any:
    from rich.table import Table

    table = Table(title=section, title_justify="left", title_style="bold")
    table.add_column("", no_wrap=True)
    for name in columns:
        table.add_column(name, justify="right")
    for key in keys:
        table.add_row(key, *(_told(values.get(key)) for values in columns.values()))
    return table


def _flat(values: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, dict):
            made |= {f"{key} {part}": number for part, number in value.items()}  # type: ignore[misc]
        else:
            made[key] = value
    return made


def _told(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if float(value).is_integer() and abs(value) >= 1:
        return f"{value:.0f}"
    return f"{value:.4g}"
