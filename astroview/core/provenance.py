"""What was done to a frame, as cards and as text: the models named in its history."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Literal

from astroview.core.colour.band_stretch import BandStretch, lupton_of
from astroview.core.colour.chroma_guide import fineness
from astroview.core.colour.tone import Toned, plain_stretch
from astroview.core.enhance.sidecar import fingerprint
from astroview.core.fits_cards import card, escaped_name, one_line, plain, unescaped_name
from astroview.core.lazy_dataclass import dataclass
from astroview.core.options import EnhanceOptions
from astroview.core.pixel_values import scale_in
from astroview.core.sky_colour.surveys import in_short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from astropy.io import fits

    from astroview.core.colour.chroma_guide import GuideFile
    from astroview.core.colour.stretch import Stretch
    from astroview.core.colour.tone import Drawn
    from astroview.core.frame import Frame

SHARPENED = "super-resolution"  # of a history: how the line of a super-resolver begins
COLOUR_PAINTED = "colour painted"  # of a history: how the line of a colorizer begins
# Likewise where it was painted with measured chroma; by whom, and how finely.
COLOUR_MEASURED = "colour measured by {}, painted with"
_MEASURED_BY = re.compile(r"colour measured by (.*), painted with")
DEBAYERED = "debayered"  # of a history: a colour camera's mosaic was made three colours
NOT_FOR_PHOTOMETRY = "not for photometry"
BAD_PIXELS = "pixels that are no measurement"  # of a history: how many there were
BOUNDED = "bounded by what lies around"  # of a history: of how many pixels the answer was
IN_PARTS = "computed in smaller tiles"  # of a history: where memory did not hold the usual ones
FLUX_LEDGER = "flux ledger: "  # of a history: how the line begins that tells of the sources
FLUX_KEPT = "flux of each pixel kept"  # of a history: samples of a measured frame
NOISE_FREE = "noise left out"  # of a history: fluxes are not what was measured, only near it
TEXTURE_PAINTED = "texture painted: not for measurement"  # of a history: detail was invented
_CARD_TEXT = 66  # letters of a text in one card
OPTIONS, ORIGIN = "options: ", "made from: "  # of a picture's text: how lines begin
MEASURED = "flux kept"  # AIPHOT: it may serve photometry
_PAINTED_BY_MODEL = "colour was painted by a model"
_REASON = "says the file it was made from"
Part = Literal["picture", "samples", "interval", "colour interval"]
# Cards of ours: all, and those that say what the samples are.
OUR_CARDS = re.compile(
    r"AIMODEL\d+|AISHA\d+|AI(PHOT|OPTS\d*|HINTS|COL(SRC|RES|SHA)|BOUND|BADPIX|ORIG|ORIGID|HDU|PLANE|VALUES|SCALE)"
)
VALUE_CARDS = re.compile(r"AI(VALUES|SCALE)")
_PALETTE = re.compile(r"sha256 [0-9a-f]{8,64}, palette (.+)$")
_MODEL = re.compile(r"\bmodel (\S+?),? .*?sha256[ :=]*([0-9a-f]{8,64})")


def models_named(history: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(id, sha256) of the models that a history names, in order, each once.

    A line names a model so: ``colour painted: model colorizer-1, sha256 12ab..., palette auto``.
    """
    found = (match.groups() for line in history if (match := _MODEL.search(line)))
    return tuple(dict.fromkeys((str(model), str(sha)) for model, sha in found))


def palette_named(history: Iterable[str]) -> str:
    """The palette that a history names as the one a frame was painted in, commas and all: "pale
    gold, blue haze", "like M 51, pale"; "" where it names none.
    """
    found = (_PALETTE.search(line) for line in history if _is_of_colour(line))
    return next((str(match[1]).strip() for match in found if match), "")


def is_noise_free(history: tuple[str, ...]) -> bool:
    """Whether a history says that the noise was left out."""
    return any(NOISE_FREE in line for line in history)


def has_painted_texture(frame: Frame) -> bool:
    """Whether an illustrative model sharpened a frame, now or before it was saved."""
    return any(TEXTURE_PAINTED in line for line in told(frame))


def has_painted_colour(frame: Frame) -> bool:
    """Whether a model painted a frame's colour, now or before it was saved."""
    if frame.chroma is not None or frame.channels == 1:  # samples below painted colour stay grey
        return frame.chroma is not None
    return any(map(_is_of_colour, told(frame)))


def _is_of_colour(line: str) -> bool:
    """Whether a line of a history is a colorizer's."""
    return line.startswith((f"{COLOUR_PAINTED}: model ", COLOUR_MEASURED.split("{", maxsplit=1)[0]))


