"""What libraries say of files: warnings, collected for a summary instead of printed, and errors."""

from __future__ import annotations

import logging
import threading
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

# What libraries raise over damaged files, where their own code trips over what it reads too.
LIBRARY_ERRORS = (
    OSError, ValueError, SyntaxError, EOFError, TypeError, LookupError, RuntimeError,
    ArithmeticError, AttributeError, AssertionError, NameError, StopIteration,
)  # fmt: skip

# The interpreter's warning filters are shared by all threads, so one thread at a time.
_ONE_AT_A_TIME = threading.RLock()
logging.getLogger("tifffile").addHandler(logging.NullHandler())  # else it prints to stderr


@contextmanager
def collected_warnings() -> Generator[list[str]]:
    """Collect what is warned about inside; the list is filled when the block ends, no repeats."""
    notes: list[str] = []
    # It has a handler of its own, which prints. Only looked up: made before astropy is loaded it
    # would be an ordinary logger, and astropy could not be loaded any more.
    found = logging.Logger.manager.loggerDict.get("astropy")
    talker = found if isinstance(found, logging.Logger) else logging.getLogger(__name__)
    with _ONE_AT_A_TIME, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        level = talker.level
        talker.setLevel(logging.CRITICAL)
        try:
            yield notes
        finally:
            talker.setLevel(level)
            notes += dict.fromkeys(" ".join(str(w.message).split()) for w in caught)
