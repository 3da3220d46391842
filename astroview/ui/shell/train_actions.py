"""The actions of the Train workspace, its menu and its toolbar."""

from __future__ import annotations

from astroview.ui.shell.action_spec import Spec

SPECS: dict[str, Spec] = {
    "train_new": Spec(
        *("New run", ("Ctrl+N",), "train", "Choose frames, a model and a time"), needs="train"
    ),
    "train_gather": Spec(
        *("Get frames …", (), "gather", "Download frames of a target from an archive"),
        needs="train",
    ),
    "train_palettes": Spec(
        *("Palettes of a folder …", (), "picture", "Take the colours of pictures; no training"),
        needs="train",
    ),
    "train_open": Spec(
        *("Open a run folder …", (), "open", "Watch a run of a cluster, or go on with one"),
        needs="train",
    ),
    "train_start": Spec(
        *("Start or resume", ("Ctrl+Return",), "play", "Begin the run, or go on with it"),
        needs="train",
    ),
    "train_pause": Spec(
        *("Pause", ("Ctrl+P",), "pause", "Wait after this step, with everything loaded"),
        checkable=True,
        needs="train",
    ),
    "train_finish": Spec(
        *("Stop and keep", (), "done", "Train no further: score what was learnt"), needs="train"
    ),
    "train_leave": Spec(
        *("Leave", (), "cancel", "Keep a checkpoint and end; it can be resumed"), needs="train"
    ),
    "train_again": Spec("New run like this", needs="train"),
    "train_keep": Spec("Keep the model", tip="Put it on your shelf", needs="train"),
    "train_discard": Spec("Discard the model", needs="train"),
    "train_share": Spec(
        *("Share the model …", (), "share", "Write the tuned model into one file"), needs="train"
    ),
    "train_import": Spec(
        "Import a model …", tip="A model that somebody shared, or a super-resolver of others"
    ),
    "train_curves": Spec(
        "Export the curves …", tip="As a table (CSV) or a picture (PNG)", needs="train"
    ),
    "train_export": Spec(
        "Export the run …", tip="All that it told in one file, without checkpoints", needs="train"
    ),
    "train_folder": Spec("Show run folder", ("Ctrl+L",), "folder", needs="train"),
    "train_log": Spec("Show the log", (), "report", "What the trainer said", needs="train"),
    "train_remove": Spec(
        *("Remove the run", (), "remove", "One of your own goes into the system's trash"),
        needs="train",
    ),
}
MENU: tuple[str, tuple[object, ...]] = (
    "&Train",
    (
        *("train_new", "train_gather", "train_palettes", "train_open", "-"),
        *("train_start", "train_pause", "train_finish", "train_leave", "train_again", "-"),
        *("train_keep", "train_discard", "train_share", "train_import", "-"),
        *("train_curves", "train_export", "-"),
        *("train_folder", "train_log", "train_remove"),
    ),
)
BAR: tuple[str, ...] = (
    *("train_new", "open_folder", "train_gather", "train_palettes", "train_open", "-"),
    *("train_start", "train_pause", "train_finish", "train_leave", "-"),
    *("train_share", "train_folder", "train_log", "train_remove"),
)
