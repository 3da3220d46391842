"""Regions in the window: what is chosen is described, measured, changed, copied and sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QUndoStack

from astroview.core.frame import Frame
from astroview.core.sky.region_geometry import Region
from astroview.core.sky.regions.region_edits import FORMS, worded
from astroview.core.sky.regions.region_groups import common_tags
from astroview.core.sky.regions.region_plane import NoPlace, NotUnderstood
from astroview.core.sky.sky_map import SkyWords
from astroview.core.texts import Text
from astroview.ui.i18n.translate import tr
from astroview.ui.measure.regions.region_editor import TOOL, RegionEditor
from astroview.ui.measure.regions.region_grouper import RegionGrouper
from astroview.ui.measure.regions.region_history import keep_history
from astroview.ui.measure.regions.regions_panel import SELECT, ChosenRegions, RegionsPanel
from astroview.ui.measure.regions_and_catalogue import RegionsAndCatalogue
from astroview.ui.process.latest_only import Latest
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notices import Notice
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.widgets.side_pages import SidePages
from astroview.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from astroview.core.sky.measure_reports import MeasureReport
    from astroview.core.sky.regions.region_fields import RegionField

GREEN = "green"  # DS9's usual colour, which is ours


class RegionsController(QObject):
    """Keeps the page of regions in step with what is chosen on the picture.

    Signals
    -------
    notice : `Notice`
    tool_taken : a form has the mouse now
    """

    notice = Signal(object)
    tool_taken = Signal()

    def __init__(
        self,
        viewer: Viewer,
        sides: SidePages,
        placed: RegionsAndCatalogue,
        undo: QUndoStack,
        theme: Theme,
    ) -> None:
        super().__init__(placed)
        self._viewer, self._sides, self._store = viewer, sides, placed.store
        self._system = "image"
        self._background = Background(1, self)
        self._latest = Latest(self._background, self)
        self._latest.failed.connect(lambda e: self.notice.emit(Notice.of(e)))
        self.words: Callable[[], SkyWords] = SkyWords
        self.report: MeasureReport | None = None
        self.editor = RegionEditor(viewer, self._store, placed.shapes)
        self.editor.copy = self.copy_regions
        self.panel = RegionsPanel(theme)
        sides.add(self.panel)
        keep_history(self._store, undo)
        self.groups = RegionGrouper(self._store, self.editor, self.panel, self._background)
        self.groups.notice.connect(self.notice)
        self._connect()

    @property
    def busy(self) -> bool:
        """Whether numbers are still to come."""
        return self._background.busy

    def close(self) -> None:
        """Work no more."""
        self._background.close()

    def set_theme(self, theme: Theme) -> None:
        self.panel.set_theme(theme)

    def serve(self, commands: Commands) -> None:
        """Serve the actions of regions."""
        self.groups.serve(commands)
        forms = {f"{TOOL}{form}": form for form in FORMS}
        some: Callable[[], bool] = lambda: bool(self._store.shapes)  # noqa: E731
        chosen: Callable[[], bool] = lambda: bool(self.editor.selection)  # noqa: E731
        self.editor.tool_changed.connect(commands.update)
        self.editor.chosen.connect(commands.update)
        self._store.shown.connect(commands.update)
        commands.serve(
            {
                **{
                    name: lambda on, f=form: self._form_action(f, on)
                    for name, form in forms.items()
                },
                "region_panel": self.show_panel,
                "region_all": lambda: self.editor.choose(tuple(range(len(self._store.shapes)))),
                "region_next": lambda: self.editor.step(1),
                "region_previous": lambda: self.editor.step(-1),
                "region_copy": self.copy_regions,
                "region_paste": self.paste,
                "region_exclude": lambda on: self._include(not on),
                "region_delete": self.editor.remove,
            },
            ticked={
                **{name: partial(self._in_hand, form) for name, form in forms.items()},
                "region_panel": lambda: self._sides.page is self.panel,
                "region_exclude": self._all_excluded,
            },
            possible={
                **dict.fromkeys(("region_all", "region_next", "region_previous"), some),
                **dict.fromkeys(("region_copy", "region_exclude", "region_delete"), chosen),
                **dict.fromkeys(("regions_save", "regions_clear"), some),
            },
        )

    # ---- the page --------------------------------------------------------------------------

    def show_panel(self, on: bool = True) -> None:
        """Show the page of regions, or the controls again."""
        self._sides.show_page(self.panel if on else None)
        self._describe()
        self._viewer.setFocus()

    def escape(self) -> bool:
        """End what is under way; whether there was something."""
        return self.editor.escape()

    def lay_aside(self) -> None:
        """Another tool has the mouse now."""
        self.editor.take(None)

    def copy_report(self) -> bool:
        """Copy the numbers of the chosen region; whether there were any."""
        shown = self._sides.page is self.panel
        if not shown or self.report is None or not self.report.rows:
            return False
        QGuiApplication.clipboard().setText(self.report.text)
        self.notice.emit(Notice("Copied as text.", "", "info"))
        return True

    # ---- wiring ----------------------------------------------------------------------------

    def _connect(self) -> None:
        editor, panel = self.editor, self.panel
        editor.chosen.connect(self._describe)
        editor.tool_changed.connect(self._tool_changed)
        editor.opened.connect(self.show_panel)
        panel.form_chosen.connect(self._take)
        panel.close_wished.connect(lambda: self.show_panel(on=False))
        panel.copy.connect(self.copy_report)
        panel.remove.connect(editor.remove)
        panel.inclusion.connect(self._include)
        panel.worded.connect(self._word)
        panel.typed.connect(self._type)
        panel.system_chosen.connect(self._choose_system)

    def _form_action(self, form: str, on: bool) -> None:
        self._take(form if on else SELECT)
        if on:
            self.show_panel()

    def _take(self, form: str) -> None:
        self.editor.take(None if form == SELECT else form)  # type: ignore[arg-type]
        self._viewer.setFocus()

    def _in_hand(self, form: str) -> bool:
        return self.editor.form == form

    def _tool_changed(self) -> None:
        form = self.editor.form
        if form:
            self.tool_taken.emit()  # first: the other tool clears the cursor
        if form or self._viewer.tool.startswith(TOOL):
            self._viewer.show_tool(f"{TOOL}{form}" if form else "")
        self.panel.show_form(form or SELECT)

    def _describe(self) -> None:
        """Show what is chosen, and measure it, if the page is on show."""
        if self._sides.page is not self.panel:
            self._latest.drop()
            return
        frame, chosen = self._store.frame, self.editor.selection
        shapes = self.editor.shapes
        if frame is None or not chosen or max(chosen) >= len(shapes):
            self._latest.drop()
            self.report = None
            self.panel.show_chosen(ChosenRegions())
            self.panel.show_report(None)
            return
        self.panel.offer_sky(frame.wcs is not None)
        self.panel.show_chosen(self._said(frame, [shapes[i].source for i in chosen]))
        if len(chosen) > 1:
            self._latest.drop()
            self._take_report(None)
            return
        others = tuple(s.source for i, s in enumerate(shapes) if i not in chosen)
        excluded = tuple(region for region in others if not region.included)
        region = next(shapes[i].source for i in chosen)
        self._latest.wish(
            partial(_report, frame, region, excluded, self.words()), self._take_report
        )

    def _said(self, frame: Frame, regions: list[Region]) -> ChosenRegions:
        from astroview.core.sky.regions import region_fields
        from astroview.core.sky.regions.region_reports import NAMES

        first = regions[0]
        system = self._system if frame.wcs is not None else "image"
        self.panel.show_system(system)
        fields: tuple[RegionField, ...] = ()
        if len(regions) == 1:
            try:
                fields = region_fields.fields_of(first, frame, system)
            except NoPlace:
                fields = region_fields.fields_of(first, frame, "image")
        same = {r.words.get("color", "") for r in regions}
        colour = same.pop() if len(same) == 1 else ""
        return ChosenRegions(
            len(regions), NAMES.get(first.kind, first.kind), fields[: region_fields.MOST],
            first.words.get("text", ""), "" if colour == GREEN else colour, first.included,
            common_tags(regions),
        )  # fmt: skip

    def _take_report(self, report: MeasureReport | None) -> None:
        self.report = report
        self.panel.show_report(report)

    # ---- changes ---------------------------------------------------------------------------

    def _choose_system(self, system: str) -> None:
        self._system = system
        self._describe()

    def _type(self, index: int, text: str) -> None:
        """A number was typed."""
        from astroview.core.sky.regions import region_fields

        frame, region = self._store.frame, self.editor.region
        if frame is None or region is None:
            return
        system = self._system if frame.wcs is not None else "image"
        try:
            changed = region_fields.with_field(region, frame, system, index, text)
        except (NotUnderstood, NoPlace) as problem:
            hint = 'A number, a position such as 13:29:52.7, or a size such as 12.5".'
            self.notice.emit(
                Notice(Text("{text} cannot be taken: {problem}", text=text, problem=problem), hint)
            )
            self._describe()
            return
        self.editor.apply(lambda _: changed, tr("changed region"))

    def _word(self, name: str, text: str) -> None:
        self.editor.apply(lambda region: worded(region, **{name: text}), tr("changed region"))

    def _include(self, on: bool) -> None:
        self.editor.apply(lambda region: replace(region, included=on), tr("changed region"))

    def _all_excluded(self) -> bool:
        shapes = self.editor.shapes
        chosen = [shapes[i].source for i in self.editor.selection if i < len(shapes)]
        return bool(chosen) and not any(region.included for region in chosen)

    def copy_regions(self) -> None:
        """Copy what is chosen as text in the format of DS9: on the sky where there is one."""
        from astroview.core.sky import region_files

        frame = self._store.frame
        chosen = [self._store.shapes[i] for i in self.editor.selection]
        if frame is None or not chosen:
            return
        QGuiApplication.clipboard().setText(region_files.regions_text(chosen, frame, on_sky=True))
        hint = "Paste them into this or another frame, or into DS9."
        self.notice.emit(
            Notice(
                Text.counted("Copied {count} region.", "Copied {count} regions.", len(chosen)),
                hint,
                "info",
            )
        )

    def paste(self) -> None:
        """Put the regions of the clipboard's text on the frame; beside those that lie there."""
        from astroview.core.sky import region_files
        from astroview.core.sky.regions.region_edits import moved
        from astroview.ui.measure.regions.region_drag import shaped

        frame, text = self._store.frame, QGuiApplication.clipboard().text()
        if frame is None:
            return
        found = region_files.shapes_in(text, frame)
        if not found:
            hint = "Copy regions here or in DS9 first."
            self.notice.emit(Notice("There are no regions to paste.", hint, "info"))
            return
        taken = {_rounded(shape.at) for shape in self._store.shapes}
        if any(_rounded(shape.at) in taken for shape in found):
            aside = 12 / self._viewer.view.zoom
            found = tuple(shaped(moved(s.source, aside, -aside), frame) for s in found)
        self.editor.add(found, tr("pasted regions"))


def _rounded(at: tuple[float, float]) -> tuple[int, int]:
    return round(at[0]), round(at[1])


def _report(
    frame: Frame, region: Region, excluded: tuple[Region, ...], words: SkyWords
) -> MeasureReport:
    """Measure; any thread. What measures is imported by the first measurement."""
    from astroview.core.sky.regions.region_reports import report_region

    return report_region(frame, region, excluded, words)
