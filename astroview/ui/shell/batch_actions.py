"""The actions of the Batch workspace, its menu and its toolbar; `actions` puts them in."""

from __future__ import annotations

from astroview.ui.shell.action_spec import Spec

SPECS: dict[str, Spec] = {
    "batch_start": Spec("Start", ("Ctrl+Return",), "play", "Start the batch", needs="batch"),
    "batch_pause": Spec(
        *("Pause", ("Ctrl+P",), "pause", "Begin no further frame"), checkable=True, needs="batch"
    ),
    "batch_stop": Spec(
        *("Cancel all", (), "cancel", "Stop the batch; what is done stays"), needs="batch"
    ),
    "batch_retry": Spec(
        *("Retry failed", ("Ctrl+R",), "retry", "Do failed and cancelled frames again"),
        needs="batch",
    ),
    "batch_top": Spec(
        *("Move to top", ("Ctrl+Up",), "to_top", "Do the selected frames next"), needs="batch"
    ),
    "batch_remove": Spec(
        *("Cancel selected", ("Del",), "remove", "Leave the selected frames out"), needs="batch"
    ),
    "batch_open": Spec(
        *("Open result", ("Ctrl+Down",), "compare", "See a frame and its result in View"),
        needs="batch",
    ),
    "batch_folder": Spec(
        *("Show output folder", ("Ctrl+L",), "folder", "Open the folder with the results"),
        needs="batch",
    ),
    "batch_clear": Spec(
        *("Clear the list", (), "close", "Forget this batch; files stay"), needs="batch"
    ),
}
MENU: tuple[str, tuple[object, ...]] = (
    "&Batch",
    (
        *("batch_start", "batch_pause", "batch_stop", "batch_retry", "-"),
        *("batch_top", "batch_remove", "batch_clear", "-", "batch_open", "batch_folder"),
    ),
)
BAR: tuple[str, ...] = (
    *("open", "open_folder", "-", "batch_retry", "batch_stop", "-"),
    *("batch_top", "batch_remove", "batch_clear", "-", "batch_open", "batch_folder"),
    *("<>", "panels"),
)
