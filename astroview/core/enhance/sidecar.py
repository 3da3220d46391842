"""Colour choices of a frame, kept between two runs: palette, hints, reference.

They are kept in the application's data folder, under a name made of the frame's contents, so
that nothing is ever written beside somebody's data unasked, and a renamed or moved frame still
finds them. When asked for, they are written beside the frame as ``<frame>.astroview.json``,
which travels with it. Where both exist the newer one counts.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from astroview.core import json_lines, resources, strict_json
from astroview.core.atomic_write import replacing_text
from astroview.core.colour_hints import CODE_LENGTH, Colouring
from astroview.core.errors import CannotSave, UnreadableFrame
from astroview.core.io.paths.plain_paths import is_file
from astroview.core.texts import Text

VERSION = 1
SUFFIX = ".astroview.json"
_KNOWN = {field.name for field in fields(Colouring)}
_BLOCK = 2**20  # bytes hashed at the start, in the middle and at the end of large files


def beside(frame: Path) -> Path:
    """The file beside a frame that holds its colour choices."""
    return frame.with_name(frame.name + SUFFIX)


def kept(frame: Path) -> Path:
    """The file in the data folder for a frame with these contents. Raises OSError."""
    return resources.user_models().parent / "colours" / f"{fingerprint(frame)}.json"


def fingerprint(path: Path) -> str:
    """Tells a file's contents apart: its size, and all of it or three blocks of a large one."""
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        for start in (0, size // 2, size - _BLOCK) if size > 4 * _BLOCK else (0,):
            file.seek(start)
            digest.update(file.read(_BLOCK if size > 4 * _BLOCK else size))
    return digest.hexdigest()[:32]


def load(frame: Path, place: str) -> Colouring | None:
    """The newest choices for one plane of a file (``place`` names it); None without any.

    Raises
    ------
    UnreadableFrame
        There are some that cannot be read.
    """
    try:
        found = [path for path in (beside(frame), kept(frame)) if is_file(path)]
    except OSError:
        return None
    for path in sorted(found, key=lambda p: p.stat().st_mtime_ns, reverse=True):
        entry = _read(path).get(place)
        if entry is not None:
            return _colouring(entry, path)
    return None


def save(path: Path, place: str, colouring: Colouring) -> None:
    """Write or replace one plane's choices in a file; the others in it stay. An empty file goes.

    Raises
    ------
    CannotSave
    """
    others: dict[str, Any] = {}
    entries: dict[str, Any] = {}
    try:
        if is_file(path):
            others = _content(path)
            entries = dict(others["colours"])
    except UnreadableFrame:
        strict_json.set_aside(path)  # a newer version may be glad of it
    before = entries.pop(place, None)
    if not colouring.is_plain:
        unknown = _without_known(before) if isinstance(before, dict) else {}
        entries[place] = asdict(colouring) | unknown
    try:
        if entries:
            _replace(path, others | {"astroview": VERSION, "colours": entries})
        else:
            path.unlink(missing_ok=True)
    except OSError as problem:
        raise CannotSave(
            Text(
                "The colours were not saved as {name}: {strerror}",
                name=path.name,
                strerror=problem.strerror or problem,
            ),
            hint=Text("See whether you may write in {parent}.", parent=path.parent),
        ) from problem


def _replace(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing_text(path) as file:
        file.write(json.dumps(content, indent=1) + "\n")


def _without_known(entry: dict[str, Any]) -> dict[str, Any]:
    """What a newer version said besides of a frame's colours."""
    return {name: value for name, value in entry.items() if name not in _KNOWN}


def _read(path: Path) -> dict[str, Any]:
    return dict(_content(path)["colours"])


def _content(path: Path) -> dict[str, Any]:
    try:
        content = strict_json.read(path)
        if content["astroview"] > VERSION:
            raise ValueError("it was written by a newer version")
        if not isinstance(content["colours"], dict):
            raise TypeError("it holds no colours")
        return content
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise UnreadableFrame(
            Text(
                "the colours in {name} cannot be read: {problem}", name=path.name, problem=problem
            ),
            hint="The frame opens without them. Delete the file to be rid of this notice.",
        ) from problem


def _colouring(entry: Any, path: Path) -> Colouring:
    try:
        made = json_lines.build(Colouring, {k: v for k, v in entry.items() if k in _KNOWN})
        if made.reference and len(made.reference.code) != CODE_LENGTH:
            raise ValueError("its palette is not one of this version")
    except (ValueError, TypeError, AttributeError) as problem:
        raise UnreadableFrame(
            Text(
                "the colours in {name} cannot be used: {problem}", name=path.name, problem=problem
            ),
            hint="The frame opens without them. Delete the file to be rid of this notice.",
        ) from problem
    return made
