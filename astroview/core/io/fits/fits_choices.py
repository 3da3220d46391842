"""What a saved FITS file holds, where there is a choice: plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from astroview.core.frame import Frame
    from astroview.core.pixel_values import Values


@dataclass(frozen=True)
class FitsChoices:
    """How a result is saved as FITS.

    Parameters
    ----------
    values
        Sums or means of the fine samples of a pixel; see `pixel_values`.
    only_image
        Leave out the other extensions of the file that the frame was opened from.

    None: as was chosen when the result was made, else "auto" and with all extensions.
    """

    values: Values | None = None
    only_image: bool | None = None

    def leaves_out_others(self, frame: Frame) -> bool:
        """Whether the other extensions of a frame's file are left out."""
        if self.only_image is not None:
            return self.only_image
        return frame.made is not None and frame.made.options.only_image


AS_MADE = FitsChoices()
