"""A session as a file: what was open, in plain words of JSON, and how it becomes documents again.

Paths of results are relative to the session's folder, so that it can be moved; a frame is named
by its full path, and in a session that is saved for others by its path from there too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, field, replace
from pathlib import Path
from typing import Any, cast

from astroview.core import json_lines, strict_json
from astroview.core.atomic_write import replacing_text
from astroview.core.colour.stretch import Stretch
from astroview.core.enhance import results
from astroview.core.errors import AstroviewError, UnreadableFrame
from astroview.core.frame import Frame
from astroview.core.io.paths.plain_paths import is_file, is_there
from astroview.core.io.paths.temp_folders import stays
from astroview.core.lazy_dataclass import dataclass
from astroview.core.options import EnhanceOptions, Outputs
from astroview.core.texts import Text
from astroview.ui.documents import document as documents
from astroview.ui.documents.document import Document, LoadedFile, Result, Used
from astroview.ui.process.scratch_folders import Leases
from astroview.ui.render.display_settings import Display

NAME = "session.json"
VERSION = 1
LATEST = 2.0**32  # seconds: what clocks of all systems can tell
COPIES = "frames"  # folder of frames that lie in no file of their own


@dataclass(frozen=True)
class KeptFrame:
    """One plane of a file. ``copy``: the file is the session's own copy of a frame that lies in
    none; ``near`` is the path from where a session was saved.
    """

    path: str
    hdu: int | str | None = None
    plane: int = 0
    max_bytes: int | None = None
    copy: bool = False
    near: str = ""


@dataclass(frozen=True)
class KeptResult:
    """A result: of an enhancement (``outputs``), its uncertainty, or a file (``saved``)."""

    id: str
    label: str
    used: Used
    frame: KeptFrame
    outputs: Outputs | None = None
    options: EnhanceOptions | None = None
    stretch: Stretch | None = None
    saved: str = ""


@dataclass(frozen=True)
class KeptDocument:
    """An open document; ``key`` is what the rest of the file calls it by."""

    key: int
    name: str
    frame: KeptFrame
    display: Display
    results: tuple[KeptResult, ...] = ()


@dataclass(frozen=True)
class KeptSession:
    """All of it. ``rooms`` holds what other rooms of the window say of themselves, by name."""

    documents: tuple[KeptDocument, ...] = ()
    key: int = 0  # what is looked at
    result: str = ""
    marked: tuple[int, ...] = ()
    saved_at: float = 0.0
    closed: bool = False  # its window was closed; otherwise it was cut short
    rooms: dict[str, Any] = field(default_factory=dict)


# ---------------------------------------------------------------- out of the window


def kept_frame(frame: Frame, copies: dict[int, Path]) -> KeptFrame | None:
    """How a frame is named; None when it lies in no file that stays, and there is no copy yet (by
    its id).
    """
    if stays(frame.path):
        return KeptFrame(str(frame.path), frame.hdu, frame.plane, frame.max_bytes)
    copy = copies.get(id(frame))
    return KeptFrame(str(copy), copy=True) if copy else None


def kept_document(document: Document, copies: dict[int, Path]) -> KeptDocument | None:
    """A document in words; None while there is no copy of a frame that lies in no file."""
    frame = kept_frame(document.frame, copies)
    if frame is None:
        return None
    found = [_kept_result(result, copies) for result in document.results]
    kept = tuple(result for result in found if result)
    return KeptDocument(document.key, document.frame.name, frame, document.display, kept)


def _kept_result(result: Result, copies: dict[int, Path]) -> KeptResult | None:
    frame = kept_frame(result.original, copies)
    if frame is None:
        return None
    kept = KeptResult(
        result.id,
        result.label,
        result.used,
        frame,
        result.outputs,
        result.options,
        result.stretch,
    )
    if result.outputs is None and is_file(result.scratch):
        return replace(kept, saved=str(result.scratch))
    return kept


def write(kept: KeptSession, folder: Path) -> None:
    """Write a session's words into its folder, all or nothing. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    with replacing_text(folder / NAME, lasting=False) as file:
        file.write(text(kept, folder))


def text(kept: KeptSession, home: Path) -> str:
    """A session in JSON, its own files called from ``home``, where they lie."""
    moved = placed(kept, lambda path: _relative(path, home))
    return json.dumps({"version": VERSION, **asdict(moved)})


def read(folder: Path) -> KeptSession:
    """What `write` wrote. Raises OSError, and ValueError for what is no session."""
    kept = from_text(strict_json.content(folder / NAME))
    return placed(kept, lambda path: str(folder / path))


def from_text(content: bytes) -> KeptSession:
    """What `text` gave, with its own files called as there. Raises ValueError."""
    found = strict_json.loads(content)
    if not isinstance(found, dict):
        raise ValueError("it is no object of JSON")
    told = cast("dict[str, Any]", found)
    if (version := told.pop("version", None)) != VERSION:
        raise ValueError(f"it is of version {version}")
    kept = json_lines.build(KeptSession, told)
    return replace(kept, saved_at=min(max(kept.saved_at, 0.0), LATEST))


