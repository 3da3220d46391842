"""What the window is given to work with, by the application and by tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path

from astroview.core.lazy_dataclass import dataclass
from astroview.core.models.model_card import ModelCard
from astroview.ui.documents import document
from astroview.ui.documents.file_loader import Glimpse
from astroview.ui.documents.saved_sessions.session_store import SessionStore
from astroview.ui.process.scratch_folders import Scratch
from astroview.ui.process.worker_client import Worker
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.widgets.theme import ThemeKeeper

MadePages = Mapping[str, Callable[[], str]]  # of the guide, by their places below the first page


@dataclass(frozen=True)
class WindowDeps:
    """What the window is given to work with."""

    worker: Worker
    cards: tuple[ModelCard, ...]
    themes: ThemeKeeper
    memory: RememberedChoices
    log_folder: Path
    scratch: Scratch
    glimpse: Glimpse = document.glimpse  # a first look at a file
    store: SessionStore | None = None  # where the session is kept; None: it is not
    pages: MadePages = field(default_factory=dict[str, Callable[[], str]])  # made when looked at
