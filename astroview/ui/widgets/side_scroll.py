"""A column that scrolls under a bar that takes no room of it, so that nothing moves for the bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

WIDTH = 10  # as the style sheet has it; within the margin of `controls.section`


class SideScroll(QScrollArea):
    """Holds a column of controls; its bar lies in their right margin."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it goes along with what inside has it
        # Of our own: where Qt's comes to Python, its type is looked for among all widgets there
        # are, which are made for that.
        self._port = QWidget()
        self._port.setAutoFillBackground(True)
        self.setViewport(self._port)
        self.setWidget(inside)
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        real = self.verticalScrollBar()
        real.rangeChanged.connect(self._follow)
        real.valueChanged.connect(self.bar.setValue)
        self.bar.valueChanged.connect(real.setValue)
        self._port.installEventFilter(self)
        inside.installEventFilter(self)
        self._follow()

    def see_through(self) -> None:
        """Let what lies below be seen around what stands inside."""
        self.setObjectName("through")
        for part in (self._port, self._inside):
            part.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        """Nothing inside is cut off at its right: it scrolls upright alone."""
        width = self._inside.minimumSizeHint().width()
        return QSize(width, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._follow()
        elif event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return False

    def _follow(self, *_: int) -> None:
        """As far and as large as the hidden bar."""
        real = self.verticalScrollBar()
        self.bar.setRange(real.minimum(), real.maximum())
        self.bar.setPageStep(real.pageStep())
        self.bar.setSingleStep(real.singleStep())
        self.bar.setGeometry(self.width() - WIDTH, 0, WIDTH, self.height())
        self.bar.setVisible(real.maximum() > real.minimum())
