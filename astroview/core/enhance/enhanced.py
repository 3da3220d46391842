"""An enhanced frame in memory: what `astroview.enhance` gives to Python and notebooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from astroview.core import extras
from astroview.core.colour import colour_space
from astroview.core.colour.stretch import Stretch, auto_stretch
from astroview.core.io.fits.fits_choices import FitsChoices
from astroview.core.io.save_file import Format, save_frame
from astroview.core.lazy_dataclass import dataclass
from astroview.core.provenance import measured_by

if TYPE_CHECKING:
    import os

    import numpy as np
    from astropy.nddata import CCDData
    from numpy.typing import NDArray

    from astroview.core.enhance.array_input import Origin
    from astroview.core.frame import Frame
    from astroview.core.pixel_values import Values

PREVIEW_SIDE = 768  # pixels of the picture that a notebook shows


@dataclass(frozen=True, eq=False)
class Enhanced:
    """What `astroview.enhance` makes of a file or an array, in memory.

    Attributes
    ----------
    samples
        (sH, sW) or (sH, sW, 3) float32 in the input's unit, means (the mean of s x s is the
        pixel that was measured); NaN = no data.
    chroma
        (sH, sW, 2) painted colour, Oklab a and b; None where none was painted.
    origin
        "lower" when the bottom row comes first (FITS), "upper" when the top row does: what
        matplotlib's ``imshow`` takes as its ``origin``.
    frame
        The same as a frame, of the kind that `astroview.open` gives: its first row is the top one.
    uncertainty
        (sH, sW) half of the samples' 90 % interval (of colour: of their luma), where the model
        can say; None where it cannot.
    before
        The frame that it was made of, for comparison.
    """

    samples: NDArray[np.float32]
    chroma: NDArray[np.float32] | None
    origin: Origin
    frame: Frame
    uncertainty: NDArray[np.float32] | None = None
    before: Frame | None = None

    @property
    def scale(self) -> int:
        """Linear magnification s."""
        return self.frame.scale

    @property
    def history(self) -> tuple[str, ...]:
        """What was done, one line each, with the models' ids and sha256."""
        return self.frame.history

    @property
    def unit(self) -> str:
        """The unit of `samples`, as FITS spells it; "" when there is none."""
        return self.frame.unit

    @property
    def wcs(self) -> Any:
        """The sky coordinates (`astropy.wcs.WCS`) of `samples`, rescaled; None without any."""
        return self.frame.wcs

    @property
    def header(self) -> Any:
        """The file's FITS header with its WCS rescaled; None for arrays and pictures."""
        return self.frame.header

    @property
    def stretch(self) -> Stretch:
        """How `rgb` is rendered, and under which stretch the colour was painted."""
        return self.frame.rendered or auto_stretch(self.frame)

    @property
    def rgb(self) -> NDArray[np.float32]:
        """The picture for the eye: (sH, sW, 3) sRGB in 0..1, rows in the order of `samples`."""
        return self.render()

    def render(self, stretch: Stretch | None = None) -> NDArray[np.float32]:
        """`rgb` under another stretch; colour is kept, lightness follows the stretch."""
        return colour_space.render(self.samples, stretch or self.stretch, self.chroma)

    def save(
        self,
        path: str | os.PathLike[str],
        format: Format | None = None,
        values: Values | None = None,
        only_image: bool | None = None,
    ) -> Path:
        """Save as FITS, 16-bit TIFF or PNG with provenance, as the window does.

        ``values`` and ``only_image``: as `enhance` has them; None: as they were chosen there.
        The file appears when it is complete. Raises `CannotSave`.
        """
        choices = FitsChoices(values, only_image)
        return save_frame(self.frame, Path(path), self.stretch, format, choices)

    def ccddata(self) -> CCDData:
        """The result as astropy's CCDData, for glue, Jdaviz, photutils and ccdproc.

        Rows, unit and sums or means are as in the FITS that `save` writes; what is no number is
        masked. Painted colour has no place in it.

        Raises
        ------
        UnreadableFrame
            It is a colour picture.
        """
        from astroview.core.enhance.nddata import ccddata_of

        return ccddata_of(self)

    def slider(self) -> Any:
        """Before and after as a widget of a running notebook (``place``: where the line stands).

        What a notebook shows of itself needs no widget, and stays in the saved notebook.

        Raises
        ------
        AstroviewError
            The extra “notebook” is not installed.
        """
        extras.need("notebook")
        from astroview.core.enhance.notebook_widget import widget

        return widget(self)

    def __repr__(self) -> str:
        shape = " x ".join(str(n) for n in self.samples.shape)
        colour = ""
        if self.chroma is not None:
            by = measured_by(self.frame)
            colour = f", colour measured by {by}" if by else ", colour painted"
        return f"<Enhanced {self.frame.name}: {shape}, scale {self.scale}{colour}>"

    def _repr_png_(self) -> bytes:
        """The picture that a notebook shows, reduced to a handy size."""
        return preview_png(self.frame, self.stretch)

    def _repr_html_(self) -> str:
        """Before and after under a slider, and what of it was painted, for notebooks."""
        from astroview.core.enhance.notebook_view import slider

        return slider(self)


def preview_png(frame: Frame, stretch: Stretch, side: int = PREVIEW_SIDE) -> bytes:
    """A frame as a PNG of at most about so many pixels a side."""
    from io import BytesIO

    from PIL import Image

    step = max(1, -(-max(frame.shape) // side))
    chroma = frame.read_chroma(step=step) if frame.chroma is not None else None
    picture = colour_space.render8(frame.read(step=step), stretch, chroma)
    Image.fromarray(picture).save(file := BytesIO(), "png")
    return file.getvalue()
