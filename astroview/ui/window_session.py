"""Which rooms of the window are kept with the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroview.ui.documents.session_controller import SessionController
from astroview.ui.documents.session_keeper import KeptRoom, SessionKeeper
from astroview.ui.documents.session_store import SessionStore
from astroview.ui.measure.regions.region_state import RegionState
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.viewer.view_state import ViewState

if TYPE_CHECKING:
    from astroview.ui.main_window import MainWindow


def keep_session(
    window: MainWindow, store: SessionStore | None, memory: RememberedChoices
) -> tuple[SessionKeeper | None, SessionController | None]:
    """Keep what is open in the store; nothing is kept without one."""
    if store is None:
        return None, None
    keeper = SessionKeeper(window.session, store, lambda: memory.settings.session_gb, window)
    regions = window.knowing.placed.store
    view, drawn = ViewState(window.viewer, window.stage), RegionState(window.session, regions)
    for name, room in (("view", view), ("regions", drawn)):
        keeper.keep_room(name, KeptRoom(room.save, room.restore))
    for signal in (window.viewer.view_changed, window.viewer.mode_changed, regions.shown):
        signal.connect(keeper.touch)
    keeper.notice.connect(window.tell)
    return keeper, SessionController(window, keeper, window.commands, lambda: memory.folder)
