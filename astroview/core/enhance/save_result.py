"""The last step of an enhancement: from scratch arrays to the file that the user asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from astroview.core.bands.band_sets import SUFFIX
from astroview.core.colour.band_stretch import auto_lupton
from astroview.core.colour.stretch import auto_stretch, sample
from astroview.core.enhance.results import frame_from_outputs
from astroview.core.errors import CannotSave
from astroview.core.io.open_file import open_frame
from astroview.core.io.paths import remote_paths
from astroview.core.io.save_file import save_frame
from astroview.core.io.thumbnails import save_thumbnail
from astroview.core.models.model_card import sha256_of
from astroview.core.options import Outputs, SavedFile
from astroview.core.texts import Text

if TYPE_CHECKING:
    from astroview.core.colour.band_stretch import AnyStretch
    from astroview.core.frame import Frame


def finish_file(
    source: str,
    hdu: int | str | None,
    plane: int,
    outputs: Outputs,
    target: str,
    thumbs: str = "",
    frame: Frame | None = None,
) -> SavedFile:
    """Save what was computed for a file; both may be elsewhere (URLs). See `finish`.

    ``frame`` is the file, where it is open already.
    """
    scratch = Path(outputs.source).parent
    frame = frame or open_frame(remote_paths.local(source, scratch), hdu, plane)
    if not remote_paths.is_url(target):
        return finish(frame, outputs, Path(target), thumbs)
    if target == source:
        raise CannotSave(
            Text(
                "{file_name} is the original, which astroview never overwrites",
                file_name=remote_paths.file_name(target),
            ),
            hint="Choose another name.",
        )
    made = scratch / "saved" / remote_paths.file_name(target)
    saved = finish(frame, outputs, made, thumbs)
    there = remote_paths.put(made, target)
    made.unlink()
    return replace(saved, size=there.size, mtime_ns=there.mtime_ns)


def finish(frame: Frame, outputs: Outputs, target: Path, thumbs: str = "") -> SavedFile:
    """Save a result, in the format that the target's suffix says; folders are made.

    Parameters
    ----------
    frame
        What was enhanced; its header goes into the result.
    thumbs
        Where thumbnails go: a path to which ``-before.png`` and ``-after.png`` are added;
        empty: none are made.

    Raises
    ------
    UnreadableFrame, CannotSave
    """
    result = frame_from_outputs(frame, outputs)
    stretch = _shown_with(frame, result)
    target.parent.mkdir(parents=True, exist_ok=True)
    save_frame(result, target, stretch)
    status = target.stat()
    saved = SavedFile(sha256_of(target), status.st_size, status.st_mtime_ns, outputs.warnings)
    if not thumbs:
        return saved
    before = save_thumbnail(frame, stretch, Path(f"{thumbs}-before.png"))
    after = save_thumbnail(result, stretch, Path(f"{thumbs}-after.png"))
    return replace(saved, before=str(before), after=str(after))


def _shown_with(frame: Frame, result: Frame) -> AnyStretch:
    if frame.path is not None and frame.path.suffix == SUFFIX:
        return auto_lupton(sample(result))
    return result.rendered or auto_stretch(result)
