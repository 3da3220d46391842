"""From what was seen to what will be learnt from: verdicts, groups, split; whether it will do."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from astroview.core.replacing import replacing_text
from trainer.curate.folder import Seen
from trainer.curate.verdicts import USUAL, Limits, reason_against
from trainer.pictures import NEAR

Use = Literal["", "colour", "bands", "sharpen"]
ENOUGH, FEW = 40, 12  # pictures of different targets to train well, and at all
BAND = re.compile(
    r"[-_.](u|g|r|i|z|y|J|H|Ks?|[UBVRI]|F\d{3,4}(?:W|M|N|LP|W2)|ch[1-4]|w[1-4])(?=[-_.]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Entry:
    """One file's verdict: ``reason`` is "" when it is taken; ``use`` says what for, ``target``
    what it shows with others, ``held_out`` whether it is kept for the scores.
    """

    path: str
    reason: str = ""
    use: Use = ""
    target: str = ""
    held_out: bool = False
    overruled: bool = False


@dataclass(frozen=True)
class Report:
    """A folder's verdicts, in the order of its files."""

    entries: tuple[Entry, ...]

    @property
    def taken(self) -> tuple[Entry, ...]:
        """What will be learnt from."""
        return tuple(e for e in self.entries if not e.reason)

    def summary(self) -> str:
        """How many of what, and whether that is enough, in plain words."""
        taken = self.taken
        counts = {use: sum(e.use == use for e in taken) for use in ("colour", "bands", "sharpen")}
        targets = len({e.target for e in taken})
        held = sum(e.held_out for e in taken)
        parts = [
            f"{len(taken)} of {len(self.entries)} files can be learnt from:",
            f"{counts['colour']} colour pictures, {counts['bands']} bands of colour composites,",
            f"{counts['sharpen']} grey frames (to sharpen), of {targets} targets; {held} held out.",
        ]
        return f"{' '.join(parts)} {enough(targets, held)}"


def enough(targets: int, held: int) -> str:
    """Whether so many targets will do."""
    if targets < FEW or not held:
        return f"That is too little: at least {FEW} different targets are needed."
    if targets < ENOUGH:
        return "That is little: expect a small gain, and more with more targets."
    return "That is enough to begin with."


def judge(
    seen: Sequence[Seen],
    overrules: Mapping[str, bool] | None = None,
    limits: Limits = USUAL,
    held_out: float = 0.12,
) -> Report:
    """Verdicts for files that were looked at.

    ``overrules`` maps paths to True (take it all the same) or False (leave it); what cannot be
    read stays out. Near-duplicates by perceptual hash share the first one's target and are
    refused; a target lies wholly on one side of the split.
    """
    overrules = overrules or {}
    entries = [_verdict(s, limits) for s in seen]
    entries = _without_duplicates(seen, entries)
    for i, entry in enumerate(entries):
        if (wish := overrules.get(entry.path)) is not None and seen[i].look is not None:
            reason = "" if wish else (entry.reason or "left out by you")
            entries[i] = replace(entry, reason=reason, overruled=True)
    entries = _with_uses(seen, entries)
    held = _held({e.target for e in entries if not e.reason}, held_out)
    return Report(tuple(replace(e, held_out=not e.reason and e.target in held) for e in entries))


def write(report: Report, path: Path) -> None:
    """Write a report as JSON, wholly or not at all."""
    text = json.dumps([asdict(e) for e in report.entries], indent=0, ensure_ascii=False)
    with replacing_text(path) as file:
        file.write(text + "\n")


def _verdict(seen: Seen, limits: Limits) -> Entry:
    if seen.look is None:
        return Entry(seen.path, f"unreadable: {seen.problem}", target=seen.path)
    target = seen.look.target or seen.path
    return Entry(seen.path, reason_against(seen.look, limits), target=target)


def _without_duplicates(seen: Sequence[Seen], entries: list[Entry]) -> list[Entry]:
    """Refuse near-copies, the smaller ones; different bands of one field may look alike, and
    stay together.
    """
    hashes = np.array([s.look.phash if s.look else 0 for s in seen], np.uint64)
    areas = [s.look.height * s.look.width if s.look else 0 for s in seen]
    made = list(entries)
    kept: list[int] = []
    for i in sorted((i for i, e in enumerate(entries) if not e.reason), key=lambda i: -areas[i]):
        near = np.flatnonzero(np.bitwise_count(hashes[kept] ^ hashes[i]) <= NEAR)
        if near.size:
            j = kept[int(near[0])]
            made[i] = replace(made[i], target=made[j].target)
            if _band(seen[i]) == _band(seen[j]):
                made[i] = replace(made[i], reason=f"a near copy of {Path(made[j].path).name}")
                continue
        kept.append(i)
    return made


def _with_uses(seen: Sequence[Seen], entries: list[Entry]) -> list[Entry]:
    fields: dict[tuple[str, str, int, int], list[int]] = defaultdict(list)
    for i, (s, entry) in enumerate(zip(seen, entries, strict=True)):
        if not entry.reason and s.look and s.look.kind == "grey" and _band(s):
            path = Path(s.path)
            stem = BAND.sub("", path.name.removesuffix("".join(path.suffixes)))
            fields[str(path.parent), stem, s.look.height, s.look.width].append(i)
    sets = {i: key for key, group in fields.items()
            if len({_band(seen[j]) for j in group}) > 1 for i in group}  # fmt: skip
    made: list[Entry] = []
    for i, (s, entry) in enumerate(zip(seen, entries, strict=True)):
        if entry.reason or s.look is None:
            made.append(entry)
        elif i in sets:
            shared = entry.target if entry.target != entry.path else "/".join(sets[i][:2])
            made.append(replace(entry, use="bands", target=shared))
        else:
            made.append(replace(entry, use="colour" if s.look.kind == "colour" else "sharpen"))
    return made


def _band(seen: Seen) -> str:
    if seen.look and seen.look.band:
        return seen.look.band
    match = BAND.search(Path(seen.path).name)
    return match[1] if match else ""


def _held(targets: set[str], share: float) -> set[str]:
    """The targets to keep for the scores: those whose hash says so, whatever else there is; of
    a few targets at least one.
    """
    hashes = {t: hashlib.sha256(t.encode()).digest() for t in targets}
    held = {t for t, h in hashes.items() if int.from_bytes(h[:4], "big") / 2**32 < share}
    if not held and len(targets) > 1 and share > 0:
        held = {min(targets, key=hashes.__getitem__)}
    return held
