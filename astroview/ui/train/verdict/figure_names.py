"""Names of figures for people, and which way is better."""

from __future__ import annotations

from collections.abc import Iterable

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.i18n.translate import noted, tr


@dataclass(frozen=True)
class Named:
    """A figure: what it is called, what it says, and whether more of it is better."""

    name: str
    tip: str = ""
    higher: bool = True


KNOWN = {
    "psnr": Named("PSNR", noted("Likeness to the truth, pixel by pixel, in dB; more is better")),
    "ssim": Named("SSIM", noted("Likeness of structures, 1 for the same; more is better")),
    "l1": Named("L1", noted("Mean difference of pixels; less is better"), higher=False),
    "dab": Named(
        "|Δab|", noted("How far colours are from the true ones; less is better"), higher=False
    ),
    "dab_auto": Named("|Δab|, automatic palette", noted("Less is better"), higher=False),
    "dab_best5": Named("|Δab|, best of five palettes", noted("Less is better"), higher=False),
}
# What does not depend on the network, and is no curve.
REFERENCES = ("bicubic", "dab_neutral", "dab_mean", "pictures")


def named(figure: str) -> Named:
    """What is known of a figure; a figure that is not known is called as it is."""
    known = KNOWN.get(figure)
    if known:
        return Named(known.name, tr(known.tip), known.higher)
    return Named(tr(figure).replace("_", " "))


def drawn(figures: Iterable[str], first: str) -> list[str]:
    """The figures that are worth a curve, the one that decides first."""
    worth = [name for name in figures if not name.startswith(REFERENCES)]
    return sorted(worth, key=lambda name: (name != first, list(KNOWN).index(name)
                                           if name in KNOWN else len(KNOWN), name))  # fmt: skip
