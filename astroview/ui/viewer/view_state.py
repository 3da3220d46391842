"""What a session keeps of the viewer: how it compares, and the part of the sky that it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, get_args

from PySide6.QtCore import QObject

from astroview.core import json_lines
from astroview.ui.documents.comparison import Lock, Mode
from astroview.ui.documents.session import Row, Session
from astroview.ui.viewer.scene_controller import SceneController
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.viewer.viewport import Viewport


class ViewState(QObject):
    """Gives it out as plain data, and takes it back once the picture is there."""

    def __init__(
        self,
        session: Session,
        viewer: Viewer,
        stage: SceneController,
        beside: Callable[[Row], None],
    ) -> None:
        super().__init__(viewer)
        self._beside = beside
        self._session, self._viewer, self._stage = session, viewer, stage
        self._wanted: Viewport | None = None
        stage.shown.connect(self._shown)

    def save(self) -> dict[str, Any]:
        viewer = self._viewer
        choice, chosen = self._session.comparison, self._session.selection
        told: dict[str, Any] = {
            "mode": choice.mode.value, "split": viewer.split, "lock": choice.lock,
            "linked": choice.files_linked, "rate": choice.rate, "reach": choice.reach,
        }  # fmt: skip
        if chosen and chosen.beside:
            told["beside"] = [chosen.beside.key, chosen.beside.result_id]
        if not viewer.fitted:
            told["view"] = asdict(viewer.view)
        return told

    def restore(self, told: dict[str, Any], keys: dict[int, int]) -> None:
        """Raises ValueError, KeyError or TypeError for what `save` did not write."""
        mode, split = Mode(told["mode"]), float(told["split"])
        place = json_lines.build(Viewport, dict(told["view"])) if "view" in told else None
        now = self._session.comparison
        rate, reach = float(told.get("rate", now.rate)), told.get("reach", now.reach)
        self._session.compare(
            replace(
                now,
                mode=mode,
                lock=told["lock"] if told.get("lock") in get_args(Lock) else "wcs",
                files_linked=bool(told.get("linked", False)),
                rate=min(max(rate, 0.1), 10.0),
                reach=None if reach is None else float(reach),
            )
        )
        self._viewer.set_split(split)
        if "beside" in told and told["beside"][0] in keys:
            key, result_id = told["beside"]
            self._beside((keys[key], str(result_id)))
        if place is not None:
            self._wanted = place
            if self._viewer.shown is not None and self._stage.settled:
                self._shown()

    def _shown(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._viewer.set_view(wanted)
