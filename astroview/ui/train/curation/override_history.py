"""What the user overrules of the verdicts: steps that can be undone. Knows no widget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from astroview.core.messages.curate_messages import Judged

FINAL = ("unreadable", "border", "pair")  # refusals that no wish can undo


class OverrideHistory:
    """Wishes by path: True takes a file all the same, False leaves it out."""

    def __init__(self) -> None:
        self.wishes: dict[str, bool] = {}
        self._steps: list[dict[str, bool | None]] = []  # what was wished before each step

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._steps)

    def begin(self, wishes: dict[str, bool]) -> None:
        """Another folder, with what was wished for it before."""
        self.wishes = dict(wishes)
        self._steps.clear()

    def choose(self, chosen: Mapping[str, bool]) -> list[str]:
        """Leave out what was not chosen among other frames, and what was chosen no longer; returns
        the paths of which another thing is wished now. There is no step back from it here.
        """
        before = self.wishes
        now = {path: take for path, take in before.items() if take or not chosen.get(path)}
        self.begin(now | {path: False for path, take in chosen.items() if not take})
        return [path for path in chosen if before.get(path) != self.wishes.get(path)]

    def wish(self, rows: Iterable[Judged], take: bool) -> list[Judged]:
        """Accept or refuse files; returns the rows that changed, as they are now."""
        changed = [r for r in rows if may_change(r, take)]
        if not changed:
            return []
        self._steps.append({r.path: self.wishes.get(r.path) for r in changed})
        for row in changed:
            if _own_verdict(row) == take:
                self.wishes.pop(row.path, None)
            else:
                self.wishes[row.path] = take
        return [with_wish(row, take) for row in changed]

    def undo(self, known: dict[str, Judged]) -> list[Judged]:
        """Take the last step back; returns the rows that changed, of those that are known."""
        changed: list[Judged] = []
        for path, before in (self._steps.pop() if self._steps else {}).items():
            if before is None:
                self.wishes.pop(path, None)
            else:
                self.wishes[path] = before
            if path in known:
                row = known[path]
                changed.append(with_wish(row, _own_verdict(row) if before is None else before))
        return changed


def may_change(row: Judged, take: bool) -> bool:
    """Whether a file is not yet as it is wished, and can be."""
    return (row.verdict == "accepted") != take and not (take and row.why in FINAL)


def with_wish(row: Judged, take: bool) -> Judged:
    """A row as the wish makes it, until the curation is run again."""
    own_why = row.own_why if row.overruled else row.why
    own_reason = row.own_reason if row.overruled else row.reason
    if _own_verdict(row) == take:
        verdict = "accepted" if take else "refused"
        return replace(row, verdict=verdict, why=own_why, reason=own_reason, overruled=False,
                       own_why="", own_reason="")  # fmt: skip
    if take:
        return replace(row, verdict="accepted", why="", reason="", overruled=True,
                       own_why=own_why, own_reason=own_reason)  # fmt: skip
    return replace(row, verdict="refused", why="user", reason="left out by you", overruled=True,
                   own_why="", own_reason="")  # fmt: skip


def _own_verdict(row: Judged) -> bool:
    """Whether a file is accepted when nobody overrules."""
    return not row.own_why if row.overruled else row.verdict == "accepted"
