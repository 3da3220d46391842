"""What became of every file, on paper: JSON, CSV, and a contact sheet."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError

from astroview import __version__
from astroview.batch.batch_state import BatchEntry, BatchState
from astroview.core.atomic_write import never_over, replacing, replacing_text
from astroview.core.errors import CannotSave
from astroview.core.messages.batch_messages import ItemState
from astroview.core.texts import Text

COLUMNS = ("source", "state", "target", "seconds", "problem", "hint", "warnings")
SHEET_PAIRS = 40  # at most, evenly taken from all
PER_ROW = 4
CELL, GAP, LINE = 160, 12, 18  # pixels
INK, PAPER = (225, 225, 225), (24, 24, 26)


def write(path: Path, board: BatchState, recipe: str, seconds: float) -> str:
    """Write the report as JSON, with ``.csv`` and, if there are thumbnails, ``.png`` beside it.

    Returns the path. Raises CannotSave, also where one of them is a file that was enhanced; nothing
    half written has one of the names.
    """
    entries = list(board.entries.values())
    pairs = [e for e in entries if e.told and e.told.before and e.told.after]
    for target in places(path)[: 3 if pairs else 2]:
        never_over(target, (Path(e.task.source) for e in entries))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing_text(path) as file:
            _write_json(file, entries, board, recipe, seconds)
        with replacing_text(places(path)[1]) as file:
            _write_csv(file, entries)
        if pairs:
            with replacing(places(path)[2]) as file:
                contact_sheet(_spread(pairs, SHEET_PAIRS)).save(file, "PNG")
    except OSError as problem:
        raise CannotSave(
            Text(
                "The report {path} cannot be written: {strerror}",
                path=path,
                strerror=problem.strerror or problem,
            ),
            hint="The results are complete; name another place with --report.",
        ) from problem
    return str(path)


def places(path: Path) -> tuple[Path, Path, Path]:
    """Where JSON, CSV and contact sheet of a report go."""
    return path, path.with_suffix(".csv"), path.with_suffix(".png")


def contact_sheet(entries: Sequence[BatchEntry]) -> Image.Image:
    """Before and after of some files, with their names."""
    rows = -(-len(entries) // PER_ROW)
    width = PER_ROW * (2 * CELL + 2 + GAP) + GAP
    sheet = Image.new("RGB", (width, rows * (CELL + LINE + GAP) + GAP), PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(12)
    for i, entry in enumerate(entries):
        row, column = divmod(i, PER_ROW)
        x, y = GAP + column * (2 * CELL + 2 + GAP), GAP + row * (CELL + LINE + GAP)
        assert entry.told is not None
        for place, name in ((x, entry.told.before), (x + CELL + 2, entry.told.after)):
            with suppress(OSError, UnidentifiedImageError), Image.open(name) as picture:
                small = picture.convert("RGB")
                small.thumbnail((CELL, CELL))
                corner = (place + (CELL - small.width) // 2, y + (CELL - small.height) // 2)
                sheet.paste(small, corner)
        label = _fitting(Path(entry.task.source).name, draw, font, 2 * CELL)
        draw.text((x, y + CELL + 3), label, INK, font)
    return sheet


def _fitting(name: str, draw: ImageDraw.ImageDraw, font: Any, width: int) -> str:
    """A name shortened in the middle until it fits."""
    name = "".join(c if c.isprintable() else "?" for c in name)
    short, keep = name, len(name)
    while keep > 8 and draw.textlength(short, font) > width:
        keep -= 1
        short = f"{name[: keep // 2]}…{name[-(keep - keep // 2) :]}"
    return short


def _write_json(
    file: IO[str], entries: Sequence[BatchEntry], board: BatchState, recipe: str, seconds: float
) -> None:
    """By hand between the files, so that a million of them never make one string."""
    states = ("done", "failed", "skipped", "cancelled")
    head = {
        "astroview": __version__,
        "out": str(board.out),
        "recipe": recipe,
        "seconds": round(seconds, 3),
        **{state: board.count(state) for state in states},
        "left": board.left,
    }
    file.write(json.dumps(head, indent=1)[:-2] + ',\n "files": [')
    for i, row in enumerate(map(_row, entries)):
        file.write((",\n  " if i else "\n  ") + json.dumps(row))
    file.write("\n ]\n}\n")


def _write_csv(file: IO[str], entries: Sequence[BatchEntry]) -> None:
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for row in map(_row, entries):
        row["warnings"] = " ".join(row["warnings"])
        table.writerow(str(row[column]).encode("utf-8", "replace").decode() for column in COLUMNS)


def _row(entry: BatchEntry) -> dict[str, Any]:
    told = asdict(entry.told or ItemState(entry.task.id, entry.state))
    known = {key: told[key] for key in COLUMNS if key in told}
    return {**known, "source": entry.task.source, "seconds": round(told["seconds"], 3)}


def _spread(entries: Sequence[BatchEntry], most: int) -> list[BatchEntry]:
    if len(entries) <= most:
        return list(entries)
    return [entries[i * len(entries) // most] for i in range(most)]
