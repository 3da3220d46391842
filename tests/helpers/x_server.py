"""An X server of our own, for programs that are looked at from outside."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tools.delivery.bare_root import ended


@contextmanager
def x_server() -> Iterator[dict[str, str]]:
    """The environment of programs that are shown there."""
    read, write = os.pipe()
    server = subprocess.Popen(
        # Without a reset it is always there, also just after whoever looked for it has left.
        [
            *("Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24"),
            "-noreset",
            "-nolisten",
            "tcp",
        ],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        display = told.readline().strip()
    if not display:
        ended(server)
        pytest.skip("Xvfb gives no display here")
    yield {**os.environ, "DISPLAY": f":{display}"}
    ended(server)
