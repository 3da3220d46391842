"""``python -m trainer fit RECIPE --data DIR``: the headless trainer."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from astroview.core import extras
from astroview.core.errors import AstroviewError

if TYPE_CHECKING:
    from trainer.config import Recipe


def main(arguments: list[str] | None = None) -> int:
    """Run the trainer's command line; 0 done, 1 failed with a reason, 2 usage."""
    options = _parser().parse_args(arguments)
    try:
        return _done(options)
    except AstroviewError as problem:
        print(f"trainer: {problem.message}. {problem.hint}".rstrip(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("trainer: stopped; the same command resumes", file=sys.stderr)
        return 1


def _done(options: argparse.Namespace) -> int:
    """Run the command; AstroviewError where an extra is missing."""
    try:
        return int(options.command(options) or 0)
    except ImportError as problem:
        if (known := extras.explained(problem)) is None:
            raise
        raise known from problem


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m trainer", description=__doc__)
    commands = parser.add_subparsers(required=True)
    for add in (_add_training, _add_scores, _add_calibration, _add_data):
        add(commands)
    return parser


Commands = Any  # argparse's own type of sub-parsers is not public


def _add_training(commands: Commands) -> None:
    fit = commands.add_parser("fit", help="train a model as a recipe says, or resume")
    fit.add_argument("recipe", type=Path, help="a TOML file, such as those in trainer/recipes")
    fit.add_argument("--data", type=Path, required=True, help="folder with colour pictures")
    fit.add_argument("--run", type=Path, help="run folder (default: runs/<recipe>)")
    fit.add_argument("--from", type=Path, dest="parents", metavar="MODEL", action="append",
        default=[],
        help="folder of a model whose weights a fresh run begins with; a combined model's run"
        " begins with two")  # fmt: skip
    fit.add_argument("--teacher", type=Path, metavar="MODEL",
        help="folder of a larger super-resolver that a recipe's network is to follow")  # fmt: skip
    fit.add_argument("--fine", type=Path, metavar="DIR",
        help="folder of better originals of the pictures, whose MANIFEST.csv names in the"
        " column “of” the picture that each one shows")  # fmt: skip
    fit.add_argument("--vgg", type=Path, metavar="FILE",
        help="torchvision's vgg19 weights for a content loss (default: its cache)")  # fmt: skip
    fit.add_argument("--encoder", type=Path, metavar="FILE",
        help="torchvision's weights that a baseline's encoder begins with (default: its cache,"
        " where the recipe says “pretrained”)")  # fmt: skip
    fit.add_argument("--steps", type=int, help="instead of the recipe's")
    fit.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda", "mps"))
    fit.set_defaults(command=_fit)
    export = commands.add_parser("export", help="put a run's model on a shelf")
    export.add_argument("run_folder", type=Path)
    export.add_argument("--data", type=Path, required=True, help="folder with colour pictures")
    export.add_argument("--shelf", type=Path, required=True, help="folder that holds models")
    export.set_defaults(command=_export)


def _add_scores(commands: Commands) -> None:
    evaluate = commands.add_parser("evaluate", help="score a model on held-out pictures")
    evaluate.add_argument("model", type=Path, help="a model's folder on a shelf")
    evaluate.add_argument("--data", type=Path, required=True)
    evaluate.add_argument("--out", type=Path, default=Path("evaluation"))
    evaluate.add_argument("--pictures", type=int, help="only so many (default: all held out)")
    evaluate.set_defaults(command=_evaluate)
    thanks = commands.add_parser("credits", help="who is to be thanked for training data")
    thanks.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    thanks.set_defaults(command=_credits)
    sheet = commands.add_parser("sheet", help="draw best, median and worst held-out pictures")
    sheet.add_argument("model", type=Path, help="a model's folder on a shelf")
    sheet.add_argument("--data", type=Path, required=True, help="folder with colour pictures")
    sheet.add_argument("--out", type=Path, required=True, metavar="FILE.jpg")
    sheet.add_argument("--pictures", type=int, default=40, help="among so many (default: 40)")
    sheet.set_defaults(command=_sheet)


def _add_calibration(commands: Commands) -> None:
    unsure = commands.add_parser("uncertainty", help="teach a model to say how far off it may be")
    unsure.add_argument("model", type=Path, help="a model's folder on a shelf; it is added to")
    unsure.add_argument("--data", type=Path, required=True, help="folder with colour pictures")
    unsure.add_argument("--pictures", type=int, metavar="N",
        help="calibrate on about so many of those held out (default: all)")  # fmt: skip
    unsure.add_argument("--bands", type=Path, metavar="FITS_DIR",
        help="real bands: intervals of measured frames are calibrated on them too")  # fmt: skip
    unsure.add_argument("--keep-head", action="store_true",
        help="of a super-resolver: measure anew only intervals of measured frames")  # fmt: skip
    unsure.set_defaults(command=_uncertainty)
    auto = commands.add_parser("automatic", help="teach a colorizer which palettes to choose")
    auto.add_argument("model", type=Path, help="a colorizer's folder on a shelf; it is changed")
    auto.add_argument("--data", type=Path, required=True, help="folder with colour pictures")
    auto.add_argument("--worth", type=float, default=0.04,
        help="|Δab| that a unit of colourfulness makes up for (default: 0.04)")  # fmt: skip
    auto.add_argument("--keep", action="store_true",
        help="keep its palettes, learn only which of them are right for a frame")  # fmt: skip
    auto.add_argument("--pictures", type=int, metavar="N", help="learn from at most so many")
    auto.add_argument("--out", type=Path, help="folder of the model (default: MODEL itself)")
    auto.set_defaults(command=_automatic)
    bank = commands.add_parser("bank", help="make a colorizer's bank of palettes")
    bank.add_argument("model", type=Path, help="the model's folder")
    bank.add_argument("--data", type=Path, required=True, help="the pictures it learnt from")
    bank.set_defaults(command=_bank)
    survey = commands.add_parser("survey", help="say what a folder's own palettes are worth")
    survey.add_argument("data", type=Path, help="folder with colour pictures of a survey")
    survey.add_argument("--model", default="auto", help="a colorizer's id (default: auto)")
    survey.add_argument("--held-out", type=float, default=0.12, metavar="SHARE",
        help="of the targets, to be painted (default: 0.12)")  # fmt: skip
    survey.add_argument("--pictures", type=int, metavar="N", help="only so many (default: all)")
    survey.set_defaults(command=_survey)
    stable = commands.add_parser("stability", help="say how often automatic palettes change")
    stable.add_argument("model", type=Path, help="a colorizer's folder")
    stable.add_argument("--data", type=Path, required=True, help="folder with colour pictures")
    stable.add_argument("--pictures", type=int, default=20, help="how many (default: 20)")
    stable.set_defaults(command=_stability)


def _add_data(commands: Commands) -> None:
    curate = commands.add_parser("curate", help="say what of a folder can be learnt from")
    curate.add_argument("folder", type=Path)
    curate.add_argument("--notes", type=Path,
        help="for the report and what was seen (default: the application's own)")  # fmt: skip
    curate.set_defaults(command=_curate)
    shards = commands.add_parser("shards", help="pack what a run learns from into tar shards")
    shards.add_argument("data", type=Path, help="a folder, or a curation's report")
    shards.add_argument("--out", type=Path, required=True, help="folder for the shards")
    shards.add_argument("--task", default="superres", choices=("colorize", "superres"))
    shards.set_defaults(command=_shards)
    subset = commands.add_parser("subset", help="copy some of a folder's pictures")
    subset.add_argument("folder", type=Path, help="with a MANIFEST.csv")
    subset.add_argument("--credit", default="", metavar="PATTERN", help="such as JWST")
    subset.add_argument("--unseen", type=float, default=0.0, metavar="SHARE",
        help="only pictures that a recipe with held_out = SHARE does not learn from")  # fmt: skip
    subset.add_argument("--out", type=Path, required=True, metavar="DIR")
    subset.set_defaults(command=_subset)


def _credits(options: argparse.Namespace) -> None:
    from trainer.data.credits import credits_page

    print(credits_page(options.folders))


def _subset(options: argparse.Namespace) -> None:
    from trainer.data.subset import subset

    print(subset(options.folder, options.credit, options.out, options.unseen), "pictures")


def _shards(options: argparse.Namespace) -> None:
    from trainer.config import TuneConfig
    from trainer.data import shards, training_data

    config = TuneConfig("", str(options.data), shards=True)
    found = training_data.gather(config, options.task, lambda _done, _of: None)
    held = {p.name: p for p in (*found.watched, *found.judged)}
    pictures = [*((p, False) for p in found.train), *((p, True) for p in held.values())]
    for path in shards.pack(pictures, options.out, lambda _done: None):
        print(path)


def _curate(options: argparse.Namespace) -> None:
    from trainer.curate.curate_console import in_lines
    from trainer.curate.curate_run import CurateChoices, curate

    with in_lines() as tell:
        curate(options.folder, CurateChoices(out=options.notes), tell)


def _fit(options: argparse.Namespace) -> None:
    from trainer import jobs
    from trainer.config import read_recipe

    recipe = _as_told(read_recipe(options.recipe), options)
    folder = options.run or Path("runs") / options.recipe.stem
    line = _Line()
    for name in (signal.SIGINT, signal.SIGTERM):  # SIGTERM is a cluster's way to say stop
        signal.signal(name, line.ask_to_stop)
    others = (options.parents, options.teacher, options.fine)
    jobs.fit(recipe, options.data, folder, options.device, line, *others)


def _as_told(recipe: Recipe, options: argparse.Namespace) -> Recipe:
    """The recipe, with what the command line has instead or besides."""
    if options.steps:
        recipe = replace(recipe, run=replace(recipe.run, steps=options.steps))
    if options.vgg:
        recipe = replace(recipe, critic=replace(recipe.critic, vgg_file=str(options.vgg)))
    if options.encoder:
        begun = {"pretrained": True, "encoder_file": str(options.encoder)}
        recipe = replace(recipe, hyper={**recipe.hyper, **begun})
    return recipe


def _export(options: argparse.Namespace) -> None:
    from trainer import jobs

    print(jobs.export(options.run_folder, options.data, options.shelf))


def _evaluate(options: argparse.Namespace) -> None:
    from astroview.core.models.model_card import default_shelf, read_card
    from trainer.evaluation.evaluation_run import Request, evaluate

    task = "sr" if read_card(options.model).task == "superres" else "colour"
    request = Request(task, str(options.model), pictures=options.pictures)
    made = evaluate(request, options.data, options.out, default_shelf(), lambda _: None)
    print(json.dumps(made, indent=1))


def _sheet(options: argparse.Namespace) -> None:
    from astroview.core.models.model_card import read_card
    from trainer.evaluation.contact_sheets import sheet_of

    print(sheet_of(read_card(options.model), options.data, options.out, options.pictures))


def _uncertainty(options: argparse.Namespace) -> None:
    from trainer.calibrate.superres_intervals import LearningBudget, add_uncertainty

    budget = LearningBudget(pictures=options.pictures)
    chosen = {"bands": options.bands, "keep_head": options.keep_head}
    card = add_uncertainty(options.model, options.data, _Line(), budget, **chosen)
    told = ("factors", "coverage", "measured", "within")
    print(json.dumps({key: card.uncertainty[key] for key in told if key in card.uncertainty}))


def _stability(options: argparse.Namespace) -> None:
    from trainer.evaluation.palette_stability import as_table, stability

    print(as_table(stability(options.model, options.data, options.pictures, _Line())))


def _survey(options: argparse.Namespace) -> None:
    from astroview.core.models.model_card import default_shelf
    from trainer.evaluation.survey_scores import survey_scores

    card = default_shelf().choose(options.model, "colorize")
    assert card
    told = (options.data, options.held_out, options.pictures)
    print(survey_scores(card, *told, _Line()).table())


def _bank(options: argparse.Namespace) -> None:
    from trainer.calibrate.palette_bank import make_bank

    print(make_bank(options.model, options.data, _Line()))


def _automatic(options: argparse.Namespace) -> None:
    from trainer.calibrate.automatic_palette import teach
    from trainer.calibrate.palette_reader import ReaderPlan

    fresh = 0 if options.keep else ReaderPlan.count
    plan = ReaderPlan(worth=options.worth, count=fresh, pictures=options.pictures)
    card = teach(options.model, options.data, _Line(), plan, options.out)
    print(json.dumps(card.training["automatic"], indent=1))


class _Line:
    """Progress as plain lines: one every half a minute, with the time that is left."""

    def __init__(self) -> None:
        self.spoken = time.monotonic()
        self.first: tuple[int, float] | None = None  # step and time; reading the data comes before
        self.stopping = False

    def ask_to_stop(self, *_: object) -> None:
        """Stop after this step: in the midst of one the networks would not fit together."""
        if self.stopping:
            raise KeyboardInterrupt
        self.stopping = True

    def __call__(self, done: int, of: int) -> None:
        if self.stopping:
            raise KeyboardInterrupt
        now = time.monotonic()
        self.first = self.first or (done, now)
        if now - self.spoken < 30 and (done < of or not of):
            return
        self.spoken = now
        steps, seconds = done - self.first[0], now - self.first[1]
        pace = f"  {steps / seconds:.2f} steps/s" if steps else ""
        left = f"  {(of - done) * seconds / steps / 60:.0f} min left" if steps and of else ""
        print(f"step {done}{f'/{of}' if of else ''}{pace}{left}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
