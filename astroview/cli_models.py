"""``astroview models``: what is on the shelf; share, import, rename, remove and restore models."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from astroview import doors
from astroview.cli_inputs import Inputs
from astroview.core import extras
from astroview.core.errors import AstroviewError, ModelRejected
from astroview.core.io.paths.remote_paths import Place, door
from astroview.core.unforeseen import refuse_streams

if TYPE_CHECKING:
    from astroview.core.models.model_card import ModelCard
    from astroview.core.models.shelf import UserShelf

LISTED = "as “astroview models” lists them"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    command.add_argument("--json", action="store_true",
        help="for programs: the list as JSON")  # fmt: skip
    command.add_argument("--devices", action="store_true",
        help="test each device with each bundled model, against the CPU")  # fmt: skip
    command.set_defaults(run=_list)
    kinds = command.add_subparsers(metavar="WHAT")
    add = kinds.add_parser
    known = add("list", help="list the models and their palettes (the default)")
    known.add_argument("--json", action="store_true", default=argparse.SUPPRESS,
        help="for programs: the list as JSON")  # fmt: skip
    known.set_defaults(run=_list)
    listed = add("palettes", help="list all palettes of a model, with those of its bank")
    listed.add_argument("id", metavar="ID", nargs="?", default="colorizer",
        help="(default: colorizer)")  # fmt: skip
    listed.set_defaults(run=_palettes)
    share = add("share", help="write a model into one file, to give away")
    share.add_argument("id", metavar="ID", help=LISTED)
    share.add_argument("file", type=Path, metavar="FILE", help="ends in .astromodel")
    share.set_defaults(run=_share)
    export = add("export", help="write a super-resolver as ONNX, for programs without torch")
    export.add_argument("id", metavar="ID", help=LISTED)
    export.add_argument("file", type=Path, metavar="FILE", help="ends in .onnx")
    export.set_defaults(run=_export)
    bring = add("import", help="put a shared model on your shelf")
    bring.add_argument("file", type=door, metavar="FILE", help=".astromodel, or a model's folder;"
                       " .pth, .safetensors or .onnx of others; or a URL")  # fmt: skip
    bring.add_argument("--events", action="store_true",
        help="for programs: a JSON line on stdout")  # fmt: skip
    bring.set_defaults(run=_import)
    rename = add("rename", help="give a model of yours another name")
    rename.add_argument("id", metavar="ID", help=LISTED)
    rename.add_argument("name", metavar="NAME", help="what it is called from now on")
    rename.set_defaults(run=_rename)
    remove = add("remove", help="move a model of yours to the trash")
    remove.add_argument("id", metavar="ID", help=LISTED)
    remove.set_defaults(run=_remove)
    restore = add("restore", help="bring a model back from the trash; without ID: what is there")
    restore.add_argument(
        "id", metavar="ID", nargs="?", help="as “astroview models restore” lists them"
    )
    restore.set_defaults(run=_restore)


def _list(chosen: argparse.Namespace) -> int:
    if chosen.devices:
        return _test_devices()
    shelf = _shelf()
    from astroview.core.models.palette_bank import names_in
    from astroview.core.provenance import TEXTURE_PAINTED

    cards = shelf.everything.cards()
    if not cards:
        raise AstroviewError("No models are installed", hint="Install astroview again.")
    if chosen.json:
        print(json.dumps([_facts(card, shelf) for card in cards], indent=1))
        return doors.DONE
    for card in cards:
        print(f"{card.id}: {card.title()} ({card.task}, scale {card.scale})")
        if card.summary:
            print(f"    {card.summary}")
        if card.illustrative:
            print(f"    {TEXTURE_PAINTED}; used only where it is named")
        for line in _about(card, shelf):
            print(f"    {line}")
        if card.palettes:
            print(f"    palettes: {'; '.join(palette.name for palette in card.palettes)}")
            if more := len(names_in(card)) - len(card.palettes):
                print(f"    and those of {more} pictures: astroview models palettes {card.id}")
    return doors.DONE


def _test_devices() -> int:
    """Each device with each bundled model, tested now and remembered."""
    from astroview.core.models.model_card import default_shelf
    from astroview.engine.runtime.device_check import DeviceCheck

    failed, shown = False, ""
    for verdict in DeviceCheck().tested_all(default_shelf().cards()):
        if verdict.device != shown:
            shown = verdict.device
            print(f"{shown}: {verdict.about}")
        print(f"    {verdict.line()}")
        failed |= not verdict.passed
    return doors.FAILED if failed else doors.DONE


def _facts(card: ModelCard, shelf: UserShelf) -> dict[str, object]:
    """What a program needs to choose a model."""
    missing = _missing(card, shelf)
    return {
        "id": card.id, "name": card.title(), "task": card.task, "scale": card.scale,
        "architecture": card.architecture, "illustrative": card.illustrative,
        "summary": card.summary, "licence": card.licence, "credit": card.credit,
        "sha256": card.sha256, "palettes": [palette.name for palette in card.palettes],
        "tuned_from": card.origin.parent if card.origin else None,
        "usable": missing is None, "folder": str(card.folder) if card.folder else None,
    }  # fmt: skip


def _palettes(chosen: argparse.Namespace) -> int:
    """Names that --palette takes, and what is known of the pictures they are of."""
    from astroview.core.models.palette_bank import bank_of, listing
    from astroview.core.models.palette_set import palette_shelf

    card = _shelf().everything.card(chosen.id)
    for palette in card.palettes:
        print(palette.name)
    path = bank_of(card)
    for entry in listing(path).entries if path else ():
        told = ", ".join(filter(None, (entry.source, entry.kind)))
        print(entry.name + (f" ({told})" if told else ""))
    for one in palette_shelf().sets() if card.does("colorize") else ():
        for name in one.names:
            print(name)
    return doors.DONE


def _about(card: ModelCard, shelf: UserShelf) -> list[str]:
    """Of a tuned model: what it was made from, and whether that is there."""
    if card.origin is None:
        return []
    from astroview.core.models.shelf import chain

    names = [parent.id for parent in chain(card, shelf.everything)] or [card.origin.parent]
    facts = [card.origin.method, f"{card.origin.steps} steps", card.origin.made]
    lines = [f"tuned from {' from '.join(names)} ({', '.join(filter(None, facts))})"]
    if missing := _missing(card, shelf):
        lines.append(f"cannot be used: {missing.message}. {missing.hint}")
    return lines


def _missing(card: ModelCard, shelf: UserShelf) -> AstroviewError | None:
    """Why an adapter cannot be used, if its parent is not there."""
    if card.adapter is None:
        return None
    try:
        shelf.everything.parent(card)
    except AstroviewError as problem:
        return problem
    return None


def _share(chosen: argparse.Namespace) -> int:
    from astroview.core.models import model_package

    card = _shelf().everything.card(chosen.id)
    path = model_package.share(card, chosen.file)
    print(f"{path}  {path.stat().st_size / 1e6:.2f} MB  sha256 of the weights {card.sha256}")
    if card.adapter and card.origin:
        print(
            f"An adapter: whoever imports it needs {card.origin.parent}"
            f" with weights of sha256 {card.origin.sha256}."
        )
    return doors.DONE


def _export(chosen: argparse.Namespace) -> int:
    extras.need("onnx")  # before torch is loaded
    from astroview.engine.networks.onnx_export import export

    path = export(_shelf().everything.card(chosen.id), chosen.file)
    print(f"{path}  {path.stat().st_size / 1e6:.2f} MB; how it is used stands in its metadata")
    return doors.DONE


def _import(chosen: argparse.Namespace) -> int:
    if chosen.events:
        return _import_for_program(chosen.file)
    shelf = _shelf()
    card = _brought_in(chosen.file, shelf)
    print(f"{card.id}: {card.title()}")
    for line in (card.summary, *card.limits_of_use) if card.illustrative else ():
        print(f"  {line}")
    if missing := _missing(card, shelf):
        doors.complain(missing)
    return doors.DONE


def _import_for_program(file: Place) -> int:
    from astroview.core.messages.import_messages import ImportProblem, ModelImported, encode

    out = doors.claim_stdout()
    try:
        said = ModelImported(_brought_in(file, _shelf()).id)
    except AstroviewError as problem:
        said = ImportProblem(problem.message, problem.hint)
    out.write(f"{encode(said)}\n".encode())
    out.flush()
    return doors.DONE if isinstance(said, ModelImported) else doors.FAILED


def _brought_in(place: Place, shelf: UserShelf) -> ModelCard:
    """The model of a file, now on the user's shelf."""
    with Inputs() as local:
        return _from_file(local(place), shelf)


