"""Where networks run, and what the test of each device found."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from astroview.core.lazy_dataclass import dataclass
from astroview.core.messages.worker_messages import Devices
from astroview.core.models import device_tests
from astroview.core.models.device_tests import DeviceVerdict
from astroview.ui.enhance.device_names import DEVICE_NAMES
from astroview.ui.i18n.translate import local, noted, tr
from astroview.ui.process.worker_client import Worker
from astroview.ui.widgets.controls import combo, dress, field, label

COLUMNS = (
    *(noted("Device"), noted("Model"), noted("Precision")),
    *(noted("Off by"), noted("Test")),
)


@dataclass(frozen=True)
class DeviceChoice:
    """Which device is chosen, and who is told of another one."""

    now: Callable[[], str]
    take: Callable[[str], object]


class DevicePage(QWidget):
    """The choice, the newest answers of all tests, and a button that asks again."""

    def __init__(self, worker: Worker, choice: DeviceChoice) -> None:
        super().__init__()
        self._worker, self._choice = worker, choice
        self.box: QComboBox = combo("Device", tip="Where the networks run")
        self.table = dress(QTreeWidget(), "choices", spoken="Tests of devices")
        self.table.setHeaderLabels([tr(name) for name in COLUMNS])
        self.table.setRootIsDecorated(False)
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.again = QPushButton(tr("Test again"))
        self.state = label("", "muted", wrap=True)
        words = (
            "Before its first job each device is asked about one small picture, and held against"
            " the CPU in full precision. A device that fails is set aside, and the CPU takes over."
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(field("Device", self.box, 120))
        rows.addWidget(label(words, "muted", wrap=True))
        rows.addWidget(self.table, 1)
        rows.addWidget(self.state)
        rows.addWidget(self.again)
        self.box.activated.connect(lambda _: choice.take(self.box.currentData()))
        self.again.clicked.connect(self._ask)
        worker.devices.connect(self._told)
        self._offer(worker.told)
        self.show_tests()

    def show_tests(self) -> None:
        """The newest answer for each device and model."""
        newest = {
            (one.device, one.model, one.about): one
            for one in device_tests.known(device_tests.path())
        }
        self.table.clear()
        for one in reversed(newest.values()):
            self.table.addTopLevelItem(_row(one))
        failed = [one for one in newest.values() if not one.passed]
        if not newest:
            self.state.setText(tr("No device was tested yet."))
        elif failed:
            self.state.setText(tr("{device} failed and is not used.", device=failed[-1].device))
        else:
            self.state.setText(tr("All devices passed."))

    def show_choice(self) -> None:
        """The device that is chosen now."""
        self._offer(self._worker.told)

    def _ask(self) -> None:
        self.again.setEnabled(False)
        self.state.setText(tr("Testing …"))
        self._worker.probe(test=True)

    def _told(self, found: Devices) -> None:
        self._offer(found)
        self.again.setEnabled(True)
        self.show_tests()

    def _offer(self, found: Devices | None) -> None:
        names = found.names if found else ()
        self.box.clear()
        for name in dict.fromkeys(("auto", *names, self._choice.now())):
            self.box.addItem(tr(DEVICE_NAMES.get(name, name)), name)
        self.box.setCurrentIndex(max(self.box.findData(self._choice.now()), 0))


def _row(one: DeviceVerdict) -> QTreeWidgetItem:
    off = local(f"{one.error:.2g}") if math.isfinite(one.error) else tr("no answer")
    verdict = tr("passed") if one.passed else tr("FAILED")
    item = QTreeWidgetItem([one.device, one.model, one.precision, off, verdict])
    about = "\n".join(filter(None, (one.about, one.reason)))
    for column in range(len(COLUMNS)):
        item.setToolTip(column, about)
    return item
