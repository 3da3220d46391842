"""``[tune]`` of a TOML file: what one run of fine-tuning is. Imports no torch."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from astroview.core import json_lines
from astroview.core.atomic_write import replacing_text
from astroview.core.errors import DatasetProblem
from astroview.core.messages.train_messages import FORMAT
from astroview.core.texts import Text
from astroview.core.unforeseen import read_text_file
from trainer.config import TuneConfig

CONFIG_NAME = "config.toml"
RANGES = {
    "minutes": (0, 60 * 24 * 365),
    "steps": (0, 10**9),
    "rank": (1, 256),
    "batch": (0, 4096),
    "memory_gb": (0, 10**4),
    "lr": (0, 1),
    "replay": (0, 0.9),
    "adversarial": (0, 10),
    "patience": (0, 10**6),
    "held_out": (0.01, 0.9),
    "sample_every": (0, 10**9),
    "score_every": (0, 10**9),
    "checkpoint_every": (0, 10**9),
    "seed": (0, 2**31),
}


def read_tune(path: Path) -> TuneConfig:
    """Read a file with a table ``[tune]``; paths in it are relative to the file.

    Raises
    ------
    DatasetProblem
        The file is missing or not TOML, or a key of it is missing, unknown, of another type or
        out of range; or it belongs to a run folder of another format.
    """
    try:
        values = tomllib.loads(read_text_file(path, DatasetProblem))
    except (OSError, ValueError, RecursionError) as problem:
        raise DatasetProblem(
            Text("{name} cannot be read: {problem}", name=path.name, problem=problem),
            hint="It is a TOML file with a table [tune].",
        ) from problem
    if (version := values.get("format", FORMAT)) != FORMAT:
        raise DatasetProblem(
            Text(
                "{name} is a run folder of format {version}; this version knows format {format}",
                name=path.parent.name,
                version=version,
                format=FORMAT,
            ),
            hint="Go on with it in the version that began it, or begin a new run.",
        )
    table: Any = values.get("tune")
    if not isinstance(table, dict):
        raise _refused(path.name, "it has no table [tune]")
    config = tune_from(dict(table), path.name)
    return replace(
        config, **{key: _beside(path, getattr(config, key)) for key in ("data", "model")}
    )


def tune_from(values: dict[str, Any], name: str = "the configuration") -> TuneConfig:
    """A configuration from plain values; see `read_tune`. Where ``steps`` are given, ``minutes``
    bound the run only when they are given too.
    """
    if values.get("steps"):
        values = {"minutes": 0.0, **values}
    try:
        config = json_lines.build(TuneConfig, values)
    except ValueError as problem:
        raise _refused(name, str(problem)) from problem
    for key, (least, most) in RANGES.items():
        if not least <= getattr(config, key) <= most:
            raise _refused(name, f"{key} is {getattr(config, key)}, not {least} to {most}")
    if not config.steps and not config.minutes:
        raise _refused(name, "neither minutes nor steps bound the run")
    return config


def write_tune(config: TuneConfig, path: Path) -> None:
    """Write what `read_tune` reads: wholly or not at all."""
    lines = [f"{f.name} = {_toml(getattr(config, f.name))}" for f in fields(config)]
    with replacing_text(path) as file:
        file.write("\n".join([f"format = {FORMAT}", "", "[tune]", *lines, ""]))


def changed(config: TuneConfig, **values: Any) -> TuneConfig:
    """The configuration with some values changed, checked as those of a file are."""
    given = {key: value for key, value in values.items() if value is not None}
    if given.get("steps") and "minutes" not in given:
        given["minutes"] = 0.0
    return tune_from({**asdict(config), **given})


def _beside(path: Path, name: str) -> str:
    """A path that the file names relative to itself, if that is there; else as it is."""
    beside = path.parent / name
    return str(beside.resolve()) if name and beside.exists() else name


def _toml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True)  # TOML's strings, numbers and booleans are JSON's


def _refused(name: str, problem: str) -> DatasetProblem:
    return DatasetProblem(
        Text("{name} cannot be used: {problem}", name=name, problem=problem),
        hint="docs/guide/training.md lists the settings of [tune].",
    )
