"""The open frames and their results, as data; and how one is loaded (in a background thread)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from astroview.core.bad_pixels.frame_noise import opening_stretch
from astroview.core.bad_pixels.saturation import saturation_level
from astroview.core.colour import colour_space, stretch
from astroview.core.colour.band_stretch import AnyStretch
from astroview.core.colour.stretch import Stretch
from astroview.core.enhance import results
from astroview.core.errors import UnreadableFrame
from astroview.core.frame import Frame, Source, Window
from astroview.core.io import open_file
from astroview.core.io.byte_stores import ReadProgress
from astroview.core.lazy_dataclass import dataclass
from astroview.core.memory_limits import TooLarge
from astroview.core.messages.worker_messages import Done
from astroview.core.options import EnhanceOptions, Outputs
from astroview.core.provenance import (
    FLUX_LEDGER,
    has_painted_colour,
    has_painted_texture,
    measured_by,
    palette_named,
)
from astroview.ui.display.histogram_counts import Counts, count
from astroview.ui.enhance.device_names import DEVICE_NAMES
from astroview.ui.i18n.translate import local, tr
from astroview.ui.process.scratch_folders import Lease
from astroview.ui.process.worker_client import Job
from astroview.ui.render import colour_maps, sampling
from astroview.ui.render import display_settings as display
from astroview.ui.render.colour_maps import GREY
from astroview.ui.render.display_settings import Display

THUMBNAIL = 96  # device pixels
UNSURE = "viridis"  # perceptual: as much lighter as the interval is wider
MEASURED_PALETTE = "measured by "  # begins the name of one that was read off measured colours


@dataclass(frozen=True)
class LoadedFile:
    """A frame and what the panels need to show it.

    ``auto`` is the stretch that the networks see, ``opening`` the automatic display;
    ``saturation`` the value from which on samples are saturated, None when nobody knows;
    ``too_large`` why the frame is only a preview of a picture.
    """

    frame: Frame
    hdus: tuple[open_file.HduInfo, ...]
    samples: NDArray[np.float32]
    auto: Stretch
    counts: Counts
    thumbnail: QImage
    opening: Display
    saturation: float | None
    too_large: TooLarge | None = None


@dataclass(frozen=True)
class Used:
    """What a result was made with, for people."""

    lines: tuple[str, ...]
    painted: bool
    textured: bool = False
    measured: str = ""  # by whom the colours were measured, and how finely


@dataclass(frozen=True)
class Result:
    """An enhanced frame, the frame it came from, and where its arrays (or its file) lie."""

    id: str
    frame: Frame
    original: Frame
    label: str
    used: Used
    thumbnail: QImage
    scratch: Path
    stretch: Stretch | None = None  # its own, where its values are not the original's
    outputs: Outputs | None = None
    options: EnhanceOptions | None = None
    lease: Lease | None = field(default=None, compare=False)  # its arrays lie there so long
    colour_map: str = GREY  # that goes with a stretch of its own
    legend: str = ""  # what its values are, for a colour bar


@dataclass(frozen=True)
class Document:
    """One open file: the frame shown, how it is displayed, and its results."""

    key: int
    loaded: LoadedFile
    display: Display
    results: tuple[Result, ...] = ()

    @property
    def frame(self) -> Frame:
        return self.loaded.frame

    def result(self, result_id: str) -> Result | None:
        """The result of that id; None when there is none."""
        return next((r for r in self.results if r.id == result_id), None)

    def with_result(self, result: Result) -> Document:
        return replace(self, results=(*self.results, result))

    def with_changed(self, result: Result) -> Document:
        """A result in the place of the one with its id, whose interval's picture goes with it."""
        kept = (result if r.id == result.id else r for r in self.results)
        about = f"{result.id} "  # how the ids of pictures about it begin
        return replace(self, results=tuple(r for r in kept if not r.id.startswith(about)))

    def made_with(self, options: EnhanceOptions) -> Result | None:
        """The result that those choices gave; None when none did."""
        wanted = _what(options)
        return next((r for r in self.results if r.options and _what(r.options) == wanted), None)

    def without_result(self, result_id: str) -> Document:
        return replace(self, results=tuple(r for r in self.results if r.id != result_id))


