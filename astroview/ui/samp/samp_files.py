"""Files that go to other programs by SAMP, and those that came from them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from astroview.core.frame import Frame
from astroview.core.io.paths.file_names import legal_name
from astroview.core.io.paths.url_fetch import Transfer, fetch, keep

if TYPE_CHECKING:
    from astroview.core.sky.region_files import RegionShape
    from astroview.core.sky.samp_link import Heard

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def had(event: Heard, scratch: Path, how: Transfer) -> Path:
    """The file of a message, by the name it was sent under. Raises NotFetched, and what the
    transfer's progress does.
    """
    path = fetch(event.params.get("url", ""), scratch, how)
    return keep(path, event.params.get("name", ""), scratch)


def written_frame(frame: Frame, stretch: Any, folder: Path) -> Path:
    """A frame that lies in no file of its own, as FITS with its provenance."""
    from astroview.core.colour.stretch import auto_stretch
    from astroview.core.io.save_file import save_frame

    path = Path(tempfile.mkdtemp(dir=folder)) / f"{legal_name(frame.name)}.fits"
    return save_frame(frame, path, stretch or auto_stretch(frame))


def written_regions(shapes: Sequence[RegionShape], frame: Frame, folder: Path) -> Path:
    """Regions as a file of DS9: on the sky where the frame has one."""
    from astroview.core.sky.region_files import write_regions

    path = Path(tempfile.mkdtemp(dir=folder)) / f"{legal_name(frame.name)}.reg"
    write_regions(path, shapes, frame, on_sky=True)
    return path


def written_table(table: Any, folder: Path, name: str) -> Path:
    """A catalogue as VOTable."""
    from astroview.core.library_warnings import collected_warnings

    path = Path(tempfile.mkdtemp(dir=folder)) / f"{legal_name(Path(name).stem)}.vot"
    with collected_warnings():
        _for_xml(table).write(path, format="votable")
    return path


def _for_xml(table: Any) -> Any:
    """A copy without the control characters, which XML cannot hold, in its texts."""
    copy = table.copy()
    for name in copy.colnames:
        column = copy[name]
        if getattr(column, "dtype", None) is not None and column.dtype.kind in "UO":
            for i, value in enumerate(column):
                if isinstance(value, str) and (clean := _NOT_XML.sub(" ", value)) != value:
                    column[i] = clean
    return copy
