"""How pictures are compared: the modes' actions and options, blinking, a glance by Space."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from astroview.ui.documents.comparison import Comparison, Mode
from astroview.ui.documents.session import Session
from astroview.ui.i18n.translate import local, tr
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell.action_registry import Commands
from astroview.ui.viewer.scene_controller import SceneController
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.widgets.controls import combo

TAKES_SPACE = (
    QAbstractButton | QComboBox | QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox
)
RATES = (0.5, 1.0, 2.0, 3.0, 5.0, 10.0)  # pictures a second
FADE_MS = 40  # between two steps of a fade
REACHES = (0.0, 1.0, 3.0, 5.0, 10.0, 30.0, 100.0)  # sigma; 0: automatic


class CompareController(QObject):
    """Chooses and remembers how the viewer compares."""

    def __init__(
        self,
        session: Session,
        viewer: Viewer,
        stage: SceneController,
        memory: RememberedChoices,
        commands: Commands,
    ) -> None:
        super().__init__(viewer)
        self._session = session
        self._viewer, self._stage = viewer, stage
        self._memory, self._commands = memory, commands
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._blink)
        self._fading = QTimer(self, interval=FADE_MS)
        self._fading.timeout.connect(self._fade)
        self._step = 0
        self._shown: Comparison | None = None
        self._single = Mode.SPLIT  # before frames were tiled
        self.options = CompareOptions(memory.blink_rate)
        self.options.rate.activated.connect(
            lambda _: self.set_rate(self.options.rate.currentData())
        )
        self.options.reach.activated.connect(
            lambda _: self._change(reach=self.options.reach.currentData() or None)
        )
        commands.add_option(self.options, self.options.wanted)
        commands.serve(
            {
                **{mode.value: partial(self._choose, mode) for mode in Mode},
                "blink_faster": lambda: self._step_rate(1),
                "blink_slower": lambda: self._step_rate(-1),
                "linked": stage.set_linked,
                "fade": lambda on: self._change(fade=on),
                "lock_wcs": lambda: self._change(lock="wcs"),
                "lock_image": lambda: self._change(lock="image"),
                "lock_fit": lambda: self._change(lock="fit"),
            },
            ticked={
                "lock_wcs": lambda: session.comparison.lock == "wcs",
                "lock_image": lambda: session.comparison.lock == "image",
                "lock_fit": lambda: session.comparison.lock == "fit",
                **{mode.value: partial(self._ticked, mode) for mode in Mode},
                "linked": lambda: stage.linked,
                "fade": lambda: session.comparison.fade,
            },
            possible={
                name: lambda: len(session.documents) > 1 or self._pair
                for name in ("tile", "blink", "fade", "linked", "blink_faster", "blink_slower")
            },
        )
        session.compared.connect(self._show)
        self._change(mode=memory.mode, rate=memory.blink_rate)
        self._show()
        self._listening = False
        viewer.shown_changed.connect(self._listen)

    @property
    def _pair(self) -> bool:
        """Whether what is looked at has something to compare it with."""
        chosen = self._session.selection
        return chosen is not None and chosen.after is not None

    # ---- modes -------------------------------------------------------------------------

    def show_result(self) -> None:
        """Something to compare with just came: see that it shows."""
        if self._session.comparison.mode is Mode.ORIGINAL:
            self.set_mode(Mode.SPLIT)

    def set_mode(self, mode: Mode) -> None:
        """Compare in that way from now on."""
        self._change(mode=mode)
        self._memory.keep_mode(mode)

    def close(self) -> None:
        """Listen to the keyboard no longer."""
        self._clock.stop()
        self._fading.stop()
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def _choose(self, mode: Mode, _on: bool = False) -> None:
        many = mode is Mode.TILE or (mode is Mode.BLINK and not self._pair)
        now = self._session.comparison.mode
        if many and mode is now and self._stage.tiles:  # again: one frame alone
            mode = self._single
        elif many and now is not Mode.TILE:
            self._single = Mode.SPLIT if now is Mode.BLINK else now
        self._change(mode=mode, blink_all=mode is Mode.BLINK and not self._pair)
        self._memory.keep_mode(mode)
        self._commands.update()  # even where nothing changed: its button stays down

    def _ticked(self, mode: Mode) -> bool:
        return (
            self._commands.actions[mode.value].isEnabled() and mode is self._session.comparison.mode
        )

    def _change(self, **choice: Any) -> None:
        self._session.compare(replace(self._session.comparison, **choice))

    def _show(self) -> None:
        choice, former = self._session.comparison, self._shown
        self._shown = choice
        self._clock.setInterval(round(1000 / choice.rate))
        self.options.show_rate(choice.rate)
        if former is None or choice.mode is not former.mode:
            self.options.show_mode(choice.mode)
            self._step = 0
            self._viewer.set_blink_step(self._step)
            if choice.mode is Mode.BLINK:
                self._clock.start()
            else:
                self._clock.stop()
        if choice.fade and choice.mode is Mode.BLINK:
            self._fading.start()
        else:
            self._fading.stop()
            self._viewer.set_fade(0.0)
        self._commands.update()

    # ---- blinking ------------------------------------------------------------------------

    @property
    def rate(self) -> float:
        """Pictures a second."""
        return self._session.comparison.rate

    def set_rate(self, rate: float) -> None:
        """Blink at so many pictures a second."""
        self._change(rate=rate)
        self._memory.keep_blink_rate(rate)

    def _step_rate(self, by: int) -> None:
        nearest = min(range(len(RATES)), key=lambda i: abs(RATES[i] - self.rate))
        self.set_rate(RATES[min(max(nearest + by, 0), len(RATES) - 1)])

    def _fade(self) -> None:
        """The second half of a picture's time is its way into the next."""
        left = self._clock.remainingTime() / max(self._clock.interval(), 1)
        self._viewer.set_fade(min(max(1.0 - 2.0 * left, 0.0), 1.0))

    def _blink(self) -> None:
        self._step += 1
        self._viewer.set_fade(0.0)
        self._viewer.set_blink_step(self._step)

    # ---- a glance at the original ----------------------------------------------------------

    def _listen(self) -> None:
        """Hear the keyboard when the first picture was painted: every event of the window passes
        here, and for those to objects that are Qt's own, its Python types are made.
        """
        if self._viewer.shown and not self._listening:
            self._listening = True
            hear = QApplication.instance().installEventFilter  # type: ignore[union-attr]
            QTimer.singleShot(0, self, lambda: hear(self))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space shows the original while it is held, unless a control wants it."""
        kinds = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        if event.type() not in kinds or not isinstance(event, QKeyEvent):
            return False
        window: QWidget = self._viewer.window()
        if event.key() != Qt.Key.Key_Space or not window.isActiveWindow():
            return False
        if isinstance(QApplication.focusWidget(), TAKES_SPACE):
            return False
        if not event.isAutoRepeat():
            self._viewer.set_peek(event.type() == QEvent.Type.KeyPress)
        return True


class CompareOptions(QWidget):
    """What there is to choose for the present mode: the rate, or where the colours end.

    Signals
    -------
    wanted : whether there is anything
    """

    wanted = Signal(bool)

    def __init__(self, rate: float) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 0, 0)
        self.rate = combo("Blink rate", (), "Pictures a second ([ and ] change it)")
        for value in sorted({*RATES, rate}):
            self.rate.addItem(local(f"{value:g} / s"), value)
        self.reach = combo("Ends of the colours", (), "Differences that get the strongest colours")
        for value in REACHES:
            self.reach.addItem(f"± {value:g} σ" if value else tr("Automatic"), value)
        for box in (self.rate, self.reach):
            box.setMinimumWidth(104)
            row.addWidget(box)

    def show_mode(self, mode: Mode) -> None:
        """Show what goes with a mode."""
        self.rate.setVisible(mode is Mode.BLINK)
        self.reach.setVisible(mode is Mode.DIFFERENCE)
        self.wanted.emit(mode in (Mode.BLINK, Mode.DIFFERENCE))

    def show_rate(self, rate: float) -> None:
        self.rate.setCurrentIndex(self.rate.findData(rate))
