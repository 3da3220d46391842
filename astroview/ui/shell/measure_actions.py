"""The actions that tell something of a frame: measuring, overlays, coordinates, planes, SAMP."""

from __future__ import annotations

from astroview.ui.shell import picture_actions
from astroview.ui.shell.action_spec import Spec

MEASURES = ("measure_line", "measure_box", "measure_star")
SPECS: dict[str, Spec] = {
    **picture_actions.SPECS,
    "measure_line": Spec(
        *("Line cut", ("L",), "line_cut", "Drag a line: the profile along it"),
        checkable=True,
        needs="frame",
    ),
    "measure_box": Spec(
        *("Box statistics", ("T",), "box_stats", "Drag a box: mean, median, deviation, sum"),
        checkable=True,
        needs="frame",
    ),
    "measure_star": Spec(
        *("Star profile", ("W",), "star_profile", "Click a star: width (FWHM), centre, flux"),
        checkable=True,
        needs="frame",
    ),
    "copy_result": Spec(
        *("Copy measurement", ("Ctrl+Shift+C",), ""),
        tip="Copy the measurement as text; without one, the position under the cursor",
        needs="frame",
    ),
    "catalogue_open": Spec(
        *("Open catalogue …", ("Ctrl+Shift+K",), "", "Open a VOTable, FITS or CSV table of sources")
    ),
    "catalogue_table": Spec(
        *("Table of sources", ("Ctrl+Shift+L",), "", "The catalogue's sources on this frame"),
        checkable=True,
    ),
    "catalogue_clear": Spec("Remove catalogue"),
    "photometry": Spec(
        *("Photometry", ("Shift+W",), "", "Fluxes and magnitudes of many stars"),
        checkable=True,
        needs="frame",
    ),
    "catalogue_save": Spec("Save catalogue …", (), "", "As ECSV or CSV"),
    "find_name": Spec("Find by name …", ("Ctrl+F",), "", "Asks Sesame (CDS) for its position"),
    "cone_gaia": Spec("Stars of Gaia DR3", (), "", "Asks VizieR for this field", needs="frame"),
    "cone_2mass": Spec("Stars of 2MASS", (), "", "Asks VizieR for this field", needs="frame"),
    "cone_simbad": Spec("Objects of SIMBAD", (), "", "Asks SIMBAD for this field", needs="frame"),
    "field_dss2": Spec("Picture of DSS2", (), "", "This field as a new frame", needs="frame"),
    "field_2mass": Spec("Picture of 2MASS", (), "", "This field as a new frame", needs="frame"),
    "spectrum": Spec(
        *("Spectrum and moments", ("Shift+X",), "", "Of the pixel under the mouse, or a region"),
        checkable=True,
        needs="frame",
    ),
    "samp_join": Spec(
        *("Connect to SAMP", ("Ctrl+M",), "", "Exchange images and tables with other programs"),
        checkable=True,
    ),
    "samp_image": Spec(
        *("Send image", ("Ctrl+Shift+M",), "", "To DS9, Aladin and others"), needs="frame"
    ),
    "samp_table": Spec("Send catalogue", (), "", "To TOPCAT and others"),
    "samp_point": Spec("Send position", (), "", "The middle of the view", needs="frame"),
    "samp_peers": Spec("Not connected"),
    "plane_next": Spec("Next plane", (".",), "", "The next plane of a cube", needs="frame"),
    "plane_previous": Spec("Previous plane", (",",), "", "", needs="frame"),
    "plane_play": Spec(
        *("Play planes", ("P",), "play", "Show the planes of a cube one after the other"),
        checkable=True,
        needs="frame",
    ),
    "furniture": Spec(
        *("Compass and scale bar", ("Shift+G",), "", "Show north, east and a round length"),
        checkable=True,
    ),
    "grid": Spec(
        *("Coordinate grid", ("G",), "grid", "Lines of equal right ascension and declination"),
        checkable=True,
        needs="frame",
    ),
    "magnifier": Spec(
        *("Magnifier", ("M",), "", "The pixels under the mouse, beside the picture"),
        checkable=True,
    ),
    "panner": Spec(
        *("Panner", ("V",), "", "The whole frame and what is seen of it"), checkable=True
    ),
    "sky_icrs": Spec("RA and Dec (ICRS)", checkable=True),
    "sky_galactic": Spec("Galactic", checkable=True),
    "sky_sexagesimal": Spec("Hours, minutes, seconds", checkable=True),
    "sky_degrees": Spec("Degrees", checkable=True),
}
COORDINATES = ("sky_icrs", "sky_galactic", "-", "sky_sexagesimal", "sky_degrees")
SHOWN = (
    *picture_actions.SHOWN,
    (">Coordinates", *COORDINATES),
)
PLANES = ("plane_play", "plane_next", "plane_previous")
SAMP = ("samp_join", "samp_peers", "-", "samp_image", "samp_table", "samp_point")
AROUND = (
    *("find_name", "-", "cone_gaia", "cone_2mass", "cone_simbad", "-"),
    *("field_dss2", "field_2mass"),
)
MENU = (
    "&Measure",
    (
        *(*MEASURES, "-", "copy_result", "-"),
        *("photometry", "spectrum", "-"),
        *("catalogue_open", "catalogue_table", "catalogue_save", "catalogue_clear", "-"),
        (">Sky around", *AROUND),
        (">SAMP", *SAMP),
    ),
)
