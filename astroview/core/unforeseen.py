"""The one rule for errors that nobody foresaw: in words to the user, and whole to the log.

Libraries raise what they like on files that are not as they should be. None of that may end a
batch, or reach a user as a traceback; and none may be lost.
"""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from astroview.core import extras
from astroview.core.errors import AstroviewError, Cancelled, UnreadableFrame
from astroview.core.io.paths.plain_paths import is_stream
from astroview.core.settings import log_folder
from astroview.core.texts import Text
from astroview.core.time_limit import Stuck, time_limit

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

MOST_TEXT = 10_000_000  # bytes of a recipe or another text that people name
log = logging.getLogger(__name__)


@contextmanager
def reading(path: Path, error: type[AstroviewError] = UnreadableFrame) -> Generator[None]:
    """Read a file inside: it ends, and every failure is an `AstroviewError`.

    `Cancelled` and what is in words already pass. Of anything else the user reads that the file
    could not be read and where the log is, which has the rest.
    """
    refuse_streams(path, error)
    try:
        with time_limit(_size(path)), told(Text("{name} could not be read", name=path.name), error):
            yield
    except Stuck as problem:
        raise error(
            f"{path.name} was given up: it took longer to read than its size explains",
            hint="It may be damaged. Download or copy it again.",
        ) from problem


def refuse_streams(path: Path, error: type[AstroviewError] = UnreadableFrame) -> None:
    """Raise ``error`` for a pipe, a socket or a device: opening one may wait for ever."""
    if is_stream(path):
        raise error(
            f"{path.name} is no file but a pipe, a socket or a device",
            hint="Write what comes out of it into a file first.",
        )


def read_text_file(
    path: Path, error: type[AstroviewError], most: int = MOST_TEXT, errors: str = "strict"
) -> str:
    """The text of a file (UTF-8, with a byte order mark or without).

    Raises ``error`` for pipes, devices and files of more than ``most`` bytes, which may have no
    end; OSError and ValueError (of letters that are none) as a file raises them.
    """
    refuse_streams(path, error)
    with path.open("rb") as file:  # looked at and read as one file, which may grow meanwhile
        content = file.read(most + 1)
    if len(content) > most:
        raise error(
            Text("{name} is too large for a file of its kind", name=path.name),
            hint=Text("Such files have {most} bytes at most.", most=f"{most:,}"),
        )
    return content.decode("utf-8-sig", errors)


@contextmanager
def told(what: str, error: type[AstroviewError] = AstroviewError) -> Generator[None]:
    """Whatever is raised inside comes out as an `AstroviewError` that begins with ``what``.

    `AstroviewError`, `Cancelled` and a reader of our output that is gone pass as they are. An
    extra that is missing, or a stranger's package of our name, is told as such.
    """
    try:
        yield
    except (AstroviewError, Cancelled, BrokenPipeError):
        raise
    except ImportError as problem:
        if (known := extras.explained(problem)) is None:
            raise _unknown(what, problem, error) from problem
        raise error(known.message, known.hint) from problem
    except MemoryError as problem:
        raise error(
            f"{what}: there is not enough memory",
            hint="Close other programs, or use a machine with more memory.",
        ) from problem
    except OSError as problem:
        if problem.filename is None or problem.strerror is None:
            raise _unknown(what, problem, error) from problem
        log.warning("%s", what, exc_info=problem)  # the system's doing, and no fault to report
        name = os.fsdecode(problem.filename) if isinstance(problem.filename, bytes | str) else ""
        raise error(f"{what}: {_short(name)}: {problem.strerror}") from problem
    except Exception as problem:
        raise _unknown(what, problem, error) from problem


def _short(name: str) -> str:
    """A path that may be longer than anything that can be read."""
    return name if len(name) <= 200 else f"{name[:100]} ... {name[-60:]}"


def _unknown(what: str, problem: Exception, error: type[AstroviewError]) -> AstroviewError:
    """What a user reads of it; the log has all."""
    log.error("%s", what, exc_info=problem)
    return error(
        f"{what}: {in_words(problem)}",
        hint=f"This was not foreseen. Please report it, with the log in {log_folder()}.",
    )


def in_words(problem: BaseException) -> str:
    """An error of a library on one short line."""
    words = " ".join(str(problem).split())[:200]
    return f"{type(problem).__name__}: {words}" if words else type(problem).__name__


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
