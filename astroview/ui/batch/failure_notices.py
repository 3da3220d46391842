"""Failures in a running batch: the same one many times is one notice with a count."""

from __future__ import annotations

from collections.abc import Callable

from astroview.ui.batch import batch_text
from astroview.ui.batch.queue_model import Row
from astroview.ui.i18n.translate import tr
from astroview.ui.shell.notices import Notice, NoticeStrip


class Failures:
    """Tells each reason once, and counts.

    Parameters
    ----------
    strip
        Where it is told.
    show
        Shows the failed frames.
    """

    def __init__(self, strip: NoticeStrip, show: Callable[[], object]) -> None:
        self._strip, self._show = strip, show
        self._told: dict[str, tuple[Notice, int]] = {}

    def add(self, row: Row) -> None:
        """Another frame failed."""
        reason = batch_text.reason(row.name, row.problem)
        old, count = self._told.get(reason, (None, 0))
        notice = self._notice(row, reason, count + 1)
        if old is None:
            self._strip.tell(notice)
        else:
            self._strip.replace(old, notice)
        self._told[reason] = notice, count + 1

    def clear(self) -> None:
        """A new batch: everything may be told again."""
        for notice, _ in self._told.values():
            self._strip.withdraw(notice)
        self._told.clear()

    def _notice(self, row: Row, reason: str, count: int) -> Notice:
        if count == 1 and row.name in row.problem:
            message = tr(row.problem)
        elif count == 1:
            why = tr(row.problem) or tr("no reason was given")
            message = tr("{name} failed: {why}", name=row.name, why=why)
        else:
            message = tr(
                "{frames} failed: {reason}", frames=batch_text.frames(count), reason=tr(reason)
            )
        rest = "The batch goes on with the others."
        return Notice.of_words(message, row.hint or rest, "Show failed", self._show)
