"""Which channels of a colour frame the controls act on, and whether colours are kept."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from astroview.ui.i18n.translate import tr
from astroview.ui.widgets.controls import Segmented, beside, dress, field

ALL = "all"
CHOICES = (
    (ALL, "All", "The controls act on all channels together"),
    ("0", "R", "The controls act on red alone"),
    ("1", "G", "The controls act on green alone"),
    ("2", "B", "The controls act on blue alone"),
)


class BandRows(QWidget):
    """Says ``chosen`` when another channel is to be edited, ``linked`` and ``joint`` (bool)."""

    chosen = Signal()
    linked = Signal(bool)
    joint = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._channels = Segmented(CHOICES)
        self._channels.set_value(ALL)
        self._linked = dress(
            QCheckBox(tr("Linked")), tip="One stretch for all channels; unlinked, each has its own"
        )
        self._joint = dress(
            QCheckBox(tr("Keep colours")),
            tip="The curve bends brightness and leaves colours alone (Lupton et al. 2004)",
        )
        self._channels.chosen.connect(self.chosen)
        self._linked.clicked.connect(self.linked)
        self._joint.clicked.connect(self.joint)
        checks = QVBoxLayout()  # side by side they would be too wide in some languages
        checks.setSpacing(4)
        checks.addWidget(beside(self._linked, 60))
        checks.addWidget(beside(self._joint, 60))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(field("Channels", self._channels, 60))
        rows.addLayout(checks)

    @property
    def band(self) -> int | None:
        """The channel being edited; None: all of them."""
        value = self._channels.value
        return int(value) if value not in ("", ALL) else None

    def show_state(self, linked: bool, joint: bool) -> None:
        """Show how the channels are bound, without saying so."""
        self._linked.setChecked(linked)
        self._joint.setChecked(joint)
        if linked:
            self._channels.set_value(ALL)

    def choose_all(self) -> None:
        self._channels.set_value(ALL)
