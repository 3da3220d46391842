"""From what was seen to what will be learnt from: verdicts, groups, split; whether it will do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

from astroview.core.atomic_write import replacing_text
from astroview.core.messages.curate_messages import Estimate, Use, Why
from trainer.curate import file_groups, sky_targets
from trainer.curate.curated_samples import FORMAT, CuratedSample
from trainer.curate.file_groups import FilePair
from trainer.curate.folder_scan import Seen
from trainer.curate.frame_measures import FrameMeasures
from trainer.curate.frame_verdicts import FIT, LOW_SIDE, USUAL, FrameFinding, Limits, finding
from trainer.curate.sufficiency import estimate

HELD_OUT = 0.15  # share of the targets


@dataclass(frozen=True)
class CurationEntry:
    """One file's verdict: ``reason`` is "" when it is taken, ``why`` its kind.

    ``use`` says what for, ``target`` what it shows with others, ``held_out`` whether it is kept
    for the scores; ``group`` is shared by files that are one sample. ``own`` is what was found
    where the user overruled it.
    """

    path: str
    reason: str = ""
    why: Why = ""
    use: Use = ""
    target: str = ""
    held_out: bool = False
    overruled: bool = False
    own: FrameFinding = FIT
    group: str = ""


@dataclass(frozen=True)
class CurationReport:
    """A folder's verdicts, in the order of its files, and the samples that come of them."""

    folder: Path
    entries: tuple[CurationEntry, ...]
    samples: tuple[CuratedSample, ...]

    @property
    def taken(self) -> tuple[CurationEntry, ...]:
        """What will be learnt from."""
        return tuple(e for e in self.entries if not e.reason)

    @cached_property
    def estimates(self) -> tuple[Estimate, ...]:
        """Whether there is enough for colour, and for sharpness."""
        return estimate(self.samples, "colour"), estimate(self.samples, "sharpen")

    def summary(self) -> str:
        """How many of what, and whether that is enough, in plain words."""
        head = f"{len(self.taken):,} of {len(self.entries):,} files can be learnt from."
        return "\n".join([head, *(e.words for e in self.estimates)])


@dataclass(frozen=True)
class Wishes:
    """What the user says: paths to take all the same (True) or to leave (False), pairs of poorer
    and better frames, and which share of the targets is held out. ``lenient`` names kinds of
    reasons that do not count.
    """

    overrules: Mapping[str, bool]
    pairs: Sequence[FilePair] = ()
    held_out: float = HELD_OUT
    lenient: Sequence[Why] = ()


NO_WISHES = Wishes({})


def judge(
    seen: Sequence[Seen], root: Path, wishes: Wishes = NO_WISHES, limits: Limits = USUAL
) -> CurationReport:
    """Verdicts for files that were looked at below ``root``.

    What cannot be read stays out, whatever the user wishes. Of near copies the largest is taken.
    """
    case = _Case(seen, root, wishes)
    case.find_faults(limits)
    case.refuse_copies()
    case.heed_wishes()
    case.group()
    case.split()
    return CurationReport(root, tuple(case.entries), tuple(case.samples()))


def own_verdict(seen: Seen, overrules: Mapping[str, bool], limits: Limits = USUAL) -> CurationEntry:
    """What one file alone lets say; the whole folder may say otherwise."""
    entry = _entry(seen, _finding(seen, limits))
    return _overruled(entry, overrules.get(seen.path), seen.look is not None)


def write(report: CurationReport, path: Path) -> None:
    """Write a report as JSON (see `trainer.curate.curated_samples`), wholly or not at all."""

    def below(text: str) -> str:
        file = Path(text)
        inside = file.is_relative_to(report.folder)
        return file.relative_to(report.folder).as_posix() if inside else text

    entries = [{**asdict(e), "path": below(e.path)} for e in report.entries]
    samples = [{**asdict(s), "paths": [below(str(p)) for p in s.paths]} for s in report.samples]
    content = {
        "format": FORMAT,
        "folder": str(report.folder),
        "estimates": [asdict(e) for e in report.estimates],
        "samples": samples,
        "entries": entries,
    }
    with replacing_text(path) as file:
        json.dump(content, file, indent=0, ensure_ascii=True)
        file.write("\n")


