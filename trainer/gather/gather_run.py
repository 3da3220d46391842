"""From a target's name to a folder of frames: ask, fetch one after the other, note the credits."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from astroview.core import extras, json_lines, strict_json
from astroview.core.atomic_write import replacing_text
from astroview.core.errors import AstroviewError, CannotSave
from astroview.core.messages.gather_messages import (
    Fetched,
    GatherBegun,
    Gathered,
    GatherEvent,
    GatherProgress,
)
from astroview.core.texts import Text
from trainer.gather.downloads import Downloads, NoConnection, Refused, no_connection, reaching
from trainer.gather.manifest import NAME, Manifest
from trainer.gather.sky_field import Field, Wanted, file_name, unique
from trainer.gather.surveys import Survey, survey_named

Tell = Callable[[GatherEvent], None]
ASKED = ".gather"  # folder of what archives answered
PAUSE_S = 1.0  # between two requests to an archive
PLACE = r"[\s\d.,:+\-hmsd°'\"]+"
DEGREES = r"\s*\d[\d.]*\s+[+-]?\d[\d.]*\s*"
SAY_S = 0.25  # between two words about progress


@dataclass(frozen=True)
class GatherOrder:
    """What is wanted.

    Parameters
    ----------
    target
        A name that Sesame knows, or RA and Dec in degrees or sexagesimal.
    size
        Degrees: the side of a cut-out, or how far from the target observations may lie.
    check
        Compare the checksums of files that are there, not only their sizes.
    """

    target: str
    survey: str
    count: int
    out: Path
    size: float = 0.15
    pause_s: float = PAUSE_S
    check: bool = False


def gather(order: GatherOrder, tell: Tell) -> Gathered:
    """Fetch frames; what an earlier call fetched is not fetched again.

    Parameters
    ----------
    tell
        Hears of each step; may raise to stop: what is there is kept, and the same call goes on.

    Raises
    ------
    NoConnection
        There is no network, or it was lost.
    AstroviewError
        astroquery is not installed, the target or survey is unknown, or the folder cannot be
        written.
    """
    _check_installed()
    began = time.monotonic()
    survey = survey_named(order.survey)
    try:
        order.out.mkdir(parents=True, exist_ok=True)
        manifest = Manifest(order.out)
    except OSError as problem:
        raise _cannot_write(order.out, problem) from problem
    field = find_field(order.target, order.size)
    wanted = _wanted(order, survey, field)
    if not wanted:
        raise Refused(
            Text("{title} has no frames of {target}", title=survey.title, target=order.target),
            hint="Try another survey, or a larger --size.",
        )
    tell(
        GatherBegun(order.target, order.survey, round(field.ra, 6), round(field.dec, 6),
                    str(order.out), str(order.out / NAME), len(wanted))
    )  # fmt: skip
    run = _GatherRun(order, manifest, wanted, tell)
    for one in wanted:
        run.fetch(one)
    done = Gathered(
        run.done, run.before, run.failed, str(manifest.path), round(time.monotonic() - began, 2)
    )
    tell(done)
    return done


def find_field(target: str, size: float) -> Field:
    """Where a target is. Raises AstroviewError when nobody knows, or nobody can be asked."""
    from astropy.coordinates import SkyCoord
    from astropy.coordinates.name_resolve import NameResolveError

    if re.fullmatch(PLACE, target) and re.search(r"\d", target):
        text = target.replace(",", " ")
        unit: Any = "deg" if re.fullmatch(DEGREES, text) else ("hourangle", "deg")
        try:
            where: Any = SkyCoord(text, unit=unit)
        except ValueError as problem:
            raise AstroviewError(
                Text("“{target}” is no place of the sky", target=target),
                hint="Give RA and Dec in degrees (210.80 54.35), or a name.",
            ) from problem
        return Field(target, float(where.ra.deg), float(where.dec.deg), size)
    try:
        with reaching("The name service Sesame"):
            where = cast("Any", SkyCoord.from_name(target))
    except NameResolveError as problem:
        if "queries failed" in str(problem):
            raise no_connection("The name service Sesame") from problem
        raise AstroviewError(
            Text("no catalogue knows “{target}”", target=target),
            hint="Write it as catalogues do (M 101, NGC 5457), or give RA and Dec in degrees.",
        ) from problem
    return Field(target, float(where.ra.deg), float(where.dec.deg), size)


class _GatherRun:
    """Counts, and what is told of them."""

    def __init__(
        self, order: GatherOrder, manifest: Manifest, wanted: list[Wanted], tell: Tell
    ) -> None:
        self._order, self._manifest, self._of, self._tell = order, manifest, len(wanted), tell
        self._downloads = Downloads(order.pause_s)
        self.done = self.before = self.failed = 0
        self._size = 0
        self._began = time.monotonic()
        self._spoken = 0.0
        self._lost = 0  # files in a row that no connection was had for

    def fetch(self, one: Wanted) -> None:
        """One file: it is there, or it comes, or it is told why not."""
        path = self._order.out / one.name
        if self._manifest.has(self._order.out, one.name, self._order.check):
            self.before += 1
            size = path.stat().st_size
            self._tell(Fetched(one.name, "before", str(path), size, credit=one.credit))
        else:
            self._tell(Fetched(one.name, "fetching", credit=one.credit))
            self._download(one, path)
        self._progress(0, now=True)

    def _download(self, one: Wanted, path: Path) -> None:
        try:
            digest = self._downloads.fetch(one.url, path, self._progress)
            self._note(one, path, digest)
        except (Refused, NoConnection) as problem:
            self._lost = self._lost + 1 if isinstance(problem, NoConnection) else 0
            self.failed += 1
            self._tell(Fetched(one.name, "failed", problem=problem.message, credit=one.credit))
            if self._lost == 2:
                raise
            return
        self._lost = 0
        self.done += 1
        size = path.stat().st_size
        self._size += size
        self._tell(Fetched(one.name, "done", str(path), size, credit=one.credit))

    def _note(self, one: Wanted, path: Path, digest: str) -> None:
        order = self._order
        try:
            self._manifest.add(path, order.survey, order.target, one.credit, one.url, digest)
        except OSError as problem:
            raise _cannot_write(order.out, problem) from problem

    def _progress(self, partly: int, now: bool = False) -> None:
        moment = time.monotonic()
        if not now and moment - self._spoken < SAY_S:
            return
        self._spoken = moment
        ended = self.done + self.before + self.failed
        each = (moment - self._began) / self.done if self.done else None
        eta = each * (self._of - ended) if each is not None else None
        there = self.done + self.before
        self._tell(GatherProgress(there, self.failed, self._of, self._size + partly, eta))


def _wanted(order: GatherOrder, survey: Survey, field: Field) -> list[Wanted]:
    """The archive's answer; one that was given before is not asked for again."""
    asked = (order.survey, order.target, order.count, order.size)
    digest = hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:16]
    kept = order.out / ASKED / f"{digest}.json"
    try:
        return confined(answered_before(kept))
    except (OSError, ValueError):
        found = confined(islice(survey.find(field, order.count, survey.part), order.count))
    try:
        kept.parent.mkdir(exist_ok=True)
        with replacing_text(kept) as file:
            json.dump([asdict(one) for one in found], file)
    except OSError as problem:
        raise _cannot_write(order.out, problem) from problem
    return found


def answered_before(kept: Path) -> list[Wanted]:
    """What an archive answered, as it was kept. Raises OSError, ValueError."""
    told = strict_json.loads(strict_json.content(kept))
    found = json_lines.convert(tuple[Wanted, ...], told, "the answer")
    return list(found)


def confined(found: Iterable[Wanted]) -> list[Wanted]:
    """The same files: each has a name of its own within the folder and an address on the web.

    Raises Refused for an address of another kind.
    """
    made: list[Wanted] = []
    taken: set[str] = set()
    for one in found:
        if not _on_the_web(one.url):
            words = Text("the archive names {url}, which is no web address", url=one.url[:100])
            raise Refused(words)
        made.append(replace(one, name=unique(file_name(one.name), taken)))
    return made


def _on_the_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:  # half an IPv6 address
        return False


def _check_installed() -> None:
    extras.need("gather")


def _cannot_write(out: Path, problem: OSError) -> CannotSave:
    return CannotSave(
        Text("{out} cannot be written: {strerror}", out=out, strerror=problem.strerror or problem),
        hint="Choose another folder with --out, or make room.",
    )
