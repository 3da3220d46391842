"""Header cards whose values are samples of the picture, in its unit: scaled with the samples.

When a file holds sums in place of means (see `pixel_values`) all its samples are divided, and so
are these. What converts between units is left alone: GAIN, RDNOISE, exposure times and zero
points speak of electrons or of sums. Only what takes a sample to a surface brightness (PHOTMJSR,
PHOTUJA2: MJy/sr for 1 DN/s in a pixel) grows as samples shrink, and the history says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from astropy.io import fits

_LEVELS = re.compile(
    r"SATURAT[A-Z]?|SATUR(LEV|VAL)?|SATLEVEL|SATLEV|SATVAL|ESOSATLV|MAXLIN|LINLIM\w*|NONLIN\w*|"
    r"(DATA|GOOD|IRAF-|PIX|IMG?|IMAGE)?_?(MIN|MAX)|GOODP(MIN|MAX)|MIN(VAL|PIX)|MAX(VAL|PIX)|"
    r"DATA(MEAN|MED|MEDN|RMS|AVG|STD|SIG)|DATAMEDI|(PIX|IMG?)_?(MEAN|MEDIAN|MED|STD|RMS|SIG)|"
    r"MEAN|MEDIAN|MODE|STDDEV|STDEV|STD|RMS|MADN?|"
    r"SKY|SKY(LEVEL|LVL|VAL|VALUE|ADU|MED|MEDIAN|MEAN|MODE|BRITE|SUB|BG|BKG|SIG|SIGMA|RMS|STD|"
    r"NOISE)|AVSKY|AVSIG|MEDSKY|MEANSKY|SUBSKY|MDRIZSKY|BACK(GRND|GROUND|GROU|LEV|MED|SIG)?|"
    r"BKG|BKGD|BG|BGD|BKG(LEVEL|RMS|SIG|SIGMA|STD|MED|MEAN)|BGLEVEL|BGMED|"
    r"(PIX|BACK)?NOISE|SIGMA|PEDESTAL|THRESH|THRESHOLD|CBLACK|CWHITE|MIPS-(HI|LO)|"
    r"BLACK|WHITE|HIGHCUT|LOWCUT|Z[12]"
)
_PER_SAMPLE = re.compile(r"PHOTMJSR|PHOTUJA2")


def divided(header: fits.Header, divisor: float) -> tuple[fits.Header, tuple[str, ...]]:
    """A copy with values of samples divided, and the keywords of what was changed.

    A divisor below 1 undoes what an earlier one did.
    """
    made = header.copy()
    changed: list[str] = []
    for card in made.cards if divisor != 1 else ():
        value: Any = card.value
        if isinstance(value, bool) or not isinstance(value, int | float) or value == 0:
            continue
        bare = card.keyword.rsplit(" ", 1)[-1]
        if _LEVELS.fullmatch(bare):
            card.value = _exact(value / divisor, value)
        elif _PER_SAMPLE.fullmatch(bare):
            card.value = _exact(value * divisor, value)
        else:
            continue
        changed.append(card.keyword)
    return made, tuple(dict.fromkeys(changed))


def _exact(value: float, before: float) -> float:
    """A whole number where it was one and still is."""
    return int(value) if isinstance(before, int) and value == int(value) else value
