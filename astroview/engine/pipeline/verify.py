"""Make a saved result again from what it says of itself, and compare.

What counts are the samples and the cards: two files are *identical* when all of them are,
*within tolerance* when samples differ by what another device, instruction set or number of
threads explains, and *altered* when they differ by more.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
from astropy.io import fits

from astroview.core.claim import Claim, claim_of
from astroview.core.colour.stretch import Stretch, auto_stretch
from astroview.core.enhance.results import frame_from_outputs
from astroview.core.enhance.sidecar import fingerprint
from astroview.core.errors import AstroviewError, UnreadableFrame
from astroview.core.io.fits.fits_choices import FitsChoices
from astroview.core.io.open_file import check_all_there, open_frame
from astroview.core.io.save_file import save_frame
from astroview.core.library_warnings import collected_warnings
from astroview.core.pixel_values import told_by
from astroview.core.texts import Text
from astroview.engine.pipeline.enhance import enhance_to
from astroview.engine.pipeline.flux_ledger import FluxLedger, ledger

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.frame import Frame
    from astroview.core.models.model_card import ModelShelf
    from astroview.core.pixel_values import Values
    from astroview.engine.pipeline.stage_progress import ProgressHook

Verdict = Literal["identical", "within tolerance", "altered", "not ours"]

TOLERANCE = 1e-4  # of measured samples, in parts of the picture's range (0.1 to 99.9 %)
PICTURE_TOLERANCE = 1.01 / 255  # of what is drawn for the eye, 0..1
_SUMS = {"CHECKSUM", "DATASUM", "DATE", "DATE-HDU", "AIORIG"}
_OF_SAMPLES = {"AIBOUND", "DATAMIN", "DATAMAX"}  # as much off as these may be
_AS_PRINTED = 1e-13  # of a number, that programs which write it again may change
_COMMENTS = {"COMMENT", "HISTORY", ""}
_SHOWN = 12  # differing cards that are named
_SUFFIXES = {
    b"SIMPLE  =": ".fits", b"\x89PNG": ".png", b"XISF0100": ".xisf", b"\xff\xd8": ".jpg",
    b"II*\0": ".tif", b"MM\0*": ".tif", b"II+\0": ".tif", b"MM\0+": ".tif",
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One HDU (or the picture): how far it is from what was made again.

    ``largest`` is in parts of the range of the samples, ``share`` the part of samples that
    differ at all.
    """

    name: str
    largest: float
    share: float
    tolerance: float


