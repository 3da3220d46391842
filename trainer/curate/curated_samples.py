"""What training reads of a curation: accepted samples, and their pixels.

`read_samples` takes the ``report.json`` that `trainer.curate` wrote (or the folder that holds
it) and gives `CuratedSample`s: what kind each is, its files, its target's key, and its side of the
split. `pixels` and `pixel_pair` then give 8-bit pictures as the training tasks take them; nothing
is decoded before. `as_picture` makes a `trainer.data.pictures.Picture` of a sample::

    samples = read_samples(Path(config.data))
    for sample in for_goal(samples, "sharpen"):
        side = held if sample.held_out else train
        side.append(as_picture(sample))

The split is the report's: a target lies wholly on one side, and frames that overlap on the sky,
or look alike, are of one target. A report's paths are relative to the folder that was curated, so
that it may be read on another machine: ``root`` is where the folder is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from astroview.core import json_lines, strict_json
from astroview.core.bands.bands import assign, compose_bands
from astroview.core.bands.compose_files import bands_of
from astroview.core.colour import colour_space
from astroview.core.colour.band_stretch import auto_lupton
from astroview.core.colour.stretch import auto_stretch, sample
from astroview.core.errors import DatasetProblem, UnreadableFrame
from astroview.core.frame import Frame, Window
from astroview.core.io.open_file import open_frame
from astroview.core.messages.curate_messages import Goal
from astroview.core.provenance import by_a_network
from astroview.core.texts import Text
from trainer.curate.pair_grid import laid_on, overlap
from trainer.data.pictures import Picture

FORMAT = 2
REPORT = "report.json"
LARGEST = 4096  # pixels a side: of larger frames the middle is read
Kind = Literal["colour", "bands", "sharpen", "pair"]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class CuratedSample:
    """One thing to learn from.

    Parameters
    ----------
    kind
        ``colour``: an RGB picture, which grey is made of; ``bands``: frames of one field whose
        composed picture is (one path a band, or one file of several bands); ``sharpen``: a grey
        frame, which a poorer one is made of; ``pair``: the poorer and the better frame of one
        field, as the user gave them.
    paths
        The files; of a pair: low, high.
    target
        Samples with the same key show the same piece of sky.
    held_out
        Kept for the scores; no training step may see it.
    detail
        Strength of structure at the pixel scale, see `trainer.curate.frame_measures`; below about
        0.6 a picture has little to teach about sharpness.
    scale
        Of a pair: how many times more pixels the better frame has along a side; else 0.
    """

    kind: Kind
    paths: tuple[Path, ...]
    target: str
    held_out: bool
    detail: float = 1.0
    scale: int = 0

    @property
    def name(self) -> str:
        """The first file's name, for people."""
        return self.paths[0].name


