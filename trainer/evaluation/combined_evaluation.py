"""A super-resolver and a colorizer in a row, or one network that is both."""

from __future__ import annotations

from typing import Any

from astroview.core.errors import ModelRejected
from astroview.core.models.model_card import ModelCard
from astroview.core.texts import Text
from trainer.evaluation import combined_scores
from trainer.evaluation.request import Evaluation, card_of
from trainer.evaluation.resume_log import Row


class CombinedEvaluation(Evaluation):
    def _card(self) -> ModelCard:
        return self._pair().superres

    def _pair(self, name: str | None = None) -> combined_scores.ModelPair:
        first, plus, second = (name or self.request.model).partition("+")
        superres = card_of(first, self.shelf)
        colorizer = card_of(second, self.shelf) if plus else superres
        tasks = (superres.task, colorizer.task)
        if tasks not in (("superres", "colorize"), ("combined", "combined")):
            raise ModelRejected(
                Text(
                    "“{name}” is no super-resolver and colorizer", name=name or self.request.model
                ),
                hint="Name both, such as superres-x2+colorizer, or a combined model.",
            )
        return combined_scores.ModelPair(superres, colorizer)

    def sections(self) -> dict[str, dict[str, Any]]:
        pairs = [self._pair(), *(self._pair(name) for name in self.against)]
        every = [combined_scores.score_all(p, self.held, self.notes, self.tick) for p in pairs]
        merged: dict[str, dict[str, Any]] = {"rows": {}, "means": {}}
        for made in every:
            for part in merged:
                merged[part] |= made[part]
        if self.card.task == "combined":
            merged["scored"] = self._scored(merged["rows"])
        return {"combined": merged}

    def _scored(self, rows: dict[str, dict[str, Row]]) -> Any:
        """Gain over grey bicubic under the truth's palette, by picture."""
        own, grey = rows[f"{self.card.id}, truth's palette"], rows["bicubic, neutral"]
        return self.card, [(own[p.name]["psnr"] - grey[p.name]["psnr"], p) for p in self.held]
