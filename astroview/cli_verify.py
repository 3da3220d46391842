"""``astroview verify FILE [ORIGINAL]``: whether a saved result is what it says."""

from __future__ import annotations

import argparse
import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from astroview import doors
from astroview.cli_inputs import Inputs
from astroview.core.io.paths.remote_paths import Place, door

if TYPE_CHECKING:
    from astroview.engine.pipeline.flux_ledger import FluxLedger
    from astroview.engine.pipeline.verify import Verification

GOOD = ("identical", "within tolerance")
TABLES = {".ecsv": "ascii.ecsv", ".csv": "ascii.csv", ".fits": "fits", ".xml": "votable"}


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of ``astroview verify``."""
    add = command.add_argument
    add("file", type=door, metavar="FILE", help="a result: FITS, TIFF or PNG; or -, or a URL")
    add("original", nargs="?", type=door, metavar="ORIGINAL",
        help="what it was made from (default: looked for beside it)")  # fmt: skip
    add("--json", action="store_true", help="for programs: one JSON object on stdout")
    add("--sources", type=Path, metavar="TABLE",
        help="write the sources before and after: .ecsv, .csv, .fits or .xml")  # fmt: skip
    add("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto",
        help="what computes (default: auto)")  # fmt: skip
    command.set_defaults(run=_verify, usage_error=command.error)


def _verify(chosen: argparse.Namespace) -> int:
    from astroview.core.models.model_card import default_shelf
    from astroview.engine.pipeline.verify import verify

    with Inputs() as local:
        original = local(chosen.original) if chosen.original else None
        file = local(chosen.file)
        if chosen.sources is not None:
            _check_table(chosen.sources, (file, original))
        found = verify(file, original, default_shelf(), _silent, chosen.device)
        if chosen.sources is not None and found.sources is not None:
            _check_table(chosen.sources, (file, Path(found.original)))  # which may be found now
            _write(found.sources, chosen.sources)
    print(json.dumps({"file": str(chosen.file), **found.to_dict()}, indent=1)
          if chosen.json else _told(chosen.file, found))  # fmt: skip
    return doors.DONE if found.verdict in GOOD else doors.FAILED


def _silent(done: int, of: int, note: str = "") -> None:
    """No progress is shown."""


def _check_table(path: Path, given: tuple[Path | None, ...]) -> None:
    """Raise CannotSave, before the work, where no table can be written."""
    from astroview.core.atomic_write import never_over
    from astroview.core.errors import CannotSave
    from astroview.core.io.save_file import check_place

    if path.suffix.lower() not in TABLES:
        raise CannotSave(
            f"{path.name} names no table", hint=f"End the name in one of {', '.join(TABLES)}."
        )
    never_over(path, given)
    check_place(path)


def _write(sources: FluxLedger, path: Path) -> None:
    """All or nothing."""
    from astroview.core.io.save_file import saving

    kind, content = TABLES[path.suffix.lower()], BytesIO()
    if kind.startswith("ascii"):
        text = StringIO()
        sources.table().write(text, format=kind)
        content.write(text.getvalue().encode())
    else:
        sources.table().write(content, format=kind)
    with saving(path) as file:
        file.write(content.getvalue())


def _told(file: Place, found: Verification) -> str:
    lines = [f"{file}: {found.verdict}", *(f"  {line}" for line in found.why)]
    if found.original:
        lines.append(f"  original  {found.original}")
    lines += [f"  model     {model}, sha256 {sha}" for model, sha in found.models]
    for part in found.parts:
        far = f"{part.share:.2%} of it differ, by {part.largest:.2g} of the range at most"
        lines.append(f"  {part.name:<20}  {far if part.share else 'the same'}")
    if found.sources is not None:
        lines += _table(found.sources)
    return "\n".join(lines)


def _table(sources: FluxLedger) -> list[str]:
    """The flux ledger by S/N."""
    lines = [f"  sources   {sources.verdict()}"]
    bins = sources.bins()
    if bins:
        lines.append(f"  {'S/N':>12}{'sources':>9}{'flux':>9}{'scatter':>9}{'shift':>9}")
    for some in bins:
        high = "" if some.high == float("inf") else f"{some.high:g}"
        shift = f"{some.shift:.3f}" if some.shift == some.shift else "-"
        lines.append(f"  {f'{some.low:g}-{high}':>12}{some.count:>9}{some.flux:>9.4f}"
                     f"{some.scatter:>9.4f}{shift:>9}")  # fmt: skip
    return lines
