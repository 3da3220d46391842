"""Where networks run: CUDA, MPS or the CPU."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import torch

from astroview.core.errors import AstroviewError, NoNumbers, OutOfMemory
from astroview.core.texts import Text

T = TypeVar("T")
# torch's CPU, MPS and CUDA's libraries have no type of their own for it.
NO_ROOM = ("out of memory", "can't allocate memory", "not enough memory", "status_alloc_failed")
LOST = ("cuda error", "hip error", "device-side", "mps backend", "driver shutting down",
        "cudnn_status", "cublas_status")  # fmt: skip


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
    if not _is_there(name):
        raise AstroviewError(
            Text("this machine has no {name} device that torch can use", name=name.upper()),
            hint=Text("Choose {names}, or “auto”.", names=" or ".join(names)),
        )
    return torch.device(name)


def _is_there(name: str) -> bool:
    """Whether this machine has a device, such as the second of CUDA's: "cuda:1"."""
    kind, mark, number = name.partition(":")
    if kind not in available() or (mark and not number.isdecimal()):
        return False
    return kind != "cuda" or int(number or 0) < torch.cuda.device_count()


_ALL_THREADS = torch.get_num_threads()


def use_threads(count: int | None) -> None:
    """Let the CPU work with so many threads from now on; None: as many as torch began with."""
    wanted = count or _ALL_THREADS
    if wanted != torch.get_num_threads():
        torch.set_num_threads(wanted)


def is_out_of_memory(problem: BaseException) -> bool:
    """Whether an error says that a device, or this machine, has no memory left."""
    if isinstance(problem, MemoryError | OutOfMemory | torch.OutOfMemoryError):
        return True
    return isinstance(problem, RuntimeError) and _says(problem, NO_ROOM)


def is_lost(problem: BaseException) -> bool:
    """Whether an error says that the device is gone, or of no more use to this process."""
    return isinstance(problem, RuntimeError) and _says(problem, LOST)


def _says(problem: BaseException, words: tuple[str, ...]) -> bool:
    said = str(problem).lower()
    return any(word in said for word in words)


def or_on_cpu(name: str, work: Callable[[str], T], noted: Callable[[T, str], T]) -> T:
    """What ``work(name)`` returns; when a device's memory does not hold it, or the device is lost
    or answers what is no number, ``work("cpu")``.

    ``noted`` adds to such a result the sentence that says so. Raises OutOfMemory where the
    machine's own memory does not hold it.
    """
    try:
        return work(name)
    except (RuntimeError, MemoryError, OutOfMemory, NoNumbers) as problem:
        note = _why_not(name, problem)
        if note and name == "cpu" and isinstance(problem, RuntimeError):
            raise OutOfMemory(
                "There is not enough memory for this frame",
                hint="Close other programs, or choose a smaller scale.",
            ) from problem
        if not note or name == "cpu":
            raise
    # Out here: inside, the error would still hold the device's memory.
    free_memory()
    return noted(work("cpu"), f"{note}; it was computed on the CPU.")


def _why_not(name: str, problem: Exception) -> str:
    """In what a device failed; "" where the device did not."""
    if is_out_of_memory(problem):
        return f"The memory of {name} did not hold this frame"
    if name != "cpu" and is_lost(problem):
        said = next(iter(str(problem).splitlines()), "")[:120]
        return f"{name} failed in this frame ({said})"
    if name != "cpu" and isinstance(problem, NoNumbers):
        return f"What {name} answered to this frame was no number"
    return ""


def free_memory() -> None:
    """Give what torch keeps of a GPU's memory back; one that is lost keeps it."""
    if torch.cuda.is_available():
        with suppress(RuntimeError):
            torch.cuda.empty_cache()
