"""A whole curation: look, judge, write the report, and tell of it."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from astroview.core import resources
from astroview.core.errors import CannotSave, DatasetProblem
from astroview.core.io.paths.plain_paths import plain
from astroview.core.messages import curation_overrides
from astroview.core.messages.curate_messages import (
    CurateBegun,
    Curated,
    CurateEvent,
    CurateProgress,
    Judged,
)
from astroview.core.texts import Text
from trainer.curate import curation_report as reports
from trainer.curate.curated_samples import REPORT
from trainer.curate.curation_report import HELD_OUT, CurationEntry, CurationReport, Wishes
from trainer.curate.file_groups import FilePair, pairs_of_csv, pairs_of_folders
from trainer.curate.folder_scan import ScanNotes, Seen, frames_below, look_through
from trainer.curate.frame_verdicts import LOW_SIDE, USUAL

if TYPE_CHECKING:
    from collections.abc import Generator

Tell = Callable[[CurateEvent], None]
PAUSE_S = 0.2  # between two words about progress


@dataclass(frozen=True)
class CurateChoices:
    """What to curate, beside the folder.

    Parameters
    ----------
    out
        Folder for the report, the overrules and what was seen; see `notes_of`.
    high
        A folder with better frames of the same names as in the curated one: pairs.
    pairs
        A CSV file that names pairs.
    held_out
        Share of the targets that are kept for the scores.
    thumbs
        Whether small pictures of the files are wanted.
    """

    out: Path | None = None
    high: Path | None = None
    pairs: Path | None = None
    held_out: float = HELD_OUT
    thumbs: bool = False


def notes_of(folder: Path) -> Path:
    """Where the report on a folder is kept by default: among the application's data, so that
    nothing is written beside somebody's frames unasked.
    """
    folder = plain(folder)
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return resources.user_curations() / f"{folder.name[:60] or 'root'}-{digest}"


def curate(folder: Path, choices: CurateChoices, tell: Tell) -> CurationReport:
    """Say what of a folder can be learnt from.

    Parameters
    ----------
    tell
        Hears of each step; may raise to stop: what was seen is kept, and the same call goes on.

    Raises
    ------
    DatasetProblem
        The folder holds no frame, pairs are wanted and there are none, the overrules are
        damaged, or another process is curating the same folder.
    CannotSave
        The report cannot be written.
    """
    started = time.monotonic()
    folder = plain(folder)
    place = plain(choices.out or notes_of(folder))
    paths, pairs = _files(folder, choices, place)
    with _alone(place):
        wishes = Wishes(
            curation_overrides.read(place / curation_overrides.NAME, folder),
            pairs,
            choices.held_out,
        )
        begun = CurateBegun(
            str(folder),
            str(place),
            str(place / REPORT),
            str(place / curation_overrides.NAME),
            len(paths),
        )
        tell(begun)
        told = _Told(ScanNotes(place, choices.thumbs), wishes, len(paths), tell)
        seen = look_through(paths, told.notes, told.heard)
        made = reports.judge(seen, folder, wishes)
        told.judged(seen, made)
        _write(made, place / REPORT)
    tell(_sum_up(made, place / REPORT, time.monotonic() - started))
    return made


def verdicts(
    folder: Path,
    progress: Callable[[int, int], None],
    named: Callable[[Path], str] = lambda _: "",
) -> CurationReport:
    """What of a folder can be learnt from, as `curate` says it, without a report being written
    and with nothing held out: what training reads of a folder that nobody curated. What is only
    small, soft or blocky is taken: nobody had a chance to overrule that.

    Files that were looked at before are not looked at again, and what the user overruled holds.
    ``named`` may know the target of a file whose name and header do not tell it.

    Raises
    ------
    DatasetProblem, CannotSave
        As `curate` does; another process that curates the folder is waited for.
    """
    folder = plain(folder)
    place = notes_of(folder)
    paths, done = frames_below(folder), iter(range(1, 2**62))

    def heard(_seen: Seen, _news: bool) -> None:
        progress(next(done), len(paths))

    with _alone(place, wait_s=-1):
        wishes = Wishes(
            curation_overrides.read(place / curation_overrides.NAME, folder), (), 0.0, LOW_SIDE
        )
        seen = look_through(paths, ScanNotes(place), heard)
    return reports.judge([_with_target(one, named) for one in seen], folder, wishes)


def _with_target(seen: Seen, named: Callable[[Path], str]) -> Seen:
    if seen.look is None or seen.look.target or not (target := named(Path(seen.path))):
        return seen
    return replace(seen, look=replace(seen.look, target=target))


class _Told:
    """What was told so far: a verdict is told again only when it changed."""

    def __init__(self, notes: ScanNotes, wishes: Wishes, of: int, tell: Tell) -> None:
        self.notes, self._wishes, self._of, self._tell = notes, wishes, of, tell
        self._told: dict[str, Judged] = {}
        self._done = self._looked = 0
        self._began = time.monotonic()
        self._spoken = 0.0

    def heard(self, seen: Seen, news: bool) -> None:
        """A file was looked at: progress, and what it alone lets say. What an earlier run saw
        waits for the verdict on the whole.
        """
        self._done += 1
        self._looked += news
        if news:
            entry = reports.own_verdict(seen, self._wishes.overrules, USUAL)
            self._say(seen, entry)
        now = time.monotonic()
        if now - self._spoken >= PAUSE_S or self._done == self._of:
            self._spoken = now
            rate = self._looked / max(now - self._began, 1e-6)
            eta = (self._of - self._done) / rate if self._looked > 4 else None
            self._tell(CurateProgress(self._done, self._of, rate, eta))

    def judged(self, seen: list[Seen], made: CurationReport) -> None:
        """The verdicts on the whole."""
        for one, entry in zip(seen, made.entries, strict=True):
            self._say(one, entry)

    def _say(self, seen: Seen, entry: CurationEntry) -> None:
        look = seen.look
        event = Judged(
            path=entry.path,
            verdict="refused" if entry.reason else "accepted",
            reason=entry.reason,
            why=entry.why,
            use=entry.use,
            target=entry.target,
            held_out=entry.held_out,
            overruled=entry.overruled,
            own_why=entry.own.why,
            own_reason=entry.own.reason,
            group=entry.group,
            thumbnail=str(self.notes.thumb(seen.path)) if look and self.notes.thumbs else "",
            height=look.height if look else 0,
            width=look.width if look else 0,
        )
        if self._told.get(entry.path) != event:
            self._told[entry.path] = event
            self._tell(event)


def _files(folder: Path, choices: CurateChoices, place: Path) -> tuple[list[Path], list[FilePair]]:
    """The files to look at, each once, and the pairs among them."""
    paths = [p for p in frames_below(folder) if not p.is_relative_to(place)]
    pairs: list[FilePair] = []
    if choices.high is not None:
        high = plain(choices.high)
        paths += [p for p in frames_below(high) if not p.is_relative_to(folder)]
        pairs += pairs_of_folders(folder, high, [str(p) for p in paths])
    if choices.pairs is not None:
        pairs += pairs_of_csv(choices.pairs)
    named = [Path(text) for pair in pairs for text in (pair.low, pair.high)]
    return list(dict.fromkeys([*paths, *named])), pairs


@contextmanager
def _alone(place: Path, wait_s: float = 0) -> Generator[None]:
    """No other process may curate with the same notes meanwhile; -1 waits as long as it takes."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        lock = FileLock(place / ".lock")
        lock.acquire(timeout=wait_s)
    except Timeout as busy:
        raise DatasetProblem(
            "another process is curating this folder", hint="Wait until it has ended."
        ) from busy
    except OSError as problem:
        raise _not_kept(place, problem) from problem
    try:
        yield
    finally:
        lock.release()


def _write(made: CurationReport, path: Path) -> None:
    try:
        reports.write(made, path)
    except OSError as problem:
        raise _not_kept(path.parent, problem) from problem


def _not_kept(place: Path, problem: OSError) -> CannotSave:
    return CannotSave(
        Text(
            "The report cannot be kept in {place}: {strerror}",
            place=place,
            strerror=problem.strerror or problem,
        ),
        hint="Choose another folder for it with --out, or make room.",
    )


def _sum_up(made: CurationReport, path: Path, seconds: float) -> Curated:
    return Curated(
        accepted=len(made.taken),
        refused=len(made.entries) - len(made.taken),
        overruled=sum(e.overruled for e in made.entries),
        estimates=made.estimates,
        report=str(path),
        seconds=round(seconds, 2),
    )
