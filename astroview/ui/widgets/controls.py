"""Small building blocks of the panels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from astroview.ui.i18n import numbers
from astroview.ui.i18n.translate import local, tr
from astroview.ui.widgets.side_scroll import SideScroll
from astroview.ui.widgets.wheel_guard import guard_wheel

W = TypeVar("W", bound=QWidget)
USUAL_TEXT = 14  # pixels from line to line, of the text that widths are given for
MOST_TIMES = 2.0


def scaled(pixels: int) -> int:
    """A width for the user's size of text, given for the usual one."""
    times = QFontMetrics(QApplication.font()).height() / USUAL_TEXT
    return round(pixels * min(max(times, 1.0), MOST_TIMES))


def fit_screen(window: QWidget, width: int, height: int) -> None:
    """Make a window so large, for the user's size of text, as far as its screen has room."""
    room = window.screen().availableSize() - QSize(40, 80)  # for its frame, and its title
    window.resize(QSize(scaled(width), scaled(height)).boundedTo(room))


def dress(widget: W, look: str = "", *, tip: str = "", spoken: str = "") -> W:
    """Give a widget its name in the style sheet, its tooltip, its name for screen readers; the
    wheel changes it no longer.
    """
    guard_wheel(widget)
    widget.setObjectName(look)
    widget.setToolTip(tr(tip))
    widget.setAccessibleName(tr(spoken))
    return widget


def label(
    text: str = "", look: str = "", *, wrap: bool = False, centre: bool = False, tip: str = ""
) -> QLabel:
    """A line of words."""
    words = dress(QLabel(tr(text)), look, tip=tip)
    words.setWordWrap(wrap)
    if centre:
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return words


