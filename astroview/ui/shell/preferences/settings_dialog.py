"""All settings in one dialog: pages at the left, a search above, each change at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from astroview.core.lazy_dataclass import dataclass
from astroview.core.settings import Settings
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.process.worker_client import Worker
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell.preferences.device_page import DeviceChoice, DevicePage
from astroview.ui.shell.preferences.setting_rows import (
    ROWS,
    SettingRow,
    control,
    value_of,
    with_value,
    words_of,
)
from astroview.ui.shell.preferences.shortcut_page import ShortcutPage
from astroview.ui.widgets.controls import dress, fit_screen, label, scaled
from astroview.ui.widgets.tab_order import ReadingTabs, tab_stops

DEVICE, KEYS = noted("Device"), noted("Shortcuts")
PAGES = (*dict.fromkeys(row.page for row in ROWS), DEVICE, KEYS)


@dataclass(frozen=True)
class SettingsDeps:
    """What the dialog works on; ``applied`` brings changed settings to the window."""

    memory: RememberedChoices
    actions: dict[str, QAction]
    worker: Worker
    device: DeviceChoice
    applied: Callable[[Settings], object]


class _SearchField(QLineEdit):
    """Enter goes to what was found, and does not close the dialog."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class SettingsDialog(ReadingTabs, QDialog):
    """Changes are kept as they are made."""

    def __init__(self, parent: QWidget, given: SettingsDeps) -> None:
        super().__init__(parent)
        self._given = given
        self.setWindowTitle(tr("Settings"))
        self.search = dress(_SearchField(), spoken="Search the settings")
        self.search.setPlaceholderText(tr("Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.pages = dress(QListWidget(), "choices", spoken="Pages")
        self.pages.setFixedWidth(scaled(170))
        self.stack = QStackedWidget()
        self.controls: dict[str, QWidget] = {}
        self.keys = ShortcutPage(
            given.actions, given.memory.settings.shortcuts, partial(self._set, "shortcuts")
        )
        self.devices = DevicePage(given.worker, given.device)
        self._forms: dict[str, QFormLayout] = {}
        self._lay_out()
        self._fill()
        self.pages.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.search.textChanged.connect(self._filter)
        self.pages.setCurrentRow(0)
        self.search.returnPressed.connect(self._go_to_found)
        self.search.setFocus()
        fit_screen(self, 760, 480)

    def show_page(self, page: str) -> None:
        """Go to a page, by its English name."""
        self.pages.setCurrentRow(PAGES.index(page))

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.addWidget(self.pages)
        middle.addWidget(self.stack, 1)
        below = QHBoxLayout()
        self.reset_page = QPushButton(tr("Reset this page"))
        self.reset_all = QPushButton(tr("Reset all settings"))
        done = dress(QPushButton(tr("Done")), "primary")
        for part in (self.reset_page, self.reset_all):
            below.addWidget(part)
        below.addStretch(1)
        below.addWidget(done)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 14, 16, 14)
        rows.setSpacing(12)
        rows.addWidget(self.search)
        rows.addLayout(middle, 1)
        rows.addLayout(below)
        done.setDefault(True)  # else Enter in any field resets the page
        done.clicked.connect(self.accept)
        self.reset_page.clicked.connect(self._reset_page)
        self.reset_all.clicked.connect(self._reset_all)

    def _fill(self) -> None:
        for page in PAGES:
            self.pages.addItem(tr(page))
            holder = QWidget()
            rows = QVBoxLayout(holder)
            rows.setContentsMargins(18, 2, 4, 2)
            rows.addWidget(label(page, "heading"))
            if page in (DEVICE, KEYS):
                rows.addWidget(self.devices if page == DEVICE else self.keys, 1)
            else:
                form = self._forms[page] = QFormLayout()
                form.setHorizontalSpacing(18)
                form.setVerticalSpacing(10)
                rows.addLayout(form)
                rows.addStretch(1)
            self.stack.addWidget(holder)
        self._show_values()

    def _show_values(self) -> None:
        """A new control for every row: what stands in the settings now."""
        for form in self._forms.values():
            while form.rowCount():
                form.removeRow(0)
        for row in ROWS:
            now = value_of(self._given.memory.settings, row.place)
            made = control(row, now, partial(self._set, row.place))
            self.controls[row.place] = made
            self._forms[row.page].addRow(label(row.text, "muted"), made)

    def _set(self, place: str, value: Any) -> None:
        memory = self._given.memory
        memory.keep(with_value(memory.settings, place, value))
        self._given.applied(memory.settings)

    def _filter(self, text: str) -> None:
        """Pages and rows that have these letters."""
        words, first = text.strip().casefold(), -1
        self.keys.filter(words)
        for i, page in enumerate(PAGES):
            rows = [row for row in ROWS if row.page == page]
            found = [row for row in rows if words in words_of(row)]
            for row in rows:
                self._forms[page].setRowVisible(self.controls[row.place], row in found)
            here = bool(found) or words in tr(page).casefold() or (page == KEYS and bool(words))
            self.pages.item(i).setHidden(not here)
            first = i if here and first < 0 else first
        if first >= 0 and self.pages.currentItem().isHidden():
            self.pages.setCurrentRow(first)

    def _go_to_found(self) -> None:
        """Give the keyboard to the first control of the page on show."""
        if (page := self.stack.currentWidget()) is not None:
            next(tab_stops(page), self.pages).setFocus(Qt.FocusReason.TabFocusReason)

    def _reset_page(self) -> None:
        page = PAGES[self.pages.currentRow()]
        if page == KEYS:
            self.keys.reset()
        elif page == DEVICE:
            self._given.device.take("auto")
            self.devices.show_choice()
        else:
            self._usual([row for row in ROWS if row.page == page])

    def _reset_all(self) -> None:
        self._usual(list(ROWS))
        self.keys.reset()
        self._given.device.take("auto")
        self.devices.show_choice()

    def _usual(self, rows: list[SettingRow]) -> None:
        memory, usual = self._given.memory, Settings()
        changed = replace(memory.settings)
        for row in rows:
            changed = with_value(changed, row.place, value_of(usual, row.place))
        memory.keep(changed)
        self._given.applied(changed)
        self._show_values()
