"""Where networks run: CUDA, MPS or the CPU."""

from __future__ import annotations

import torch

from astroview.core.errors import AstroviewError


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
            f"this machine has no {name.upper()} device that torch can use",
            hint=f"Choose {' or '.join(names)}, or “auto”.",
        )
    return torch.device(name)
