"""Regions under the mouse: chosen by a click, drawn, moved, resized and turned by a drag."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from astroview.core.sky.region_geometry import Region
from astroview.core.sky.regions import region_edits, region_hits
from astroview.core.sky.regions.region_edits import Form, Handle
from astroview.core.sky.regions.region_groups import whole_groups
from astroview.ui.i18n.translate import tr
from astroview.ui.measure.regions.region_drag import (
    RegionDrag,
    pixel_of,
    scene_of,
    shaped,
    usual_ends,
)
from astroview.ui.measure.regions.region_store import RegionStore, Shapes
from astroview.ui.viewer import panes
from astroview.ui.viewer.overlays.region_handles import RegionHandles
from astroview.ui.viewer.overlays.region_overlay import Shapes as RegionOverlay
from astroview.ui.viewer.viewer import Viewer

REACH = 7.0  # points of the screen within which a line or a handle is taken
STILL = 4.0  # a press that moved less is a click
TOOL = "region_"  # begins the name of a tool, see `Viewer.show_tool`
STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
REMOVES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RegionEditor(QObject):
    """Takes the mouse where a region is, or everywhere while a form is in hand.

    Signals
    -------
    chosen
        Other regions are chosen, or those that are changed under the mouse.
    tool_changed
        Another form is drawn, or none.
    opened
        The region under the mouse was double-clicked.
    """

    chosen = Signal()
    tool_changed = Signal()
    opened = Signal()

    def __init__(self, viewer: Viewer, store: RegionStore, overlay: RegionOverlay) -> None:
        super().__init__(viewer)
        self._viewer, self._store, self._overlay = viewer, store, overlay
        self.form: Form | None = None
        self.selection: tuple[int, ...] = ()
        self.copy: Callable[[], object] = lambda: None  # what Ctrl+C does with what is chosen
        self._drag: RegionDrag | None = None
        self._live: Shapes | None = None  # the regions while they are dragged
        self._pressed: QPointF | None = None  # where nothing was taken
        self._corners: tuple[QPointF, ...] = ()
        self.handles = RegionHandles()
        viewer.add_overlay(self.handles)
        viewer.installEventFilter(self)
        store.shown.connect(self._look)

    # ---- what is chosen --------------------------------------------------------------------

    @property
    def shapes(self) -> Shapes:
        """The frame's regions, as they look while they are dragged."""
        return self._live if self._live is not None else self._store.shapes

    @property
    def region(self) -> Region | None:
        """The one region that is chosen."""
        return self.shapes[self.selection[0]].source if len(self.selection) == 1 else None

    def choose(self, selection: tuple[int, ...]) -> None:
        """Choose these regions of the frame."""
        count = len(self._store.shapes)
        wanted = tuple(sorted({i for i in selection if 0 <= i < count}))
        if wanted != self.selection:
            self.selection = wanted
            self._show()

    def choose_at(self, point: QPointF) -> bool:
        """Choose the region whose outline or inside lies at a point of the viewer; whether there
        is one.
        """
        near = self._under(point)
        found = self._holding(point) if near is None else near
        if found is not None:
            self.choose((found,))
        return found is not None

    def put_at(self, point: QPointF, form: Form = "circle") -> None:
        """A region of the usual size around a point of the viewer."""
        if frame := self._store.frame:
            self._put(pixel_of(self._viewer.scene_at(point), frame), form)

    def choose_groups(self) -> None:
        """Choose all regions that share a group with one that is chosen."""
        regions = [shape.source for shape in self._store.shapes]
        self.choose(whole_groups(regions, self.selection))

    def step(self, by: int) -> None:
        """Choose the next or the previous region."""
        count = len(self._store.shapes)
        if count:
            last = self.selection[-1] if self.selection else (-1 if by > 0 else 0)
            self.choose(((last + by) % count,))

    def take(self, form: Form | None) -> None:
        """Take up a form to draw; None lays it aside."""
        if form != self.form:
            self.form, self._drag, self._live = form, None, None
            self._set_corners(())
            self._show()
            self.tool_changed.emit()

    def escape(self) -> bool:
        """End what is under way: corners, the form in hand, the choice; whether there was one."""
        if self._corners:
            self._set_corners(())
        elif self.form is not None:
            self.take(None)
        elif self.selection:
            self.choose(())
        else:
            return False
        return True

    # ---- changes ---------------------------------------------------------------------------

    def apply(self, change: Callable[[Region], Region], words: str, merges: bool = False) -> None:
        """Change what is chosen."""
        frame, after = self._store.frame, list(self._store.shapes)
        if frame is None or not self.selection:
            return
        for i in self.selection:
            changed = change(after[i].source)
            if changed is not after[i].source:
                after[i] = shaped(changed, frame)
        self._store.change(tuple(after), words, merges=merges)

    def add(self, shapes: Shapes, words: str) -> None:
        """Put regions on the frame, and choose them."""
        before = self._store.shapes
        self._store.change((*before, *shapes), words)
        self.choose(tuple(range(len(before), len(before) + len(shapes))))

    def remove(self) -> None:
        """Take what is chosen away."""
        kept = tuple(s for i, s in enumerate(self._store.shapes) if i not in self.selection)
        self.selection = ()
        self._store.change(kept, tr("removed regions"))

    def _look(self) -> None:
        """Other regions are on the frame."""
        self._drag = self._live = None
        count = len(self._store.shapes)
        self.selection = tuple(i for i in self.selection if i < count)
        self._show()

    def _show(self) -> None:
        shapes, frame = self.shapes, self._store.frame
        self._overlay.show(shapes, self.selection)
        found: tuple[tuple[Handle, QPointF, QPointF], ...] = ()
        if frame is not None and len(self.selection) == 1:
            region = shapes[self.selection[0]].source
            middle = scene_of(region.points[0], frame)
            found = tuple(
                (one, scene_of(one.at, frame), middle) for one in region_edits.handles(region)
            )
        self.handles.show(tuple(shapes[i] for i in self.selection), found)
        self._viewer.update()
        self.chosen.emit()

    # ---- mouse and keys --------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        own = self._viewer.tool == "" or self._viewer.tool.startswith(TOOL)
        if not own or self._store.frame is None or self._viewer.shown is None:
            return False
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _mouse(self, event: QMouseEvent) -> bool:
        kind, left = event.type(), event.button() == Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseButtonPress and left:
            return self._press(event)
        if kind == QEvent.Type.MouseButtonDblClick and left:
            return self._double_click(event)
        if kind == QEvent.Type.MouseMove:
            if self._drag is not None:
                self._move(event.position())
                return False  # what is under the mouse is read all the while
            self._hover(event.position())
        elif kind == QEvent.Type.MouseButtonRelease and left:
            return self._release(event)
        return False

    def _press(self, event: QMouseEvent) -> bool:
        point, viewer = event.position(), self._viewer
        if viewer.split_showing and panes.touches(
            viewer.mode, point, QSizeF(viewer.size()), viewer.split
        ):
            return False
        viewer.setFocus(Qt.FocusReason.MouseFocusReason)
        drag = self._handle_drag(point)
        if drag is None and self.form is not None:
            drag = self._begin(point, "draw", (), self.form)
        if drag is None:
            drag = self._move_drag(point, event)
        self._drag, self._pressed = drag, point if drag is None else None
        return drag is not None

    def _begin(
        self, point: QPointF, does: str, held: tuple[int, ...], form: Form = "circle",
        handle: Handle | None = None,
    ) -> RegionDrag | None:  # fmt: skip
        frame = self._store.frame
        if frame is None:
            return None
        start = pixel_of(self._viewer.scene_at(point), frame)
        base = self._store.shapes
        return RegionDrag(does, base, held, start, point, form, handle)  # type: ignore[arg-type]

    def _handle_drag(self, point: QPointF) -> RegionDrag | None:
        handle = self._handle_at(point)
        return self._begin(point, "handle", self.selection, handle=handle) if handle else None

    def _handle_at(self, point: QPointF) -> Handle | None:
        knobs = self.handles.knobs(self._viewer.placing_at(point))
        near = [(handle, (knob - point).manhattanLength()) for handle, knob in knobs]
        found = min(near, key=lambda one: one[1], default=None)
        return found[0] if found and found[1] <= REACH else None

    def _move_drag(self, point: QPointF, event: QMouseEvent) -> RegionDrag | None:
        """What a press without a form in hand takes: a line, or the inside of what is chosen."""
        found = self._under(point)
        inside = self._holding(point)
        if found is None and inside is not None:
            all_over = self._viewer.gestures.preset == "ds9" or inside in self.selection
            found = inside if all_over else None
        if found is None:
            return None
        extends = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if extends:
            others = set(self.selection) ^ {found}
            self.choose(tuple(others))
        elif found not in self.selection:
            self.choose((found,))
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.choose_groups()
        return self._begin(point, "move", self.selection)

    def _under(self, point: QPointF) -> int | None:
        scene = self._viewer.scene_at(point)
        reach = REACH / self._viewer.view.zoom
        return region_hits.nearest(self._store.shapes, (scene.x(), scene.y()), reach)

    def _holding(self, point: QPointF) -> int | None:
        scene = self._viewer.scene_at(point)
        place = (scene.x(), scene.y())
        chosen = [i for i in self.selection if region_hits.holds(self._store.shapes[i], place)]
        return chosen[0] if chosen else region_hits.holding(self._store.shapes, place)

    def _move(self, point: QPointF) -> None:
        drag, frame = self._drag, self._store.frame
        if drag is None or frame is None:
            return
        if self._live is None and (point - drag.press).manhattanLength() < STILL:
            return
        self._live = drag.to(pixel_of(self._viewer.scene_at(point), frame), frame)
        if drag.does == "draw":
            self.selection = (len(drag.base),)
        self._show()

    def _release(self, event: QMouseEvent) -> bool:
        point, drag, pressed = event.position(), self._drag, self._pressed
        self._pressed = None
        if drag is None:
            still = pressed is not None and (point - pressed).manhattanLength() < STILL
            if still and self.form is None:
                inside = self._holding(point)
                self.choose(() if inside is None else (inside,))
            return False
        if self._live is None and drag.does == "draw":
            self._click(drag)
            return True
        live, self._drag, self._live = self._live, None, None
        if live is not None:
            named = {"draw": tr("new region"), "move": tr("moved region")}
            self._store.change(live, named.get(drag.does, tr("changed region")))
        return True

    def _click(self, drag: RegionDrag) -> None:
        """A form in hand was clicked, not dragged."""
        self._drag = None
        if drag.form == "polygon":
            self._set_corners((*self._corners, self._viewer.scene_at(drag.press)))
            return
        self._put(drag.start, drag.form)

    def _put(self, at: tuple[float, float], form: Form) -> None:
        """A region of the usual size."""
        frame = self._store.frame
        if frame is None:
            return
        start, end = usual_ends(at, form)
        begun = RegionDrag("draw", (), (), start, QPointF(), form)
        self.add(begun.to(end, frame), tr("new region"))

    def _double_click(self, event: QMouseEvent) -> bool:
        if self._corners:
            self._close_polygon()
            return True
        if self.form is not None:
            return True
        found = self._under(event.position())
        found = self._holding(event.position()) if found is None else found
        if found is None:
            return False
        if self.selection == (found,) and self._add_corner(event.position()):
            return True
        self.choose((found,))
        self.opened.emit()
        return True

    def _add_corner(self, point: QPointF) -> bool:
        """A corner where the edge of the chosen polygon was double-clicked."""
        frame, region = self._store.frame, self.region
        if frame is None or region is None or region.kind != "polygon":
            return False
        shape, scene = self._store.shapes[self.selection[0]], self._viewer.scene_at(point)
        place = (scene.x(), scene.y())
        if region_hits.distance(shape, place) > REACH / self._viewer.view.zoom:
            return False
        after = region_hits.edge_near(shape.outlines[0], place)
        pixel = pixel_of(scene, frame)
        self.apply(lambda r: region_edits.with_corner(r, after, pixel), tr("changed region"))
        return True

    def _set_corners(self, corners: tuple[QPointF, ...]) -> None:
        self._corners = self.handles.corners = corners
        self._viewer.update()

    def _close_polygon(self) -> None:
        frame, corners = self._store.frame, self._corners
        self._set_corners(())
        if frame is not None and len(corners) > 2:
            points = tuple(pixel_of(corner, frame) for corner in corners)
            self.add((shaped(Region("polygon", points), frame),), tr("new region"))

    def _hover(self, point: QPointF) -> None:
        """Show what a press would take; draw the next edge of a polygon."""
        if self._corners:
            self.handles.corners = (*self._corners, self._viewer.scene_at(point))
            self._viewer.update()
        handle = self._handle_at(point)
        taken = handle is not None or (self.form is None and self._under(point) is not None)
        shape = Qt.CursorShape.PointingHandCursor if handle else Qt.CursorShape.SizeAllCursor
        self._viewer.gestures.hover = shape if taken else None

    def _key(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            if self._own_key(event):
                event.accept()  # so that it comes as a key, and closes no frame
                return True
            return False
        return event.type() == QEvent.Type.KeyPress and self._pressed_key(event)

    def _own_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self.form is not None and key in ENTERS:
            return True
        if control:
            return key == Qt.Key.Key_C and bool(self.selection)
        return (key in REMOVES or key in STEPS) and bool(self.selection or self._corners)

    def _pressed_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if not self._own_key(event):
            return False
        if key in ENTERS:
            self._enter()
        elif key in REMOVES and self._corners:
            self._set_corners(self._corners[:-1])
        elif key in REMOVES:
            self.remove()
        elif key == Qt.Key.Key_C:
            self.copy()
        elif self.selection:
            dx, dy = STEPS[key]
            by = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            nudge = lambda r: region_edits.moved(r, by * dx, by * dy)  # noqa: E731
            self.apply(nudge, tr("moved region"), merges=True)
        return True

    def _enter(self) -> None:
        """Close the polygon, or put a region in the middle of what is seen."""
        frame = self._store.frame
        if self._corners:
            self._close_polygon()
        elif self.form is not None and frame is not None:
            viewer = self._viewer
            middle = viewer.scene_at(QPointF(viewer.width() / 2, viewer.height() / 2))
            self._put(pixel_of(middle, frame), self.form)
