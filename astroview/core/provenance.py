"""What was done to a frame, as cards and as text: the models named in its history."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from astroview.core.colour.band_stretch import BandStretch, lupton_of
from astroview.core.colour.tone import Toned, plain_stretch

if TYPE_CHECKING:
    from astropy.io import fits

    from astroview.core.colour.stretch import Stretch
    from astroview.core.colour.tone import Drawn
    from astroview.core.frame import Frame

SHARPENED = "super-resolution"  # of a history: how the line of a super-resolver begins
COLOUR_PAINTED = "colour painted"  # of a history: how the line of a colorizer begins
NOT_FOR_PHOTOMETRY = "not for photometry"
NOISE_FREE = "noise left out"  # of a history: fluxes are not what was measured, only near it
TEXTURE_PAINTED = "texture painted: not for measurement"  # of a history: detail was invented
_MODEL = re.compile(r"\bmodel (\S+?),? .*?sha256[ :=]*([0-9a-f]{8,64})")


def models_named(history: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(id, sha256) of the models that a history names, in order, each once.

    A line names a model so: ``colour painted: model colorizer-1, sha256 12ab..., palette auto``.
    """
    found = (match.groups() for line in history if (match := _MODEL.search(line)))
    return tuple(dict.fromkeys((str(model), str(sha)) for model, sha in found))


def is_noise_free(history: tuple[str, ...]) -> bool:
    """Whether a history says that the noise was left out."""
    return any(NOISE_FREE in line for line in history)


def has_painted_texture(frame: Frame) -> bool:
    """Whether an illustrative model sharpened a frame, now or before it was saved."""
    return any(TEXTURE_PAINTED in line for line in _told(frame))


def has_painted_colour(frame: Frame) -> bool:
    """Whether a model painted a frame's colour, now or before it was saved."""
    if frame.chroma is not None or frame.channels == 1:  # samples below painted colour stay grey
        return frame.chroma is not None
    return any(line.startswith(f"{COLOUR_PAINTED}: model ") for line in _told(frame))


def is_sharpened(frame: Frame) -> bool:
    """Whether a model super-resolved a frame, now or before it was saved."""
    begin = (f"{SHARPENED}: model ", f"{SHARPENED} ({TEXTURE_PAINTED}")
    return frame.scale > 1 or any(line.startswith(begin) for line in _told(frame))


def by_a_network(frame: Frame) -> bool:
    """Whether what a frame shows is, in part, what a model painted or super-resolved."""
    return has_painted_colour(frame) or is_sharpened(frame)


def _told(frame: Frame) -> list[str]:
    """The history of a frame, and that of the FITS file it was opened from."""
    before = (frame.header.get("HISTORY") or ()) if frame.header is not None else ()
    return [*frame.history, *map(str, before)]


def ai_cards(frame: Frame) -> list[fits.Card]:
    """AIMODELn, AISHAn and, where colour or texture was painted or the noise left out, AIPHOT."""
    from astropy.io import fits  # not at start

    cards: list[fits.Card] = []
    for i, (model, sha256) in enumerate(models_named(frame.history), start=1):
        cards.append(fits.Card(f"AIMODEL{i}", model, "model that changed this picture"))
        cards.append(fits.Card(f"AISHA{i}", sha256))
    if why := _why_no_photometry(frame):
        cards.append(fits.Card("AIPHOT", NOT_FOR_PHOTOMETRY, why))
    return cards


def _why_no_photometry(frame: Frame) -> str:
    """In the 47 characters that a card has room for; "" where there is no reason."""
    if has_painted_texture(frame):
        colour = "colour and texture were" if has_painted_colour(frame) else "texture was"
        return f"{colour} painted by a model"
    if has_painted_colour(frame):
        return "colour was painted by a model"
    return "a model left the noise out" if is_noise_free(frame.history) else ""


def rendered_card(stretch: Drawn) -> fits.Card:
    """Says that the samples are a picture for the eye, and made how."""
    from astropy.io import fits

    stretch = plain_stretch(stretch)
    if isinstance(stretch, BandStretch):
        kind = "Lupton" if stretch.joint else "per band"
        return fits.Card("RENDERED", f"{stretch.bands[0].kind} {kind}", "HISTORY tells limits")
    limits = f"{stretch.low:.7g} {stretch.high:.7g} {stretch.parameter:.4g}"
    return fits.Card("RENDERED", f"{stretch.kind} {limits}", "stretch low high parameter")


def rendered_lines(stretch: Drawn) -> tuple[str, ...]:
    """How a picture was rendered, for HISTORY and pictures' texts: a line for each stretch."""
    if isinstance(stretch, Toned):
        inverted = ", inverted" if stretch.invert else ""
        return (*rendered_lines(stretch.stretch), f"shown with {stretch.tone}{inverted}")
    if isinstance(stretch, BandStretch):
        each = zip(("red", "green", "blue"), stretch.bands, strict=True)
        lines = tuple(f"{name} {_limits(band)}" for name, band in each)
        return (*lines, _lupton_line(stretch)) if stretch.joint else lines
    return (_limits(stretch),)


def _lupton_line(stretch: BandStretch) -> str:
    words = "colours kept (Lupton et al. 2004)"
    if stretch.bands[0].kind != "asinh":
        return words
    weights, q, wide = lupton_of(stretch)
    told = " ".join(f"{weight:.4g}" for weight in weights)
    return f"{words}: weights of red, green, blue {told}, Q {q:.4g}, stretch {wide:.5g}"


def _limits(stretch: Stretch) -> str:
    words = f"rendered with {stretch.kind} from {stretch.low:.7g} to {stretch.high:.7g}"
    plain_kinds = ("linear", "sqrt")
    return words if stretch.kind in plain_kinds else f"{words}, parameter {stretch.parameter:.4g}"


def as_text(frame: Frame, stretch: Drawn) -> str:
    """Provenance for a picture file: name, stretch, history; ASCII lines."""
    lines = [
        f"astroview: {frame.path.name if frame.path else frame.name}",
        *rendered_lines(stretch),
        *frame.history,
    ]
    if has_painted_colour(frame):
        lines.append(f"colour was painted by a model: {NOT_FOR_PHOTOMETRY}")
    if has_painted_texture(frame):
        lines.append(f"texture was painted by a model: {NOT_FOR_PHOTOMETRY}")
    if is_noise_free(frame.history):
        lines.append(f"a model left the noise out: {NOT_FOR_PHOTOMETRY}")
    return plain("\n".join(dict.fromkeys(lines)))


def plain(text: str) -> str:
    """Text in printable ASCII (and newlines), which is all that FITS and TIFF know."""
    for fancy, simple in (
        ("×", "x"),
        ("–", "-"),
        ("“", '"'),
        ("”", '"'),
        ("µ", "u"),
        ("°", " deg"),
    ):
        text = text.replace(fancy, simple)
    return "".join(c if " " <= c <= "~" or c == "\n" else "?" for c in text)