def uncertainty_id(result_id: str) -> str:
    """The id of the picture of a result's intervals."""
    return f"{result_id} uncertainty"


def _what(options: EnhanceOptions) -> EnhanceOptions:
    """What is made, not where: results that differ in the rest are the same to look at."""
    return replace(options, device="auto", tile=None, stretch=None)


def glimpse(path: Path) -> LoadedFile | None:
    """A first look at a plain FITS file, without header and HDUs; None when it needs more."""
    from astroview.core.io.fits.fast_fits import glimpse as look

    frame = look(path)
    if frame is None:
        return None
    samples = stretch.sample(frame)
    auto = opening_stretch(frame, samples)
    opening = display.automatic(auto, samples, physical=True)
    return LoadedFile(frame, (), samples, auto, Counts.none(), QImage(), opening, None)


def load(
    path: Path,
    hdu: int | str | None = None,
    plane: int = 0,
    progress: ReadProgress | None = None,
    max_bytes: int | None = None,
) -> LoadedFile:
    """Open a file and look at it, or at its preview when it would take too much.

    Raises UnreadableFrame, and what `progress` does.
    """
    try:
        return look_at(*open_file.open_with_hdus(path, hdu, plane, progress, max_bytes))
    except TooLarge as error:
        if not error.needs or isinstance(hdu, str):
            raise
        try:
            frame = open_file.open_preview(path, hdu, plane, progress)
        except UnreadableFrame:
            raise error from None
        return replace(look_at(frame), too_large=error)


def look_at(frame: Frame, hdus: tuple[open_file.HduInfo, ...] = ()) -> LoadedFile:
    """Sample a frame for its panels. Raises UnreadableFrame."""
    samples = stretch.sample(frame)
    auto = opening_stretch(frame, samples)
    physical = frame.kind == "linear"
    counts = count(samples, physical, frame.full_scale)
    opening = display.automatic(auto, samples, physical)
    picture = thumbnail(frame, display.whole(opening, frame.channels))
    level = saturation_level(frame)
    return LoadedFile(frame, hdus, samples, auto, counts, picture, opening, level)


def said_of(loaded: LoadedFile) -> str:
    """What is to be told of a frame when it opens; "" for most."""
    if loaded.frame.note or np.isfinite(loaded.samples).any():
        return loaded.frame.note
    return tr(
        "No pixel of {name} can be shown: their values are missing, infinite, or "
        "beyond what 32 bits hold.",
        name=loaded.frame.name,
    )


def load_result(job: Job, done: Done, seen: Display | None = None) -> Result:
    """The frame that a job wrote, ready to be shown; in colours of its own as they are ``seen``."""
    frame = results.frame_from_outputs(job.frame, done.outputs)
    shown = look_of_result(frame, job.frame, seen)
    painted, textured = frame.chroma is not None, has_painted_texture(frame)
    used = Used(_used_lines(done), painted, textured, measured_by(frame))
    picture = thumbnail(frame, shown)
    words = title(frame, job.options, done.outputs)
    made = (job.id, frame, job.frame, words, used, picture, job.scratch)
    return Result(*made, outputs=done.outputs, options=job.options, lease=job.lease)


def look_of_result(frame: Frame, original: Frame, seen: Display | None) -> AnyStretch:
    """The stretch of a result's thumbnail: as the frame is ``seen`` where that serves it."""
    if seen is not None and frame.channels == 3:
        return display.whole(seen, 3)
    return opening_stretch(original)


