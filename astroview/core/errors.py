"""What can go wrong, in words for the user: a message (what is) and a hint (what to try)."""

from __future__ import annotations

from astroview.core.texts import Text


class AstroviewError(Exception):
    """A failure the user should read.

    Parameters
    ----------
    message
        One plain sentence that says what is wrong, with the file's name where there is one.
    hint
        One plain sentence that says what to try; empty when there is nothing to try.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)  # both in args, so that the error survives pickling
        self.message = Text.of(message)
        self.hint = Text.of(hint)

    def __str__(self) -> str:
        return self.message


class UnreadableFrame(AstroviewError):
    """A file cannot be opened or read as a picture."""


class CannotSave(AstroviewError):
    """A result could not be written; whatever was at the target before is untouched."""


class DiskFull(CannotSave):
    """There is no room where a result, or scratch for one, should go."""


class ModelRejected(AstroviewError):
    """A model's card or weights do not hold together."""


class NoNumbers(ModelRejected):
    """What a network says is no number: its weights are broken, or the device is."""


class DatasetProblem(AstroviewError):
    """A folder of pictures cannot serve for training."""


class OutOfMemory(AstroviewError):
    """The device ran out of memory, even with the smallest tiles."""


class WorkerLost(AstroviewError):
    """The worker process ended in mid-job."""


class Cancelled(Exception):
    """The user asked to stop: not an error, so not an `AstroviewError`."""
