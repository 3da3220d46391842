"""How far a result's means are from what was measured, as a picture of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from astroview.core.colour.stretch import Stretch
from astroview.core.frame import ArraySource
from astroview.ui.documents.document import Result, Used, thumbnail
from astroview.ui.i18n.translate import tr

if TYPE_CHECKING:
    from pathlib import Path

    from astroview.core.enhance.source_changes import SourceChanges
    from astroview.ui.process.scratch_folders import Lease

SIGMA = 5.0  # where the picture is black, or white: grey is no residual


def residual_id(result_id: str) -> str:
    """The id of the picture of a result's residuals."""
    return f"{result_id} residual"


def residual_of(result: Result, changes: SourceChanges, folder: Path, lease: Lease) -> Result:
    """The map of residuals under the frame of a result; any thread."""
    original = result.original
    header = original.header.copy() if original.header is not None else None
    if header is not None:
        header.remove("BUNIT", ignore_missing=True)
    words = f"Means of {result.label} over pixels, less what was measured, over {changes.noise:.6g}"
    frame = replace(
        original,
        source=ArraySource(changes.residual),
        channels=1,
        kind="linear",
        full_scale=None,
        chroma=None,
        rendered=None,
        header=header,
        unit="sigma",
        history=(*original.history, words),
    )
    own = Stretch("linear", -SIGMA, SIGMA)
    used = Used((tr("Result less original, in units of the noise; grey is none."),), painted=False)
    return Result(
        *(residual_id(result.id), frame, original, tr("Residual, in sigma"), used),
        *(thumbnail(frame, own), folder, own),
        lease=lease,
    )