def uncertainty_of(result: Result) -> Result:
    """Half of the 90 % interval of a result's samples, as a grey picture of its own."""
    frame = result.frame
    if frame.uncertainty is None:
        raise ValueError("the result has no uncertainty")
    said = "These samples are half of the 90 % interval of the result's."
    halves = _companion(frame, frame.uncertainty, said)
    _, high = stretch.limits(stretch.sample(halves), "percentile", 99.0)
    own = Stretch("sqrt", 0.0, max(high, 1e-30))  # nothing is hidden: black is no uncertainty
    words = tr("Nine of ten true values lie within this of the result's samples.")
    title = f"{tr('Uncertainty')} ×{frame.scale}"
    return Result(
        uncertainty_id(result.id),
        *(halves, result.original, title, Used((words,), painted=False)),
        *(thumbnail(halves, own, UNSURE), result.scratch, own),
        lease=result.lease,
        colour_map=UNSURE,
        legend=tr("half of the 90 % interval"),
    )


def _companion(frame: Frame, source: Source, said: str) -> Frame:
    """What goes with a result's samples, as a grey frame of its own."""
    return replace(
        frame,
        source=source,
        channels=1,
        kind="linear",
        full_scale=None,
        chroma=None,
        rendered=None,
        uncertainty=None,
        chroma_uncertainty=None,
        colour_known=None,
        history=(*frame.history, said),
    )


def known_id(result_id: str) -> str:
    """The id of the picture of where a result's colour was measured."""
    return f"{result_id} known"


def known_of(shown: Result | Document) -> Result:
    """Where the colour of a result, or of one that was saved and opened, was measured (2),
    interpolated (1) or painted (0), as a picture.
    """
    frame = shown.frame
    if frame.colour_known is None:
        raise ValueError("nobody measured the colours of the result")
    made = isinstance(shown, Result)
    said = "These samples say where colour was measured (2), interpolated (1) or painted (0)."
    known = replace(_companion(frame, frame.colour_known, said), unit="")
    own = Stretch("linear", 0.0, 2.0)
    words = tr(
        "White: the colour was measured. Grey: interpolated from next to it. Black: painted."
    )
    return Result(
        known_id(shown.id if made else ""),
        *(known, shown.original if made else frame, tr("Measured colour")),
        *(Used((words,), painted=False), thumbnail(known, own)),
        *(shown.scratch if made else frame.path or Path(), own),
        lease=shown.lease if made else None,
    )


def load_pair(
    path: Path, saved: Path, known: LoadedFile | None = None
) -> tuple[LoadedFile, Result]:
    """A frame and what was made of it and saved earlier. Raises UnreadableFrame."""
    loaded = known or load(path)
    original, opened = loaded.frame, open_file.open_frame(saved)
    frame = replace(opened, scale=max(1, round(opened.shape[1] / original.shape[1])))
    same = opened.kind == original.kind == "linear" and opened.channels == original.channels
    own = None if same else opening_stretch(frame)
    words = (
        label(frame)
        if frame.channels == original.channels
        else tr("{label}, in colour", label=label(frame))
    )
    painted = frame.channels > original.channels
    used = Used((tr("Saved as {name}.", name=saved.name),), painted, has_painted_texture(frame))
    picture = thumbnail(frame, own or opening_stretch(original))
    return loaded, Result(str(saved), frame, original, words, used, picture, saved, own)


def title(frame: Frame, options: EnhanceOptions, outputs: Outputs) -> str:
    """What a result is called, in the user's language: what was done, and what tells it apart."""
    return ", ".join([label(frame), *details(options, outputs.history)])


def label(frame: Frame) -> str:
    """What was done to a result, in a few words for its pane; what must be known comes first."""
    what = tr("Illustrative") if has_painted_texture(frame) else tr("Enhanced")
    parts = [f"×{frame.scale}"] if frame.scale > 1 else []
    if frame.chroma is not None:
        by = measured_by(frame)
        parts.append(tr("colour measured by {by}", by=by) if by else tr("colour painted"))
    return f"{what} {', '.join(parts)}" if parts else what


