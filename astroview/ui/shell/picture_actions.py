"""The actions of how the picture is turned, filtered, and of what is laid over it."""

from __future__ import annotations

from astroview.core.texts import Text
from astroview.ui.shell.action_spec import Spec

UNSURE = "Detail that the result's own intervals do not bear out gives way to interpolation"
SPECS: dict[str, Spec] = {
    "north_up": Spec(
        *("North up", ("Y",), "", "North up and east left, for every frame with a sky"),
        checkable=True,
        needs="frame",
    ),
    "turn_left": Spec("Turn left", ("Shift+Y",), needs="frame"),
    "turn_right": Spec("Turn right", ("Z",), needs="frame"),
    "turn_to": Spec("Turn to …", (), "", "To an angle, clockwise", needs="frame"),
    "mirror": Spec("Mirror left to right", ("F",), needs="frame"),
    "mirror_down": Spec("Mirror top to bottom", ("Shift+F",), needs="frame"),
    "orient_reset": Spec("As stored", (), "", "Neither turned nor mirrored", needs="frame"),
    "smooth": Spec(
        *("Smooth", ("Shift+M",), "", "The picture under a Gaussian; no value is changed"),
        checkable=True,
        needs="frame",
    ),
    "smooth_set": Spec("Smooth by …", (), "", "The Gaussian's sigma in pixels", needs="frame"),
    "block_1": Spec("No blocks", checkable=True, needs="frame"),
    "block_2": Spec("Blocks of 2 × 2", checkable=True, needs="frame"),
    "block_4": Spec("Blocks of 4 × 4", checkable=True, needs="frame"),
    "block_8": Spec("Blocks of 8 × 8", checkable=True, needs="frame"),
    "limits_percentiles": Spec(
        *("Percentiles …", (), "", "Limits at two percentiles of the samples"), needs="frame"
    ),
    "limits_zscale": Spec(
        *("zscale with …", (), "", "The contrast and the number of samples of zscale"),
        needs="frame",
    ),
    "limits_seen": Spec(
        *("Limits of what is seen", ("Shift+Z",), "", "From the samples in view alone"),
        needs="frame",
    ),
    "limits_all": Spec(
        *("Same limits for every frame", (), "", "From the samples of all open frames together"),
        needs="frame",
    ),
    "colours_load": Spec("Load colour map …", (), "", "From a .lut or .sao file", needs="frame"),
    "colours_save": Spec("Save colour map …", (), "", "As a .lut file", needs="frame"),
    "crosshair": Spec(
        *("Crosshair", ("J",), "", "Lines through the place under the mouse, in every picture"),
        checkable=True,
    ),
    "colour_bar": Spec(
        *("Colour bar", ("Shift+B",), "", "The colours and the values they stand for"),
        checkable=True,
    ),
    "contours": Spec(
        *("Contours", ("E",), "", "Lines of equal value"), checkable=True, needs="frame"
    ),
    "contour_levels": Spec("Contour levels …", (), "", "Values to draw", needs="frame"),
    "contours_hold": Spec(
        *("These contours on every frame", (), "", "Laid on other frames by the sky"),
        checkable=True,
        needs="frame",
    ),
    "quality": Spec(
        *("Data quality", (";",), "", "Flagged pixels in orange, by the file's DQ or mask"),
        checkable=True,
        needs="frame",
    ),
    "quality_bits": Spec("Bits of data quality …", (), "", "Which flags count", needs="frame"),
    "quality_used": Spec(
        *("Keep flagged pixels from networks", (), ""),
        "What DQ, mask or error planes of the file call bad is no measurement",
        checkable=True,
    ),
    "trust_0": Spec(
        *("Show all detail", (), "", "Every sample as the network wrote it"),
        checkable=True,
        needs="result",
    ),
    **{
        f"trust_{level}": Spec(
            *(Text("Below S/N {level}", level=level), (), "", UNSURE),
            checkable=True,
            needs="result",
        )
        for level in (1, 2, 3, 5)
    },
    "trust_other": Spec("Below another S/N …", (), "", UNSURE, needs="result"),
    "trust_saved": Spec(
        *("In saved files too", (), ""),
        "Files are saved without what is hidden, and HISTORY says so",
        checkable=True,
    ),
    "second": Spec(
        *("Second window", ("Shift+F11",), "", "For a second screen: a frame, or all of them"),
        checkable=True,
    ),
    "images_open": Spec(
        *("All images of the file as frames", (), "", "Each HDU in the list by itself"),
        needs="frame",
    ),
    "mosaic_wcs": Spec(
        *("Images of the file as a mosaic by sky", (), ""),
        "All HDUs as one picture by their WCS, every pixel as it is",
        needs="frame",
    ),
    "mosaic_iraf": Spec(
        *("Images of the file as a mosaic by detector", (), ""),
        "All HDUs as one picture by DETSEC and DATASEC, as IRAF lays them out",
        needs="frame",
    ),
    "cursor_page": Spec(
        *("Under the cursor", ("Shift+V",), "", "Positions in every system, and a pixel table"),
        checkable=True,
        needs="frame",
    ),
}
TRUST = (
    *("trust_0", "trust_1", "trust_2", "trust_3", "trust_5", "trust_other"),
    *("-", "trust_saved"),
)
TURN = ("north_up", "turn_left", "turn_right", "turn_to", "mirror", "mirror_down", "orient_reset")
BLOCKS = ("block_1", "block_2", "block_4", "block_8")
LIMITS = ("limits_percentiles", "limits_zscale", "limits_seen", "limits_all")
OVERLAYS = (
    *("crosshair", "colour_bar", "furniture", "grid", "magnifier", "panner", "-"),
    *("contours", "contour_levels", "contours_hold"),
)
FLAGGED = ("quality", "quality_bits", "quality_used")
SHOWN = (
    (">Orientation", *TURN),
    (">Smoothing", "smooth", "smooth_set", "-", *BLOCKS),
    *(
        "-",
        (">Overlays", *OVERLAYS),
        (">Flagged pixels", "quality", "quality_bits", "quality_used"),
    ),
    "cursor_page",
)
MORE_COLOURS = ("next_colours", "previous_colours", "-", "colours_load", "colours_save")
