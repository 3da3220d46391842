"""Where training runs: Fabric on a device or several, its memory, and whose turn it is there."""

from __future__ import annotations

import os
import platform
import sys
from typing import Any

import torch
from lightning_fabric import Fabric

from astroview.engine import device

Device = torch.device


def fabric_for(name: str) -> Fabric:
    """Fabric on the device of that name ("auto": the best), in bfloat16 where that is fast; under
    ``torchrun`` on as many as it started processes.
    """
    chosen = device.pick(name)
    index = [int(name.partition(":")[2])] if ":" in name else 1
    here, everywhere = (int(os.environ.get(k, "1")) for k in ("LOCAL_WORLD_SIZE", "WORLD_SIZE"))
    options: dict[str, Any] = {"devices": index}
    if everywhere > 1:
        options = {"devices": here, "num_nodes": everywhere // here, "strategy": "ddp"}
    fabric = Fabric(accelerator=chosen.type, precision=_precision(chosen), **options)
    fabric.launch()
    return fabric


def _precision(chosen: Device) -> Any:
    """Bfloat16 on GPUs that multiply it (Ampere and later); a CPU stays exact."""
    fast = chosen.type == "cuda" and torch.cuda.get_device_capability(chosen)[0] >= 8
    return "bf16-mixed" if fast else "32-true"


def peak_memory(where: Device) -> int:
    """Bytes of the device that were in use at once so far, at most; of the process on a CPU."""
    if where.type == "cuda":
        return int(torch.cuda.max_memory_reserved(where))
    if where.type == "mps":
        return int(torch.mps.driver_allocated_memory())
    return _peak_resident()


def _peak_resident() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if platform.system() == "Darwin" else 1024 * peak
