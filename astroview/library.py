"""astroview from Python: ``astroview.enhance`` for files, arrays and astropy's NDData.

The same engine and the same promises as in the window: the mean of the fine pixels is the pixel
that was measured, painted colour keeps the lightness, and the result says what was done to it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

import numpy as np
from astropy.nddata import NDData

from astroview.batch.process_client import JobFailed, WorkerProcess
from astroview.core.enhance import array_input, nddata
from astroview.core.enhance.enhanced import Enhanced
from astroview.core.enhance.results import frame_from_outputs
from astroview.core.enhance_choices import SharedKeywords
from astroview.core.errors import (
    AstroviewError,
    ModelRejected,
    NoNumbers,
    OutOfMemory,
    UnreadableFrame,
)
from astroview.core.frame import ArraySource, Frame, Kind, Window
from astroview.core.io.open_file import open_frame
from astroview.core.memory_limits import TooLarge
from astroview.core.messages import worker_messages
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions, Outputs
from astroview.core.texts import Text

if TYPE_CHECKING:
    from typing import Unpack

    from numpy.typing import NDArray

    from astroview.core.colour.stretch import Stretch
    from astroview.engine.pipeline.flux_ledger import FluxLedger
    from astroview.engine.pipeline.verify import Verification

Progress = Callable[[int, int, str], None]
# What the worker's errors are here.
_FAILURES = {
    kind.__name__: kind
    for kind in (UnreadableFrame, ModelRejected, NoNumbers, OutOfMemory, TooLarge)
}
_Data = TypeVar("_Data", bound=NDData)


class EnhanceChoices(SharedKeywords, total=False):
    """The keywords of `enhance`."""

    colorize: bool | str | None
    scale: int | str
    stretch: Stretch | None
    tile: int | None
    hdu: int | str | None
    plane: int
    origin: array_input.Origin | None
    kind: Kind | None
    worker: bool | WorkerProcess
    max_bytes: int | None
    progress: Progress | None


@overload
def enhance(source: _Data, **choices: Unpack[EnhanceChoices]) -> _Data: ...
@overload
def enhance(
    source: str | os.PathLike[str] | NDArray[Any], **choices: Unpack[EnhanceChoices]
) -> Enhanced: ...
def enhance(
    source: Any,
    *,
    colorize: bool | str | None = None,
    scale: int | str = 2,
    stretch: Stretch | None = None,
    tile: int | None = None,
    hdu: int | str | None = None,
    plane: int = 0,
    origin: array_input.Origin | None = None,
    kind: Kind | None = None,
    worker: bool | WorkerProcess = True,
    max_bytes: int | None = None,
    progress: Progress | None = None,
    **how: Unpack[SharedKeywords],
) -> Any:
    """Super-resolve and colourise a frame.

    Parameters
    ----------
    source
        A file (FITS, TIFF, PNG, JPEG), an array (H, W) or (H, W, 3), where NaN and masked
        samples are "no data", or an astropy `NDData` / `CCDData`.
    colorize
        Whether to paint colour onto grey, or the id of the model that does. By default yes for
        files and arrays, and no for NDData, which has no place for colour.
    scale
        2 doubles the sampling; 1 leaves the samples as they are. Or the id of the model that
        magnifies, such as one of your own.
    palette
        A palette's name (``astroview models palettes`` lists them), or "auto".
    vividness
        How much colour: 1 is as usual, 0 grey, 3 the most.
    colour_from
        Who measured the colours: a survey such as "panstarrs" or "sky", asked for the frame's
        field, or a colour picture's path; by default nobody, and they are guessed.
    shows
        What the frame shows, such as "reflection nebula" or "M 45", for automatic colour; by
        default what its OBJECT card says.
    stretch
        Under which colour is painted; by default chosen from the samples.
    quality
        "best" takes the mean over the frame's 8 flips and quarter turns: 8 times the work.
    uncertainty
        Whether to tell how far off the samples may be.
    denoise
        Leave the noise of measured (linear) frames out of what is sharpened: the flux of a pixel
        is then kept within its noise, not exactly, and ``uncertainty`` is None.
    values
        What an NDData and a saved FITS hold: the "sum" of the fine samples of a pixel, their
        "mean", or "auto": sums where the unit counts per pixel (electron, adu, nanomaggy,
        Jy/pixel), so that apertures, gains and zero points hold; means where it does not
        (MJy/sr, K) or nobody can tell. The ``samples`` of an `Enhanced` are always means.
    data_quality
        Whether pixels that a file's own planes (DQ, mask, errors), or an NDData's uncertainty,
        call bad count as no measurement: they are kept from the network, and given back as they
        are.
    only_image
        Leave the other extensions of a file (errors, masks, tables) out of what is saved.
    device
        "auto" takes CUDA, then MPS, then the CPU.
    tile
        Side of the tiles in input pixels; by default the engine chooses.
    hdu, plane
        Of a file: HDU by number or name, plane of a cube.
    origin
        Of an array: whether its first row is the "upper" (default) or the "lower" one.
    kind
        Of an array: "linear" (measured) or "display" (painted); by default uint8, and uint16 in
        three channels, are pictures.
    worker
        True computes in a process of its own, which no crash or lack of memory leaves, and which
        gives all memory back; a `Worker` is such a process kept warm for many calls; False
        computes here.
    max_bytes
        Of a file: the memory or scratch that opening it may take. By default what its size
        explains and the machine has free; a file that would take more is refused with the figure.
    progress
        Called with (done, of, note) for every tile; what it raises, `Cancelled` for one, stops
        the work and comes out of `enhance`.

    Returns
    -------
    Enhanced or NDData
        `Enhanced` for files and arrays. For NDData one of the same class: unit kept, mask
        repeated, WCS rescaled, provenance in its meta, and no uncertainty, because that of the
        single fine pixels is not known.

    Raises
    ------
    AstroviewError
        With a message and a hint; among its children are `UnreadableFrame`, `ModelRejected`,
        `OutOfMemory` and `WorkerLost`.

    Notes
    -----
    The mean of the s x s fine pixels equals the pixel that was measured, or with ``denoise`` is
    within its noise of it. In memory (``Enhanced.samples``) samples keep their unit as a surface
    brightness, so a sum over an aperture grows by s x s; in saved FITS and NDData it does not,
    where the unit counts per pixel: see ``values``.
    """
    is_data = isinstance(source, NDData)
    wanted = colorize if colorize is not None else not is_data
    if is_data and wanted:
        raise ModelRejected(
            Text("A {name} has no place for colour", name=type(source).__name__),
            hint='Enhance its array instead: enhance(ccd.data, origin="lower").',
        )
    frame, way_up = _opened(
        source, hdu, plane, origin, kind, max_bytes, how.get("data_quality", True)
    )
    given = how.get("colour_from")
    if isinstance(given, os.PathLike):
        how["colour_from"] = os.fspath(given)  # a Path is as good as its name
    options = EnhanceOptions(
        colorizer="auto" if wanted is True else wanted or None,
        superres=_superres(scale),
        tile=tile,
        stretch=stretch.to_dict() if stretch else None,
        **how,
    )
    if options.does_nothing:
        raise AstroviewError(
            "There is nothing to do: neither colour nor a scale of 2 is wanted",
            hint="Leave scale at 2, or colorize on.",
        )
    result = _compute(frame, options, worker, progress or _silent, way_up)
    if is_data:
        return nddata.rescaled(source, result.frame, result.samples, result.scale)
    return result


def verify(
    file: str | os.PathLike[str],
    original: str | os.PathLike[str] | None = None,
    device: str = "auto",
) -> Verification:
    """Make a saved result again from what it says of itself, and compare.

    Parameters
    ----------
    file
        A result that was saved as FITS, TIFF or PNG.
    original
        What it was made from; by default looked for beside the result.
    device
        "auto" takes CUDA, then MPS, then the CPU.

    Returns
    -------
    Verification
        Its ``verdict`` is "identical", "within tolerance", "altered" or "not ours", ``why`` says
        what differs, and ``sources`` is the flux ledger.

    Raises
    ------
    AstroviewError
        A file cannot be read, the original is not found, or a model is not there.
    """
    from astroview.engine.pipeline.verify import verify as made_again

    given = Path(original).expanduser() if original is not None else None
    path = Path(file).expanduser()

    def silent(done: int, of: int, note: str = "") -> None:
        """No progress is shown."""

    return made_again(path, given, default_shelf(), silent, device)


def flux_ledger(
    original: str | os.PathLike[str], result: Enhanced | str | os.PathLike[str]
) -> FluxLedger:
    """The sources of an original and of a result: fluxes and centres by S/N, lost and new ones.

    Parameters
    ----------
    original
        A file.
    result
        What `enhance` made of it, or a saved FITS of it (its first HDU that holds measured
        samples).

    Returns
    -------
    FluxLedger
        ``verdict()`` is one line, ``bins()`` are by S/N, ``table()`` has a row for each source.

    Raises
    ------
    UnreadableFrame
        A file cannot be read, or the result is not a whole number of times as fine.
    """
    from astroview.engine.pipeline.flux_ledger import ledger

    before = open_frame(Path(original).expanduser())
    after = result.frame if isinstance(result, Enhanced) else _measured(Path(result).expanduser())
    scale = after.shape[0] // before.shape[0]
    if after.shape != (before.shape[0] * scale, before.shape[1] * scale):
        raise UnreadableFrame(
            Text(
                "{name} is not a whole number of times as fine as {before_name}",
                name=after.name,
                before_name=before.name,
            ),
            hint="Name the file that it was made from.",
        )
    return ledger(before, after, scale)


def _measured(path: Path) -> Frame:
    """The measured samples of a saved result: they stand behind a painted picture."""
    frame = open_frame(path)
    if frame.kind == "linear":
        return frame
    for name in ("LUMINANCE", "LINEAR"):
        try:
            return open_frame(path, name)
        except UnreadableFrame:
            continue
    return frame


def _opened(
    source: Any,
    hdu: int | str | None,
    plane: int,
    origin: array_input.Origin | None,
    kind: Kind | None,
    max_bytes: int | None,
    data_quality: bool,
) -> tuple[Frame, array_input.Origin]:
    """The source as a frame, and which of its rows its reader expects first."""
    if isinstance(source, str | os.PathLike):
        frame = open_frame(Path(cast("str", source)).expanduser(), hdu, plane, max_bytes)
        return frame, "lower" if frame.header is not None else "upper"
    if isinstance(source, NDData):
        return nddata.frame_from_nddata(source, data_quality), "lower"
    way_up = origin or "upper"
    unit = getattr(source, "unit", "")  # of an astropy Quantity
    return array_input.frame_from_array(np.asanyarray(source), way_up, kind, str(unit)), way_up


def _superres(scale: int | str) -> str | None:
    """The model that magnifies so much; None for 1. Raises ModelRejected when there is none."""
    shelf = default_shelf()
    if isinstance(scale, str):
        shelf.choose(scale, "superres")
        return scale
    return shelf.superres_id(scale)


def _silent(done: int, of: int, note: str) -> None:
    """No progress is shown."""


def _compute(
    frame: Frame,
    options: EnhanceOptions,
    worker: bool | WorkerProcess,
    progress: Progress,
    origin: array_input.Origin,
) -> Enhanced:
    with TemporaryDirectory(prefix="astroview-", ignore_cleanup_errors=True) as folder:
        if isinstance(worker, WorkerProcess):
            outputs = _in_worker(frame, options, worker, progress, Path(folder))
        elif worker:
            with WorkerProcess() as own:
                outputs = _in_worker(frame, options, own, progress, Path(folder))
        else:
            outputs = _here(frame, options, progress, Path(folder))
        return _held(frame_from_outputs(frame, outputs), origin, frame)


def _in_worker(
    frame: Frame, options: EnhanceOptions, worker: WorkerProcess, progress: Progress, folder: Path
) -> Outputs:
    path = frame.path.absolute() if frame.path else array_input.write_for_worker(frame, folder)

    def tell(event: worker_messages.Progress) -> None:
        progress(event.done, event.of, event.note)

    try:
        return worker.enhance(
            path, frame.hdu, frame.plane, options, folder, tell, max_bytes=frame.max_bytes
        )
    except JobFailed as failed:
        kind = _FAILURES.get(failed.problem, AstroviewError)
        raise kind(failed.message, failed.hint) from None


def _here(frame: Frame, options: EnhanceOptions, progress: Progress, folder: Path) -> Outputs:
    from astroview.engine.pipeline.enhance import enhance_to

    def tell(done: int, of: int, note: str = "") -> None:
        progress(done, of, note)

    return enhance_to(frame, options, folder, default_shelf(), tell)


def _held(made: Frame, origin: array_input.Origin, before: Frame) -> Enhanced:
    """The result in memory, so that its scratch files can go."""
    samples = made.read()
    chroma = made.read_chroma() if made.chroma is not None else None
    whole = Window.whole(made.shape)
    halves = made.uncertainty.read(whole, 1) if made.uncertainty is not None else None
    held = replace(
        made,
        channels=3 if samples.ndim == 3 else 1,
        source=ArraySource(samples),
        chroma=ArraySource(chroma) if chroma is not None else None,
        uncertainty=ArraySource(halves) if halves is not None else None,
    )
    return Enhanced(
        samples=array_input.oriented(samples, origin),
        chroma=None if chroma is None else array_input.oriented(chroma, origin),
        origin=origin,
        frame=held,
        uncertainty=None if halves is None else array_input.oriented(halves, origin),
        before=before,
    )
