"""What devices were found to compute: one answer for each device, driver, library and weights.

The answers lie in one file of the cache folder. A file that cannot be read counts as none.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from astroview.core import resources, strict_json
from astroview.core.atomic_write import replacing
from astroview.core.lazy_dataclass import dataclass

NAME = "device-tests.json"
MOST = 200  # answers kept; the newest


@dataclass(frozen=True)
class DeviceVerdict:
    """How near a device comes to the CPU in float32, on one small picture.

    Attributes
    ----------
    device
        As torch names it: "cuda:0".
    model, sha256
        Which model, and its weights.
    precision
        "float32", or "bfloat16" of hidden layers.
    about
        The device's name, its driver and the library: another one is tested anew.
    error
        Root mean square of the difference in stretched units (of a colorizer, of its
        coefficients); infinite where it failed.
    passed
        Whether it may be used.
    reason
        Why it failed, where it said so.
    """

    device: str
    model: str
    sha256: str
    precision: str
    about: str
    error: float
    passed: bool
    reason: str = ""

    def line(self) -> str:
        """For people."""
        told = f"off by {self.error:.2g}" if math.isfinite(self.error) else "no answer"
        verdict = "passed" if self.passed else "FAILED"
        why = f" ({self.reason})" if self.reason else ""
        return f"{self.device}, {self.model}, {self.precision}: {verdict}, {told}{why}"


def path() -> Path:
    """Where the answers lie."""
    return resources.cache() / NAME


def known(file: Path) -> list[DeviceVerdict]:
    """The answers in a file, oldest first."""
    try:
        listed = strict_json.read(file).get("tests")
    except (OSError, ValueError):
        return []
    listed = cast("list[Any]", listed) if isinstance(listed, list) else []
    return [found for values in listed if (found := _verdict(values)) is not None]


def add(file: Path, verdict: DeviceVerdict) -> None:
    """Keep an answer; a cache that cannot be written is no reason to stop."""
    kept = [*known(file), verdict][-MOST:]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with replacing(file) as out:
            out.write(json.dumps({"tests": [_values(one) for one in kept]}, indent=1).encode())
    except OSError:
        return


def _values(verdict: DeviceVerdict) -> dict[str, Any]:
    values = asdict(verdict)
    return values if math.isfinite(verdict.error) else {**values, "error": None}


def _verdict(values: Any) -> DeviceVerdict | None:
    try:
        error = values["error"]
        device, model, sha256, precision, about = (
            str(values[key]) for key in ("device", "model", "sha256", "precision", "about")
        )
        return DeviceVerdict(
            device,
            model,
            sha256,
            precision,
            about,
            math.inf if error is None else float(error),
            values["passed"] is True,
            str(values.get("reason", "")),
        )
    except (KeyError, TypeError, ValueError):
        return None
