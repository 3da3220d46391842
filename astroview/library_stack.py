"""astroview from Python: ``astroview.stack``, many frames of one field into one file."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from astroview.core.errors import CannotSave
from astroview.core.texts import Text

if TYPE_CHECKING:
    from astroview.core.messages.stack_messages import StackDone
    from astroview.core.stack_terms import Extent, Kernel, Method

Named = str | os.PathLike[str]


def stack(
    frames: Sequence[Named] | Named,
    out: Named,
    *,
    scale: int = 2,
    method: Method = "likelihood",
    pixfrac: float = 0.8,
    kernel: Kernel = "square",
    reference: Named | None = None,
    hdu: int | str | None = None,
    mixed_filters: bool = False,
    keep_all: bool = False,
    rounds: int | None = None,
    extent: Extent = "reference",
    denoise: bool = False,
    dask: str | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> StackDone:
    """Combine frames of one field on a finer grid; nothing is painted.

    Parameters
    ----------
    frames
        Files, or a folder of them: grey, linear, at least two of one field.
    out
        A FITS file; an existing one is replaced when the new one is complete.
    scale
        1 to 4: how many times as fine as the reference's pixels.
    method
        "likelihood": the sky that explains all pixels best, iterated until what is left is
        noise; "drizzle": STScI's drizzle, with ``pixfrac`` and ``kernel``.
    reference
        The frame whose grid, sky level and unit the result has; by default the one that measured
        best.
    hdu
        Of each file, by number or name.
    mixed_filters, keep_all
        Combine frames of different filters; trailed, clouded and soft frames as well.
    rounds
        Of the likelihood; by default found.
    extent
        What the result covers: the "reference", or the "union" of all frames.
    denoise
        Have the bundled super-resolver leave out the noise that is left. Every frame's pixels
        are explained within their noise all the same; the file keeps what was measured as
        MEASURED, and is marked "not for photometry".
    dask
        Address of a Dask cluster that computes the tiles, "tcp://scheduler:8786", a scheduler
        file, or "local:4" (then under ``if __name__ == "__main__"``, as its processes begin with
        the script); the result is the same.
    progress
        Called with (done, of, note); what it raises, `Cancelled` for one, stops the work and
        comes out of `stack`; no file is left.

    Returns
    -------
    StackDone
        ``path``, and ``frames`` with a row for each frame that was given: its shift, rotation,
        scale, residual, light, share of pixels rejected, or the reason why it took no part.

    Raises
    ------
    AstroviewError
        Fewer than two frames can be combined (`CannotCombine`), or the result cannot be saved.
    """
    from astroview.batch.tile_runner import tile_runner
    from astroview.engine.stacking.stack_choices import StackChoices
    from astroview.engine.stacking.stack_files import stack_files

    _check(scale, pixfrac, rounds, method=method, kernel=kernel, extent=extent)
    given = [frames] if isinstance(frames, str | os.PathLike) else list(frames)
    paths = [Path(one).expanduser() for one in given]
    target = Path(out).expanduser()
    if not target.name:
        raise CannotSave("The result needs a name", hint="Such as stack.fits.")
    choices = StackChoices(
        *(int(scale), method, pixfrac, kernel, mixed_filters, keep_all),
        *(None, rounds, extent, denoise),
    )
    wanted = Path(reference).expanduser() if reference is not None else None
    with tile_runner(dask) as run:
        return stack_files(paths, target, choices, progress or _silent, hdu, wanted, run)


def _check(scale: int, pixfrac: float, rounds: int | None, **words: str) -> None:
    """Raise CannotCombine for what no stack can be made with."""
    from astroview.core.stack_terms import EXTENTS, KERNELS, METHODS, SCALES
    from astroview.engine.stacking.stack_choices import CannotCombine

    if scale not in SCALES:
        raise CannotCombine(
            Text("A scale of {scale} is not possible", scale=scale), hint="Take 1, 2, 3 or 4."
        )
    if not 0 < pixfrac <= 1:
        raise CannotCombine(
            Text("A pixfrac of {pixfrac} is not possible", pixfrac=pixfrac),
            hint="Above 0, at most 1.",
        )
    if rounds is not None and not 1 <= rounds <= 1000:
        raise CannotCombine(
            Text("{rounds} rounds are not possible", rounds=rounds),
            hint="Take 1 to 1000, or None for as many as it needs.",
        )
    known = {"method": METHODS, "kernel": KERNELS, "extent": EXTENTS}
    for name, value in words.items():
        if value not in known[name]:
            raise CannotCombine(
                Text("“{value}” is not known as a {name}", value=value, name=name),
                hint=Text("Take one of: {choices}.", choices=", ".join(known[name])),
            )


def _silent(done: int, of: int, note: str) -> None:
    """No progress is shown."""
