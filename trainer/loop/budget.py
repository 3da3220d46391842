"""How much of a run is over, by steps or by the clock, and the learning rate that follows it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from trainer.config import RunConfig

ASIDE_SHARE = 0.1  # of the time of learning may go to scores, and as much to sample pictures


class Clock:
    """The time that a run has trained, whatever processes it took; it stands while one waits.

    Parameters
    ----------
    run
        Its ``steps`` and ``minutes`` bound the run.
    spent
        Seconds that earlier processes trained.
    now
        Monotonic seconds.
    """

    def __init__(
        self, run: RunConfig, spent: float = 0.0, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._run = run
        self._before = spent
        self._now = now
        self._since = now()

    @property
    def spent(self) -> float:
        """Seconds trained so far."""
        return self._before + self._now() - self._since

    def stand(self) -> None:
        """Begin to wait: what follows until `go_on` does not count."""
        self._before = self.spent

    def go_on(self) -> None:
        """End the wait."""
        self._since = self._now()

    def share(self, step: int) -> float:
        """How much of the budget is spent before that step: 0 to 1, the larger of steps' and
        minutes'.
        """
        by_steps = step / self._run.steps if self._run.steps else 0.0
        by_time = self.spent / (60 * self._run.minutes) if self._run.minutes else 0.0
        return min(1.0, max(by_steps, by_time))

    def left(self, step: int, share: float, first: int, began: float) -> float | None:
        """Seconds until the budget is spent at the pace since step ``first`` and ``began``."""
        by_time = 60 * self._run.minutes - self.spent if self._run.minutes else math.inf
        pace = (step - first) / max(self.spent - began, 1e-6)
        by_steps = (self._run.steps - step) / pace if self._run.steps and pace else math.inf
        left = min(by_time, by_steps)
        return max(0.0, left) if share < 1 and math.isfinite(left) else None


class Aside:
    """Work beside the learning, such as scores: how long it took, and whether more is affordable.

    Parameters
    ----------
    asked
        It is asked for every so many steps, whatever it takes.
    share
        Of the time that was spent learning it may take, at most.
    """

    def __init__(self, asked: bool, share: float = ASIDE_SHARE) -> None:
        self.asked, self._share = asked, share
        self._spent = self._last = 0.0

    @contextmanager
    def timed(self, clock: Clock) -> Generator[None]:
        """Do it: the run's clock stands meanwhile, so that a budget is one of learning."""
        began = time.monotonic()
        clock.stand()
        try:
            yield
        finally:
            clock.go_on()
            self._last = time.monotonic() - began
            self._spent += self._last

    def affordable(self, learnt: float) -> bool:
        """Whether once more, taking as long as last time, stays within the share of so many
        seconds of learning.
        """
        return self._spent + self._last <= self._share * learnt


def learning_rate(run: RunConfig, step: int, share: float) -> float:
    """Linear warm-up over steps, then a cosine from ``lr`` to ``lr_end`` over the budget's rest."""
    if step < run.warmup:
        return run.lr * (step + 1) / run.warmup
    warm = min(run.warmup / run.steps, 0.99) if run.steps else 0.0
    after = min(1.0, max(0.0, (share - warm) / (1 - warm)))
    return run.lr_end + (run.lr - run.lr_end) * 0.5 * (1 + math.cos(math.pi * after))


def due(every: int, parts: int, step: int, before: float, after: float) -> bool:
    """Whether something falls due after ``step``: every so many steps, or where ``every`` is 0
    so many times in the budget, of which the step took it from ``before`` to ``after``.
    """
    if every:
        return step % every == 0
    return math.floor(parts * before) != math.floor(parts * after)
