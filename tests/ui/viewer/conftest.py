"""Threads that draw."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from astroview.ui.process.thread_pool import Background


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    """Two threads, gone at the end."""
    made = Background(2, qapp)
    yield made
    made.close()