def measured_by(frame: Frame) -> str:
    """Who measured the colours that a frame is painted with, and how finely: "DSS2 at 1.9
    arcsec"; "" where they are a guess, or the frame's own.
    """
    if not has_painted_colour(frame):
        return ""
    named = [match[1] for line in frame.history if (match := _MEASURED_BY.match(line))]
    if named or frame.header is None or "AICOLSRC" not in frame.header:
        return named[-1] if named else ""
    from astroview.core.fits_headers import number, text  # needs astropy

    fine = number(frame.header, "AICOLRES", 0.0)
    name = unescaped_name(text(frame.header, "AICOLSRC"))
    return name + (f" at {fineness(fine)}" if fine > 0 else "")


def is_sharpened(frame: Frame) -> bool:
    """Whether a model super-resolved a frame, now or before it was saved."""
    begin = (f"{SHARPENED}: model ", f"{SHARPENED} ({TEXTURE_PAINTED}")
    return frame.scale > 1 or any(line.startswith(begin) for line in told(frame))


def by_a_network(frame: Frame) -> bool:
    """Whether what a frame shows is, in part, what a model painted or super-resolved."""
    return has_painted_colour(frame) or is_sharpened(frame)


def told(frame: Frame) -> tuple[str, ...]:
    """The history of a frame, and that of the FITS file it was opened from."""
    before = (frame.header.get("HISTORY") or ()) if frame.header is not None else ()
    return (*frame.history, *map(str, before))


def saved_here(frame: Frame) -> bool:
    """Whether a frame was opened from what this program saved."""
    cards = frame.header if frame.header is not None else {}
    marked = "RENDERED" in cards or "AIMODEL1" in cards
    return marked or any("astroview" in line for line in told(frame))


def ai_cards(frame: Frame, part: Part = "picture") -> list[fits.Card]:
    """What a network did to an HDU of a result, as cards; none where none touched it.

    AIMODELn and AISHAn (of all models, those of an earlier run that the header names first),
    AIPHOT, AIOPTS (the choices, as JSON), AIHINTS, AIBOUND, AIBADPIX, AIORIG and AIORIGID.

    Parameters
    ----------
    part
        The HDU: the "picture" as it is shown, the native "samples", half of an interval of
        samples ("interval") or of colour ("colour interval").
    """
    models = _models_of(frame, part)
    cards: list[fits.Card] = []
    for i, (model, sha256) in enumerate(models, start=1):
        cards.append(card(f"AIMODEL{i}", model, "model that changed this picture"))
        cards.append(card(f"AISHA{i}", sha256))
    cards += _photometry_card(frame, part, touched=bool(models))
    return cards + (_made_cards(frame) if models else [])


def _models_of(frame: Frame, part: Part) -> tuple[tuple[str, str], ...]:
    """(id, sha256) of the models that had a part in an HDU, in order."""
    before = _models_before(frame)
    if part == "picture":
        return tuple(dict.fromkeys((*before, *models_named(frame.history))))
    wanted = _is_of_colour if part == "colour interval" else _is_of_samples
    now = models_named(tuple(filter(wanted, frame.history)))
    earlier = before if part == "samples" and scale_in(told(frame)) > frame.scale else ()
    return tuple(dict.fromkeys((*earlier, *now)))


def _is_of_samples(line: str) -> bool:
    return line.startswith((SHARPENED, f"{NOISE_FREE}: model "))


def _models_before(frame: Frame) -> tuple[tuple[str, str], ...]:
    """The models that the cards of the opened file name."""
    header = frame.header if frame.header is not None else {}
    found: list[tuple[str, str]] = []
    while (model := header.get(f"AIMODEL{len(found) + 1}")) is not None:
        found.append((str(model), str(header.get(f"AISHA{len(found) + 1}", ""))))
    return tuple(found)


def _photometry_card(frame: Frame, part: Part, *, touched: bool) -> list[fits.Card]:
    if part in ("interval", "colour interval"):
        return [card("AIPHOT", NOT_FOR_PHOTOMETRY, "how far off a model may be")]
    if why := _why_no_photometry(frame if part == "picture" else replace(frame, chroma=None)):
        return [card("AIPHOT", NOT_FOR_PHOTOMETRY, why)]
    if touched and frame.made is not None and frame.kind == "linear":
        return [card("AIPHOT", MEASURED, "as measured, in every measured pixel")]
    return []


def _made_cards(frame: Frame) -> list[fits.Card]:
    """The choices, what was counted, and what it was made from."""
    cards: list[fits.Card] = []
    if made := frame.made:
        cards += _long_cards("AIOPTS", options_text(made.options))
        if made.options.hints:
            cards.append(card("AIHINTS", len(made.options.hints), "colour hints by hand"))
        cards += _measured_cards(made.options.guide)
        if made.bounded is not None:
            share = float(f"{made.bounded:.4g}")
            cards.append(card("AIBOUND", share, "share of pixels where it was bounded"))
        if made.bad_pixels is not None:
            cards.append(card("AIBADPIX", made.bad_pixels, "pixels that are no measurement"))
    if origin := origin_of(frame):
        cards.append(card("AIORIG", escaped_name(origin.name), "made from"))
        cards.append(card("AIORIGID", origin.fingerprint, "fingerprint of that file"))
        if origin.hdu is not None:
            cards.append(card("AIHDU", origin.hdu, "HDU of that file"))
        if origin.plane:
            cards.append(card("AIPLANE", origin.plane, "plane of that HDU"))
    return cards


