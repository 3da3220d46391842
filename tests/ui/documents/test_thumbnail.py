"""A picture in the list has the colours that the picture has."""

import numpy as np
from PySide6.QtGui import QColor

from astroview.core.colour.stretch import Stretch
from astroview.core.frame import ArraySource, Frame
from astroview.ui.documents.document import UNSURE, thumbnail
from astroview.ui.render import colour_maps


def test_the_thumbnail_of_the_uncertainty_has_its_colour_map():
    samples = np.linspace(0, 1, 64, dtype=np.float32)[None].repeat(64, 0)
    frame = Frame("a", (64, 64), 1, "linear", ArraySource(samples), None)
    grey, colours = (
        thumbnail(frame, Stretch("linear", 0.0, 1.0), key) for key in (colour_maps.GREY, UNSURE)
    )
    table = colour_maps.table(UNSURE)
    for column in (0, 20, 63):
        level = grey.pixelColor(column, 5)
        assert level.red() == level.green() == level.blue()
        assert colours.pixelColor(column, 5) == QColor(*map(int, table[level.red()]))
