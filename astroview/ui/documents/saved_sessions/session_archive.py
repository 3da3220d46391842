"""A session with its results in one file or one folder, to be moved, sent and opened elsewhere.

The file is a zip of what the folder holds, not compressed: ``session.json``, ``results/*/*.npy``
and ``frames/*.fits``. Frames are named by their paths, from where the session lies and in full.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from astroview.core import strict_json
from astroview.core.atomic_write import replacing
from astroview.core.errors import CannotSave, UnreadableFrame
from astroview.core.io.paths.plain_paths import is_file, is_folder, is_there
from astroview.core.texts import Text
from astroview.core.unforeseen import refuse_streams
from astroview.ui.documents.saved_sessions import session_file
from astroview.ui.documents.saved_sessions.session_file import (
    COPIES,
    NAME,
    KeptFrame,
    KeptSession,
)

SUFFIX = ".avsession"
RESULTS = "results"
GOES_ON = "work"  # the room that enhances what was under way
_CHUNK = 2**22


def save(kept: KeptSession, home: Path, target: Path) -> None:
    """Write a session whose results lie in ``home``: as a file when the target is named so, else
    as a folder. All or nothing. Raises CannotSave.
    """
    try:
        if target.suffix == SUFFIX:
            _save_file(session_file.near(kept, target.parent), home, target)
        else:
            _save_folder(session_file.near(kept, target), home, target)
    except OSError as problem:
        raise CannotSave(
            Text(
                "{name} cannot be written: {strerror}",
                name=target.name,
                strerror=problem.strerror or problem,
            ),
            hint="See whether there is room, and whether you may write there.",
        ) from problem


def _save_file(kept: KeptSession, home: Path, target: Path) -> None:
    with replacing(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr(NAME, session_file.text(kept, home))
        for path in session_file.own_files(kept, home):
            packed.write(path, path.relative_to(home).as_posix())


def _save_folder(kept: KeptSession, home: Path, target: Path) -> None:
    if is_there(target) and not is_file(target / NAME) and any(target.iterdir()):
        raise CannotSave(
            Text("{name} holds other files", name=target.name),
            hint="Choose another name, or an empty folder.",
        )
    made = target.with_name(f".{target.name}.{os.urandom(3).hex()}.part")
    try:
        for path in session_file.own_files(kept, home):
            copy = made / path.relative_to(home)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        made.mkdir(parents=True, exist_ok=True)
        (made / NAME).write_text(session_file.text(kept, home), encoding="utf-8")
        if is_there(target):
            shutil.rmtree(target)
        made.replace(target)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def unpack(path: Path, home: Path) -> KeptSession:
    """Bring a saved session's results into ``home``, each job's under a new name.

    Raises
    ------
    UnreadableFrame
        It is no session, is damaged, or there is no room for it.
    """
    try:
        if is_folder(path):
            return _from_folder(path, home)
        refuse_streams(path)
        with zipfile.ZipFile(path) as packed:
            return _from_file(packed, home)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, NotImplementedError) as problem:
        raise UnreadableFrame(
            Text(
                "{name} cannot be opened as a session: {problem}", name=path.name, problem=problem
            ),
            hint=Text(
                "A session is a file *{suffix}, or a folder with {name} in it.",
                suffix=SUFFIX,
                name=NAME,
            ),
        ) from problem


def _from_folder(folder: Path, home: Path) -> KeptSession:
    for path in (folder, *folder.rglob("*")):
        refuse_streams(path)
    kept = session_file.from_text(strict_json.content(folder / NAME))
    return _brought(kept, home, lambda name, to: shutil.copyfile(folder / name, to))


def _from_file(packed: zipfile.ZipFile, home: Path) -> KeptSession:
    for entry in packed.infolist():
        if entry.compress_type != zipfile.ZIP_STORED:  # it may be of any size
            raise ValueError(f"{entry.filename} is compressed")
    kept = session_file.from_text(packed.read(NAME))

    def copy(name: str, to: Path) -> None:
        with packed.open(name) as source, to.open("xb") as target:
            shutil.copyfileobj(source, target, _CHUNK)

    return _brought(kept, home, copy)


def _brought(kept: KeptSession, home: Path, copy: Callable[[str, Path], object]) -> KeptSession:
    """The session with its files brought to a new place."""
    names: dict[str, Path] = {}
    mark = os.urandom(3).hex()
    for name in session_file.own_names(kept):
        parts = PurePosixPath(name).parts
        plain = len(parts) in (2, 3) and parts[0] in (RESULTS, COPIES) and ".." not in parts
        if not plain or "\\" in name or ":" in name:
            raise ValueError(f"{name!r} is no place in a session")
        names[name] = home.joinpath(parts[0], f"{mark}-{parts[1]}", *parts[2:])
    for name, to in names.items():
        to.parent.mkdir(parents=True, exist_ok=True)
        copy(name, to)
    return session_file.placed(_asking(kept), lambda name: str(names[name]))


def _asking(kept: KeptSession) -> KeptSession:
    """Nothing is fetched from the network or computed, and no file may take more than any other,
    because somebody's session says so.
    """

    def unasked(frame: KeptFrame) -> KeptFrame:
        return replace(frame, max_bytes=None)

    rooms = {name: said for name, said in kept.rooms.items() if name != GOES_ON}
    return replace(
        kept,
        rooms=rooms,
        documents=tuple(
            replace(
                d,
                frame=unasked(d.frame),
                results=tuple(
                    replace(r, frame=unasked(r.frame)) for r in d.results if not _is_url(r.frame)
                ),
            )
            for d in kept.documents
            if not _is_url(d.frame)
        ),
    )


def _is_url(frame: KeptFrame) -> bool:
    return "://" in frame.path