def details(options: EnhanceOptions, history: Sequence[str] = ()) -> list[str]:
    """What tells two results of one frame apart: models, palette, quality, noise."""
    parts: list[str] = []
    if options.colorizer:
        named = palette_named(history)
        named = "" if named.startswith(MEASURED_PALETTE) else named  # the label says so
        palette = named or ("" if options.palette == "auto" else options.palette)
        parts += [tr(palette)] if palette and not options.reference else []
        parts += [options.reference.name] if options.reference else []
        parts += [tr("hints")] if options.hints else []
    parts += [options.superres] if options.superres and options.superres != "auto" else []
    parts += [tr("best")] if options.quality == "best" and options.superres else []
    return parts + ([tr("noise left out")] if options.denoise else [])


def _used_lines(done: Done) -> tuple[str, ...]:
    """The models, the device and the time; the header panel shows the history in full."""
    device = DEVICE_NAMES.get(done.outputs.device, done.outputs.device)
    history = done.outputs.history
    steps = [short_hashes(line) for line in history if "sha256" in line]
    steps += [line for line in history if line.startswith(FLUX_LEDGER)]
    return (
        *(s[:1].upper() + s[1:] for s in steps),
        tr("Took {duration} on {device}.", duration=duration(done.seconds), device=device),
    )


def short_hashes(text: str) -> str:
    """Checksums cut to what people compare."""
    return re.sub(r"\b([0-9a-f]{8})[0-9a-f]{24,}\b", r"\1…", text)


def duration(seconds: float) -> str:
    """``4.2 s`` or ``3 min 20 s``."""
    if seconds < 60:
        return local(f"{seconds:.1f} s")
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def thumbnail(frame: Frame, shown: AnyStretch, colour_map: str = GREY) -> QImage:
    """A square picture of the frame's middle, as it will be shown."""
    height, width = frame.shape
    side = min(height, width)
    step = max(1, side // (2 * THUMBNAIL))  # of few samples, averaged in twos
    middle = Window((height - side) // 2, (width - side) // 2, side, side)
    values = frame.read(middle, step)
    chroma = frame.read_chroma(middle, step) if frame.chroma else None
    rendered = colour_space.render8(values, shown, chroma)
    if colour_map != GREY:
        rendered = colour_maps.table(colour_map)[rendered[..., 0]]
    picture = sampling.to_image(rendered)
    if side < 2 * THUMBNAIL:
        return picture
    smooth = Qt.TransformationMode.SmoothTransformation
    return picture.scaled(THUMBNAIL, THUMBNAIL, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)


def describe(frame: Frame) -> str:
    """Size and kind of a frame in one line for the list."""
    height, width = frame.shape
    if frame.chroma is not None:
        return f"{width} × {height} · {_whence(frame)}"
    # A result has it in its label; a file that is opened by itself has none. First what counts.
    textured = tr("illustrative") if frame.scale == 1 and has_painted_texture(frame) else ""
    painted = _whence(frame) if has_painted_colour(frame) else ""
    colour = "RGB" if frame.channels == 3 and not painted else ""
    suffix = frame.path.suffix.lstrip(".").upper() if frame.path else ""
    words = (textured, painted, f"{width} × {height}", suffix, colour, frame.unit)
    return " · ".join(filter(None, words))


def _whence(frame: Frame) -> str:
    """Where painted colours come from."""
    by = measured_by(frame)
    return tr("colour measured by {by}", by=by) if by else tr("painted")


def describe_result(result: Result) -> str:
    """What tells a result from its neighbours in the list: that it is painted comes first."""
    painted = [_whence(result.frame)] if result.frame.chroma is not None else []
    own = (
        details(result.options, result.outputs.history) if result.options and result.outputs else []
    )
    height, width = result.frame.shape
    return " · ".join([*painted, *own, f"{width} × {height}"])
