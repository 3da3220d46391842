"""Sky coordinates of JWST and Roman products that FITS cards do not tell: an ASDF extension.

Only used where the header has no coordinates of its own. The generalised WCS becomes FITS cards
with SIP distortion, fitted to a hundredth of a pixel: what all else here, and every saved result,
understands. Needs the extra "jwst".
"""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any

from astroview.core.errors import UnreadableFrame
from astroview.core.extras import install
from astroview.core.io.fits.asdf_tree import check_tree
from astroview.core.library_warnings import collected_warnings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from astropy.io import fits

    from astroview.core.io.byte_stores import Store
    from astroview.core.io.fits.fits_hdus import HduEntry

_NAME = "ASDF"
_MAGIC = b"#ASDF"
_MOST = 2**28  # bytes of an extension that is looked at
_ERROR = 0.01  # pixels that the fit may be off
_DROPPED = ("NAXIS", "NAXIS1", "NAXIS2", "NAXIS3")
# What asdf, its schemas and gwcs raise for trees that they do not understand.
_NOT_UNDERSTOOD = (
    OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RuntimeError,
    NotImplementedError, ImportError, AssertionError, ArithmeticError,
)  # fmt: skip


def gwcs_cards(
    store: Store, entries: Iterable[HduEntry], shape: tuple[int, int]
) -> tuple[fits.Header | None, str]:
    """FITS cards for the sky of a frame (H, W), and what is to be said; (None, "") without any.

    Parameters
    ----------
    entries
        The HDUs of the file that are not looked at yet.
    """
    try:
        found = next((entry for entry in entries if entry.info.name == _NAME), None)
    except UnreadableFrame:  # an HDU behind the picture is broken: the picture is not
        found = None
    if found is None or not 0 < found.size <= _MOST:
        return None, ""
    if any(find_spec(package) is None for package in ("asdf", "gwcs", "asdf_astropy")):
        return None, (
            f"The sky coordinates of {store.name} are in an ASDF extension; to use them, run:"
            f" {install('jwst')}"
        )
    with store.open() as file:
        file.seek(found.offset)
        content = file.read(found.size)
    try:
        with collected_warnings():
            cards = _fitted(content, shape)
    except _NOT_UNDERSTOOD as problem:
        return None, f"The sky coordinates of {store.name} are not understood ({problem})."
    if cards is None:
        return None, ""
    return cards, f"The sky coordinates of {store.name} are fitted to its generalised WCS (GWCS)."


def _fitted(content: bytes, shape: tuple[int, int]) -> fits.Header | None:
    import asdf
    import gwcs

    if not content.startswith(_MAGIC):
        return None
    check_tree(content)
    with asdf.open(BytesIO(content), lazy_load=False, memmap=False) as tree:
        found: Any = tree.search(type_=gwcs.WCS).nodes
        if not found:
            return None
        cards = found[0].to_fits_sip(
            bounding_box=((-0.5, shape[1] - 0.5), (-0.5, shape[0] - 0.5)), max_pix_error=_ERROR
        )
    for keyword in _DROPPED:
        cards.remove(keyword, ignore_missing=True)
    return cards
