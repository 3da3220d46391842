"""The actions of the Lightbox workspace, its menu and its toolbar; `actions` puts them in."""

from __future__ import annotations

from astroview.ui.i18n.translate import noted
from astroview.ui.shell.action_spec import Spec

MOST_STARS = 5
RATES = tuple(f"lb_rate_{stars}" for stars in range(MOST_STARS + 1))
SPECS: dict[str, Spec] = {
    "lb_open": Spec(
        *("Look at in View", ("Ctrl+Down",), "compare", "Open the selected frames in View (Enter)"),
        needs="lightbox",
    ),
    "lb_reload": Spec(
        *("Read the folder again", ("R",), "retry", "Files may have come, gone or changed"),
        needs="lightbox",
    ),
    "lb_rate_0": Spec("No rating", ("0",), needs="lightbox"),
    "lb_rate_1": Spec("One star", ("1",), needs="lightbox"),
    **{
        f"lb_rate_{stars}": Spec(text, (str(stars),), needs="lightbox")
        for stars, text in (
            (2, noted("Two stars")),
            (3, noted("Three stars")),
            (4, noted("Four stars")),
            (5, noted("Five stars")),
        )
    },
    "lb_reject": Spec(
        *("Reject", ("X",), "close", "Reject the selected frames, or take that back"),
        needs="lightbox",
    ),
    "lb_tag": Spec(*("Tag …", ("T",), "", "Write tags of the selected frames"), needs="lightbox"),
    "lb_advance": Spec(
        *("Go on after a verdict", (), "", "The next frame after each rating or rejection"),
        checkable=True,
        needs="lightbox",
    ),
    "lb_find": Spec(*("Find …", ("/",), "", "By name, facts, measures and tags"), needs="lightbox"),
    "lb_measure": Spec(
        *("Measure S/N and seeing", ("M",), "star_profile"),
        tip="S/N, seeing and outlier score of the frames on show",
        needs="lightbox",
    ),
    "lb_painted": Spec(
        *("Painted colours", ("E",), "enhance"),
        tip="Let the colorizer paint the small pictures, those in view first",
        checkable=True,
        needs="lightbox",
    ),
    "lb_larger": Spec("Larger pictures", ("+", "="), "zoom_in", needs="lightbox"),
    "lb_smaller": Spec("Smaller pictures", ("-",), "zoom_out", needs="lightbox"),
    "lb_export": Spec(
        *("Export the list …", ("Ctrl+Shift+E",), "report"),
        tip="What is known of the selected frames, or of all on show, as ECSV or CSV",
        needs="lightbox",
    ),
    "lb_copy": Spec(
        *("Copy the files …", (), "copy"),
        tip="Copies of the selected frames, or of all on show, in another folder",
        needs="lightbox",
    ),
    "lb_batch": Spec(
        *("Send to Batch", ("Ctrl+B",), "batch", "Enhance the selected frames, or all on show"),
        needs="lightbox",
    ),
    "lb_train": Spec(
        *("Send to Train", ("Ctrl+Shift+T",), "train"),
        tip="Learn from the selected frames, or from all on show",
        needs="lightbox",
    ),
}
MENU: tuple[str, tuple[object, ...]] = (
    "&Lightbox",
    (
        *("lb_open", "lb_find", "lb_reload", "-"),
        (">Rate", *RATES[1:], "-", RATES[0]),
        *("lb_reject", "lb_tag", "lb_advance", "-"),
        *("lb_measure", "lb_painted", "lb_larger", "lb_smaller", "-"),
        *("lb_export", "lb_copy", "lb_batch", "lb_train"),
    ),
)
BAR: tuple[str, ...] = (
    *("open_folder", "lb_reload", "-", "lb_open", "lb_reject", "-"),
    *("lb_measure", "lb_painted", "-", "lb_smaller", "lb_larger", "-"),
    *("lb_export", "lb_copy", "lb_batch", "lb_train"),
    *("<>", "panels"),
)
