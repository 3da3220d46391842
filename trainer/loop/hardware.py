"""Where training runs: Fabric on a device or several, its memory, and whose turn it is there."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import torch
from filelock import FileLock, Timeout
from lightning_fabric import Fabric

from astroview.core import memory_limits, resources
from astroview.core.messages.train_messages import GoesOn, TrainEvent, Waits
from astroview.engine.runtime import device
from astroview.engine.runtime.precision import has_bfloat16
from trainer.config import Precision
from trainer.loop.stdin_control import StdinControl

Device = torch.device
GB = 1_000_000_000
SPARE = 0.85  # of what is free is taken at most
LOOK_S = 1.0  # between two looks whether a device is free


def fabric_for(name: str, precision: Precision = "auto") -> Fabric:
    """Fabric on the device of that name ("auto": the best), in a precision (see
    `trainer.config.RunConfig`); under ``torchrun`` on as many as it started processes.
    """
    chosen = device.pick(name)
    here, everywhere = int(os.environ.get("LOCAL_WORLD_SIZE", "1")), processes()
    index = [int(name.partition(":")[2])] if ":" in name else 1
    options: dict[str, Any] = {"devices": index}
    if everywhere > 1:
        options = {"devices": here, "num_nodes": everywhere // here, "strategy": "ddp"}
    how: Any = _precision(chosen, precision)
    fabric = Fabric(accelerator=chosen.type, precision=how, **options)
    fabric.launch()
    return fabric


def processes() -> int:
    """How many processes train together."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def is_first() -> bool:
    """Whether this one speaks for all of them."""
    return int(os.environ.get("RANK", "0")) == 0


def is_fast_cpu(name: str) -> bool:
    """Whether the device of that name is a CPU that multiplies bfloat16."""
    return device.pick(name).type == "cpu" and has_bfloat16()


def helpers(where: Device) -> int:
    """How many threads may make batches beside a device; none beside the CPU itself."""
    return 0 if where.type == "cpu" else min(4, max(1, (os.cpu_count() or 2) - 1))


def _precision(chosen: Device, asked: Precision) -> str:
    """Bfloat16 on GPUs that multiply it (Ampere and later); a CPU stays exact unless asked."""
    fast = chosen.type == "cuda" and torch.cuda.get_device_capability(chosen)[0] >= 8
    half = fast if asked == "auto" else asked == "bfloat16"
    return "bf16-mixed" if half else "32-true"


# ---------------------------------------------------------------- memory


def room(where: Device, memory_gb: float) -> float:
    """Bytes that a run may take of a device; ``memory_gb`` bounds it, 0 does not."""
    free = SPARE * _free(where)
    return min(free, memory_gb * GB) if memory_gb else free


def hold_to(where: Device, memory_gb: float) -> None:
    """Let a device refuse more memory than that, where it can; 0 is no bound."""
    if memory_gb and where.type == "cuda":
        total = torch.cuda.get_device_properties(where).total_memory
        torch.cuda.set_per_process_memory_fraction(min(1.0, memory_gb * GB / total), where)


def _free(where: Device) -> float:
    if where.type == "cuda":
        return float(torch.cuda.mem_get_info(where)[0])
    if where.type == "mps":
        return float(torch.mps.recommended_max_memory())
    return free_memory()


def free_memory() -> float:
    """Bytes of the machine's own memory that are free."""
    try:
        return float(os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    except (AttributeError, ValueError, OSError):  # not every system tells
        return 4.0 * GB


def peak_memory(where: Device) -> int:
    """Bytes of the device that were in use at once so far, at most; of the process on a CPU."""
    if where.type == "cuda":
        return int(torch.cuda.max_memory_reserved(where))
    if where.type == "mps":
        return int(torch.mps.driver_allocated_memory())
    return memory_limits.peak_memory()


# ---------------------------------------------------------------- turns


@contextmanager
def turn(
    where: str, step: int, steering: StdinControl, tell: Callable[[TrainEvent], None]
) -> Generator[None]:
    """Wait until no other run of this user trains on the device; a CPU is shared.

    Asked to leave, it waits no longer: whoever goes on must look.
    """
    if where == "cpu":
        yield
        return
    folder = resources.cache() / "turns"
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{socket.gethostname()}-{where.replace(':', '-')}.lock")
    waited = False
    while not steering.leave:
        try:
            lock.acquire(timeout=0)
            break
        except Timeout:
            if not waited:
                tell(Waits(time.time(), step, f"Another run trains on {where}."))
            waited = True
            steering.wait(LOOK_S)
    if waited:
        tell(GoesOn(time.time(), step))
    try:
        yield
    finally:
        lock.release()
