"""``astroview palettes``: those of folders of yours; make, show, keep, rename and remove them."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from astroview import doors
from astroview.cli_inputs import Inputs
from astroview.core import extras
from astroview.core.errors import AstroviewError, Cancelled, ModelRejected
from astroview.core.io.paths.remote_paths import Place, door

if TYPE_CHECKING:
    from astroview.core.models.palette_set import PaletteSet, PaletteShelf

Tell = Callable[[Any], None]
EVERY_S = 5.0  # between two lines of progress
LISTED = "as “astroview palettes” lists them"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    command.add_argument("--json", action="store_true",
        help="for programs: the list as JSON")  # fmt: skip
    command.set_defaults(run=_list)
    kinds = command.add_subparsers(metavar="WHAT")
    add = kinds.add_parser
    add("list", help="list the palettes that you keep (the default)").set_defaults(run=_list)
    _add_make(add("make", help="take the palettes of a folder of colour pictures"))
    keep = add("keep", help="put a file of palettes on your shelf")
    keep.add_argument("file", type=door, metavar="FILE", help="ends in .palettes; or a URL")
    keep.set_defaults(run=_keep)
    rename = add("rename", help="give palettes another name")
    rename.add_argument("set", metavar="NAME", help=LISTED)
    rename.add_argument("other", metavar="NEW", help="what they are called from now on")
    rename.set_defaults(run=_rename)
    remove = add("remove", help="move palettes to the trash")
    remove.add_argument("set", metavar="NAME", help=LISTED)
    remove.set_defaults(run=_remove)
    restore = add("restore", help="bring palettes back from the trash; without NAME: what is there")
    restore.add_argument("set", metavar="NAME", nargs="?",
        help="as “astroview palettes restore” lists them")  # fmt: skip
    restore.set_defaults(run=_restore)


def _add_make(make: argparse.ArgumentParser) -> None:
    add = make.add_argument
    add("folder", type=Path, metavar="DIR", help="searched with its sub-folders; never changed")
    add("--name", metavar="NAME", help="what --palette will take (default: the folder's name)")
    add("--out", type=Path, metavar="FILE",
        help="write them there, to give away or to keep later (default: your shelf)")  # fmt: skip
    add("--colorizer", default="auto", metavar="ID",
        help="whose eyes tell which pictures look like a frame (default: auto)")  # fmt: skip
    add("--show", action="append", default=[], type=door, metavar="FRAME",
        help="a grey frame that is shown in them; may be repeated")  # fmt: skip
    add("--pictures", type=Path, metavar="DIR",
        help="folder for what --show makes (default: here)")  # fmt: skip
    add("--events", action="store_true", help="for programs: JSON lines on stdout")
    make.set_defaults(run=_make)


def _list(chosen: argparse.Namespace) -> int:
    every = _shelf().sets()
    if chosen.json:
        print(json.dumps([_facts(one) for one in every], indent=1))
        return doors.DONE
    for one in every:
        print(f"{one.name}: {len(one.listing.entries)} pictures ({one.made})")
        for palette in one.typical:
            print(f"    {palette.name}")
    if not every:
        print("None yet: astroview palettes make DIR --name NAME")
    return doors.DONE


def _facts(one: PaletteSet) -> dict[str, Any]:
    return {
        "name": one.name, "file": str(one.path), "pictures": len(one.listing.entries),
        "made": one.made, "weights": one.listing.weights, "palettes": list(one.names),
    }  # fmt: skip


def _make(chosen: argparse.Namespace) -> int:
    extras.need("train")
    if not chosen.events:
        return _made(chosen, _in_lines())
    from astroview.core.messages.palette_messages import PaletteProblem
    from trainer.loop.event_lines import EventLines, when_closed

    tell = EventLines(doors.claim_stdout())
    when_closed(sys.stdin.fileno(), tell.leave)
    try:
        return _made(chosen, tell)
    except Cancelled:
        return doors.FAILED
    except AstroviewError as error:
        with suppress(Cancelled):
            tell(PaletteProblem(error.message, error.hint))
        raise


def _made(chosen: argparse.Namespace, tell: Tell) -> int:
    """Make them into a file, and keep that where no file was named."""
    from astroview.core.io.paths.plain_paths import plain
    from astroview.core.messages.palette_messages import (
        PaletteProgress,
        PalettesDone,
        PalettesMade,
    )
    from astroview.core.models.model_card import default_shelf
    from astroview.core.models.palette_set import SUFFIX
    from trainer.calibrate.survey_palettes import make_set

    card = default_shelf().choose(chosen.colorizer, "colorize")
    assert card
    folder = plain(chosen.folder)
    with TemporaryDirectory(prefix="astroview-palettes-") as scratch:
        file = chosen.out or Path(scratch) / f"new{SUFFIX}"
        made, found = make_set(
            folder,
            folder.name if chosen.name is None else chosen.name,
            card,
            file,
            lambda done, of, work: tell(PaletteProgress(done, of, work)),  # type: ignore[arg-type]
        )
        kept = made if chosen.out else _shelf().keep(file)
        tell(PalettesMade(kept.name, str(kept.path), len(found.pictures), found.refused,
                          found.problem))  # fmt: skip
        shown = _show(chosen.show, chosen.pictures or Path.cwd(), kept, tell)
    tell(PalettesDone())
    return doors.DONE if shown else doors.FAILED


def _show(frames: list[Place], folder: Path, chosen: PaletteSet, tell: Tell) -> bool:
    """Paint each frame in five palettes of a set; one that cannot be is told, and passed over."""
    from PIL import Image

    from astroview.core.atomic_write import never_over
    from astroview.core.io.open_file import open_frame
    from astroview.core.io.paths.output_folder import make_output_folder
    from astroview.core.io.save_file import saving
    from astroview.core.messages.palette_messages import (
        PaletteProblem,
        PaletteProgress,
        PaletteShown,
    )
    from astroview.core.models.model_card import default_shelf
    from astroview.engine.networks.palette_code import OFFERED
    from astroview.engine.pipeline.variations import in_set
    from astroview.engine.runtime.cache import Cache

    memo, well = Cache(), True
    if frames:
        make_output_folder(folder)
    with Inputs() as local:
        for i, place in enumerate(frames):
            try:
                path = local(place)
                found = in_set(open_frame(path), chosen, default_shelf(), OFFERED, memo)
                for k, (name, rgb) in enumerate(found):
                    file = folder / f"{path.stem}-{i + 1}-{k}.png"
                    never_over(file, (one for one in frames if isinstance(one, Path)))
                    with saving(file) as target:
                        Image.fromarray(rgb).save(target, "PNG")
                    tell(PaletteShown(str(place), name, str(file)))
            except AstroviewError as problem:
                if isinstance(problem, Cancelled):
                    raise
                tell(PaletteProblem(problem.message, problem.hint, str(place)))
                well = False
            tell(PaletteProgress(i + 1, len(frames), "painting"))
    return well


def _in_lines() -> Tell:
    """Tells people."""
    from astroview.core.messages import palette_messages as said

    spoken = time.monotonic()

    def tell(event: Any) -> None:
        nonlocal spoken
        match event:
            case said.PaletteProgress() if time.monotonic() - spoken > EVERY_S:
                spoken = time.monotonic()
                print(f"{event.work}: {event.done} of {event.of}", flush=True)
            case said.PalettesMade():
                words = f" ({event.refused} could not be used)" if event.refused else ""
                print(f"{event.name}: palettes of {event.pictures} pictures{words}; {event.file}")
            case said.PaletteShown():
                print(f"{event.picture}  {event.palette or 'grey'}")
            case said.PaletteProblem():
                doors.complain(AstroviewError(event.message, event.hint), f"{event.frame}: ")
            case _:
                pass

    return tell


def _keep(chosen: argparse.Namespace) -> int:
    with Inputs() as local:
        file = local(chosen.file)
        if not file.is_file():
            raise ModelRejected(f"there is no file {file}", hint="Check its name.")
        print(_shelf().keep(file).name)
    return doors.DONE


def _rename(chosen: argparse.Namespace) -> int:
    print(_shelf().rename(chosen.set, chosen.other).name)
    return doors.DONE


def _remove(chosen: argparse.Namespace) -> int:
    shelf = _shelf()
    one = shelf.named(chosen.set)
    shelf.discard(one.name)
    print(f"{one.name} is in the trash; astroview palettes restore {one.name!r} brings it back.")
    return doors.DONE


def _restore(chosen: argparse.Namespace) -> int:
    shelf = _shelf()
    if chosen.set is None:
        for one in shelf.discarded():
            print(one.name)
        return doors.DONE
    for one in shelf.discarded():
        if one.name.casefold() == chosen.set.casefold():
            print(shelf.restore(one.path).name)
            return doors.DONE
    raise ModelRejected(
        f"there are no palettes called “{chosen.set}” in the trash",
        hint="astroview palettes restore lists what is there.",
    )


def _shelf() -> PaletteShelf:
    from astroview.core.models.palette_set import palette_shelf

    return palette_shelf()
