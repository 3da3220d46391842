"""Fine-tuning: from a user's choice and pictures to a tuned model, with all that may go wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from astroview.core.errors import AstroviewError, Cancelled, DatasetProblem
from astroview.core.io.paths.plain_paths import plain
from astroview.core.messages.train_messages import Ended, TrainEvent
from astroview.core.models.model_card import CARD_NAME
from astroview.core.texts import Text
from trainer.config import TuneConfig
from trainer.data.pictures import Picture
from trainer.finetune.tune_config import CONFIG_NAME, read_tune, write_tune
from trainer.finetune.tune_session import TuneSession, ended
from trainer.loop.run_folder import RunFolder, cannot_write
from trainer.loop.stdin_control import StdinControl


def begin(config: TuneConfig, path: Path) -> RunFolder:
    """Make a run folder, or take the one that is there, if it is of the same choice.

    Raises
    ------
    DatasetProblem
        The folder holds another run, or another version's.
    """
    run, file = RunFolder(path), path / CONFIG_NAME
    config = replace(config, data=str(plain(config.data)), model=_found_anywhere(config.model))
    if file.is_file():
        before = read_tune(file)
        model = _found_anywhere(before.model)
        if (model, before.method, before.rank) != (config.model, config.method, config.rank):
            raise DatasetProblem(
                Text("{name} holds a run of another model or method", name=path.name),
                hint="Choose another run folder, or go on with that run (--resume).",
            )
    try:
        run.prepare()
        write_tune(config, file)
    except OSError as problem:
        raise cannot_write(path, problem) from problem
    return run


def resume(path: Path) -> tuple[RunFolder, TuneConfig]:
    """A run folder that is there, and its choice. Raises DatasetProblem as `read_tune` does."""
    file = path / CONFIG_NAME
    if not file.is_file():
        raise DatasetProblem(
            Text(
                "{name} is no run folder: it has no {config_name}",
                name=path.name,
                config_name=CONFIG_NAME,
            ),
            hint="Begin a run with astroview train --config FILE, or --model and --data.",
        )
    config = read_tune(file)
    run = RunFolder(path)
    try:
        run.prepare()
    except OSError as problem:
        raise cannot_write(path, problem) from problem
    return run, config


def tune(
    config: TuneConfig,
    run: RunFolder,
    steering: StdinControl,
    tell: Callable[[TrainEvent], None] = lambda _: None,
    bundled: Sequence[Picture] | None = None,
) -> Ended:
    """Train as ``config`` says into the run folder, resuming what is there; what it ended with.

    ``bundled`` stands for the bundled validation set, if given.

    Raises
    ------
    AstroviewError
        What cannot be helped; the run folder was told of it.
    """
    session = TuneSession(config, run, steering, tell, bundled)
    try:
        return session.go()
    except (AstroviewError, OSError) as problem:
        known = problem if isinstance(problem, AstroviewError) else cannot_write(run.path, problem)
        with suppress(OSError):  # a full disk has no room for this either
            session.tell(ended("failed", session.step, known))
        raise known from problem
    except Cancelled:
        return session.end(ended("stopped", session.step))
    except KeyboardInterrupt:
        session.tell(ended("interrupted", session.step))
        raise
    finally:
        if session.board:
            session.board.close()


def _found_anywhere(model: str) -> str:
    """A model's ID, or its folder from the root: a run may be resumed from any other place."""
    return str(plain(model)) if (Path(model) / CARD_NAME).is_file() else model
