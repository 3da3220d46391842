"""Colours, fonts and the style sheet; light and dark, following the system live.

Greys are neutral (equal R, G, B) because colour is judged here; one accent colour.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from astroview.core import resources
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.widgets.controls import scaled
from astroview.ui.widgets.stylesheet import SHEET

Choice = Literal["system", "light", "dark"]
DRAWN = 16  # pixels of an icon beside words of the usual size


@dataclass(frozen=True)
class Theme:
    """Named colours (``#rrggbb``) of one look."""

    name: Literal["light", "dark"]
    window: str
    panel: str
    field: str
    hover: str
    line: str
    text: str
    muted: str
    faint: str
    surround: str
    accent: str
    accent_hover: str
    accent_text: str  # accent as text or thin line on a panel
    on_accent: str
    danger: str


DARK = Theme(
    name="dark",
    window="#1c1c1c",
    panel="#232323",
    field="#2d2d2d",
    hover="#373737",
    line="#3a3a3a",
    text="#e8e8e8",
    muted="#a4a4a4",
    faint="#6e6e6e",
    surround="#141414",
    accent="#e2a336",
    accent_hover="#efb44d",
    accent_text="#edb657",
    on_accent="#1d1400",
    danger="#ef7a6d",
)
LIGHT = Theme(
    name="light",
    window="#ececec",
    panel="#f6f6f6",
    field="#ffffff",
    hover="#e2e2e2",
    line="#cfcfcf",
    text="#1e1e1e",
    muted="#5c5c5c",
    faint="#8c8c8c",
    surround="#3d3d3d",
    accent="#e2a336",
    accent_hover="#d4942a",
    accent_text="#8a5a00",
    on_accent="#1d1400",
    danger="#b3261e",
)


class ThemeKeeper(QObject):
    """Applies the chosen or the system's theme to the application and says when it changes.

    Its style sheet is put on by `dress`, when the window stands: with a sheet, Qt styles all that
    a widget holds anew each time it gets another parent, which was a third of making the window.
    """

    changed = Signal(object)  # Theme

    def __init__(
        self,
        app: QApplication,
        choice: Choice = "system",
        text_percent: float = 100.0,
        family: str = "",
    ) -> None:
        super().__init__(app)
        self._app, self._usual = app, QFont(app.font())
        self._text: tuple[float, str] | None = None
        self.choice: Choice = choice
        self.theme = self._wanted()
        app.setStyle("Fusion")
        self.set_text(text_percent, family)
        app.styleHints().colorSchemeChanged.connect(self._follow)
        app.setStyleSheet("")  # of a window that was there before
        app.setPalette(palette(self.theme))

    def current(self) -> Theme:
        """The theme of now, for who asks later."""
        return self.theme

    def set_text(self, percent: float, family: str = "") -> None:
        """So large are words, against the system's size, and of this family of letters; "" is the
        system's, and so is one that is not on this computer.
        """
        if (percent, family) != self._text:
            self._text = percent, family
            font = _tabular(QFont(self._usual))
            if family in QFontDatabase.families():
                font.setFamily(family)
            font.setPointSizeF(max(self._usual.pointSizeF() * percent / 100, 4.0))
            self._app.setFont(font)

    def choose(self, choice: Choice) -> None:
        """Take a fixed theme, or the system's."""
        self.choice = choice
        self._follow()

    def _wanted(self) -> Theme:
        if self.choice == "system":
            scheme = QGuiApplication.styleHints().colorScheme()
            return LIGHT if scheme == Qt.ColorScheme.Light else DARK
        return LIGHT if self.choice == "light" else DARK

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is not self.theme:
            self.theme = wanted
            self._app.setPalette(palette(wanted))
            self.dress()
            self.changed.emit(wanted)

    def dress(self) -> None:
        """Put the theme's style sheet on all widgets."""
        self._app.setStyleSheet(style_sheet(self.theme))


def _tabular(font: QFont) -> QFont:
    """Figures of equal width, so that read-outs do not jitter."""
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def palette(theme: Theme) -> QPalette:
    """Qt's palette of a theme, for what the style sheet does not reach."""
    result = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.field,
        QPalette.ColorRole.AlternateBase: theme.panel,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.panel,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.danger,
        QPalette.ColorRole.ToolTipBase: theme.panel,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.faint,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Link: theme.accent_text,
        QPalette.ColorRole.Mid: theme.line,
    }
    for role, colour in roles.items():
        result.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.WindowText,
    ):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    return result


def style_sheet(theme: Theme) -> str:
    """The application's style sheet with the theme's colours and icon paths filled in."""
    sheet = SHEET.replace("@icons", resources.icon("tick").parent.as_posix())
    names = sorted(theme.__dataclass_fields__, key=len, reverse=True)
    for name in names:
        sheet = sheet.replace(f"@{name}", getattr(theme, name))
    drawn = scaled(DRAWN)
    if drawn > DRAWN:  # icons of buttons are as large as their words
        sheet += f"QPushButton {{ qproperty-iconSize: {drawn}px {drawn}px; }}\n"
    return sheet