def _from_file(file: Path, shelf: UserShelf) -> ModelCard:
    from astroview.core.models import model_package

    refuse_streams(file, ModelRejected)
    if file.suffix.lower() not in model_package.OF_OTHERS:
        return model_package.bring_in(file, shelf)
    onnx = file.suffix.lower() == ".onnx"
    extras.need("onnx" if onnx else "community")  # before torch is loaded
    from astroview.engine.networks import community, community_onnx

    return (community_onnx if onnx else community).bring_in(file, shelf)


def _rename(chosen: argparse.Namespace) -> int:
    card = _shelf().rename(chosen.id, chosen.name)
    print(f"{card.id}: {card.name}")
    return doors.DONE


def _remove(chosen: argparse.Namespace) -> int:
    shelf = _shelf()
    card = shelf.own(chosen.id)
    needing = shelf.needing(card)
    shelf.discard(card.id)
    print(f"{card.name} is in the trash; astroview models restore {card.id} brings it back.")
    for other in needing:
        print(f"{other.name} cannot be used without it.")
    return doors.DONE


def _restore(chosen: argparse.Namespace) -> int:
    shelf = _shelf()
    if chosen.id is None:
        for card in shelf.discarded():
            print(f"{card.id}: {card.name}")
        return doors.DONE
    for card in shelf.discarded():
        if card.id == chosen.id and card.folder:
            back = shelf.restore(card.folder)
            print(f"{back.id}: {back.name}")
            return doors.DONE
    raise AstroviewError(
        f"There is no model “{chosen.id}” in the trash",
        hint="astroview models restore lists what is there.",
    )


def _shelf() -> UserShelf:
    from astroview.core.models.shelf import user_shelf

    return user_shelf()
