"""The command ``astroview train``: a model tuned on one's own pictures, in this terminal, on a
cluster, or by the window.
"""

from __future__ import annotations

import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from astroview import doors
from astroview.cli_inputs import STDIN, Inputs
from astroview.core import extras
from astroview.core.errors import AstroviewError
from astroview.core.io.paths.remote_paths import door
from astroview.core.messages.train_messages import (
    Begun,
    DataRead,
    Ended,
    GoesOn,
    Learnt,
    Remark,
    Scored,
    TrainEvent,
    Verdict,
    Waits,
    encode,
)

if TYPE_CHECKING:
    import argparse

    from trainer.config import TuneConfig
    from trainer.loop.run_folder import RunFolder
    from trainer.loop.stdin_control import StdinControl

EVERY_S = 30.0  # between two lines of losses
FIGURES = 4  # of a score are told
PLAIN: tuple[tuple[str, type, str, str], ...] = (
    ("model", str, "ID", "a model on the shelf (astroview models), or a model's folder"),
    ("data", str, "DIR", "a folder of pictures, or the report of astroview curate"),
    ("name", str, "NAME", "of the tuned model"),
    ("minutes", float, "N", "how long to train (default: 30)"),
    ("steps", int, "N", "how many steps to train, instead of minutes or besides"),
    ("rank", int, "N", "of an adapter (default: 8)"),
    ("device", str, "NAME", "auto, cpu, cuda, cuda:1 or mps (default: auto)"),
    ("batch", int, "N", "samples a step (default: by memory)"),
    ("memory-gb", float, "N", "of the device, at most"),
    ("lr", float, "RATE", "learning rate (default: the method's)"),
    ("replay", float, "SHARE", "of each batch that guards against forgetting (default: 0.25)"),
    ("adversarial", float, "WEIGHT", "of a critic's say (default: none)"),
    ("patience", int, "N", "scores without gain that end the run early (default: 6; 0: never)"),
    ("held-out", float, "SHARE", "of the targets that only scores see (default: 0.2)"),
    ("score-every", int, "STEPS", "between scores"),
    ("sample-every", int, "STEPS", "between sample pictures"),
    ("checkpoint-every", int, "STEPS", "between checkpoints"),
    ("seed", int, "N", "of every random draw"),
)


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of ``astroview train``."""
    add = command.add_argument
    add("--config", type=door, metavar="FILE.toml",
        help="what to train: its table [tune]; or -, or a URL")  # fmt: skip
    # torchrun takes "--run" for one of its own, wherever it stands: hence the other name.
    add("--folder", "--run", type=Path, metavar="DIR", help="run folder (default: runs/MODEL)")
    add("--resume", type=Path, metavar="DIR", help="go on with the run in that folder")
    add("--steered", action="store_true", help="for programs: requests on stdin, JSON lines")
    add("--method", choices=("full", "head", "adapter"),
        help="which weights learn: all, the last layers, or small additions")  # fmt: skip
    add("--linear", choices=("auto", "yes", "no"),
        help="learn in the linear units of the telescope that the frames are of")  # fmt: skip
    add("--folds", choices=("auto", "yes", "no"),
        help="judge by folds over all targets, which share the budget (auto: where few are"
        " held out)")  # fmt: skip
    for name, kind, what, words in PLAIN:
        add(f"--{name}", type=kind, metavar=what, help=words)
    add("--shards", action="store_true", default=None, help="stream the pictures from files")
    add("--keep", action="store_true", help="put the model on your shelf if it is better")
    add("--tensorboard", action="store_true", default=None, help="write TensorBoard logs too")
    add("--control", action="store_true", default=None,
        help="learn from shuffled pictures, which the verdict should not keep")  # fmt: skip
    command.set_defaults(run=_train, usage_error=command.error)


def _train(chosen: argparse.Namespace) -> int:
    if not chosen.steered:
        return _tune(chosen)
    stdout = doors.claim_stdout()
    try:
        return _tune(chosen)
    except AstroviewError as problem:  # its folder may be what failed, and tell nothing of it
        said = Ended(time.time(), "failed", 0, "", problem.message, problem.hint)
        with suppress(OSError):
            stdout.write(encode(said).encode() + b"\n")
            stdout.flush()
        raise


def _tune(chosen: argparse.Namespace) -> int:
    extras.need("train")
    from trainer.finetune import tune_run
    from trainer.loop.stdin_control import StdinControl, listen

    run, config = _run_and_config(chosen)
    steering, lines = StdinControl(), _Lines()
    _hear_signals(steering)
    if chosen.steered:
        listen(sys.stdin.fileno(), steering, _complain)
    verdicts: list[Verdict] = []

    def hear(event: TrainEvent) -> None:
        verdicts.extend([event] if isinstance(event, Verdict) else [])
        if not chosen.steered:
            lines(event)

    ended = tune_run.tune(config, run, steering, hear)
    if ended.outcome == "done" and ended.model and verdicts:
        line = conclude(run.path / ended.model, verdicts[-1], keep=chosen.keep)
        hear(Remark(time.time(), ended.step, line))
    return doors.DONE if ended.outcome == "done" else doors.FAILED


def _run_and_config(chosen: argparse.Namespace) -> tuple[RunFolder, TuneConfig]:
    from trainer.finetune import tune_run
    from trainer.finetune.tune_config import changed, tune_from

    flags = _flags(chosen)
    if chosen.resume:
        if chosen.config or chosen.folder:
            chosen.usage_error("--resume goes without --config and --folder")
        run, config = tune_run.resume(chosen.resume)
        return run, changed(config, **flags)
    if not chosen.config and not {"model", "data"} <= flags.keys():
        chosen.usage_error("name --config FILE, or --model ID and --data DIR, or --resume DIR")
    if chosen.steered and chosen.config == STDIN:
        chosen.usage_error("--steered reads requests from stdin: name a file for --config")
    config = tune_from(flags, "the command") if not chosen.config else _configured(chosen, flags)
    folder = chosen.folder or Path("runs") / (config.name or Path(config.model).name)
    return tune_run.begin(config, folder), config


def _configured(chosen: argparse.Namespace, flags: dict[str, Any]) -> TuneConfig:
    from trainer.finetune.tune_config import changed, read_tune

    with Inputs() as here:
        return changed(read_tune(here(chosen.config)), **flags)


def _flags(chosen: argparse.Namespace) -> dict[str, Any]:
    """What was given on the command line, by the names of [tune]."""
    names = [
        "method",
        "shards",
        "tensorboard",
        "control",
        "linear",
        "folds",
        *(row[0].replace("-", "_") for row in PLAIN),
    ]
    return {name: value for name in names if (value := getattr(chosen, name)) is not None}


def _hear_signals(steering: StdinControl) -> None:
    """Ctrl+C, and SIGTERM, a cluster's way to say stop: keep a checkpoint and leave; twice, go."""
    from astroview.core.messages.train_messages import Leave

    def leave(*_: object) -> None:
        if steering.leave:
            raise KeyboardInterrupt
        steering.obey(Leave())

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, leave)


