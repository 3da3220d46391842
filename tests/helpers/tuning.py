"""Tiny models and pictures to fine-tune in tests, and hands for the Train workspace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from astroview.ui.main_window import MainWindow
from astroview.ui.train.runs.run_record import RunRecord
from astroview.ui.train.runs.run_state import State

TARGETS = 14
ENDLESS = 10**6  # steps


def store_model(shelf: Path, model: str, scale: int = 2, seed: int | None = None) -> None:
    """Put a tiny super-resolver, untrained, on a shelf; other weights by another seed."""
    import torch

    from astroview.core.models.model_card import ModelCard, Tiling
    from astroview.engine.networks import weights

    torch.manual_seed(scale if seed is None else seed)
    hyper = {"scale": scale, "width": 6, "depth": 3}
    network = weights.build("compact", hyper)
    for parameter in network.parameters():
        parameter.data.add_(torch.randn_like(parameter) * 0.01)
    tiling = Tiling(64, 16, 16)
    name = model.capitalize()
    card = ModelCard(model, name, "superres", "compact", hyper, tiling, "", scale)
    weights.store(card, network, shelf / model)


def write_night(folder: Path) -> None:
    """Pictures of coloured blobs, each of its own target."""
    folder.mkdir()
    y, x = np.mgrid[:100, :100]
    for number in range(TARGETS):
        rng = np.random.default_rng(number)
        picture = rng.normal(0, 2, (100, 100, 3))
        for _ in range(14):
            cy, cx, width = (*rng.uniform(0, 100, 2), rng.uniform(1, 9))
            blob = np.exp(-((y - cy) ** 2 + (x - cx) ** 2) / (2 * width**2))
            picture += blob[..., None] * rng.uniform(20, 200, 3)
        pixels = np.clip(picture, 0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"field-{number}.png")


def drop(window: MainWindow, *paths: Path) -> None:
    """Drop files or folders on the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(300, 300), copy, mime, left, Qt.KeyboardModifier.NoModifier)
    assert window.filing.eventFilter(window, event)


def current(window: MainWindow) -> RunRecord:
    """The run on show."""
    run = window.train.training.current
    assert run is not None
    return run


def press(window: MainWindow, words: str) -> None:
    """Press a button of the run on show."""
    page = window.train.panel.run_page
    page.draw_now()
    page.press(words)


def is_at(window: MainWindow, *states: State) -> Callable[[], bool]:
    """Whether the run on show stands so; a run that failed instead is no use to wait for."""

    def reached() -> bool:
        run = current(window)
        state = run.state
        assert state in states or state is not State.FAILED, run.failure or run.ending
        return state in states

    return reached
