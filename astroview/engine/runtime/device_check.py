"""Does a device compute what the CPU does? Asked once for each device, driver, library and model.

A driver may be broken, a GPU may have bad memory, a library may miscompile: networks then give
wrong pictures without a word. So before a device's first job each of its models is asked about one
small picture, and its answer is held against that of the CPU in float32. A device that fails is set
aside, and the CPU takes over; the answers are kept (`core.models.device_tests`).
"""

from __future__ import annotations

import logging
import math
import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from astroview.core.errors import AstroviewError, OutOfMemory
from astroview.core.models import device_tests
from astroview.core.models.device_tests import DeviceVerdict
from astroview.core.models.model_card import ModelCard
from astroview.core.texts import Text
from astroview.engine.networks import weights
from astroview.engine.networks.colorizer import Colorizer
from astroview.engine.networks.combined import Combined
from astroview.engine.networks.palette_code import CODE_LENGTH
from astroview.engine.runtime import precision
from astroview.engine.runtime.device import available, is_out_of_memory

log = logging.getLogger(__name__)
Load = Callable[[ModelCard, torch.device], nn.Module]


class DeviceCheck:
    """Tests devices, and remembers.

    Parameters
    ----------
    file
        Where answers are kept; None: the user's cache.
    load
        Makes a model ready for a device, as it will be used.
    """

    def __init__(self, file: Path | None = None, load: Load = precision.load) -> None:
        self._file, self._load = file or device_tests.path(), load

    def trusted(self, device: torch.device, cards: Iterable[ModelCard]) -> str | None:
        """None where all of the models may run there, else the sentence that says why not."""
        for card in cards:
            verdict = self.verdict(device, card)
            if not verdict.passed:
                return (
                    f"{device} gave wrong answers in a test of {card.name}"
                    " and was set aside; this frame was computed on the CPU."
                )
        return None

    def verdict(self, device: torch.device, card: ModelCard) -> DeviceVerdict:
        """The answer kept for this very device, driver, library and weights, or a new one."""
        about = about_device(device)
        for one in reversed(device_tests.known(self._file)):
            if (one.device, one.sha256, one.about) == (str(device), card.sha256, about):
                return one
        made = self.tested(device, card)
        self._remember(made)
        return made

    def tested_all(self, cards: Iterable[ModelCard]) -> Iterator[DeviceVerdict]:
        """Each device that there is with each of the models, asked now and remembered."""
        listed = tuple(cards)
        for name in available():
            for card in listed:
                where = torch.device(name)
                try:
                    made = self.tested(where, card)
                except AstroviewError as problem:  # it says nothing of the device
                    told = (name, card.id, card.sha256, "float32", about_device(where))
                    yield DeviceVerdict(*told, math.inf, passed=False, reason=str(problem))
                    continue
                self._remember(made)
                yield made

    def _remember(self, made: DeviceVerdict) -> None:
        log.log(logging.INFO if made.passed else logging.WARNING, "device test: %s", made.line())
        device_tests.add(self._file, made)

    @torch.inference_mode()
    def tested(self, device: torch.device, card: ModelCard) -> DeviceVerdict:
        """Asked now. Raises OutOfMemory where there is no room for it, and ModelRejected."""
        wanted = _answers(weights.load(card, torch.device("cpu")))
        name, reason, error = "float32", "", math.inf
        try:
            network = self._load(card, device)
            halved = getattr(getattr(network, "sharp", network), "halved", False)
            name = "bfloat16" if halved else "float32"
            error = _off(_answers(network), wanted)
        except (RuntimeError, MemoryError) as problem:
            if is_out_of_memory(problem):  # of now, and no fault of the device
                raise OutOfMemory(
                    Text("{device} has no room for a test", device=device),
                    hint="Close other programs that use it, or choose the CPU.",
                ) from problem
            reason = f"{type(problem).__name__}: {str(problem).splitlines()[0][:120]}"
        told = (str(device), card.id, card.sha256, name, about_device(device))
        return DeviceVerdict(*told, error, error < precision.TOLERANCE, reason)


def about_device(device: torch.device) -> str:
    """What, when it changes, asks for a new test: the device, its driver and the library."""
    parts = [platform.machine(), f"torch {torch.__version__}"]
    if device.type == "cuda":
        parts += [
            torch.cuda.get_device_name(device),
            f"CUDA {torch.version.cuda or torch.version.hip}",
            f"cuDNN {torch.backends.cudnn.version()}",
            _driver(),
        ]
    if device.type == "mps":
        parts.append(platform.mac_ver()[0])
    if device.type == "cpu":
        parts.append(torch.backends.cpu.get_cpu_capability())
    return ", ".join(filter(None, parts))


def _driver() -> str:
    file = Path("/proc/driver/nvidia/version")
    try:
        return file.read_text("utf-8").splitlines()[0][:120]
    except (OSError, IndexError, UnicodeDecodeError):
        return ""


def _answers(network: Any) -> list[Tensor]:
    """What a network says of the small picture, on the CPU in float32."""
    where = next(network.parameters()).device
    u, sigma = precision.probe().to(where), torch.full((1,), precision.PROBE_NOISE, device=where)
    said: list[Tensor] = []
    if hasattr(network, "finish"):
        said.append(network.finish(network.features(u, sigma), u))
    painter = network.colour if isinstance(network, Combined) else network
    if isinstance(painter, Colorizer):
        code = torch.zeros(1, CODE_LENGTH, device=where)
        said.append(painter(u.clamp(0, 1), code).coefficients)
    return [one.float().cpu() for one in said]


def _off(said: Sequence[Tensor], wanted: Sequence[Tensor]) -> float:
    found = [float((a - b).square().mean().sqrt()) for a, b in zip(said, wanted, strict=True)]
    worst = max(found, default=math.inf)
    return worst if all(map(math.isfinite, found)) else math.inf
