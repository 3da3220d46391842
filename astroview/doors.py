"""The ways out of the command line: into the window, into a picture of it, or with a reason."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from astroview import preflight
from astroview.core import extras
from astroview.core.errors import AstroviewError
from astroview.core.text_joins import sentences

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


def open_window(files: list[Path], demo: bool = False) -> int:
    """Open the window and stay until it is closed. Raises `preflight.CannotShow`."""
    preflight.check()
    gc.disable()  # a start makes thousands of objects and no garbage; `app` enables it again
    from astroview.ui import app

    return app.run(files, demo=demo)


def take_snapshot(out: Path, frame: Path | None, enhance: bool) -> int:
    """Render the window, as a user would see it, to a PNG; needs no display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    preflight.check()
    from astroview.ui import snapshot

    return snapshot.snapshot(out, frame, enhance)


def guarded(work: Callable[[], int]) -> int:
    """Run `work`; what goes wrong in a foreseen way becomes a line on stderr and a code."""
    try:
        return work()
    except AstroviewError as error:
        complain(error)
        return FAILED
    except ImportError as problem:
        if (known := extras.explained(problem)) is None:
            raise
        complain(known)
        return FAILED
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has seen enough: | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def claim_stdout() -> BinaryIO:
    """Keep stdout for events; what anything else prints goes to stderr."""
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.stdout = sys.stderr
    return own


def complain(error: AstroviewError, place: str = "") -> None:
    """Say on stderr what went wrong and what to try."""
    print(f"{place}{sentences(error.message, error.hint)}", file=sys.stderr)