@dataclass(frozen=True, eq=False)
class Verification:
    """What came of it; ``why`` says what differs, a line each."""

    verdict: Verdict
    why: tuple[str, ...] = ()
    original: str = ""
    models: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = ()
    sources: FluxLedger | None = None

    def to_dict(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        found = self.sources
        return {
            "verdict": self.verdict,
            "why": list(self.why),
            "original": self.original,
            "models": [{"id": model, "sha256": sha} for model, sha in self.models],
            "parts": [asdict(part) for part in self.parts],
            "sources": found
            and {
                "verdict": found.verdict(),
                "bins": [{k: _plain(v) for k, v in asdict(b).items()} for b in found.bins()],
                "lost": found.lost[:, ::-1].tolist(),
                "new": found.new[:, ::-1].tolist(),
            },
        }


def _plain(value: float) -> float | None:
    return value if np.isfinite(value) else None


def verify(
    file: Path,
    original: Path | None,
    shelf: ModelShelf,
    progress: ProgressHook,
    device: str = "auto",
) -> Verification:
    """Whether a saved result is what it says it is.

    Parameters
    ----------
    file
        A result: FITS, TIFF or PNG.
    original
        What it was made from; None: looked for beside the result, by the name in it.

    Raises
    ------
    UnreadableFrame
        A file cannot be read, or the original is not found.
    ModelRejected
        A model is not there, or another of the same name is.
    """
    frame = open_frame(file)
    try:
        claim = claim_of(frame)
    except (ValueError, TypeError, KeyError, IndexError) as problem:
        return Verification("altered", (f"what it says of itself cannot be read: {problem}",))
    if claim is None:
        return Verification("not ours", ("it names no model of ours",))
    if _is_fits(file):
        check_all_there(file)
    _check_models(claim, shelf)
    source = original or _found(file, claim)
    with TemporaryDirectory(prefix="astroview-", ignore_cleanup_errors=True) as folder:
        return _verified(file, frame, claim, source, Path(folder), shelf, progress, device)


def _verified(
    file: Path,
    frame: Frame,
    claim: Claim,
    source: Path,
    folder: Path,
    shelf: ModelShelf,
    progress: ProgressHook,
    device: str,
) -> Verification:
    why = [f"{source.name} is not the file it was made from: its contents are others"]
    if claim.origin is None or fingerprint(source) == claim.origin.fingerprint:
        why = []
    hdu, plane = (claim.origin.hdu, claim.origin.plane) if claim.origin else (None, 0)
    before = open_frame(source, hdu, plane)
    options = replace(claim.options, device=device)
    outputs = enhance_to(before, options, folder, shelf, progress)
    after = frame_from_outputs(before, outputs)
    if (shape := frame.shape) != after.shape:
        size = f"{shape[1]} x {shape[0]} in place of {after.shape[1]} x {after.shape[0]}"
        return Verification("altered", (*why, f"it has {size} pixels"), str(source), claim.models)
    # All that earlier versions wrote were means, without the other extensions.
    choices = FitsChoices(_values(file), None if claim.told else True)
    drawn = _drawn(frame, after)
    again = save_frame(after, folder / f"again{_written_as(file)}", drawn, choices=choices)
    parts, cards = _compared(file, again)
    why += [f"{part.name} differs" for part in parts if part.largest > part.tolerance]
    why += cards if claim.told else []
    same = all(part.share == 0 for part in parts)
    verdict: Verdict = "altered" if why else "identical" if same else "within tolerance"
    sources = ledger(before, after, outputs.scale) if outputs.scale > 1 else None
    linear = before.kind == "linear"
    return Verification(verdict, tuple(why), str(source), claim.models, tuple(parts),
                        sources if linear else None)  # fmt: skip


def _values(file: Path) -> Values:
    """Whether a result holds sums: an HDU of measured samples says so."""
    if not _is_fits(file):
        return "mean"
    with collected_warnings(), fits.open(file) as hdus:
        kept = {told_by(cast("Any", hdu).header)[0] for hdu in hdus}
    return "sum" if "sum" in kept else "mean"


def _written_as(file: Path) -> str:
    """How a file of this format is named: what comes from a pipe has no name that tells."""
    with file.open("rb") as opened:
        head = opened.read(9)
    for begin, suffix in _SUFFIXES.items():
        if head.startswith(begin):
            return suffix
    raise UnreadableFrame(
        Text("{name} is in no format that astroview writes", name=file.name),
        hint="Unpack or convert it back: FITS, TIFF and PNG can be verified.",
    )


def _is_fits(file: Path) -> bool:
    return _written_as(file) == ".fits"


def _check_models(claim: Claim, shelf: ModelShelf) -> None:
    for model, sha in claim.models:
        card = shelf.card(model)  # raises ModelRejected
        if not card.sha256.startswith(sha):
            raise AstroviewError(
                Text(
                    "The model {model} here is not the one that made it (sha256 {sha}...)",
                    model=model,
                    sha=sha[:12],
                ),
                hint="Import the model that made it: “astroview models import”.",
            )


def _found(file: Path, claim: Claim) -> Path:
    """The original, by its name: beside the result, above it, or here."""
    name = claim.origin.name if claim.origin else ""
    for folder in (file.parent, file.parent.parent, Path.cwd()) if name else ():
        if (folder / name).is_file() and not (folder / name).samefile(file):
            return folder / name
    raise UnreadableFrame(
        Text("The original of {file}, {name}, is not beside it", file=file.name, name=name)
        if name
        else Text("The original of {file} is not beside it", file=file.name),
        hint="Name it: astroview verify RESULT ORIGINAL.",
    )


def _drawn(frame: Frame, after: Frame) -> Stretch:
    """The stretch that the file says its picture is drawn with; else that of the colour."""
    own = after.rendered or auto_stretch(after)
    told = str(frame.header.get("RENDERED", "")) if frame.header is not None else ""
    words = told.split()
    if frame.header is None:
        line = next((x for x in frame.history if x.startswith("rendered with ")), "")
        words = line.replace(",", "").split()[2::2]  # rendered with KIND from A to B, parameter C
    try:
        numbers = [float(word) for word in words[1:4]]
        stretch = Stretch(words[0], *numbers)  # type: ignore[arg-type]
    except (ValueError, IndexError, TypeError):
        return own
    near = np.isclose([own.low, own.high], numbers[:2], rtol=1e-5).all()
    return own if near and own.kind == stretch.kind else stretch


# ---------------------------------------------------------------- comparing


def _compared(one: Path, other: Path) -> tuple[list[Part], list[str]]:
    """How far a file is from what was made again, and which cards differ."""
    if not _is_fits(one):
        samples = open_frame(one).read(), open_frame(other).read()
        white = open_frame(one).full_scale or 1.0
        return [_part("picture", *samples, PICTURE_TOLERANCE, white)], []
    parts: list[Part] = []
    cards: list[str] = []
    with (
        collected_warnings() as notes,
        fits.open(one, checksum=True) as given,
        fits.open(other) as made,
    ):
        if len(given) < len(made):
            cards.append(f"{len(made) - len(given)} extensions are missing")
        for theirs, ours in zip(given, made, strict=False):
            cards += _cards(theirs, ours)
            if isinstance(ours, fits.BinTableHDU | fits.TableHDU) or ours.data is None:
                continue
            part = _hdu_part(theirs, ours)
            if part is None:
                cards.append(f"{ours.name} has another shape")
            else:
                parts.append(part)
    broken = [note for note in notes if "verification failed" in note]
    return parts, [*cards, *broken]


def _hdu_part(theirs: Any, ours: Any) -> Part | None:
    if theirs.data is None or theirs.data.shape != ours.data.shape:
        return None
    drawn = "RENDERED" in ours.header
    tolerance = PICTURE_TOLERANCE if drawn else TOLERANCE
    return _part(ours.name, theirs.data, ours.data, tolerance, 1.0 if drawn else None)


def _part(
    name: str, theirs: NDArray[Any], ours: NDArray[Any], tolerance: float, span: float | None
) -> Part:
    one, other = np.asarray(theirs, np.float64), np.asarray(ours, np.float64)
    lone = np.isfinite(one) != np.isfinite(other)
    apart = np.where(lone, np.inf, np.nan_to_num(np.abs(one - other), posinf=0.0))
    if span is None:
        good = other[np.isfinite(other)]
        low, high = np.percentile(good, (0.1, 99.9)) if good.size else (0.0, 1.0)
        span = float(high - low) or float(np.abs(good).max(initial=0.0)) or 1.0
    return Part(name, float(apart.max(initial=0.0)) / span, float((apart > 0).mean()), tolerance)


def _cards(theirs: Any, ours: Any) -> list[str]:
    """Cards that were written and are gone or have other values; added ones are no matter."""
    found: list[str] = []
    for keyword, value in ours.header.items():
        if keyword in _SUMS | _COMMENTS:
            continue
        there = theirs.header.get(keyword)
        near = isinstance(value, float) and isinstance(there, int | float)
        part = TOLERANCE if keyword in _OF_SAMPLES else _AS_PRINTED
        if there != value and not (near and np.isclose(there, value, rtol=part, atol=0)):
            found.append(f"{ours.name}: {keyword} is {there!r} in place of {value!r}")
    more = len(found) - _SHOWN
    return [*found[:_SHOWN], f"and {more} more cards"] if more > 0 else found
