"""The actions of regions: forms to draw, what is done with those that are chosen, files."""

from __future__ import annotations

from astroview.ui.shell.action_spec import Spec

SPECS: dict[str, Spec] = {
    "region_panel": Spec(
        *("Regions", ("Shift+R",), "region", "Draw, change and measure regions"),
        checkable=True,
        needs="frame",
    ),
    "region_circle": Spec(
        *("Draw circle", (), "region_circle", "Drag from its centre"), checkable=True, needs="frame"
    ),
    "region_ellipse": Spec(
        *("Draw ellipse", (), "region_ellipse", "Drag across it"), checkable=True, needs="frame"
    ),
    "region_box": Spec(
        *("Draw box", (), "region_box", "Drag across it"), checkable=True, needs="frame"
    ),
    "region_polygon": Spec(
        *("Draw polygon", (), "region_polygon", "Click its corners; double-click to close it"),
        checkable=True,
        needs="frame",
    ),
    "region_annulus": Spec(
        *("Draw annulus", (), "region_annulus", "Drag from its centre"),
        checkable=True,
        needs="frame",
    ),
    "region_line": Spec(
        *("Draw line", (), "region_line", "Drag from end to end"), checkable=True, needs="frame"
    ),
    "region_point": Spec(
        *("Put point", (), "region_point", "Click a place"), checkable=True, needs="frame"
    ),
    "region_text": Spec(
        *("Write text", (), "region_text", "Click a place"), checkable=True, needs="frame"
    ),
    "region_next": Spec("Choose next region", ("Shift+N",), needs="frame"),
    "region_previous": Spec("Choose previous region", needs="frame"),
    "region_all": Spec("Choose all regions", ("Ctrl+A",), needs="frame"),
    "region_copy": Spec(
        *("Copy regions", (), "", "As text that DS9 reads; Ctrl+C while regions are chosen"),
        needs="frame",
    ),
    "region_paste": Spec("Paste regions", ("Ctrl+V",), needs="frame"),
    "region_exclude": Spec(
        *("Exclude", (), "", "Its pixels count in no other region's statistics"),
        checkable=True,
        needs="frame",
    ),
    "region_group": Spec(
        *("Group", (), "", "What is chosen becomes a group, a tag in region files"), needs="frame"
    ),
    "region_ungroup": Spec("Take out of groups", needs="frame"),
    "region_group_choose": Spec(
        *("Choose whole group", (), "", "All regions of the groups of what is chosen"),
        needs="frame",
    ),
    "region_centroid": Spec(
        *("Move to centroid", (), "", "Each chosen region moves to the middle of its light"),
        needs="frame",
    ),
    "region_delete": Spec(
        *("Remove chosen regions", (), "", "Del while regions are chosen"), needs="frame"
    ),
    "keep_region": Spec(
        *("Keep as region", ("K",), "region", "Keep the line, box or star as a region"),
        needs="frame",
    ),
    "regions_open": Spec(
        "Open regions …", ("Ctrl+G",), "", "Open a DS9 region file", needs="frame"
    ),
    "regions_save": Spec(
        *("Save regions …", ("Ctrl+Shift+G",), "", "Save as a DS9 region file"), needs="frame"
    ),
    "regions_clear": Spec("Remove all regions", needs="frame"),
    "samp_regions": Spec("Send regions", (), "", "To DS9, by SAMP", needs="frame"),
}
FORMS = ("circle", "ellipse", "box", "polygon", "annulus", "line", "point", "text")
MENU = (
    "Re&gion",
    (
        *("region_panel", (">Draw", *(f"region_{form}" for form in FORMS)), "keep_region", "-"),
        *("regions_open", "regions_save", "samp_regions", "-"),
        *("region_all", "region_next", "region_previous", "-"),
        *((">Groups", "region_group", "region_ungroup", "region_group_choose"), "region_centroid"),
        "-",
        *("region_copy", "region_paste", "region_exclude", "region_delete", "regions_clear"),
    ),
)
