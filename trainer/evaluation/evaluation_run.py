"""One evaluation: who is scored beside whom, and where the outcome is written."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from astroview.core.atomic_write import replacing
from astroview.core.models.model_card import ModelShelf
from trainer.evaluation import contact_sheets
from trainer.evaluation.colour_evaluation import ColourEvaluation
from trainer.evaluation.combined_evaluation import CombinedEvaluation
from trainer.evaluation.request import Evaluation, Request, Task, Tick, card_of
from trainer.evaluation.resume_log import EDITION, ResumeLog
from trainer.evaluation.superres_evaluation import SuperresEvaluation

__all__ = ["Request", "card_of", "evaluate"]
KINDS: dict[Task, type[Evaluation]] = {
    "sr": SuperresEvaluation, "colour": ColourEvaluation, "combined": CombinedEvaluation,
}  # fmt: skip


def evaluate(
    request: Request, data: Path, out: Path, shelf: ModelShelf, tick: Tick
) -> dict[str, Any]:
    """Score models on the held-out part of the pictures below ``data``.

    Writes ``<task>-<model>.json`` with every row, and a contact sheet, into ``out``; what was
    scored before is taken from ``rows.jsonl`` there. Returns the means by section and name.

    Raises
    ------
    AstroviewError
        A model is not to be had, or there are no pictures to score it on.
    """
    made = KINDS[request.task](request, data, ResumeLog(out / "rows.jsonl"), shelf, tick).sections()
    name = f"{request.task}-{Path(request.model).name.replace(':', '-')}"
    summary: dict[str, Any] = {
        "task": request.task,
        "model": request.model,
        "edition": EDITION,
        "machine": f"{platform.machine()}, torch {torch.__version__}, "
        f"{torch.get_num_threads()} threads",
        "request": {k: str(v) for k, v in asdict(request).items()},
        "means": {section: parts["means"] for section, parts in made.items()},
    }
    rows = {section: parts["rows"] for section, parts in made.items() if "rows" in parts}
    content = json.dumps({**summary, "rows": rows}, indent=1)
    with replacing(out / f"{name}.json") as file:
        file.write(content.encode())
    scored = next((p["scored"] for p in made.values() if p.get("scored")), None)
    if scored:
        card, pairs = scored
        contact_sheets.contact_sheet(card, pairs, out / f"{name}.jpg")
    return summary
