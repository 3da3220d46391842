"""The card of a model that others trained: what it is, what nobody knows of it, and how it is
scored.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from astroview.core.models.model_card import ModelCard
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import dress, label, tool
from astroview.ui.widgets.theme import Theme

WIDTH = 720  # pixels; longer lines are hard to read
UNKNOWN = noted("not known")
FACTS = {
    "network": noted("Network"),
    "file": noted("File"),
    "scale": noted("Magnifies"),
    "author": noted("Trained by"),
    "data": noted("Trained on"),
    "licence": noted("Licence"),
    "sha256": noted("Weights (SHA-256)"),
}
UNTIL_SCORED = noted(
    "Illustrative until scored: it is used only where you choose it, and its results say that their"
    " texture was painted. The mean over each pixel that was measured is kept."
)
HOW_SCORED = noted(
    "This scores it on skies whose truth is known. Where it is above bicubic on all of them, the"
    " mark is lifted and the figures stand in its card. DIR holds pictures, such as those of a run."
)


class ImportedCard(QScrollArea):
    """Draws a card.

    Signals
    -------
    another
        Another file is to be imported.
    unwanted : `ModelCard`; it is to be taken off the shelf
    """

    another = Signal()
    unwanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._card: ModelCard | None = None
        self._title = label("", "heading", wrap=True)
        self._mark = label("", "painted", wrap=True)
        self._values: dict[str, QLabel] = {}
        self._limits = label("", "muted", wrap=True)
        self.command = dress(QLineEdit(readOnly=True), spoken="Command")
        self.copy = tool("Copy the command", self._copy)
        self.another_button = QPushButton(tr("Import another …"))
        self.off_button = QPushButton(tr("Take it off the shelf"))
        self.another_button.clicked.connect(self.another)
        self.off_button.clicked.connect(lambda: self.unwanted.emit(self._card))
        self.setWidget(self._laid_out())
        self.set_theme(theme)

    @property
    def words(self) -> str:
        """What it says."""
        facts = [f"{tr(FACTS[key])}: {value.text()}" for key, value in self._values.items()]
        return "\n".join([self._title.text(), self._mark.text(), *facts, self._limits.text()])

    def show_card(self, card: ModelCard, file: str) -> None:
        """Show the card of a model that came in a file."""
        self._card = card
        self._title.setText(tr("“{name}” is on your shelf.", name=card.name))
        self._mark.setText(tr(UNTIL_SCORED))
        self._mark.setVisible(card.illustrative)
        known = {
            "network": str(card.hyper.get("network", card.architecture)),
            "file": file,
            "scale": f"×{card.scale}",
            "author": card.credit,
            "data": str(card.training.get("data", "")),
            "licence": card.licence,
            "sha256": card.sha256[:16],
        }
        for key, value in known.items():
            self._values[key].setText(tr(UNKNOWN) if value in ("", "unknown") else value)
        self._limits.setText("\n".join(tr(line) for line in card.limits_of_use[2:]))
        self.command.setText(f"astroview evaluate --task sr --model {card.id} --data DIR")
        self.command.setCursorPosition(0)

    def set_theme(self, theme: Theme) -> None:
        self.copy.setIcon(icons.icon("copy", theme))

    # ---- layout --------------------------------------------------------------------------

    def _laid_out(self) -> QWidget:
        inner, block = QWidget(), QWidget()
        block.setMaximumWidth(WIDTH)
        column = QVBoxLayout(block)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for part in (self._title, self._mark):
            column.addWidget(part)
        column.addLayout(self._facts())
        column.addWidget(self._limits)
        column.addSpacing(6)
        column.addWidget(label("How it is scored", "heading"))
        column.addWidget(label(HOW_SCORED, "muted", wrap=True))
        typed = QHBoxLayout()
        typed.addWidget(self.command, 1)
        typed.addWidget(self.copy)
        column.addLayout(typed)
        column.addSpacing(6)
        buttons = QHBoxLayout()
        buttons.addWidget(self.another_button)
        buttons.addWidget(self.off_button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(1)
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(block, 1)
        row.addStretch(0)
        return inner

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (key, name) in enumerate(FACTS.items()):
            value = self._values[key] = label("", wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        return grid

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.text())
