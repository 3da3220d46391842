"""What a picture of the view says of itself: the sky that it shows, and what a network painted."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.viewer.panes import Mode

if TYPE_CHECKING:
    from PIL import Image

    from astroview.core.frame import Frame
    from astroview.core.sky.flat_wcs import FlatSky
    from astroview.ui.documents.session import Selection
    from astroview.ui.viewer.paint_layers import Placing
    from astroview.ui.viewer.viewer import Viewer

_APART = (Mode.SIDE, Mode.GRID, Mode.TILE)  # several pictures beside each other: several skies
_JPEG_QUALITY = 95


@dataclass(frozen=True)
class ViewTold:
    """Metadata of a picture of the view: its history as text, and an XMP packet."""

    text: str
    xmp: bytes


def told_of_view(viewer: Viewer, chosen: Selection | None, height: int, width: int) -> ViewTold:
    """The metadata of a picture of (height, width) device pixels whose top left is the viewer's."""
    if chosen is None or viewer.shown is None:
        return ViewTold("", b"")
    from astroview.core import provenance
    from astroview.core.io.pictures.picture_credits import credits_of
    from astroview.core.io.pictures.xmp_packet import IN_PART, PAINTED, xmp_packet

    original = viewer.mode is Mode.ORIGINAL or chosen.after is None
    frame = chosen.before if original or chosen.after is None else chosen.after
    if chosen.beside is not None and frame is chosen.after:
        frame = replace(frame, scale=1)  # finer than the other, which is no network's doing
    told = credits_of(frame)
    if told.source_type == PAINTED and viewer.mode not in (Mode.RESULT, Mode.ORIGINAL):
        told = replace(told, source_type=IN_PART)  # the measured frame is seen beside it
    sky = None
    if viewer.mode not in _APART:
        at = viewer.placing_at(QPointF(0, 0))
        sky = _seen(chosen.document.frame, at, viewer.devicePixelRatioF(), height)
    layer = viewer.shown.after if viewer.shown.after and not original else viewer.shown.before
    text = provenance.as_text(replace(frame, made=None), layer.look.stretch)
    return ViewTold(text, xmp_packet(told, sky, (height, width)))


def _seen(frame: Frame, at: Placing, ratio: float, height: int) -> FlatSky | None:
    """The sky of the picture's pixels, which count as FITS does: from 1, from the bottom left."""
    if frame.wcs is None:
        return None
    import numpy as np

    from astroview.core.sky.flat_wcs import flat_sky

    flat = flat_sky(frame.wcs, frame.shape)
    back, possible = at.transform.inverted()
    if flat is None or not possible:
        return None

    def there(x: float, y: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        scene = back.map(QPointF((x - 0.5) / ratio, (height - y + 0.5) / ratio))
        return np.array([scene.x() + 0.5, frame.shape[0] - scene.y() + 0.5])

    offset = there(0, 0)
    matrix = np.stack([there(1, 0) - offset, there(0, 1) - offset], axis=1)
    return flat.seen_by(matrix, offset)


def as_pillow(image: QImage) -> Image.Image:
    """A picture of Qt's as one of Pillow's, RGB."""
    from PIL import Image

    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    size = (rgb.width(), rgb.height())
    return Image.frombytes("RGB", size, bytes(rgb.constBits()), "raw", "RGB", rgb.bytesPerLine())


def encoded(image: QImage, kind: str, told: ViewTold) -> bytes:
    """A picture of the view as "png" or "jpeg", with its metadata and the sRGB profile."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    from astroview.core.colour.colour_profiles import srgb_icc
    from astroview.core.io.pictures.picture_files import DESCRIPTION

    out = BytesIO()
    if kind == "png":
        info = PngInfo()
        info.add_text("Software", "astroview")
        if told.xmp:
            info.add_text("Description", told.text)
            info.add_itxt("XML:com.adobe.xmp", told.xmp.decode("utf-8"))
        as_pillow(image).save(out, "PNG", pnginfo=info, icc_profile=srgb_icc(3))
        return out.getvalue()
    exif = Image.Exif()
    if told.text:
        exif[DESCRIPTION] = told.text
    as_pillow(image).save(
        out, "JPEG", quality=_JPEG_QUALITY, subsampling=0, icc_profile=srgb_icc(3), exif=exif,
        **({"xmp": told.xmp} if told.xmp else {}),
    )  # fmt: skip
    return out.getvalue()


def with_metadata(svg: bytes, told: ViewTold) -> bytes:
    """An SVG drawing with the packet behind its title."""
    head, title, rest = svg.partition(b"</title>")
    if not told.xmp or not title:
        return svg
    return head + title + b"\n<metadata>" + told.xmp + b"</metadata>" + rest
