"""The ways out of the command line: into the window, into a picture of it, or with a reason."""

from __future__ import annotations

import errno
import gc
import io
import logging
import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

from astroview import preflight
from astroview.core import settings, unforeseen
from astroview.core.errors import AstroviewError
from astroview.core.texts import Text, begun, sentences

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

DONE, FAILED, USAGE, INTERRUPTED, TERMINATED = 0, 1, 2, 130, 143
MOST_LOGGED = 1_000_000  # bytes of a log file before the next begins
_UNPRINTED = (errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG, errno.EDQUOT)


def open_window(files: list[Path], demo: bool = False) -> int:
    """Open the window and stay until it is closed. Raises `preflight.CannotShow`."""
    preflight.check()
    gc.disable()  # a start makes thousands of objects and no garbage; `app` enables it again
    from astroview.reference.pages import PAGES
    from astroview.ui import app

    return app.run(files, demo=demo, pages=PAGES)


def take_snapshot(out: Path, frame: Path | None, enhance: bool) -> int:
    """Render the window, as a user would see it, to a picture; needs no display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    preflight.check()
    from astroview.ui import snapshot

    return snapshot.snapshot(out, frame, enhance)


class Terminated(KeyboardInterrupt):
    """SIGTERM: work ends as it does with Ctrl+C."""


def guarded(work: Callable[[], int]) -> int:
    """Run `work`; whatever goes wrong becomes a line on stderr and a code, never a traceback."""
    signal.signal(signal.SIGTERM, _terminate)
    _print_any_name()
    log_to_file()
    try:
        with unforeseen.told("This command could not be finished"):
            return _printed(work)
    except AstroviewError as error:
        complain(error)
        return FAILED
    except Terminated:
        print("Stopped.", file=sys.stderr)
        return TERMINATED
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has seen enough: | head
        _say_no_more()
        return FAILED


def _print_any_name() -> None:
    """Let names of files be printed that are no text in this locale: as the bytes they are."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            unicode = stream.encoding.lower().replace("-", "") == "utf8"
            stream.reconfigure(errors="surrogateescape" if unicode else "backslashreplace")


def _printed(work: Callable[[], int]) -> int:
    """Run `work`; AstroviewError when what it printed did not arrive."""
    try:
        code = work()
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as problem:
        if problem.filename is not None or problem.errno not in _UNPRINTED:
            raise
        _say_no_more()
        raise AstroviewError(
            Text(
                "What was to be printed could not be written: {strerror}", strerror=problem.strerror
            ),
            hint="Is the disk full?",
        ) from problem
    return code


def _say_no_more() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _terminate(*_: object) -> NoReturn:
    raise Terminated


def open_standard_streams() -> None:
    """Put something where stdin, stdout or stderr were closed.

    Else the next files that are opened take their places, and are printed into.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, this one
    sys.stdin = sys.stdin or open(0, closefd=False)  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115


def log_to_file() -> None:
    """Keep warnings and unforeseen errors of a command in ``commands.log``."""
    root = logging.getLogger()
    if root.handlers:
        return
    file = settings.log_folder() / "commands.log"
    handler: logging.Handler
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > MOST_LOGGED:
            file.replace(file.with_suffix(".log.1"))
        handler = logging.FileHandler(file, encoding="utf-8", delay=True)
    except OSError:
        handler = logging.NullHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)


def claim_stdout() -> BinaryIO:
    """Keep stdout for events; what anything else prints goes to stderr."""
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.stdout = sys.stderr
    return own


def complain(error: AstroviewError, place: str = "") -> None:
    """Say on stderr what went wrong and what to try."""
    words = sentences(error.message, error.hint)
    print(f"{place or ''}{words if place else begun(words, error.message)}", file=sys.stderr)
    logging.getLogger("astroview").debug("What was behind it:", exc_info=error)