def _complain(problem: str) -> None:
    print(problem, file=sys.stderr, flush=True)


def conclude(model: Path, verdict: Verdict, keep: bool) -> str:
    """Put a model on the shelf if that is asked for and advised; say where it is."""
    if not verdict.keep:
        return f"Its parent stays in use. The tuned model is in {model}."
    if not keep:
        return f"To use it: astroview models import {model}"
    from astroview.core.models.shelf import user_shelf

    return f"On your shelf: {user_shelf().adopt(model).id}"


class _Lines:
    """Events as plain lines for a person: losses every half a minute, all else at once."""

    def __init__(self) -> None:
        self._spoken = time.monotonic()

    def __call__(self, event: TrainEvent) -> None:
        if isinstance(event, Learnt):
            if time.monotonic() - self._spoken < EVERY_S:
                return
            self._spoken = time.monotonic()
        if line := told(event):
            print(line, flush=True)


def told(event: TrainEvent) -> str:
    """An event in a line for a person; empty for those that say nothing there."""
    match event:
        case Begun():
            share = f"{event.trained:,} of {event.parameters:,} numbers learn"
            return f"Trains {event.model} on {event.device} from step {event.step}: {share}."
        case DataRead():
            counts = f"{event.training} pictures to learn from, {event.held_out} held out"
            return " ".join([f"{counts}, {event.refused} refused.", *event.notes])
        case Learnt():
            left = "" if event.eta_s is None else f", {event.eta_s / 60:.0f} min left"
            pace = f"{event.rate:.2f} steps/s, {event.memory / 1e9:.1f} GB"
            return f"step {event.step}: loss {event.loss:.5f}, {pace}{left}"
        case Scored():
            figures = ", ".join(f"{k} {v:.3f}" for k, v in list(event.values.items())[:FIGURES])
            return f"step {event.step}: {figures}{' (best)' if event.best else ''}"
        case _:
            return _said(event)


def _said(event: TrainEvent) -> str:
    match event:
        case Remark():
            return event.message
        case Waits():
            return f"Waits. {event.reason}".rstrip()
        case GoesOn():
            return "Goes on."
        case Verdict():
            return " ".join([event.headline, *event.reasons])
        case Ended(outcome="done"):
            return f"Done: {event.model}"
        case Ended(outcome="stopped"):
            return "Stopped; --resume goes on."
        case _:
            return ""
