"""What a session keeps of colour from bands: of which frames a picture was made, and how."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import Frame
from astroview.core.texts import Text
from astroview.ui.bands.compose_controller import ComposeController, Composition
from astroview.ui.documents.session import Session

if TYPE_CHECKING:
    from astroview.core.bands.bands import Band

Told = dict[str, Any]


class MixState:
    """Gives out what composed documents were made of, so that a session that comes back can go on
    mixing them. A band that is open itself is named by its document, any other by its file.
    """

    def __init__(self, session: Session, composing: ComposeController) -> None:
        self._session, self._composing = session, composing

    def save(self) -> dict[str, Told]:
        """By document: bands, which of them make which channel, the automatic stretch."""
        opened = {id(d.frame): key for key, d in self._session.documents.items()}
        return {
            str(key): told
            for key, made in self._composing.made.items()
            if key in self._session.documents and (told := _told(made, opened))
        }

    def restore(self, told: dict[str, Told], keys: dict[int, int]) -> None:
        """Raises ValueError, KeyError or TypeError for what `save` did not write."""
        for key, one in told.items():
            mine = keys.get(int(key), 0)
            if mine not in self._session.documents:
                continue
            frames = [self._opened(band, keys) for band in one["bands"]]
            picks = [tuple(int(i) for i in channel) for channel in one["channels"]]
            if len(picks) != 3 or any(i >= len(frames) for channel in picks for i in channel):
                raise ValueError("its channels are of other bands")
            work = partial(_composition, one["bands"], frames, picks, float(one["home"]))
            self._composing.bring_back(mine, work)

    def _opened(self, band: Told, keys: dict[int, int]) -> Frame | None:
        document = self._session.documents.get(keys.get(int(band.get("key", 0)), 0))
        return document.frame if document else None


def _told(made: Composition, opened: dict[int, int]) -> Told | None:
    """A composition in plain JSON; None where a band lies in no file and is closed."""
    bands: list[Told] = []
    for band in made.bands:
        frame, key = band.frame, opened.get(id(band.frame), 0)
        if not key and frame.path is None:
            return None
        file = {"path": str(frame.path), "hdu": frame.hdu, "plane": frame.plane}
        bands.append({"name": band.name, "nm": band.nm, "key": key, **(file if frame.path else {})})
    channels = [list(picks) for picks in made.channels.channels]
    return {"bands": bands, "channels": channels, "home": made.home}


def _composition(
    told: list[Told], frames: list[Frame | None], picks: list[tuple[int, ...]], home: float
) -> Composition:
    """What a picture was made of, its files open again. Any thread. Raises UnreadableFrame."""
    from astroview.core.bands.bands import Assignment, Band
    from astroview.core.io.open_file import open_frame

    bands: list[Band] = []
    for one, known in zip(told, frames, strict=True):
        if known is None and not one.get("path"):
            raise UnreadableFrame(Text("{name} is gone", name=one["name"]))
        frame = known or open_frame(Path(one["path"]), one["hdu"], int(one["plane"]))
        nm = one["nm"]
        bands.append(Band(frame, str(one["name"]), None if nm is None else float(nm)))
    return Composition(tuple(bands), Assignment(picks[0], picks[1], picks[2]), home)