class _Case:
    """The files, and what is said of them so far; the steps of `judge` follow each other."""

    def __init__(self, seen: Sequence[Seen], root: Path, wishes: Wishes) -> None:
        self.seen, self.root, self.wishes = seen, root, wishes
        self.looks: list[FrameMeasures | None] = [s.look for s in seen]
        self.entries: list[CurationEntry] = []
        self.joined = sky_targets.JoinedTargets(len(seen))
        place = {s.path: i for i, s in enumerate(seen)}
        known = ((place.get(p.low), place.get(p.high)) for p in wishes.pairs)
        self.pairs = [(a, b) for a, b in known if a is not None and b is not None]
        self.sets: list[list[int]] = []

    def find_faults(self, limits: Limits) -> None:
        """Each file by itself; the poorer side of a pair may be small and soft."""
        low = {a for a, _ in self.pairs}
        for i, s in enumerate(self.seen):
            found = _finding(s, limits, (*self.wishes.lenient, *(LOW_SIDE if i in low else ())))
            self.entries.append(_entry(s, found))

    def refuse_copies(self) -> None:
        """Of near copies take the largest; all share a target. Different bands of one field may
        look alike and stay, and so does the poorer side of a pair.
        """
        low = {a for a, _ in self.pairs}
        looks = {i: k for i, k in enumerate(self.looks) if k is not None and i not in low}
        wished = {i for i in looks if self.wishes.overrules.get(self.seen[i].path)}
        plain = {i for i in looks if not self.entries[i].reason}
        kept = sky_targets.Lookalikes(len(looks))
        # Refused ones that the user wants come last: no other file is a copy of them.
        for i in sorted(plain | wished, key=lambda i: (i not in plain, -_area(looks[i]))):
            near = kept.near(looks[i].phash)
            for j in near:
                self.joined.join(i, j)
            twin = next((j for j in near if looks[j].band == looks[i].band and j in plain), None)
            if twin is None:
                kept.keep(i, looks[i].phash)
            elif i in plain:
                name = Path(self.seen[twin].path).name
                self.entries[i] = _refused(self.entries[i], "copy", f"a near copy of {name}")

    def heed_wishes(self) -> None:
        """What the user overrules."""
        wishes = self.wishes.overrules
        for i, entry in enumerate(self.entries):
            self.entries[i] = _overruled(entry, wishes.get(entry.path), self.looks[i] is not None)

    def group(self) -> None:
        """Pairs and sets of bands, and what each file is for."""
        for i, look in enumerate(self.looks):
            if look is not None and not self.entries[i].reason:
                use: Use = "sharpen" if look.kind == "grey" else "colour"
                self._set(i, use="bands" if look.bands > 1 else use)
        self._group_pairs()
        self._group_sets()

    def _group_pairs(self) -> None:
        whole: list[tuple[int, int]] = []
        for a, b in self.pairs:
            self.joined.join(a, b)
            low, high = self.looks[a], self.looks[b]
            problem = file_groups.mismatch(low, high) if low and high else ""
            for one, other in ((a, b), (b, a)):
                name = Path(self.seen[other].path).name
                fault = problem or (f"its partner {name} is refused" if self._out(other) else "")
                if fault and not self._out(one):
                    self.entries[one] = replace(
                        _refused(self.entries[one], "pair", fault), overruled=False
                    )
            if not self._out(a) and not self._out(b):
                whole.append((a, b))
                for i in (a, b):
                    self._set(i, use="pair", group=self.seen[b].path)
        self.pairs = whole

    def _group_sets(self) -> None:
        for some in file_groups.sets_of_bands(self.seen, self.root):
            for i in some[1:]:
                self.joined.join(some[0], i)
            fit = [i for i in some if self.entries[i].use == "sharpen"]
            if len(fit) > 1:
                self.sets.append(fit)
                for i in fit:
                    self._set(i, use="bands", group=self.seen[fit[0]].path)

    def split(self) -> None:
        """Which target each file shows, and which are held out."""
        names = [self._below(s.path) for s in self.seen]
        keys = sky_targets.join_targets(self.looks, names, self.joined)
        share = self.wishes.held_out
        taken = {i: keys[i] for i, e in enumerate(self.entries) if not e.reason}
        looks = {i: look for i in taken if (look := self.looks[i]) is not None}
        part, border = sky_targets.cut_mosaic(looks, taken, share)
        held = sky_targets.held_out(set(taken.values()), share)
        for i, key in enumerate(keys):
            out = i in taken and (i in part if part else key in held)
            self._set(i, target=f"{key} (edge)" if i in part else key, held_out=out)
        for i in sorted(border):
            reason = "on the border: it overlaps frames that are held out for the scores"
            self.entries[i] = replace(_refused(self.entries[i], "border", reason), use="", group="")

    def samples(self) -> list[CuratedSample]:
        """What comes of it all, in the order of the files."""
        grouped = {some[0]: self._still(some) for some in self.sets}
        grouped |= {a: [a, b] for a, b in self.pairs if not self._out(a) and not self._out(b)}
        inside = {i for some in self.sets for i in some} | {i for p in self.pairs for i in p}
        made: list[CuratedSample] = []
        for i, entry in enumerate(self.entries):
            some = grouped.get(i, [] if i in inside or entry.reason else [i])
            if some:
                made.append(self._sample(some))
        return made

    def _still(self, some: list[int]) -> list[int]:
        return [i for i in some if not self._out(i)]

    def _sample(self, some: list[int]) -> CuratedSample:
        entry, looks = self.entries[some[0]], [self.looks[i] for i in some]
        best = max(look.detail for look in looks if look is not None)
        low, high = looks[0], looks[-1]
        paired = entry.use == "pair" and low is not None and high is not None
        scale = file_groups.scale_of(low, high) if paired and low and high else 0
        kind = entry.use or "sharpen"
        if kind == "bands" and len(some) == 1 and low is not None and low.bands == 1:
            kind = "sharpen"
        paths = tuple(Path(self.seen[i].path) for i in some)
        return CuratedSample(kind, paths, entry.target, entry.held_out, best, scale)

    def _set(self, i: int, **changes: object) -> None:
        self.entries[i] = replace(self.entries[i], **changes)  # type: ignore[arg-type]

    def _out(self, i: int) -> bool:
        return bool(self.entries[i].reason)

    def _below(self, text: str) -> str:
        path = Path(text)
        inside = path.is_relative_to(self.root)
        return path.relative_to(self.root).as_posix() if inside else text


def _finding(seen: Seen, limits: Limits, lenient: Sequence[Why] = ()) -> FrameFinding:
    if seen.look is None:
        return FrameFinding("unreadable", f"unreadable: {seen.problem}")
    return finding(seen.look, limits, lenient)


def _entry(seen: Seen, found: FrameFinding) -> CurationEntry:
    return CurationEntry(seen.path, found.reason, found.why)


def _refused(entry: CurationEntry, why: Why, reason: str) -> CurationEntry:
    return replace(entry, why=why, reason=reason, use="", group="")


def _overruled(entry: CurationEntry, wish: bool | None, readable: bool) -> CurationEntry:
    """The user's wish; one that agrees with what was found changes nothing."""
    if wish is None or not readable or wish == (not entry.reason):
        return entry
    own = FrameFinding(entry.why, entry.reason)
    if wish:
        return replace(entry, reason="", why="", overruled=True, own=own)
    return replace(entry, reason="left out by you", why="user", overruled=True, own=own)


def _area(look: FrameMeasures) -> int:
    return look.height * look.width
