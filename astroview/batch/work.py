"""One file of a batch: read, enhance, save. In this process, for whoever has many of these."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from astroview.batch.recipe import BatchRecipe
from astroview.core.enhance.save_result import finish
from astroview.core.options import SavedFile

if TYPE_CHECKING:
    from astroview.core.models.model_card import ModelShelf
    from astroview.engine.pipeline.stage_progress import ProgressHook
    from astroview.engine.runtime.cache import Cache


def enhance_one(
    source: Path,
    target: Path,
    recipe: BatchRecipe,
    shelf: ModelShelf,
    memo: Cache,
    progress: ProgressHook,
    thumbs: str = "",
) -> SavedFile:
    """Enhance a file and save the result; a whole file appears at `target`, or none.

    Depends on nothing but its arguments, so any process may call it, on any machine that sees
    the files. The bytes of the result depend on the content and the name of the source, the
    recipe and the models only.

    Parameters
    ----------
    memo
        What the process keeps between its files: the networks, for one.
    progress
        Told (done, of, note); may raise `Cancelled`.
    thumbs
        See `save_result.finish`.

    Raises
    ------
    AstroviewError
        The file cannot be read, computed or saved; nothing is left behind.
    """
    from astroview.core.io.open_file import open_frame
    from astroview.engine.pipeline.enhance import enhance_to
    from astroview.engine.runtime.live_updates import Live

    frame = open_frame(source, recipe.hdu, recipe.plane)
    with TemporaryDirectory(prefix="astroview-", ignore_cleanup_errors=True) as scratch:
        outputs = enhance_to(frame, recipe.options, Path(scratch), shelf, progress, Live(memo))
        return finish(frame, outputs, target, thumbs)
