"""From what was chosen to runs: one config a model, and the folder and command of each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import datetime
from pathlib import Path

from astroview.core import resources
from astroview.core.errors import CannotSave, DatasetProblem
from astroview.core.io.paths.plain_paths import is_there
from astroview.core.models.model_card import ModelCard
from astroview.core.settings import TrainSettings
from astroview.core.texts import Text
from astroview.ui.i18n.translate import tr
from trainer.config import TuneConfig
from trainer.finetune.tune_config import CONFIG_NAME, read_tune, write_tune

REPORT_NAME = "report.json"
# What the settings and a config share by name.
_SHARED = {f.name for f in fields(TrainSettings)} & {f.name for f in fields(TuneConfig)}


def configs(
    choices: TrainSettings, models: Mapping[str, ModelCard | None], data: str, name: str = ""
) -> tuple[TuneConfig, ...]:
    """One config for each model that is to be tuned.

    Parameters
    ----------
    models
        The chosen card of each task; None where there is none.
    data
        The folder, or the report of what was found in it.
    """
    tasks = {"colour": ("colorize",), "sharp": ("superres",), "both": ("colorize", "superres")}
    shared = {name: value for name, value in asdict(choices).items() if name in _SHARED}
    chosen = [models.get(task) for task in tasks[choices.goal]]
    two = len(chosen) > 1
    return tuple(
        TuneConfig(model=card.id, data=data, name=_named(name, card, two), **shared)
        for card in chosen
        if card
    )


def _named(name: str, card: ModelCard, two: bool) -> str:
    """Two runs of one name are told apart by what they make better."""
    task = tr("colour") if card.task == "colorize" else tr("sharper")
    return f"{name}, {task}" if two and name else name


def free_folder(runs: Path, config: TuneConfig, now: datetime) -> Path:
    """A folder for a new run that is not there yet: the day, its name, what is tuned."""
    said = "-".join(part for part in (config.name, config.model) if part)
    words = re.sub(r"[^\w.-]+", "-", said).strip("-.").lower()[:60] or "run"
    first = runs / f"{now:%Y-%m-%d}-{words}"
    number, folder = 1, first
    while is_there(folder):
        number += 1
        folder = first.with_name(f"{first.name}-{number}")
    return folder


def write(config: TuneConfig, folder: Path) -> TuneConfig:
    """Make a run folder that holds its plan, which is returned.

    A report on frames is copied: the next look at them writes another, and the run must find the
    same frames when it goes on.

    Raises
    ------
    CannotSave
        The folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if config.data.endswith(".json"):
            shutil.copyfile(config.data, folder / REPORT_NAME)
            config = replace(config, data=str(folder / REPORT_NAME))
        write_tune(config, folder / CONFIG_NAME)
    except OSError as problem:
        raise CannotSave(
            Text(
                "the run folder {folder} cannot be written: {strerror}",
                folder=folder,
                strerror=problem.strerror or problem,
            ),
            hint="See whether you may write there, and whether the disk is full.",
        ) from problem
    return config


def read(folder: Path) -> TuneConfig | None:
    """The plan of a run folder; None when it has none, or one that we do not know."""
    try:
        return read_tune(folder / CONFIG_NAME)
    except DatasetProblem:
        return None


def command(folder: Path) -> list[str]:
    """The command that begins the run of a folder, or goes on with it."""
    return [*resources.program(), "train", "--resume", str(folder), "--steered"]
