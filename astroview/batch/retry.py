"""What is done once more: a file whose worker crashed, or that changed while it was read.

Neither need have to do with the file, so it goes to the front of the queue again and another
worker takes it; a file that had its attempts has failed. `process_client` notices that a worker
is lost and starts the next one, `has_changed` that a file was written to meanwhile.
"""

from __future__ import annotations

import os

from astroview.batch.batch_state import BatchState
from astroview.batch.output_names import Task
from astroview.core.errors import UnreadableFrame
from astroview.core.io.paths import remote_paths

ATTEMPTS = 2  # for a file, before it has failed
CHANGED = ("The file changed while it was read", "Run the batch again when it is complete.")


def retry(board: BatchState, task: Task) -> bool:
    """Have a file that was taken done once more, first; False when it had its attempts.

    A batch that is stopped begins nothing: there the file waits, and has not failed.
    """
    if not board.stopped and board.attempts(task) >= ATTEMPTS:
        return False
    board.put_back(task)
    return True


def has_changed(source: str, size: int, mtime_ns: int) -> bool:
    """Whether a file is no longer as it was; False for a lost one, which fails when opened."""
    try:
        if remote_paths.is_url(source):
            found = remote_paths.status(source)
            return found is not None and (found.size, found.mtime_ns) != (size, mtime_ns)
        status = os.stat(source)  # noqa: PTH116 - a million times
    except (OSError, UnreadableFrame):
        return False
    return (status.st_size, status.st_mtime_ns) != (size, mtime_ns)
