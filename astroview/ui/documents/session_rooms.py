"""Which rooms of the window are kept with the session."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.bands.mix_state import MixState
from astroview.ui.documents.opening_strip import OpeningStrip
from astroview.ui.documents.saved_sessions.session_keeper import KeptRoom, SessionKeeper
from astroview.ui.documents.saved_sessions.session_store import SessionStore
from astroview.ui.documents.session import Row, Session
from astroview.ui.documents.session_controller import SessionController
from astroview.ui.enhance.leave_question import LeaveQuestion
from astroview.ui.measure.regions.region_state import RegionState
from astroview.ui.measure.regions.region_store import RegionStore
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.empty_page import EmptyPage
from astroview.ui.shell.notice import Notice
from astroview.ui.viewer.scene_controller import SceneController
from astroview.ui.viewer.second.second_controller import SecondController
from astroview.ui.viewer.view_state import ViewState
from astroview.ui.viewer.viewer import Viewer


@dataclass(frozen=True)
class SessionRooms:
    """What of the window this needs."""

    window: QWidget
    session: Session
    viewer: Viewer
    stage: SceneController
    commands: Commands
    beside: Callable[[Row], None]  # compares what is looked at with another row
    second: SecondController
    mixes: MixState
    opening: OpeningStrip
    empty: EmptyPage


def keep_session(
    given: SessionRooms,
    regions: RegionStore,
    leaving: LeaveQuestion,
    store: SessionStore | None,
    memory: RememberedChoices,
    tell: Callable[[Notice], None],
) -> tuple[SessionKeeper | None, SessionController | None]:
    """Keep what is open in the store; nothing is kept without one."""
    if store is None:
        return None, None
    keeper = SessionKeeper(given.session, store, lambda: memory.settings.session_gb, given.window)
    view, drawn = (
        ViewState(given.session, given.viewer, given.stage, given.beside),
        RegionState(given.session, regions),
    )
    for name, room in (
        *(("view", view), ("work", leaving), ("second", given.second), ("mixes", given.mixes)),
        ("regions", drawn),
    ):
        keeper.keep_room(name, KeptRoom(room.save, room.restore, by_document=room is drawn))
    session = given.session
    for signal in (
        *(given.viewer.view_changed, session.compared, session.selected, regions.shown),
        given.second.changed,
    ):
        signal.connect(keeper.touch)
    keeper.notice.connect(tell)
    for place in (given.opening, given.empty):
        keeper.standing.connect(place.show_standing)
        place.cancelled.connect(keeper.cancel)
    return keeper, SessionController(given.window, keeper, given.commands, lambda: memory.folder)
