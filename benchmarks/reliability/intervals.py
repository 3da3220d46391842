"""How many true samples lie within the intervals, by signal-to-noise, as the models' cards have it.

``python -m benchmarks.reliability intervals --write``. The figures are of frames that calibrated
nothing: ``python -m trainer uncertainty MODEL --data DIR --bands FITS_DIR`` measures them.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from astroview.core.models.model_card import default_shelf

NAMES = {"real": "**real bands**", "simulated": "**simulated, noise drizzled or smoothed**"}


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability intervals")
    parser.add_argument("--write", action="store_true", help="into docs/reliability.md")
    chosen = parser.parse_args(arguments)
    cards = default_shelf().usual("superres")
    text = table({c.id: w for c in cards if (w := c.uncertainty.get("within"))})
    print(text)
    if chosen.write:
        from benchmarks import page

        page.put("intervals", text, page.DOCUMENT.with_name("reliability.md"))
    return 0


def told(part: float, error: float = 0.0) -> str:
    """A share and its standard error by field, in per cent."""
    return f"{part:.1%} ± {100 * error:.1f}" if error else f"{part:.1%}"


def table(found: dict[str, dict[str, Any]]) -> str:
    """Markdown: by model and folder of bands."""
    lines = [
        "| model | frames | S/N below 3 | 3 to 10 | 10 to 30 | above 30 |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for model, kinds in found.items():
        for kind in sorted(kinds, key=lambda name: (name not in NAMES, name)):
            parts = {least: told(*numbers) for least, *numbers in kinds[kind]}
            cells = " | ".join(parts.get(least, "") for least in (0.0, 3.0, 10.0, 30.0))
            lines.append(f"| {model} | {NAMES.get(kind, kind)} | {cells} |")
    return "\n".join(lines)
