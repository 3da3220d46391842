"""From band files to a saved colour picture: what `astroview compose` does."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from astroview.core.atomic_write import is_one_of
from astroview.core.bands.bands import (
    Assignment,
    Band,
    BandsDoNotMatch,
    assign,
    bands_in,
    compose_bands,
    identify_all,
)
from astroview.core.colour.band_stretch import LUPTON_Q, auto_lupton
from astroview.core.colour.stretch import sample
from astroview.core.io.save_file import save_frame
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Weights = tuple[float, float, float]


@dataclass(frozen=True)
class ComposeChoices:
    """What to compose with; None is found from the frames.

    Attributes
    ----------
    channels
        Three places in the list of bands, for red, green and blue.
    weights
        Of red, green and blue.
    q, wide
        Softening and linear part of Lupton's stretch (astropy's ``Q`` and ``stretch``).
    """

    channels: tuple[int, int, int] | None = None
    weights: Weights | None = None
    q: float = LUPTON_Q
    wide: float | None = None


def bands_of(paths: Sequence[Path]) -> list[Band]:
    """The bands of files; a single file may hold several.

    Raises
    ------
    UnreadableFrame
    BandsDoNotMatch
        A file is a colour picture.
    """
    found = [bands_in(path) for path in paths]
    for path, bands in zip(paths, found, strict=True):
        if not bands:
            raise BandsDoNotMatch(
                Text("{name} is a colour picture already", name=path.name),
                "Three planes are red, green and blue; it opens and enhances as it is.",
            )
    if len(paths) > 1 and all(len(bands) == 1 for bands in found):
        return identify_all([bands[0].frame for bands in found])
    return [band for bands in found for band in bands]


def compose_files(
    paths: Sequence[Path], out: Path, choices: ComposeChoices, progress: Callable[[int, int], None]
) -> str:
    """Compose and save; returns a line that says from what.

    Raises
    ------
    AstroviewError
        A file cannot be read, the bands do not match, or the picture cannot be saved.
    """
    bands = bands_of(paths)
    channels = _chosen(bands, choices)
    if is_one_of(out, paths):
        raise BandsDoNotMatch(
            Text("{name} is one of the bands", name=out.name), "Choose another name for --out."
        )
    with tempfile.TemporaryDirectory(prefix="astroview-bands-") as folder:
        frame = compose_bands(bands, channels, Path(folder), progress)
        stretch = auto_lupton(sample(frame), choices.weights, choices.q, choices.wide)
        save_frame(frame, out, stretch)
    each = zip(("red", "green", "blue"), channels.channels, strict=True)
    return ", ".join(f"{c} {' + '.join(bands[i].label for i in picks)}" for c, picks in each)


def _chosen(bands: Sequence[Band], choices: ComposeChoices) -> Assignment:
    found = assign(bands)  # which refuses less than two
    if choices.channels is None:
        return found
    if not all(1 <= i <= len(bands) for i in choices.channels):
        raise BandsDoNotMatch(
            Text("there are bands 1 to {count}", count=len(bands)),
            "Number the channels in the order of the files.",
        )
    red, green, blue = (i - 1 for i in choices.channels)
    return Assignment((red,), (green,), (blue,))
