"""``astroview.open``: a frame from a path or a URL, for notebooks and scripts."""

from __future__ import annotations

import weakref
from contextlib import ExitStack
from pathlib import Path

from astroview.cli_inputs import Inputs
from astroview.core.frame import Frame
from astroview.core.io.open_file import open_frame
from astroview.core.io.paths.remote_paths import door


def open(place: str | Path, hdu: int | str | None = None, plane: int = 0) -> Frame:  # noqa: A001
    """Open a frame.

    Parameters
    ----------
    place
        A path, or a URL: http, https, file; others (s3 ...) with the extra "cluster".
    hdu, plane
        As `astroview.enhance` takes them.

    Returns
    -------
    Frame
        ``read()`` gives its samples, float32 with row 0 on top; ``wcs``, ``unit`` and ``header``
        are the file's. A copy that was downloaded lasts as long as the frame.

    Raises
    ------
    AstroviewError
        It cannot be had or read; message and hint say so in plain words.

    Examples
    --------
    >>> import astroview
    >>> astroview.open("resources/samples/galaxy.fits").shape
    (640, 640)
    """
    with ExitStack() as copies:
        local = copies.enter_context(Inputs())
        frame = open_frame(local(door(str(place))), hdu, plane)
        weakref.finalize(frame, copies.pop_all().close)
    return frame