def own_names(kept: KeptSession) -> list[str]:
    """The files of its own that a session stands on, as it calls them."""
    names: list[str] = []
    placed(kept, lambda path: names.append(path) or path)
    return list(dict.fromkeys(names))


def own_files(kept: KeptSession, home: Path) -> list[Path]:
    """Those of its own files that lie in ``home``."""
    return [path for path in map(Path, own_names(kept)) if path.is_relative_to(home)]


def _relative(path: str, folder: Path) -> str:
    """From the folder, for what lies in it."""
    try:
        return Path(path).relative_to(folder).as_posix()
    except ValueError:
        return path


def placed(kept: KeptSession, move: Callable[[str], str]) -> KeptSession:
    """The same session with its own files called otherwise."""

    def outputs(found: Outputs | None) -> Outputs | None:
        if found is None:
            return None
        return replace(
            found,
            source=move(found.source),
            chroma=found.chroma and move(found.chroma),
            uncertainty=found.uncertainty and move(found.uncertainty),
            chroma_uncertainty=found.chroma_uncertainty and move(found.chroma_uncertainty),
            guide=found.guide and move(found.guide),
        )

    def frame(found: KeptFrame) -> KeptFrame:
        return replace(found, path=move(found.path)) if found.copy else found

    def result(found: KeptResult) -> KeptResult:
        return replace(found, frame=frame(found.frame), outputs=outputs(found.outputs))

    def document(found: KeptDocument) -> KeptDocument:
        made = tuple(map(result, found.results))
        return replace(found, frame=frame(found.frame), results=made)

    return replace(kept, documents=tuple(map(document, kept.documents)))


def near(kept: KeptSession, target: Path) -> KeptSession:
    """The same session with its frames named from a folder too, where they have a way there."""

    def frame(found: KeptFrame) -> KeptFrame:
        if found.copy:
            return found
        try:
            way = os.path.relpath(found.path, target)
        except ValueError:  # another drive
            return found
        return replace(found, near=Path(way).as_posix())

    return replace(
        kept,
        documents=tuple(
            replace(
                d,
                frame=frame(d.frame),
                results=tuple(replace(r, frame=frame(r.frame)) for r in d.results),
            )
            for d in kept.documents
        ),
    )


# ---------------------------------------------------------------- back into the window


@dataclass(frozen=True)
class Restored:
    """A document that is back, without its key; ``lost`` names results that are not."""

    loaded: LoadedFile
    display: Display
    results: tuple[Result, ...]
    lost: tuple[str, ...] = ()

    def as_document(self, key: int) -> Document:
        return Document(key, self.loaded, self.display, self.results)


def restored(
    kept: KeptDocument, home: Path | None, leases: Leases, known: LoadedFile | None = None
) -> Restored:
    """Open a document again, with its results. Any thread.

    Parameters
    ----------
    home
        Where a saved session lies: frames are looked for from there first.
    known
        The frame, where it is open already.

    Raises
    ------
    UnreadableFrame
        The frame is not to be had.
    """
    loaded = known or _loaded(kept.frame, kept.name, home)
    found: list[Result] = []
    lost: list[str] = []
    for one in kept.results:
        try:
            found.append(_result(one, kept, loaded, found, home, leases))
        except (AstroviewError, OSError, ValueError, ArithmeticError):
            lost.append(one.label)
    return Restored(loaded, kept.display, tuple(found), tuple(lost))


def _loaded(kept: KeptFrame, name: str, home: Path | None) -> LoadedFile:
    path = Path(kept.path)
    if home and kept.near and is_there(home / kept.near):
        path = (home / kept.near).resolve()
    loaded = documents.load(path, kept.hdu, kept.plane, max_bytes=kept.max_bytes)
    if not kept.copy:
        return loaded
    frame = replace(loaded.frame, name=name, path=None, hdu=None, plane=0)
    return replace(loaded, frame=frame, hdus=())


def _result(
    kept: KeptResult,
    owner: KeptDocument,
    loaded: LoadedFile,
    before: list[Result],
    home: Path | None,
    leases: Leases,
) -> Result:
    same = replace(kept.frame, near="") == replace(owner.frame, near="")
    if kept.saved:
        made = documents.load_pair(loaded.frame.path or Path(), Path(kept.saved), loaded)[1]
        return replace(made, id=kept.id)
    original = loaded.frame if same else _loaded(kept.frame, owner.name, home).frame
    if kept.outputs is None:
        base = next((r for r in before if documents.uncertainty_id(r.id) == kept.id), None)
        if base is None:
            raise UnreadableFrame(Text("{label} stands on a result that is gone", label=kept.label))
        return documents.uncertainty_of(base)
    frame = results.frame_from_outputs(original, kept.outputs)
    shown = documents.look_of_result(frame, original, owner.display)
    return Result(
        kept.id,
        frame,
        original,
        # In the language of this window, which may not be the one it was kept in.
        documents.title(frame, kept.options, kept.outputs) if kept.options else kept.label,
        kept.used,
        documents.thumbnail(frame, shown),
        Path(kept.outputs.source).parent,
        kept.stretch,
        kept.outputs,
        kept.options,
        leases.lease(*kept.outputs.folders),
    )
