"""One worker for many tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import astroview


@pytest.fixture(scope="module")
def warm() -> Iterator[astroview.Worker]:
    """A worker for all tests of a module: torch is loaded once."""
    with astroview.Worker() as worker:
        yield worker
