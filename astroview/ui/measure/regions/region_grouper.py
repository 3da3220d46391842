"""Groups of regions, and regions moved to the centroid of their light: what is chosen, at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame
from astroview.core.sky.region_geometry import Region
from astroview.core.sky.regions.region_groups import (
    common_tags,
    groups_of,
    new_group,
    tags_of,
    with_tags,
)
from astroview.core.texts import Text
from astroview.ui.i18n.translate import tr
from astroview.ui.measure.regions.region_editor import RegionEditor
from astroview.ui.measure.regions.region_store import RegionStore, Shapes
from astroview.ui.measure.regions.regions_panel import RegionsPanel
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notices import Notice


class RegionGrouper(QObject):
    """Serves the actions of groups and of centroids, and the page's fields for groups.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(
        self, store: RegionStore, editor: RegionEditor, panel: RegionsPanel, background: Background
    ) -> None:
        super().__init__(editor)
        self._store, self._editor, self._panel = store, editor, panel
        self._background = background
        panel.grouped.connect(self._typed)
        panel.group_chosen.connect(self.choose)
        store.shown.connect(self._list)
        self._list()

    def serve(self, commands: Commands) -> None:
        """Serve the actions."""
        chosen = lambda: bool(self._editor.selection)  # noqa: E731
        names = ("region_group", "region_centroid")
        grouped = ("region_ungroup", "region_group_choose")
        commands.serve(
            {
                "region_group": self.group,
                "region_ungroup": lambda: self._set_groups(()),
                "region_group_choose": self._editor.choose_groups,
                "region_centroid": self.centre,
            },
            possible={**dict.fromkeys(names, chosen), **dict.fromkeys(grouped, self._in_groups)},
        )

    def group(self) -> None:
        """What is chosen becomes one more group."""
        name = new_group(shape.source for shape in self._store.shapes)
        self._editor.apply(lambda region: with_tags(region, (*tags_of(region), name)), tr("group"))

    def choose(self, name: str) -> None:
        """Choose the regions of a group."""
        groups = groups_of(shape.source for shape in self._store.shapes)
        self._editor.choose(groups.get(name, ()))

    def centre(self) -> None:
        """Move what is chosen to the centroids of its light."""
        frame, shapes, chosen = self._store.frame, self._store.shapes, self._editor.selection
        if frame is None or not chosen:
            return
        work = partial(_centred, [shapes[i].source for i in chosen], frame)
        self._background.run(work, partial(self._centred, shapes), self._fail)

    def _centred(self, shapes: Shapes, found: tuple[dict[int, Region], int]) -> None:
        moved, dark = found
        if shapes is not self._store.shapes:
            return  # they were changed meanwhile
        self._editor.apply(lambda region: moved.get(id(region), region), tr("moved to centroid"))
        if dark:
            told = Text.counted(
                "Nothing stands out in {count} of the chosen regions; it stays.",
                "Nothing stands out in {count} of the chosen regions; they stay.",
                dark,
            )
            self.notice.emit(Notice(told, "Use larger ones, or move them nearer.", "info"))

    def _set_groups(self, names: Sequence[str]) -> None:
        words = tr("group") if names else tr("no group")
        self._editor.apply(lambda region: with_tags(region, names), words)

    def _typed(self, names: Sequence[str]) -> None:
        """The groups that what is chosen has in common are those now; each keeps its others."""
        shared = common_tags([self._store.shapes[i].source for i in self._editor.selection])

        def change(region: Region) -> Region:
            own = (tag for tag in tags_of(region) if tag not in shared)
            return with_tags(region, (*own, *names))

        self._editor.apply(change, tr("group"))

    def _in_groups(self) -> bool:
        shapes = self._store.shapes
        return any(tags_of(shapes[i].source) for i in self._editor.selection if i < len(shapes))

    def _list(self) -> None:
        groups = groups_of(shape.source for shape in self._store.shapes)
        self._panel.show_groups({name: len(members) for name, members in groups.items()})

    def _fail(self, error: AstroviewError) -> None:
        self.notice.emit(Notice.of(error))


def _centred(regions: Sequence[Region], frame: Frame) -> tuple[dict[int, Region], int]:
    """The moved ones by the id of what they were, and how many have no centroid; any thread."""
    from astroview.core.sky.regions.region_centroid import NoCentroid, centred

    moved: dict[int, Region] = {}
    for region in regions:
        try:
            moved[id(region)] = centred(region, frame)
        except NoCentroid:
            continue
    return moved, len(regions) - len(moved)
