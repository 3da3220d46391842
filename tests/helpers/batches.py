"""What tests of batches look at: everything that was told, and every file that was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from astroview.batch.journal import FOLDER
from astroview.core.messages.batch_messages import BatchEvent, ItemState, Listed
from astroview.core.models.model_card import sha256_of


@dataclass
class Notes:
    """Keeps what it is told."""

    events: list[BatchEvent] = field(default_factory=list)
    react: Callable[[BatchEvent], None] = lambda _: None

    def __call__(self, event: BatchEvent) -> None:
        self.events.append(event)
        self.react(event)

    @property
    def paths(self) -> dict[str, str]:
        items = [item for e in self.events if isinstance(e, Listed) for item in e.items]
        return {item.id: Path(item.path).name for item in items}

    @property
    def ends(self) -> dict[str, ItemState]:
        """The last state of every file, by its name."""
        states = [event for event in self.events if isinstance(event, ItemState)]
        return {self.paths[state.id]: state for state in states}


def results(out: Path) -> dict[str, str]:
    """sha256 of all files of a batch's user, by their path."""
    files = [path for path in out.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(out)): sha256_of(path)
        for path in files
        if path.relative_to(out).parts[0] != FOLDER
    }
