"""TensorBoard logs of a run, for those who ask for them (the extra ``tensorboard``)."""

from __future__ import annotations

from pathlib import Path

from astroview.core import extras
from astroview.core.messages.train_messages import Learnt, Scored, TrainEvent


class TensorBoardLog:
    """Writes losses and scores as scalars into ``tensorboard`` of a run folder.

    Raises
    ------
    AstroviewError
        TensorBoard is not installed.
    """

    def __init__(self, run: Path) -> None:
        try:
            from torch.utils.tensorboard import SummaryWriter
        except ImportError as problem:
            raise extras.missing("tensorboard") from problem
        self._writer = SummaryWriter(str(run / "tensorboard"))

    def __call__(self, event: TrainEvent) -> None:
        """Take note of an event."""
        match event:
            case Learnt():
                values = {"loss": event.loss, "steps per second": event.rate}
                values |= {f"terms/{name}": value for name, value in event.terms.items()}
            case Scored():
                values = {f"held out/{name}": value for name, value in event.values.items()}
            case _:
                return
        for name, value in values.items():
            self._writer.add_scalar(name, value, event.step, event.time)

    def close(self) -> None:
        """Write what is left."""
        self._writer.close()
