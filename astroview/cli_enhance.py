"""``astroview enhance PATH... --out DIR``: a batch, for people, logs, programs and clusters."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from astroview import doors
from astroview.cli_inputs import Inputs
from astroview.core.enhance_choices import add_flags, is_device, shared
from astroview.core.errors import AstroviewError, ModelRejected
from astroview.core.io.paths.remote_paths import door

if TYPE_CHECKING:
    from astroview.batch.batch_run import BatchControl, Conduct, Summary
    from astroview.batch.recipe import BatchRecipe
    from astroview.core.models.model_card import ModelCard, ModelShelf
    from astroview.core.options import EnhanceOptions

Add = Callable[..., Any]

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?", re.IGNORECASE)


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    command.add_argument(
        "paths",
        nargs="*",
        type=door,
        metavar="PATH",
        help="a frame, or a folder; or - for stdin, or a URL (s3://...)",
    )
    command.add_argument(
        "--out", required=True, type=door, metavar="DIR", help="folder for the results, or a URL"
    )
    _add_what(command.add_argument_group("What is done").add_argument)
    _add_which(command.add_argument_group("Which files, and their results' names").add_argument)
    _add_how(command)
    command.set_defaults(run=run, usage_error=command.error)


def _add_what(add: Add) -> None:
    add("--colorize", action=argparse.BooleanOptionalAction, default=True,
        help="paint colour onto grey frames (default: yes)")  # fmt: skip
    add("--scale", type=int, default=2, metavar="N",
        help="super-resolve: 1 leaves the sampling, 2 doubles it; others as models allow"
        " (default: 2)")  # fmt: skip
    add_flags(add)
    add("--colorizer", default="auto", metavar="ID", help="model that paints (default: auto)")
    add("--superres", default="auto", metavar="ID", help="model that sharpens (default: auto)")
    add("--format", choices=("fits", "tiff", "png", "xisf", "jpeg"),
        help="of the results (default: FITS for FITS, else a 16-bit picture)")  # fmt: skip
    add("--hdu", metavar="N|NAME",
        help="HDU of FITS files (default: the first with a picture); mosaic:wcs, mosaic:iraf:"
        " all of them as one picture")  # fmt: skip
    add("--plane", type=int, default=0, metavar="N", help="plane of a cube (default: 0)")


def _add_which(add: Add) -> None:
    add("--recursive", action=argparse.BooleanOptionalAction, default=True,
        help="search sub-folders too, and mirror them in DIR (default: yes)")  # fmt: skip
    add("--include", action="append", default=[], metavar="GLOB",
        help="of folders only these, such as '*.fits' or 'a/*'; may be repeated")  # fmt: skip
    add("--exclude", action="append", default=[], metavar="GLOB", help="not these; may be repeated")
    add("--bands", action="store_true",
        help="compose bands of one field in a folder, and enhance the set")  # fmt: skip
    add("--name", default=None, metavar="PATTERN",
        help="of results: {stem} {method} {scale} {palette} {folder}"
        " (default: {stem}_{method}_{scale})")  # fmt: skip


WATCHING = "Watching for new frames; Ctrl+C ends it."


def _add_how(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("How")
    add = group.add_argument
    how = group.add_mutually_exclusive_group()
    how.add_argument("--resume", action="store_true",
        help="skip what an earlier run did and is unchanged (the default)")  # fmt: skip
    how.add_argument("--fresh", action="store_true", help="do everything again")
    where = group.add_mutually_exclusive_group()
    where.add_argument("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto",
        help="what computes (default: auto)")  # fmt: skip
    where.add_argument("--devices", type=_devices, metavar="LIST",
        help="a worker on each, such as cuda:0,cuda:1")  # fmt: skip
    where.add_argument("--dask", metavar="ADDRESS",
        help="on a Dask cluster: tcp://scheduler:8786, a scheduler file, or local:4")  # fmt: skip
    add("--memory", type=_size, metavar="SIZE",
        help="for tiles at work and results until they are saved, such as 6GB"
        " (default: a quarter of what is there)")  # fmt: skip
    add("--report", type=Path, metavar="FILE.json",
        help="write a report; a CSV and a contact sheet go beside it")  # fmt: skip
    add("--watch", action="store_true",
        help="go on with what is written into the folders, when it is complete")  # fmt: skip
    add("--dry-run", action="store_true", help="list what would become what, and end")
    add("--events", action="store_true",
        help="for programs: JSON lines on stdout, requests on stdin")  # fmt: skip


def _devices(text: str) -> tuple[str, ...]:
    names = tuple(name.strip().lower() for name in text.split(","))
    if not all(map(is_device, names)):
        raise argparse.ArgumentTypeError(f"no list of devices: {text} (try cuda:0,cuda:1)")
    return names


def _size(text: str) -> int:
    match = _SIZE.fullmatch(text.strip())
    if match is None or float(match[1]) <= 0:
        raise argparse.ArgumentTypeError(f"no size: {text} (try 6GB)")
    return int(float(match[1]) * 1000 ** " kmgt".index(match[2].lower() or " "))


# ---------------------------------------------------------------- the command


def run(chosen: argparse.Namespace) -> int:
    """Run it; the exit code is 0 all done, 1 some failed or are left."""
    if not chosen.paths and not chosen.events:
        chosen.usage_error("name a frame or a folder")
    if chosen.bands and chosen.watch:
        chosen.usage_error("--bands cannot be had with --watch: more of a set may come")
    with Inputs() as local:
        chosen.paths = local.piped(chosen.paths)
        chosen.colour_from = local.named(chosen.colour_from)
        return _run(chosen)


def _run(chosen: argparse.Namespace) -> int:
    recipe = recipe_of(chosen)
    if chosen.dry_run:
        return _rehearse(chosen, recipe)
    return _with_events(chosen, recipe) if chosen.events else _in_terminal(chosen, recipe)


def _in_terminal(chosen: argparse.Namespace, recipe: BatchRecipe) -> int:
    from astroview.batch.batch_run import enhance_paths
    from astroview.batch.console_report import report_for_terminal

    if chosen.watch:
        print(WATCHING, flush=True)
    with report_for_terminal() as report:
        summary = enhance_paths(chosen.paths, chosen.out, recipe, report, _conduct(chosen))
    if not chosen.watch and summary == type(summary)(0, 0, 0, 0, summary.seconds):
        raise _no_frames(chosen)
    return _code(summary)


def _with_events(chosen: argparse.Namespace, recipe: BatchRecipe) -> int:
    from astroview.batch.batch_run import enhance_paths
    from astroview.batch.console_report import BatchEventLines
    from astroview.batch.stdin_requests import listen
    from astroview.core.messages.batch_messages import BatchProblem

    def steer(steering: BatchControl) -> None:
        listen(sys.stdin.fileno(), steering)

    with BatchEventLines(doors.claim_stdout()) as report:
        try:
            conduct = _conduct(chosen)
            summary = enhance_paths(chosen.paths, chosen.out, recipe, report, conduct, steer)
        except AstroviewError as error:
            report(BatchProblem(error.message, error.hint))
            raise
    return _code(summary)


def _code(summary: Summary) -> int:
    return doors.FAILED if summary.failed or summary.left else doors.DONE


def _no_frames(chosen: argparse.Namespace) -> AstroviewError:
    return AstroviewError(
        "There are no frames in " + ", ".join(map(str, chosen.paths)),
        hint="FITS, TIFF, PNG and JPEG files are looked for, in sub-folders too.",
    )


def _rehearse(chosen: argparse.Namespace, recipe: BatchRecipe) -> int:
    from astroview.batch.console_report import printable
    from astroview.batch.dry_run import rehearse

    count = 0
    choice = _conduct(chosen).filter
    for source, target, note in rehearse(
        chosen.paths, chosen.out, recipe, choice, bands=chosen.bands
    ):
        count += 1
        print(f"{printable(source)} -> {printable(target)}" + (f" ({note})" if note else ""))
    if not count:
        raise _no_frames(chosen)
    return doors.DONE


# ---------------------------------------------------------------- what was chosen


def _conduct(chosen: argparse.Namespace) -> Conduct:
    from astroview.batch.batch_run import Conduct
    from astroview.core.io.paths.find_frames import Filter

    return Conduct(
        filter=Filter(chosen.recursive, tuple(chosen.include), tuple(chosen.exclude)),
        fresh=chosen.fresh,
        devices=chosen.devices or (chosen.device,),
        memory=chosen.memory,
        thumbs=chosen.events or chosen.report is not None,
        report=chosen.report,
        pause_when_full=chosen.events,
        dask=chosen.dask,
        watch=chosen.watch,
        bands=chosen.bands,
    )


def recipe_of(chosen: argparse.Namespace) -> BatchRecipe:
    """What is done to each file; ends with a usage error when it makes no sense."""
    from astroview.batch.recipe import BatchRecipe
    from astroview.core.io.paths.file_names import NAME, check_name

    hdu = int(chosen.hdu) if chosen.hdu and chosen.hdu.isdecimal() else chosen.hdu
    name = NAME if chosen.name is None else chosen.name
    try:
        check_name(name)
    except AstroviewError as error:
        chosen.usage_error(f"{error.message}. {error.hint}")
    return BatchRecipe(_options(chosen), chosen.format, hdu, chosen.plane, name)


def _options(chosen: argparse.Namespace) -> EnhanceOptions:
    from astroview.core.models.model_card import default_shelf
    from astroview.core.models.palette_set import palette_shelf
    from astroview.core.options import EnhanceOptions

    shelf = default_shelf()
    colorizer = shelf.choose(chosen.colorizer if chosen.colorize else None, "colorize")
    if colorizer and not _can_paint_in(colorizer, chosen.palette):
        own = (one.name for one in palette_shelf().sets())
        known = "; ".join(("auto", *own, *(palette.name for palette in colorizer.palettes)))
        chosen.usage_error(f"no palette “{chosen.palette}”; there are: {known}")
    how = shared(chosen)
    del how["device"]  # it is for the workers, and no part of what is done
    if how["colour_from"]:
        from astroview.core.sky_colour.surveys import absolute

        how["colour_from"] = absolute(how["colour_from"])
    options = EnhanceOptions(
        colorizer=chosen.colorizer if chosen.colorize else None,
        superres=_superres(chosen, shelf),
        **how,
    )
    if options.does_nothing and not chosen.bands:
        chosen.usage_error("nothing to do: neither colour nor --scale 2 is wanted")
    return options


def _superres(chosen: argparse.Namespace, shelf: ModelShelf) -> str | None:
    """A model that magnifies as asked: the one named, or the shelf's first of that scale."""
    try:
        return shelf.superres_id(chosen.scale, chosen.superres)
    except ModelRejected as problem:
        if chosen.superres != "auto" or not shelf.scales():
            raise
        known = ", ".join(map(str, (1, *shelf.scales())))
        chosen.usage_error(f"{problem.message}; --scale can be {known}")


def _can_paint_in(card: ModelCard, palette: str) -> bool:
    """Whether a model can paint in a palette of that name: automatic, its own, or the user's."""
    from astroview.core.colour_hints import AUTO
    from astroview.core.models.palette_bank import paints_in
    from astroview.core.models.palette_set import palette_shelf

    known = palette == AUTO or paints_in(card, palette)
    return known or palette_shelf().holding(palette) is not None
