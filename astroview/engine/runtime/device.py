"""Where networks run: CUDA, MPS or the CPU."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import torch

from astroview.core.errors import AstroviewError, OutOfMemory
from astroview.core.texts import Text

T = TypeVar("T")


def available() -> tuple[str, ...]:
    """Names of the devices that this machine has, best first; "cpu" is always last."""
    names: list[str] = []
    if torch.cuda.is_available():
        names.append("cuda")
    if torch.backends.mps.is_available():
        names.append("mps")
    return (*names, "cpu")


def pick(name: str = "auto") -> torch.device:
    """The device for a name of `EnhanceOptions.device`.

    Raises
    ------
    AstroviewError
        The machine has no such device.
    """
    names = available()
    if name == "auto":
        return torch.device(names[0])
    if name.split(":", maxsplit=1)[0] not in names:
        raise AstroviewError(
            Text("this machine has no {name} device that torch can use", name=name.upper()),
            hint=Text("Choose {names}, or “auto”.", names=" or ".join(names)),
        )
    return torch.device(name)


_ALL_THREADS = torch.get_num_threads()


def use_threads(count: int | None) -> None:
    """Let the CPU work with so many threads from now on; None: as many as torch began with."""
    wanted = count or _ALL_THREADS
    if wanted != torch.get_num_threads():
        torch.set_num_threads(wanted)


def or_on_cpu(name: str, work: Callable[[str], T], noted: Callable[[T, str], T]) -> T:
    """What ``work(name)`` returns; when a device's memory does not hold it, ``work("cpu")``.

    ``noted`` adds to such a result the sentence that says so.
    """
    try:
        return work(name)
    except (OutOfMemory, torch.OutOfMemoryError):
        if name == "cpu":
            raise
    # Out here: inside, the error would still hold the device's memory.
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    note = f"The memory of {name} did not hold this frame; it was computed on the CPU."
    return noted(work("cpu"), note)
