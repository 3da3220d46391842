"""Puts what is selected on the viewer, as its mode wants it, and keeps the layers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QPointF, Signal

from astroview.core.colour import difference
from astroview.core.colour.difference import Difference
from astroview.core.colour.stretch import Stretch
from astroview.core.enhance.trust_level import can_hide
from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame
from astroview.core.provenance import has_painted_texture
from astroview.ui.documents.comparison import Lock, Mode
from astroview.ui.documents.session import Selection, Session
from astroview.ui.i18n.translate import tr
from astroview.ui.process.thread_pool import Background
from astroview.ui.render.display_settings import Display, look
from astroview.ui.render.layer import Layer
from astroview.ui.render.overviews import OverviewBuilder
from astroview.ui.render.rendering import Look
from astroview.ui.render.sampling import Overviews
from astroview.ui.shell.notice import Notice
from astroview.ui.viewer.difference_legend import DIVERGING, Legend
from astroview.ui.viewer.frames_on_grid import FramesOnGrid, same_sky
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.viewer.viewer_scene import ViewerScene
from astroview.ui.viewer.viewport import Viewport

MOST = 4  # pictures in the grid


class SceneController(QObject):
    """Old pictures stay on the viewer until the new ones are ready."""

    notice = Signal(object)
    shown = Signal()  # what was waited for is on the viewer

    def __init__(
        self,
        session: Session,
        viewer: Viewer,
        background: Background,
        builder: OverviewBuilder,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.tiles: tuple[int, ...] = ()  # keys of the documents that are tiled or blinked
        self._together: tuple[int, ...] = ()  # with those that are still to come
        self._on_grid = FramesOnGrid(background, self)
        self._on_grid.changed.connect(self._refresh)
        self._base: Frame | None = None  # of the tiles on the viewer
        self._tiled_frames: set[int] = set()  # by id
        self._viewer, self._background, self._builder = viewer, background, builder
        builder.built.connect(self._averaged)
        self._layers: dict[int, Layer] = {}  # by id of their frame, which they keep alive
        self._own: dict[int, Look] = {}  # looks of frames that need one of their own
        self._selection: Selection | None = None
        self._waiting: ViewerScene | None = None
        self._scene: object = None
        self._glimpsed: Layer | None = None
        self._subtracted: tuple[Frame, Frame, Difference] | None = None
        self._saturation: float | None = None
        session.compared.connect(self._compare)
        for signal in (session.marked_changed, session.arranged, session.removed, session.changed):
            signal.connect(self._others_changed)

    @property
    def settled(self) -> bool:
        """Whether the selection is on screen, fully drawn."""
        resting = self._waiting is None and not self._on_grid.busy
        return resting and self._viewer.settled and not self._builder.busy

    @property
    def linked(self) -> bool:
        """Whether one display serves all pictures; each of several files has its own to begin."""
        choice = self._session.comparison
        return choice.files_linked if self._several else choice.apart is None

    @property
    def _lock(self) -> Lock:
        return self._session.comparison.lock

    @property
    def _several(self) -> bool:
        """Whether pictures of several files are on the viewer."""
        beside = self._selection is not None and self._selection.beside is not None
        return beside or len(self._together) > 1

    def show(self, selection: Selection | None) -> None:
        """Show a document, or what it is compared with."""
        self._selection = selection
        if selection is None:
            self._clear()
            return
        self._saturation = selection.document.loaded.saturation
        self._refresh()

    def glimpse(self, frame: Frame | None, display: Display) -> None:
        """Show a frame that is still being opened, or nothing after all."""
        self._clear()
        if frame is not None:
            self._glimpsed = self._layer(frame, display)
            self._waiting = ViewerScene(frame.shape, self._glimpsed)

    def set_display(self, display: Display) -> None:
        """Show everything in another display (unlinked: only the earlier picture)."""
        if self._selection is None:
            for layer in self._layers.values():
                layer.set_look(self._look(layer.frame, display))
            return
        document = replace(self._selection.document, display=display)
        self._selection = replace(self._selection, document=document)
        shown = self._wanted(self._selection)  # which gives the layers their looks
        self._waiting = shown if self._waiting else None

    def set_linked(self, on: bool) -> None:
        """One display for all; or the later picture keeps what it has now, or its file's own."""
        chosen, choice = self._selection, self._session.comparison
        if self._several:
            choice = replace(choice, files_linked=on)
        else:
            display = chosen.document.display if chosen else None
            choice = replace(choice, apart=None if on else display)
        self._session.compare(choice)

    def _compare(self) -> None:
        self._viewer.set_mode(self._session.comparison.mode)
        self._refresh()

    # ---- what is to be shown -----------------------------------------------------------

    def _refresh(self) -> None:
        if self._selection:
            self._waiting = self._wanted(self._selection)
            self._layers |= {id(layer.frame): layer for layer in self._waiting.layers}
            self._swap()

    def _wanted(self, chosen: Selection) -> ViewerScene:
        before, after, mode = chosen.before, chosen.after, self._session.comparison.mode
        for result in chosen.document.results:
            if result.stretch:
                plain = Look(result.stretch, colour_map=result.colour_map, legend=result.legend)
                self._own[id(result.frame)] = plain
        shape = (before.shape[0] // before.scale, before.shape[1] // before.scale)
        shown = ViewerScene(
            shape, self._layer(before, chosen.document.display), before_label=self._name(chosen)
        )
        if many := self._tiled(chosen):
            return replace(shown, grid=many, active=self._active(chosen))
        if after is None:
            return shown
        later, label = self._layer(after, self._later(chosen)), _label(chosen)
        if later.look.trust:
            label = tr(
                "{label} · detail below S/N {trust:g} hidden", label=label, trust=later.look.trust
            )
        shown = replace(shown, after=later, after_label=label)
        if mode is Mode.GRID:
            return replace(shown, grid=self._grid(chosen, shown))
        if mode is Mode.DIFFERENCE:
            return self._with_difference(shown, before, after)
        return shown

    def _others_changed(self, *_: object) -> None:
        """Other documents than the one that is looked at may be tiled, or should be."""
        choice = self._session.comparison
        if choice.mode in (Mode.TILE, Mode.BLINK) and self._selection:
            if choice.mode is Mode.BLINK and self._one_marked and not choice.blink_all:
                wanted = ()
            else:
                wanted = tuple(document.key for document in self._session.together)
            known = [self._session.documents[key].frame for key in wanted]
            if wanted != self._together or any(id(f) not in self._tiled_frames for f in known):
                self._refresh()

    @property
    def _one_marked(self) -> bool:
        return len(self._session.marked) < 2

    def _tiled(self, chosen: Selection) -> tuple[tuple[Layer, str], ...]:
        """Several documents on the grid of the one that is looked at, as far as they are ready.

        Blinking is of a frame and its result, unless several are marked or all were asked for.
        """
        choice, documents = self._session.comparison, self._session.together
        mode = choice.mode
        several = not self._one_marked or (choice.blink_all and chosen.after is None)
        tiled = mode is Mode.TILE or (mode is Mode.BLINK and several)
        self._together = tuple(d.key for d in documents) if tiled and len(documents) > 1 else ()
        self.tiles = ()
        if not self._together:
            return ()
        base = chosen.before
        self._tiled_frames = {id(document.frame) for document in documents}
        self._on_grid.keep({id(base), *(id(d.frame) for d in documents)})
        found: list[tuple[Layer, str]] = []
        for document in documents:
            own = document.key == chosen.document.key
            frame = base if own else self._on_grid.of(base, document.frame, choice.lock)
            if frame is not None:
                alike = _terms(document.frame) == _terms(base)
                linked = own or (choice.files_linked and alike)
                display = chosen.document.display if linked else document.display
                found.append((self._layer(frame, display), self._session.called(document)))
                self.tiles = (*self.tiles, document.key)
        return tuple(found)

    def _name(self, chosen: Selection) -> str:
        """What stands on the earlier picture."""
        if chosen.beside is None:
            return tr("Original")
        name = self._session.called(chosen.document)
        return f"{name} · {chosen.result.label}" if chosen.result else name

    def own_place(self, key: int, scene: QPointF) -> tuple[Frame, QPointF] | None:
        """The frame of a tile as its file has it, and where a scene point lies in that."""
        document = self._session.documents.get(key)
        if document is None or self._selection is None:
            return None
        frame = document.frame
        return frame, self._on_grid.place(self._selection.before, frame, self._lock, scene)

    def _active(self, chosen: Selection) -> int:
        return self.tiles.index(chosen.document.key) if chosen.document.key in self.tiles else -1

    def _later(self, chosen: Selection) -> Display:
        """The display of what is compared with the original; another file has its own, unless
        all are linked and it is in the same terms.
        """
        beside, choice = chosen.beside, self._session.comparison
        alike = beside is not None and _terms(beside.frame) == _terms(chosen.before)
        if beside and not (choice.files_linked and alike):
            return beside.display
        return choice.apart or chosen.document.display

    def _grid(self, chosen: Selection, shown: ViewerScene) -> tuple[tuple[Layer, str], ...]:
        """Up to four pictures: the newest results, after the original if there is room."""
        pair = [(shown.before, shown.before_label)]
        if chosen.beside and shown.after:
            pair.append((shown.after, shown.after_label))
        used = {id(layer.frame) for layer, _ in pair}
        others = [
            (self._layer(result.frame, self._later(replace(chosen, beside=None))), result.label)
            for result in chosen.document.results[-MOST:]
            if id(result.frame) not in used
        ]
        if chosen.beside:
            return tuple([*pair, *others][:MOST])
        return tuple([*pair, *others] if len(others) < MOST else others)

    def _layer(self, frame: Frame, display: Display) -> Layer:
        return self._layer_in(frame, self._look(frame, display))

    def _look(self, frame: Frame, display: Display) -> Look:
        own = self._own.get(id(frame))
        if own:
            return replace(own, invert=display.invert)
        usual = look(display, frame.channels, self._saturation)
        level = self._session.comparison.trust
        return replace(usual, trust=level) if level and can_hide(frame) else usual

    def _layer_in(self, frame: Frame, wanted: Look) -> Layer:
        layer = self._layers.get(id(frame)) or self._adopted(frame)
        if layer is None:
            layer = Layer(frame, frame.scale, wanted, self._background)
            layer.changed.connect(self._swap)
            layer.failed.connect(lambda error: self.notice.emit(Notice.of(error)))
            self._layers[id(frame)] = layer
        layer.set_look(wanted)
        return layer

    def _adopted(self, frame: Frame) -> Layer | None:
        """The layer of the glimpse, when it shows just these samples."""
        layer, self._glimpsed = self._glimpsed, None
        if layer is None or layer.frame.source != frame.source or frame.chroma is not None:
            return None
        del self._layers[id(layer.frame)]
        layer.frame = frame
        self._layers[id(frame)] = layer
        return layer

    # ---- the difference ----------------------------------------------------------------

    def _with_difference(self, shown: ViewerScene, before: Frame, after: Frame) -> ViewerScene:
        """The difference if it is known; else it comes later."""
        known = self._subtracted
        if known is None or known[0] is not before or known[1] is not after:
            work = partial(difference.between, before, after, after.scale // before.scale)
            done = partial(self._take_difference, before, after)
            self._background.run(work, done, self._tell)
            return shown
        found = known[2]
        reach = self._session.comparison.reach or found.reach
        wanted = Look(Stretch("linear", -reach, reach), colour_map=DIVERGING, mark_no_data=True)
        layer = self._layer_in(found.frame, wanted)
        two_files = self._selection is not None and self._selection.beside is not None
        named = two_files or has_painted_texture(after)
        names = (shown.after_label, shown.before_label) if named else ("", "")
        return replace(shown, difference=layer, legend=Legend(found, reach, names))

    def _take_difference(self, before: Frame, after: Frame, found: Difference) -> None:
        chosen = self._selection
        if chosen and chosen.before is before and chosen.after is after:
            self._subtracted = (before, after, found)
            self._refresh()

    def _tell(self, error: AstroviewError) -> None:
        self.notice.emit(Notice.of(error))

    # ---- bringing it to the viewer ---------------------------------------------------------

    def _swap(self) -> None:
        """Bring the waiting pictures to the viewer once there is something of each to see."""
        shown = self._waiting
        if shown is None:
            return
        if all(layer.patches or layer.settled for layer in shown.layers):
            self._waiting = None
            scene = (shown.shape, shown.before.frame.path)
            same, self._scene = scene == self._scene, scene
            moved = self._moved(shown)
            self._viewer.show_layers(shown, keep_view=same)
            if moved is not None:
                self._viewer.set_view(moved)
            self._keep({id(layer.frame): layer for layer in shown.layers})
            self._viewer.repaint()  # now: what follows may keep the machine busy
            self.shown.emit()

    def _moved(self, shown: ViewerScene) -> Viewport | None:
        """The view of tiles when another one of them is looked at: it stays on the same sky."""
        former, self._base = self._base, shown.before.frame if shown.grid and self.tiles else None
        if former is None or self._base is None or former is self._base or self._viewer.fitted:
            return None
        return same_sky(self._viewer.view, former, self._base, self._lock)

    def _clear(self) -> None:
        self._waiting = self._scene = self._glimpsed = self._subtracted = self._selection = None
        self._viewer.show_layers(None, keep_view=False)
        self._keep({})

    def _keep(self, layers: dict[int, Layer]) -> None:
        for key, layer in self._layers.items():
            if key not in layers:
                layer.close()
                self._own.pop(key, None)
        self._layers = layers
        self._builder.want(layer.frame for layer in layers.values())

    def _averaged(self, frame: Frame, overviews: Overviews) -> None:
        layer = self._layers.get(id(frame))
        if layer:
            layer.set_overviews(overviews)


def _terms(frame: Frame) -> tuple[object, ...]:
    """What one stretch can serve: counts and a picture for the eye have nothing in common."""
    return frame.kind, frame.full_scale, frame.unit


def _label(chosen: Selection) -> str:
    """What stands on the later picture."""
    if chosen.beside:
        return chosen.beside.label
    return chosen.result.label if chosen.result else ""