def _measured_cards(guide: GuideFile | None) -> list[fits.Card]:
    if guide is None:
        return []
    cards = [card("AICOLSRC", escaped_name(guide.name), "measured the colours")]
    if guide.arcsec:
        cards.append(card("AICOLRES", float(f"{guide.arcsec:.4g}"), "[arcsec] how finely"))
    return [*cards, card("AICOLSHA", guide.sha256)]


def _long_cards(keyword: str, text: str) -> list[fits.Card]:
    """A text in as many numbered cards as it needs; no card is continued."""
    parts: list[str] = []
    while text:
        size = _CARD_TEXT - text[:_CARD_TEXT].count("'")  # which a card doubles
        while 1 < size < len(text) and text[size - 1] == " ":  # which it would lose
            size -= 1
        parts.append(text[:size])
        text = text[size:]
    return [card(f"{keyword}{i}", part) for i, part in enumerate(parts, start=1)]


def options_text(options: EnhanceOptions) -> str:
    """The choices that differ from the defaults, as JSON; where it is computed is left out."""
    default = asdict(EnhanceOptions())
    skip = ("device", "tile")
    if options.guide is not None:  # where it lies is nobody's business
        options = replace(options, guide=replace(options.guide, path=""))
    options = replace(options, colour_from=in_short(options.colour_from))
    chosen = {k: v for k, v in asdict(options).items() if k not in skip and v != default[k]}
    return json.dumps(chosen, separators=(",", ":"))


@dataclass(frozen=True)
class Origin:
    """The plane of a file that a result was made from."""

    name: str
    fingerprint: str
    hdu: int | str | None = None
    plane: int = 0


def origin_of(frame: Frame) -> Origin | None:
    """What a result was made from, while the file is there."""
    if frame.made is None or frame.path is None:
        return None
    try:
        return Origin(frame.path.name, fingerprint(frame.path), frame.hdu, frame.plane)
    except OSError:
        return None


def _why_no_photometry(frame: Frame) -> str:
    """In the 47 characters that a card has room for; "" where there is no reason."""
    if has_painted_texture(frame):
        colour = "colour and texture were" if has_painted_colour(frame) else "texture was"
        return f"{colour} painted by a model"
    if has_painted_colour(frame):
        return "colour was measured by another" if measured_by(frame) else _PAINTED_BY_MODEL
    if is_noise_free(told(frame)):
        return "a model left the noise out"
    header = frame.header if frame.header is not None and frame.channels == 1 else {}
    return _REASON if str(header.get("AIPHOT", "")) == NOT_FOR_PHOTOMETRY else ""


def rendered_card(stretch: Drawn) -> fits.Card:
    """Says that the samples are a picture for the eye, and made how."""
    stretch = plain_stretch(stretch)
    if isinstance(stretch, BandStretch):
        kind = "Lupton" if stretch.joint else "per band"
        return card("RENDERED", f"{stretch.bands[0].kind} {kind}", "HISTORY tells limits")
    limits = f"{stretch.low:.7g} {stretch.high:.7g} {stretch.parameter:.4g}"
    return card("RENDERED", f"{stretch.kind} {limits}", "stretch low high parameter")


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
        f"astroview: {one_line(frame.path.name if frame.path else frame.name)}",
        *rendered_lines(stretch),
        *map(one_line, frame.history),
    ]
    if has_painted_colour(frame):
        by = measured_by(frame)
        what = f"colour was measured by {by}, not by this frame" if by else _PAINTED_BY_MODEL
        lines.append(f"{what}: {NOT_FOR_PHOTOMETRY}")
    if has_painted_texture(frame):
        lines.append(f"texture was painted by a model: {NOT_FOR_PHOTOMETRY}")
    if is_noise_free(frame.history):
        lines.append(f"a model left the noise out: {NOT_FOR_PHOTOMETRY}")
    if frame.made:
        lines.append(f"{OPTIONS}{options_text(frame.made.options)}")
    if origin := origin_of(frame):
        place = f" HDU {origin.hdu}" if origin.hdu is not None else ""
        place += f" plane {origin.plane}" if origin.plane else ""
        lines.append(f"{ORIGIN}{origin.fingerprint}{place}: {escaped_name(origin.name)}")
    return plain("\n".join(dict.fromkeys(lines)))
