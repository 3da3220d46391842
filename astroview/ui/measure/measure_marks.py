"""From a mark on the picture to numbers beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QGuiApplication

from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame
from astroview.core.lazy_dataclass import dataclass
from astroview.core.sky.sky_map import SkyWords
from astroview.core.texts import sentences
from astroview.ui.i18n.translate import tr
from astroview.ui.measure.active_tool import ActiveTool
from astroview.ui.measure.measure_panel import MeasurePanel
from astroview.ui.process.latest_only import Latest
from astroview.ui.render.layer import Layer
from astroview.ui.shell.notice import Notice
from astroview.ui.viewer.overlays.marks import Form, Mark, Marks
from astroview.ui.viewer.viewer import Viewer

if TYPE_CHECKING:
    from astroview.core.sky.measure_reports import MeasureReport

FORMS = ("line", "box", "star")


@dataclass(frozen=True)
class Measured:
    """A report, and what was measured for it."""

    report: MeasureReport
    frame: Frame
    per_scene: float
    form: Form


class MeasureMarks(QObject):
    """Measures what the tool in hand marks, as often as it changes.

    Signals
    -------
    changed
        Another tool, or none.
    notice : `Notice`
    """

    changed = Signal()
    notice = Signal(object)

    def __init__(self, viewer: Viewer, panel: MeasurePanel, marks: Marks, latest: Latest) -> None:
        super().__init__(viewer)
        self._viewer, self._panel, self._marks, self._latest = viewer, panel, marks, latest
        self.words: Callable[[], SkyWords] = SkyWords
        self.hand = ActiveTool(viewer, marks)
        self.hand.marked.connect(self._measure)
        self.measured: Measured | None = None
        self._subject: tuple[Layer, Mark] | None = None
        self._other: MeasureReport | None = None
        latest.failed.connect(self._failed)
        panel.chosen.connect(self.take)
        panel.copy.connect(self.copy)
        panel.hovered.connect(self._hover)

    @property
    def busy(self) -> bool:
        """Whether numbers are still to come."""
        return self._latest.busy

    def take(self, form: str) -> None:
        """Take up a tool; "" lays it aside."""
        wanted = form if form in FORMS else None
        if wanted == self.hand.form:
            return
        self._forget()
        self.hand.take(wanted)  # type: ignore[arg-type]
        if wanted:
            self._panel.show_tool(wanted)
        self.changed.emit()

    def again(self) -> None:
        """The picture changed: measure the same mark on what is shown now, or forget it."""
        subject, shown = self._subject, self._viewer.shown
        if subject is None:
            return
        layer, mark = subject
        if shown is None or self._marks.mark is None:
            self._forget()
            return
        layers = [one for one in (shown.before, shown.after) if one]
        same = [one for one in layers if one.per_scene == layer.per_scene]
        scene = layer.frame.shape[0] / layer.per_scene, layer.frame.shape[1] / layer.per_scene
        if not same or shown.shape != scene:
            self._forget()
            self.hand.put(None)
            return
        if not any(one is layer for one in layers):
            self._measure(same[0], mark, final=False)

    def words_changed(self) -> None:
        """Say the positions again in other words."""
        if self._subject is not None:
            self._measure(*self._subject, final=False)

    def take_other(self, report: MeasureReport) -> None:
        """What `copy` takes: known without measuring, such as a row of a catalogue."""
        self._other = report

    def copy(self) -> bool:
        """Copy the report as text; whether there was one."""
        report = self._other or (self.measured.report if self.measured else None)
        if report is None or not report.rows:
            return False
        QGuiApplication.clipboard().setText(report.text)
        self.notice.emit(Notice("Copied as text.", "", "info"))
        return True

    def _measure(self, layer: Layer, mark: Mark, final: bool) -> None:
        self._subject = (layer, mark)
        scale = layer.per_scene
        places = tuple((p.x() * scale, p.y() * scale) for p in mark.points)
        work = partial(_report, mark.form, layer.frame, places, self.words())
        self._latest.wish(work, partial(self._show, layer, mark.form, final))

    def _show(self, layer: Layer, form: Form, final: bool, report: MeasureReport) -> None:
        if self.hand.form != form:
            return
        self._other = None
        self.measured = Measured(report, layer.frame, layer.per_scene, form)
        self._panel.show_report(report)
        if final and form != "line" and report.places:
            points = tuple(QPointF(x, y) / layer.per_scene for x, y in report.places)
            self.hand.put(Mark(form, points))

    def _forget(self) -> None:
        self._latest.drop()
        self.measured = self._subject = self._other = None
        self._marks.along = None
        self._panel.show_report(None)

    def _hover(self, part: float | None) -> None:
        mark = self._marks.mark
        self._marks.along = None
        if part is not None and mark is not None and mark.form == "line":
            start, end = mark.points[0], mark.points[-1]
            self._marks.along = start + (end - start) * part
        self._viewer.update()

    def _failed(self, error: AstroviewError) -> None:
        from astroview.core.sky.measure_reports import MeasureReport

        self._panel.show_report(
            MeasureReport("", remarks=(sentences(tr(error.message), tr(error.hint)),))
        )


def _report(
    form: Form, frame: Frame, places: tuple[tuple[float, float], ...], words: SkyWords
) -> MeasureReport:
    """Measure; any thread. What measures is imported by the first measurement."""
    from astroview.core.sky import measure_reports

    measure = {
        "line": measure_reports.report_line,
        "box": measure_reports.report_box,
        "star": measure_reports.report_star,
    }
    return measure[form](frame, places, words)
