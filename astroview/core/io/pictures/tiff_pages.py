"""The pictures in a TIFF file: which pages belong together, and which only serve others."""

from __future__ import annotations

from typing import Any

from astroview.core.lazy_dataclass import dataclass

_MASK = 4  # photometric interpretation of a transparency mask


@dataclass(frozen=True, eq=False)
class Pages:
    """A series of pages of one size and kind.

    Attributes
    ----------
    index
        The number under which it is opened.
    role
        "picture"; "reduced" (a small copy of another page) or "mask" (of another's validity).
    """

    index: int
    name: str
    shape: tuple[int, ...]
    pages: tuple[Any, ...]
    role: str

    @property
    def first(self) -> Any:
        """The page that tells what all are like."""
        return whole(self.pages[0])

    def said(self, file: str) -> str:
        """What is to be said where this is opened and nobody chose it; "" mostly."""
        if self.role == "picture":
            return ""
        kind = "a reduced copy of a picture" if self.role == "reduced" else "a mask of a picture"
        return f"{file} calls this {kind} that it does not hold."


def series_of(tiff: Any) -> list[Pages]:
    """All series of a file, also of reduced pages and masks. Raises ValueError without any."""
    found: list[Pages] = []
    len(tiff.pages)  # found one by one, tifffile would not see that they lead in circles
    for i, series in enumerate(tiff.series):
        pages = tuple(page for page in series.pages if page is not None)
        role = role_of(whole(pages[0]))
        alike = tuple(page for page in pages if _role(page, role) == role)
        shape = tuple(series.shape) if len(alike) == len(pages) else tuple(alike[0].shape)
        found.append(Pages(i, str(series.name or ""), shape, alike, role))
    if not found:
        raise ValueError("it has no pages")
    return found


def whole(page: Any) -> Any:
    """A page with its tags; tifffile leaves them out where pages are alike."""
    return page.aspage() if hasattr(page, "aspage") else page


def role_of(page: Any) -> str:
    """What a page is there for, by NewSubfileType or SubfileType."""
    if page.is_mask or page.photometric == _MASK:
        return "mask"
    return "reduced" if page.is_reduced else "picture"


def mask_of(tiff: Any, page: Any) -> Any:
    """The page that tells where another has data: a mask of its size behind it; None mostly."""
    if role_of(page) != "picture" or page.is_subifd:
        return None
    for i in range(page.index + 1, len(tiff.pages)):
        other = whole(tiff.pages[i])
        if role_of(other) == "picture":
            return None
        same = (other.imagelength, other.imagewidth) == (page.imagelength, page.imagewidth)
        if role_of(other) == "mask" and not other.is_reduced and same:
            return other
    return None


def _role(page: Any, first: str) -> str:
    """The role of a further page; one without tags is like the first."""
    return role_of(page) if hasattr(page, "subfiletype") else first
