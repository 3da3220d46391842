"""The frames of a stack, as its file tells them."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from astroview.core import strict_json
from astroview.core.io.paths.plain_paths import opened
from astroview.core.messages.stack_messages import StackedFrame
from astroview.core.texts import Text

TABLE = "STACKED"
_WITH_ID = "reason_text"  # as JSON; files of before have none


def rows_of(path: Path) -> tuple[StackedFrame, ...]:
    """The rows of the file's table; none where there is no such table. Any thread."""
    from astropy.io import fits

    from astroview.core.library_warnings import collected_warnings

    try:
        with collected_warnings(), opened(path) as file, fits.open(file, memmap=False) as hdus:
            if TABLE not in hdus:
                return ()
            table: Any = hdus[TABLE].data  # type: ignore[attr-defined]
            known = {_WITH_ID, *(f.name for f in fields(StackedFrame))}
            names = known & {n.lower() for n in table.names}
            return tuple(_row({name: row[name] for name in names}) for row in table)
    except (OSError, ValueError, TypeError, KeyError, IndexError):  # gone, or no table of ours
        return ()


def _row(values: dict[str, Any]) -> StackedFrame:
    kinds = {"name": str, "reason": str, "stars": int}
    told = str(values.pop(_WITH_ID, "")).strip()
    plain: dict[str, Any] = {name: kinds.get(name, float)(v) for name, v in values.items()}
    if told:
        plain["reason"] = Text.from_dict(strict_json.loads(told))
    return StackedFrame(**plain)
