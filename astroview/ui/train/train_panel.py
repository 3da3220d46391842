"""The Train workspace: the runs at the left; a new run, or the one that is chosen, beside them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from astroview.ui.i18n.translate import tr
from astroview.ui.train.pages.begin_page import BeginPage
from astroview.ui.train.pages.new_page import NewPage
from astroview.ui.train.pages.run_page import RunPage
from astroview.ui.train.runs.run_record import RunRecord
from astroview.ui.train.runs.runs_list import RunsModel, RunsView
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import dress, slim, tool
from astroview.ui.widgets.theme import Theme

SIDE = 218  # width of the list of runs
NARROW = 900  # below, a list to drop down takes its place


class TrainPanel(QWidget):
    """Draws; what it shows is decided by `train_controller.TrainController`.

    Signals
    -------
    new_wanted, open_wanted
        A new run; a run folder that lies elsewhere.
    picked : `RunRecord` of the list
    """

    new_wanted = Signal()
    open_wanted = Signal()
    picked = Signal(object)

    def __init__(
        self,
        rows: RunsModel,
        new_page: NewPage,
        make_run_page: Callable[[], RunPage],
        theme: Theme,
    ) -> None:
        super().__init__()
        self._theme, self._rows = theme, rows
        self._make_run_page = make_run_page
        self._run_page: RunPage | None = None
        self._folded = False
        self._actions: tuple[QAction, ...] = ()
        self.begin, self.new = BeginPage(theme), new_page
        self.view = RunsView(rows, theme)
        self._drop = dress(QComboBox(), spoken="Runs", tip="The runs there are")
        slim(self._drop)
        self._drop.setPlaceholderText(tr("New run"))
        self._drop.setModel(rows)
        self._new = dress(QPushButton(tr("New run")), "newrun", tip="Ctrl+N")
        self._new_small = tool("New run", self.new_wanted.emit)
        self._open = tool("Open a run folder …", self.open_wanted.emit)
        self._open_small = tool("Open a run folder …", self.open_wanted.emit)
        self._pages = QStackedWidget()
        for page in (self.begin, self.new):
            self._pages.addWidget(page)
        self._lay_out()
        self._connect()
        self.set_theme(theme)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.side = dress(QFrame(), "left")
        self.side.setFixedWidth(SIDE)
        left = QVBoxLayout(self.side)
        left.setContentsMargins(0, 0, 1, 0)
        left.setSpacing(0)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(12, 10, 8, 8)
        buttons.setSpacing(6)
        buttons.addWidget(self._new, 1)
        buttons.addWidget(self._open)
        left.addLayout(buttons)
        left.addWidget(self.view, 1)
        row.addWidget(self.side)
        self._strip = dress(QFrame(), "runstrip")
        strip = QHBoxLayout(self._strip)
        strip.setContentsMargins(14, 6, 10, 6)
        strip.setSpacing(6)
        strip.addWidget(self._drop, 1)
        strip.addWidget(self._new_small)
        strip.addWidget(self._open_small)
        centre = dress(QWidget(), "center")
        centre.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self._pages, 1)
        row.addWidget(centre, 1)

    def _connect(self) -> None:
        self.view.picked.connect(self.picked)
        self.view.menu_wanted.connect(self._show_menu)
        self._new.clicked.connect(self.new_wanted)
        self._drop.activated.connect(self._dropped)
        self._rows.modelReset.connect(self._fit)

    # ---- what others call ------------------------------------------------------------------

    @property
    def run_page(self) -> RunPage:
        """The page of a run, made when it is first needed: its curves take a moment to load."""
        if self._run_page is None:
            self._run_page = self._make_run_page()
            self._pages.addWidget(self._run_page)
        return self._run_page

    @property
    def on_show(self) -> str:
        """Which page: "begin", "new", "run", or "other"."""
        page = self._pages.currentWidget()
        pages = ((self.begin, "begin"), (self.new, "new"), (self._run_page, "run"))
        return next((name for one, name in pages if one is page), "other")

    def shows(self, page: QWidget) -> bool:
        """Whether this page is on show."""
        return self._pages.currentWidget() is page

    def show_begin(self) -> None:
        """How to begin."""
        self._pages.setCurrentWidget(self.begin)
        self._mark(None)

    def show_new(self) -> None:
        """A new run."""
        self._pages.setCurrentWidget(self.new)
        self._mark(None)

    def show_other(self, page: QWidget) -> None:
        """A page that is about no run."""
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self._mark(None)

    def show_run(self, run: RunRecord) -> None:
        """A run."""
        self.run_page.show_run(run)
        self._pages.setCurrentWidget(self.run_page)
        self._mark(run)

    def refresh(self, run: RunRecord) -> None:
        """A run has news; drawn when it is on show."""
        if self.on_show == "run" and self.run_page.run is run:
            self.run_page.show_run(run)

    def set_menu(self, actions: tuple[QAction, ...]) -> None:
        """What the menu of a run offers."""
        self._actions = actions

    def fold(self, on: bool) -> None:
        """Hide the list and the choices, or show them."""
        self._folded = on
        self.new.side.setVisible(not on)
        self._fit()

    def focus(self) -> None:
        """Let the keyboard begin here."""
        if self.on_show == "begin":
            self.begin.focus()
        else:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_next(self) -> None:
        """Give the keyboard to the next part: the runs, then what is beside them."""
        inside = self._pages.isAncestorOf(QApplication.focusWidget() or self)
        if inside and self.side.isVisible():
            self.view.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._pages.setFocus(Qt.FocusReason.TabFocusReason)
            self._pages.focusNextChild()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for button in (self._open, self._open_small):
            button.setIcon(icons.icon("folder", theme))
        self._new_small.setIcon(icons.icon("train", theme))
        for part in (self.begin, self.new, self.view):
            part.set_theme(theme)
        if self._run_page:
            self._run_page.set_theme(theme)

    # ---- inside ----------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """As small as the window may be: the list makes room then."""
        return QSize(700, 380)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The list where there is room and something to list."""
        some, narrow = self._rows.rowCount() > 0, self.width() < NARROW
        self.side.setVisible(some and not narrow and not self._folded)
        self._strip.setVisible(some and narrow and not self._folded)

    def _mark(self, run: RunRecord | None) -> None:
        self.view.pick(run)
        self._drop.setCurrentIndex(self._rows.row_of(run).row())

    def _dropped(self, row: int) -> None:
        self.picked.emit(self._rows.run_at(row))

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._actions)
        menu.popup(at)