class Segmented(QFrame):
    """A row of buttons of which one is down. Values are strings."""

    chosen = Signal(str)

    def __init__(self, choices: Iterable[tuple[str, str, str]], icons_only: bool = False) -> None:
        """``choices``: (value, text, tooltip)."""
        super().__init__()
        self.setObjectName("segmented")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)
        self._icons_only = icons_only
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for choice in choices:
            self._row.addWidget(self._make(*choice))

    def _make(self, value: str, text: str, tip: str) -> QToolButton:
        button = dress(QToolButton(), tip=tip, spoken=text)
        button.setText(tr(text))
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if self._icons_only:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setIconSize(QSize(scaled(20), scaled(20)))
        button.clicked.connect(lambda: self.chosen.emit(value))
        self._group.addButton(button)
        self._buttons[value] = button
        return button

    def offer(self, choices: Iterable[tuple[str, str, str]]) -> None:
        """Offer these choices in their order, and no others; what is down stays down."""
        offered = tuple(choices)
        for place, (value, text, tip) in enumerate(offered):
            button = self._buttons.get(value) or self._make(value, text, tip)
            self._row.insertWidget(place, button)
        for value, button in self._buttons.items():
            button.setVisible(any(value == choice[0] for choice in offered))

    def button(self, value: str) -> QToolButton:
        """The button of a choice."""
        return self._buttons[value]

    @property
    def value(self) -> str:
        return next((v for v, b in self._buttons.items() if b.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Press a button without saying so."""
        if value in self._buttons:
            self._buttons[value].setChecked(True)

    def set_icons(self, icons: dict[str, QIcon]) -> None:
        for value, icon in icons.items():
            self._buttons[value].setIcon(icon)

    def set_text(self, value: str, text: str) -> None:
        self._buttons[value].setText(text)
        self._buttons[value].setAccessibleName(text)

    def show_choice(self, value: str, on: bool) -> None:
        """Offer a choice, or do not."""
        self._buttons[value].setVisible(on)

    def set_tip(self, value: str, tip: str) -> None:
        self._buttons[value].setToolTip(tip)


class SideFrame(QFrame):
    """What stands at the right of a workspace: as wide as the user's size of text asks, narrower
    where the window is, and never narrower than what is inside. ``width``
    and ``least`` are for text of the usual size, in pixels.
    """

    def __init__(self, width: int, least: int) -> None:
        super().__init__()
        dress(self, "right")
        self._width, self._least = width, least

    def sizeHint(self) -> QSize:
        return QSize(scaled(self._width), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(self._least, 0))


def side_panel(choices: QWidget, below: QVBoxLayout, width: int) -> QFrame:
    """Choices at the right of a workspace, which scroll, and what stands below them."""
    inside = dress(QWidget(), "panel")
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(choices)
    column.addStretch(1)
    side = SideFrame(width, width)
    side.setMaximumWidth(scaled(width))
    outer = QVBoxLayout(side)
    outer.setContentsMargins(1, 0, 0, 0)
    outer.setSpacing(0)
    outer.addWidget(SideScroll(inside), 1)
    outer.addWidget(rule())
    below.setContentsMargins(14, 10, 14, 12)
    outer.addLayout(below)
    return side


class Elided(QLabel):
    """A label that shortens its text in the middle instead of asking for room."""

    def __init__(
        self, text: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle
    ) -> None:
        super().__init__(text)
        self._mode = mode
        self.setMinimumWidth(30)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        short = QFontMetrics(self.font()).elidedText(self.text(), self._mode, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()), short)


class ElidedCombo(QComboBox):
    """A drop-down list that shows by dots where it has no room for its text; styles cut it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        kind = QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(kind, option, part, self).width()
        room -= 0 if option.currentIcon.isNull() else option.iconSize.width() + 4
        mode = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(option.currentText, mode, room)
        painter.drawComplexControl(kind, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class NumberEdit(QLineEdit):
    """A field for one finite number of any size; says it only when it is one.

    ``zero`` is what 0 stands for, if not for itself: it is shown where nothing is typed.
    """

    edited = Signal(float)

    def __init__(self, name: str, zero: str = "") -> None:
        super().__init__()
        self.setAccessibleName(tr(name))
        self.setMinimumWidth(60)
        self.setPlaceholderText(tr(zero))
        self.number = 0.0
        self.editingFinished.connect(self._take)
        self.returnPressed.connect(self.clearFocus)  # so that the next key is the window's again
        self.textEdited.connect(lambda: self._mark(wrong=self._parsed() is None))

    def set_number(self, number: float) -> None:
        self.number = number
        self._mark(wrong=False)
        if not self.hasFocus() or self._parsed() != number:
            self.setText(self._shown(number))
            self.setCursorPosition(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.set_number(self.number)

    def _shown(self, number: float) -> str:
        return nice(number) if number or not self.placeholderText() else ""

    def _parsed(self) -> float | None:
        text = self.text().strip()
        if not text and self.placeholderText():
            return 0.0
        number = numbers.parsed(text)
        return number if number is not None and abs(number) < 3e38 else None

    def _take(self) -> None:
        number = self._parsed()
        if number is None or self.text() == self._shown(self.number):
            self.set_number(self.number)
        elif number != self.number:
            self.number = number
            self.edited.emit(number)

    def _mark(self, wrong: bool) -> None:
        if self.property("wrong") != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)


def nice(number: float) -> str:
    """A number in few characters, as the language writes it."""
    return local(plain(number))


def plain(number: float) -> str:
    """5 significant digits, no exponent where it can be helped; to be copied, too."""
    if number == int(number) and abs(number) < 1e6:
        return str(int(number))
    return f"{number:.5g}"


def section(title: str, *, first: bool = False) -> tuple[QVBoxLayout, QWidget]:
    """A titled block of a side panel: its layout for rows, and the widget."""
    block = QWidget()
    rows = QVBoxLayout(block)
    rows.setContentsMargins(14, 12, 14, 14)
    rows.setSpacing(8)
    if not first:
        rows.setContentsMargins(14, 0, 14, 14)
        rows.addWidget(rule())
        rows.addSpacing(4)
    if title:
        heading = label(title, "heading")
        if first:  # as high as those with buttons beside them
            heading.setMinimumHeight(scaled(16) + 10)
        rows.addWidget(heading)
    return rows, block


def combo(name: str, choices: Iterable[tuple[str, str]] = (), tip: str = "") -> QComboBox:
    """A drop-down list of (key, text) that takes the room it gets, no matter how long its texts."""
    box = dress(ElidedCombo(), tip=tip, spoken=name)
    slim(box)
    for key, text in choices:
        box.addItem(local(tr(text)), key)
    return box


def number_box(name: str, tip: str = "") -> QSpinBox:
    """A field for a whole number. The style sheet leaves its buttons no room; told to have none,
    Qt leaves none for the number either.
    """
    box = dress(QSpinBox(), tip=tip, spoken=name)
    box.lineEdit().setTextMargins(7, 0, 7, 0)
    box.lineEdit().returnPressed.connect(box.clearFocus)
    return box


def slim(box: QComboBox) -> None:
    """Let a list be narrower than its longest text."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)


def rule() -> QFrame:
    """A hairline."""
    line = dress(QFrame(), "rule")
    line.setFixedHeight(1)
    return line


def field(name: str, control: QWidget, width: int = 70) -> QHBoxLayout:
    """A row: name at the left, control at the right."""
    row = QHBoxLayout()
    row.setSpacing(8)
    title = label(name, "muted")
    title.setMinimumWidth(scaled(width))
    title.setBuddy(control)
    row.addWidget(title)
    row.addWidget(control, 1)
    return row


def beside(control: QWidget, width: int = 70) -> QWidget:
    """A row without a name: its control stands below those of the rows of `field`."""
    row = QWidget()
    inside = QHBoxLayout(row)
    inside.setContentsMargins(scaled(width) + 8, 0, 0, 0)
    inside.addWidget(control, 1)
    return row


def tool(tip: str, act: Callable[[], object]) -> QToolButton:
    """A small flat button."""
    button = dress(QToolButton(), tip=tip, spoken=tip)
    button.setIconSize(QSize(scaled(16), scaled(16)))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda: act())  # noqa: PLW0108 - clicked says a bool
    return button


def repolish(widget: QWidget, look: str | None = None) -> None:
    """Bring a widget's looks in step with its properties, or with another name of it."""
    if look is not None:
        if widget.objectName() == look:
            return
        widget.setObjectName(look)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