def read_samples(report: Path, root: Path | None = None) -> list[CuratedSample]:
    """The accepted samples of a report.

    Parameters
    ----------
    report
        ``report.json``, or the folder that holds it.
    root
        Where the curated folder is; by default where it was then.

    Raises
    ------
    DatasetProblem
        It is no report, or of another version, or nothing in it was accepted.
    """
    report = report / REPORT if report.is_dir() else report
    try:
        content: dict[str, Any] = strict_json.read(report)
        if content.get("format") != FORMAT:
            raise ValueError("it is of another version")
        folder = root or Path(content["folder"])
        found = [_sample(folder, values) for values in content["samples"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise DatasetProblem(
            Text("{name} is no report of a curation: {problem}", name=report.name, problem=problem),
            hint="Run “astroview curate” on the folder again.",
        ) from problem
    if not found:
        raise DatasetProblem(
            Text("nothing in {name} can be learnt from", name=folder.name),
            hint="The report says why for each file; accept some all the same, or add others.",
        )
    return found


def is_report(path: Path) -> bool:
    """Whether a path is that of a curation's report, or of the folder that holds one."""
    return path.suffix == ".json" or (path / REPORT).is_file()


def for_goal(samples: Sequence[CuratedSample], goal: Goal) -> list[CuratedSample]:
    """Those that teach colour, or sharpness (where colour pictures serve as well)."""
    kinds = ("colour", "bands") if goal == "colour" else ("colour", "bands", "sharpen", "pair")
    return [s for s in samples if s.kind in kinds]


def as_picture(sample: CuratedSample, *, strict: bool = False) -> Picture:
    """A picture of a sample for the training tasks (of a pair: the better frame); grey frames
    have three equal channels. Raises AstroviewError when it cannot be read, or when nobody
    looked it through (``strict``) and a network made it.
    """
    shown = pixels(sample, strict=strict)
    rgb = shown if shown.ndim == 3 else np.repeat(shown[..., None], 3, -1)
    return Picture(sample.name, rgb, sample.target, sample.detail)


def pixels(sample: CuratedSample, *, strict: bool = False) -> Bytes:
    """8-bit pixels of a sample as the networks see it: (H, W, 3) of a colour picture or a
    composed one, (H, W) of a grey frame under its own stretch, and of a pair the better frame.

    Raises
    ------
    AstroviewError
        A file has gone, or cannot be read any more; ``strict``: a network made it.
    """
    if sample.kind == "pair":
        return pixel_pair(sample)[1]
    if sample.kind == "bands":
        return _composed(sample.paths)
    frame = open_frame(sample.paths[0])
    if strict and by_a_network(frame):
        raise UnreadableFrame(
            Text(
                "{name} was made by a network: nothing of the sky can be learnt from it",
                name=frame.name,
            )
        )
    shown = colour_space.render8(frame.read(_middle(frame)), auto_stretch(frame))
    return shown if frame.channels == 3 else shown[..., 0]


def pixel_pair(sample: CuratedSample, scale: int = 0) -> tuple[Bytes, Bytes]:
    """(low, high), 8-bit grey (h, w) and (s h, s w), under one stretch: the better frame is laid
    on the other's grid, by WCS where they have one (see `trainer.curate.pair_grid`), ``scale``
    times as fine (0: as it is), and the low frame's values are brought to its by a line fitted to
    both. Raises UnreadableFrame when they hardly overlap.
    """
    low, high = (open_frame(path) for path in sample.paths)
    s = scale or sample.scale
    low_hw, high_hw = overlap(_grey(low.read()), laid_on(low, high, s), s)
    height, width = (min(n, LARGEST // s) for n in low_hw.shape)
    low_hw, high_hw = low_hw[:height, :width], high_hw[: height * s, : width * s]
    means = high_hw.reshape(height, s, width, s).mean((1, 3))
    slope, offset = np.polyfit(low_hw.ravel(), means.ravel(), 1)
    stretch = auto_stretch(high)
    matched = (low_hw * np.float32(slope) + np.float32(offset)).astype(np.float32)
    return colour_space.render8(matched, stretch)[..., 0], colour_space.render8(high_hw, stretch)[
        ..., 0
    ]


def _sample(folder: Path, values: dict[str, Any]) -> CuratedSample:
    known = {one.name: values[one.name] for one in fields(CuratedSample)}
    made = json_lines.build(CuratedSample, known)
    return replace(made, paths=tuple(folder / path for path in made.paths))


def _composed(paths: Sequence[Path]) -> Bytes:
    bands = bands_of(paths)
    with TemporaryDirectory(prefix="astroview-bands-") as folder:
        frame = compose_bands(bands, assign(bands), Path(folder))
        return colour_space.render8(frame.read(_middle(frame)), auto_lupton(sample(frame)))


def _middle(frame: Frame) -> Window:
    height, width = (min(n, LARGEST) for n in frame.shape)
    return Window((frame.shape[0] - height) // 2, (frame.shape[1] - width) // 2, height, width)


def _grey(x: NDArray[np.float32]) -> NDArray[np.float32]:
    return x if x.ndim == 2 else x.mean(-1)
