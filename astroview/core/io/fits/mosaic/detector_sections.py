"""Where an HDU lies on its detector, by IRAF's cards: DATASEC of it goes to DETSEC.

Sections are [x1:x2,y1:y2], counted from 1, ends included; [x2:x1] says that the piece was read out
in the other direction. DETSEC counts unbinned pixels of all detectors, CCDSEC those of one; CCDSUM
is how many of them one pixel holds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from astroview.core.errors import UnreadableFrame
from astroview.core.fits_headers import text
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from astropy.io import fits

    from astroview.core.frame import Frame

_SECTION = re.compile(r"\[\s*(\d+)\s*:\s*(\d+)\s*,\s*(\d+)\s*:\s*(\d+)\s*\]")
PLACES = ("DETSEC", "CCDSEC")  # the first that every piece has says where it lies
_HINT = Text("Open its images as frames instead, or lay them out by the sky.")


@dataclass(frozen=True)
class Span:
    """Pixels along an axis from 0, ``stop`` not included; ``turned``: told from its end."""

    start: int
    stop: int
    turned: bool = False

    @property
    def length(self) -> int:
        """How many pixels."""
        return self.stop - self.start


@dataclass(frozen=True)
class Placed:
    """The part of an HDU that is light, and where it lies; all count from the bottom left."""

    part: tuple[Span, Span]  # x, y
    place: tuple[Span, Span]


def has_section(header: fits.Header) -> bool:
    """Whether an HDU says where on a detector it lies."""
    return any(_section(header, keyword) is not None for keyword in PLACES)


def placed(frames: Sequence[Frame], name: str) -> list[Placed]:
    """Where each of a file's HDUs lies, the leftmost and lowest pixel of all being 0.

    Raises
    ------
    UnreadableFrame
        They say nothing of it, or what cannot be.
    """
    headers = [frame.header for frame in frames if frame.header is not None]
    keyword = next((k for k in PLACES if all(_section(h, k) for h in headers)), None)
    if keyword is None or not headers:
        raise UnreadableFrame(
            Text("not every image of {name} says where on the detector it lies", name=name),
            hint="That needs DETSEC or CCDSEC in each header. Open its images as frames instead.",
        )
    found = [_placed(frame, keyword, name) for frame in frames]
    left = min(one.place[0].start for one in found)
    low = min(one.place[1].start for one in found)
    moved = [Placed(one.part, (_moved(one.place[0], left), _moved(one.place[1], low)))
             for one in found]  # fmt: skip
    _check_apart(moved, frames, keyword, name)
    return moved


def _placed(frame: Frame, keyword: str, name: str) -> Placed:
    assert frame.header is not None
    there = _section(frame.header, keyword)
    assert there is not None
    binned = _binning(frame.header)
    whole = (Span(0, frame.shape[1]), Span(0, frame.shape[0]))
    data = _section(frame.header, "DATASEC") or whole
    for part in (data, whole):  # trimmed files may still have the DATASEC of the raw ones
        if all(_fits(p, w, t, b) for p, w, t, b in zip(part, whole, there, binned, strict=True)):
            place = [_binned(p, t, b) for p, t, b in zip(part, there, binned, strict=True)]
            return Placed((part[0], part[1]), (place[0], place[1]))
    raise UnreadableFrame(
        Text(
            "HDU {hdu} of {name} is of another size than its {keyword} says",
            hdu=frame.hdu,
            name=name,
            keyword=keyword,
        ),
        hint=_HINT,
    )


def _fits(part: Span, whole: Span, there: Span, binned: int) -> bool:
    """Whether a part is in the HDU, and as long as its place on the detector."""
    inside = whole.start <= part.start and part.stop <= whole.stop
    return inside and abs(there.length / binned - part.length) < 1


def _binned(part: Span, there: Span, binned: int) -> Span:
    start = there.start // binned
    return Span(start, start + part.length, turned=there.turned != part.turned)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start - by, span.stop - by, span.turned)


def _section(header: fits.Header, keyword: str) -> tuple[Span, Span] | None:
    match = _SECTION.fullmatch(text(header, keyword))
    if match is None:
        return None
    x1, x2, y1, y2 = (int(n) for n in match.groups())
    if min(x1, x2, y1, y2) < 1:
        return None
    return _span(x1, x2), _span(y1, y2)


def _span(one: int, two: int) -> Span:
    return Span(min(one, two) - 1, max(one, two), turned=two < one)


def _binning(header: fits.Header) -> tuple[int, int]:
    """Pixels of the detector that one pixel holds, along x and y."""
    numbers = [int(n) for n in re.findall(r"\d+", text(header, "CCDSUM"))]
    x, y = numbers if len(numbers) == 2 and min(numbers) > 0 else (1, 1)
    return x, y


def _check_apart(found: list[Placed], frames: Sequence[Frame], keyword: str, name: str) -> None:
    """Refuse pieces of which one lies on another: such sections count from each chip's corner."""
    order = sorted(range(len(found)), key=lambda i: found[i].place[0].start)
    for at, i in enumerate(order):
        for j in order[at + 1 :]:
            if found[j].place[0].start >= found[i].place[0].stop:
                break
            if _shared(found[i], found[j]) > 0.5:
                raise UnreadableFrame(
                    Text(
                        "HDUs {one} and {two} of {name} lie at one place by their {keyword}",
                        one=frames[min(i, j)].hdu,
                        two=frames[max(i, j)].hdu,
                        name=name,
                        keyword=keyword,
                    ),
                    hint=_HINT,
                )


def _shared(one: Placed, two: Placed) -> float:
    """What part of the smaller one lies under the other."""
    common = 1
    for a, b in zip(one.place, two.place, strict=True):
        common *= max(0, min(a.stop, b.stop) - max(a.start, b.start))
    sizes = [p.place[0].length * p.place[1].length for p in (one, two)]
    return common / max(1, min(sizes))
