"""Every action of the window: its words, key and icon; the menus and the toolbar."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QSizePolicy, QToolBar, QWidget

from astroview.core.texts import Text
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.shell import (
    batch_actions,
    lightbox_actions,
    measure_actions,
    picture_actions,
    region_actions,
    train_actions,
)
from astroview.ui.shell.action_spec import Spec
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import scaled
from astroview.ui.widgets.theme import Theme

SPECS: dict[str, Spec] = {
    "open": Spec("Open …", ("Ctrl+O",), "open", "Open frames"),
    "open_folder": Spec("Open folder …", ("Ctrl+Shift+O",), "folder"),
    "sample": Spec("Open sample frame", (), "sample"),
    "save": Spec(
        *("Save as …", ("Ctrl+S", "Ctrl+Shift+S"), "save", "Save as FITS, TIFF or PNG"),
        needs="frame",
    ),
    "copy": Spec("Copy view", ("Ctrl+C",), tip="Copy the picture as it is shown", needs="frame"),
    "export": Spec(
        *("Export view …", ("Ctrl+Shift+E",)),
        tip="The view with scale bar and credit line, as PNG or SVG",
        needs="frame",
    ),
    "print": Spec("Print …", ("Ctrl+P",), tip="The view on one page", needs="frame"),
    "pdf": Spec("Save view as PDF …", tip="One page with scale bar and credit", needs="frame"),
    "movie": Spec("Save blink as movie …", tip="GIF or WebP, at the blink's rate", needs="frame"),
    "close": Spec("Close frame", ("Ctrl+W", "Del"), "remove", needs="frame"),
    "session_new": Spec("Close all frames", ("Ctrl+Shift+W",)),
    "session_open": Spec("Open session …", tip="Frames, results and views that were saved"),
    "session_save": Spec(
        "Save session as …", tip="Frames, results and views in one file or one folder"
    ),
    "quit": Spec("Quit", ("Ctrl+Q",)),
    "undo": Spec("Undo", ("Ctrl+Z",)),
    "redo": Spec("Redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    "history": Spec(
        "History", ("Ctrl+H",), "", "The steps that were done, to go back to", checkable=True
    ),
    "next": Spec("Next frame", ("PgDown",), needs="frame"),
    "previous": Spec("Previous frame", ("PgUp",), needs="frame"),
    "header": Spec("Header", ("H",), "header", "Show the header", checkable=True, needs="frame"),
    "fit": Spec("Fit", ("Ctrl+0", "0"), "fit", "Fit the frame into the window", needs="frame"),
    "one": Spec(
        *("Actual pixels", ("Ctrl+1",), "one_to_one", "One frame pixel to one of the screen"),
        needs="frame",
    ),
    "two": Spec("Two to one", ("Ctrl+2",), needs="frame"),
    "zoom_in": Spec("Zoom in", ("+", "=", "Ctrl++", "Ctrl+="), "zoom_in", needs="frame"),
    "zoom_out": Spec("Zoom out", ("-", "Ctrl+-"), "zoom_out", needs="frame"),
    "invert": Spec(
        *("Invert", ("I",), "invert", "Dark stars on a bright sky"), checkable=True, needs="frame"
    ),
    "reset": Spec("Automatic display", ("R",), "auto", needs="frame"),
    "no_data": Spec(
        *("Mark missing data", ("N",), "no_data"),
        "What is no measurement, in colours: no data, cosmic rays, dead pixels",
        checkable=True,
        needs="frame",
    ),
    "saturated": Spec(
        *("Mark saturation", ("X",), "saturated", "Saturated pixels in red"),
        checkable=True,
        needs="frame",
    ),
    "next_colours": Spec("Next colour map", ("C",), needs="frame"),
    "previous_colours": Spec("Previous colour map", ("Shift+C",), needs="frame"),
    "split": Spec(
        *("Split, upright", ("S",), "split", "Drag a line between before and after"),
        checkable=True,
        needs="result",
    ),
    "across": Spec(
        *("Split, across", ("Shift+S",), "across", "Drag a line across: before above, after below"),
        checkable=True,
        needs="result",
    ),
    "side": Spec(
        *("Side by side", ("D",), "side", "Before and after, zoomed and panned as one"),
        checkable=True,
        needs="result",
    ),
    "quad": Spec(
        *("Two by two", ("Q",), "quad", "Up to four results, zoomed and panned as one"),
        checkable=True,
        needs="result",
    ),
    "tile": Spec(
        *("Tile frames", ("Ctrl+T",), "", "The marked frames, or all, side by side"),
        checkable=True,
        needs="frame",
    ),
    "blink": Spec(
        *("Blink", ("B",), "blink", "One picture after the other; [ and ] change the rate"),
        checkable=True,
        needs="frame",
    ),
    "fade": Spec(
        "Fade instead of blinking",
        tip="Each picture of a blink goes over into the next",
        checkable=True,
        needs="frame",
    ),
    "lock_wcs": Spec("By the sky (WCS)", checkable=True, needs="frame"),
    "lock_image": Spec("Pixel on pixel", checkable=True, needs="frame"),
    "lock_fit": Spec(
        "Each as large as fits",
        tip="Frames of other fields and sizes",
        checkable=True,
        needs="frame",
    ),
    **{f"frame_{n}": Spec(Text("Frame {n}", n=n), (str(n),), needs="frame") for n in range(1, 10)},
    "sort_name": Spec("By name", needs="frame"),
    "sort_time": Spec("By time of observation", needs="frame"),
    "sort_filter": Spec("By filter", needs="frame"),
    "sort_opened": Spec("As they were opened", needs="frame"),
    "difference": Spec(
        *("Difference", ("Shift+D",), "difference", "Result minus original, in units of the noise"),
        checkable=True,
        needs="result",
    ),
    "uncertainty": Spec(
        *("Uncertainty", ("Shift+U",), "", "How far off each sample of the result may be"),
        needs="result",
    ),
    "ledger": Spec(
        *("Sources before and after", ("Shift+L",), ""),
        tip="What the result did to the sources: lost, new, with another flux",
        checkable=True,
        needs="result",
    ),
    "residual": Spec(
        *("Residual map", (), "", "Means of the result over pixels, less what was measured"),
        needs="result",
    ),
    "colour_known": Spec(
        "Measured colour",
        tip="Where the result's colour was measured (white), interpolated (grey) or painted",
        needs="frame",
    ),
    "result": Spec(
        "Result only", ("A",), "result", "Only the result", checkable=True, needs="result"
    ),
    "original": Spec(
        *("Original only", ("O",), "original", "Only the original (hold Space for a glance)"),
        checkable=True,
        needs="result",
    ),
    "blink_slower": Spec("Blink slower", ("[",), needs="frame"),
    "blink_faster": Spec("Blink faster", ("]",), needs="frame"),
    "linked": Spec(
        *("One stretch for all", ("U",), "linked"),
        tip="Stretch, limits and colours of the picture that is worked on; off: each has its own",
        checkable=True,
        needs="frame",
    ),
    "compare_with": Spec(
        "Compare with …",
        ("Ctrl+D",),
        tip="Compare this frame with any other open one",
        needs="frame",
    ),
    "compare_end": Spec("Compare with nothing", ("Ctrl+Shift+D",), needs="frame"),
    "commands": Spec(
        "Commands …", ("Ctrl+K", "Ctrl+Shift+P"), "commands", "Find any command by a few letters"
    ),
    "mouse_photo": Spec("As in photo viewers", tip="Left-drag moves the picture", checkable=True),
    "mouse_ds9": Spec(
        "As in DS9", tip="Left-drag is for regions; middle-click centres", checkable=True
    ),
    "panels": Spec(
        "Side panels", ("F9",), "panel_right", "Fold the side panels away", checkable=True
    ),
    "full": Spec("Full screen", ("F11",), checkable=True),
    "walk": Spec("Go to next panel", ("F6",)),
    "compose": Spec(
        *("Compose colour from bands", ("Ctrl+Shift+B",), "", "True colour from several filters"),
        needs="frame",
    ),
    "combine": Spec(
        *("Combine frames …", ("Ctrl+Shift+J",), "", "Many frames of one field on a finer grid"),
        needs="frame",
    ),
    "combine_fields": Spec(
        "Combine by field …",
        tip="All open frames: a stack of each field and filter",
        needs="frame",
    ),
    "enhance": Spec("Enhance", ("Ctrl+E",), "enhance", needs="frame"),
    "hints": Spec(
        *("Paint colour hints", ("Shift+P",), "brush", "Click places whose colour you know"),
        checkable=True,
        needs="frame",
    ),
    "clear_hints": Spec("Clear colour hints", needs="frame"),
    "reference": Spec("Palette of a picture …", needs="frame"),
    "from_sky": Spec(
        "Colours from the sky …",
        tip="Show what surveys measured of this field, to colour the frame with",
        needs="frame",
    ),
    "from_picture": Spec(
        "Colours from a picture …",
        tip="Colour the frame with what a picture of the same field measured",
        needs="frame",
    ),
    "save_colours": Spec("Save colours beside the frame", needs="frame"),
    "cancel": Spec("Cancel", ("Esc",), "cancel"),
    **measure_actions.SPECS,
    **region_actions.SPECS,
    "space_view": Spec(*("View", ("F2", "Ctrl+Shift+1"), "", "Look at frames"), checkable=True),
    "space_batch": Spec(
        *("Batch", ("F3", "Ctrl+Shift+2"), "", "Enhance many frames at once"), checkable=True
    ),
    "space_train": Spec(
        *("Train", ("F4", "Ctrl+Shift+3"), "", "Tune a model on your own frames"), checkable=True
    ),
    "space_lightbox": Spec(
        *("Lightbox", ("F5", "Ctrl+Shift+4"), "", "Sift a folder of very many frames"),
        checkable=True,
    ),
    **batch_actions.SPECS,
    **train_actions.SPECS,
    **lightbox_actions.SPECS,
    "theme_system": Spec("As the system", checkable=True),
    "theme_light": Spec("Light", checkable=True),
    "theme_dark": Spec("Dark", checkable=True),
    "language_system": Spec("As the system", checkable=True),
    "language_en": Spec("English", checkable=True),
    "language_de": Spec("Deutsch", checkable=True),
    "settings": Spec("Settings …", ("Ctrl+,",), "", "All that is remembered, in one dialog"),
    "keys": Spec("Keyboard shortcuts", ("?", "F1"), "keyboard"),
    "guide": Spec("Guide"),
    "log": Spec("Open log folder"),
    "about": Spec("About astroview", (), "info"),
}
COMPARE = ("split", "side", "quad", "blink", "difference", "result", "original")
SPACES = ("space_view", "space_batch", "space_train", "space_lightbox")
OPTIONS = "options"  # object name of the place for controls of a mode, and of its action
HOOKS = {"recent": noted("Open recent"), "earlier": noted("Earlier sessions")}  # menus by name
THEMES = ("theme_system", "theme_light", "theme_dark")
# "-" is a separator, ">" opens a submenu with the rest of the tuple, "@" a hook filled elsewhere.
MENUS: tuple[tuple[str, tuple[object, ...]], ...] = (
    (
        "&File",
        (
            *("open", "open_folder", "@recent", "sample"),
            *("-", "images_open", "mosaic_wcs", "mosaic_iraf"),
            *("-", "save", "copy", "export", "movie", "pdf", "print", "-", "close"),
            (">Session", "session_new", "session_open", "session_save", "@earlier"),
            *("-", "quit"),
        ),
    ),
    (
        "&Edit",
        (
            *("undo", "redo", "history", "-"),
            (">Theme", *THEMES),
            (">Mouse", "mouse_photo", "mouse_ds9"),
            (">Language", "language_system", "language_en", "language_de"),
            "settings",
        ),
    ),
    (
        "&View",
        (
            *(
                *SPACES,
                "-",
                "fit",
                "one",
                "two",
                "zoom_in",
                "zoom_out",
                "-",
                (">Limits", *picture_actions.LIMITS),
                (">Colour map", *picture_actions.MORE_COLOURS),
                "invert",
                "no_data",
                "saturated",
                "reset",
                "-",
                *measure_actions.SHOWN,
                "-",
            ),
            *("panels", "header", "full", "second"),
        ),
    ),
    (
        "&Compare",
        (
            *("split", "across", "side", "quad", "tile", "blink", "difference", "-"),
            *("result", "original", "-", "blink_slower", "blink_faster", "fade", "linked"),
            (">Lay other frames", "lock_wcs", "lock_image", "lock_fit"),
            "-",
            *("compare_with", "compare_end", "-", "uncertainty"),
            *((">Hide unsure detail", *picture_actions.TRUST), "ledger", "residual"),
            "colour_known",
        ),
    ),
    (
        "F&rame",
        (
            *("next", "previous", (">Go to", *(f"frame_{n}" for n in range(1, 10)))),
            (">Sort", "sort_name", "sort_time", "sort_filter", "-", "sort_opened"),
            *("-", *measure_actions.PLANES, "-", "walk"),
        ),
    ),
    measure_actions.MENU,
    region_actions.MENU,
    (
        "E&nhance",
        (
            *("compose", "combine", "combine_fields", "-", "enhance", "cancel", "-"),
            *("from_sky", "from_picture", "-"),
            *("hints", "clear_hints", "reference", "save_colours", "-", "train_import"),
        ),
    ),
    batch_actions.MENU,
    train_actions.MENU,
    lightbox_actions.MENU,
    ("&Help", ("guide", "commands", "keys", "-", "log", "about")),
)
TOOLBARS: dict[str, tuple[str, ...]] = {
    "view": (
        *("open", "save", "-", "fit", "one", "zoom_in", "zoom_out", "-"),
        *(*COMPARE, "@options", "-", *measure_actions.MEASURES),
        *("<>", "commands", "header", "panels"),
    ),
    "batch": batch_actions.BAR,
    "train": (*train_actions.BAR, "<>", "panels"),
    "lightbox": lightbox_actions.BAR,
}


def make(window: QMainWindow) -> dict[str, QAction]:
    """The actions; `action_registry.Commands` connects them to those who serve them."""
    made: dict[str, QAction] = {}
    for name, spec in SPECS.items():
        action = QAction(tr(spec.text), window, checkable=spec.checkable)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        tip = tr(spec.tip) or tr(spec.text).rstrip(" …")
        action.setToolTip(f"{tip} ({key_text(spec.keys[0])})" if spec.keys else tip)
        action.setStatusTip("")
        window.addAction(action)
        made[name] = action
    return made


def key_text(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def fill_menus(window: QMainWindow, made: Mapping[str, QAction]) -> dict[str, QMenu]:
    """Build the menu bar; returns the menus that others fill, by name."""
    hooks = {name: QMenu(tr(title), window) for name, title in HOOKS.items()}
    for name, menu in hooks.items():
        menu.setObjectName(name)
    for title, entries in MENUS:
        _fill(window.menuBar().addMenu(tr(title)), entries, made, hooks)
    return hooks


def _fill(
    menu: QMenu,
    entries: tuple[object, ...],
    made: Mapping[str, QAction],
    hooks: Mapping[str, QMenu],
) -> None:
    for entry in entries:
        if isinstance(entry, tuple):
            _fill(menu.addMenu(tr(str(entry[0])[1:])), entry[1:], made, hooks)
        elif entry == "-":
            menu.addSeparator()
        elif str(entry).startswith("@"):
            menu.addMenu(hooks[str(entry)[1:]])
        else:
            menu.addAction(made[str(entry)])


def make_toolbar(space: str, window: QMainWindow, made: Mapping[str, QAction]) -> QToolBar:
    """The toolbar of a workspace."""
    bar = QToolBar(tr("Tools"), window, movable=False)
    bar.setIconSize(QSize(scaled(20), scaled(20)))
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    for entry in TOOLBARS[space]:
        if entry == "-":
            bar.addSeparator()
        elif entry == "@options":
            place = QWidget()
            place.setObjectName(OPTIONS)
            QHBoxLayout(place).setContentsMargins(0, 0, 0, 0)
            (room := bar.addWidget(place)).setVisible(False)
            room.setObjectName(OPTIONS)
        elif entry == "<>":
            gap = QWidget()
            gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            bar.addWidget(gap)
        else:
            bar.addAction(made[entry])
    return bar


def tint(made: Mapping[str, QAction], theme: Theme) -> None:
    """Give the actions their icons in a theme's colours."""
    for name, action in made.items():
        if SPECS[name].icon:
            action.setIcon(icons.icon(SPECS[name].icon, theme))
            action.setIconVisibleInMenu(False)
