"""Colorizers beside their rivals: pictures, hints, composed bands, features."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from astroview.core import strict_json
from trainer.calibrate.palette_bank import sources_of
from trainer.evaluation import colour_scores, hint_value
from trainer.evaluation.colour_rivals import Flat, Painter, Palettes, Plain, train_mean
from trainer.evaluation.request import Evaluation, spread
from trainer.evaluation.resume_log import Row, means
from trainer.evaluation.told_colour import Told
from trainer.tasks.colour_samples import small_picture

GREY = 1.5  # |Δab| of neutral below which a picture is as good as grey: it says nothing


class ColourEvaluation(Evaluation):
    def sections(self) -> dict[str, dict[str, Any]]:
        who = self._painters()
        sources = sources_of(self.data)
        shown = colour_scores.score_all(who, self.held, self.notes, self.tick, sources)
        shown["scored"] = self._scored(shown["rows"])
        sections = {"pictures": shown, "hints": self._hints()}
        if self.request.bands:
            real = spread(list(colour_scores.composed(self.request.bands)), self.request.pictures)
            if real:
                sections["composed bands"] = colour_scores.score_all(
                    who, real, self.notes, self.tick
                )
        if self.eye:
            seen = {n: row for w in who for n, row in self._seen(w).items()}
            sections["perceptual"] = {"means": seen}
        return sections

    def _painters(self) -> list[Painter]:
        made: list[Painter] = []
        for name in (self.request.model, *self.against):
            if name == "neutral":
                made.append(Flat("neutral"))
            elif name == "train-mean":
                made.append(train_mean(self.train))
            elif _is_plain_run(Path(name)):
                made.append(Plain(Path(name)))
            else:
                made.append(Palettes(self.of_task(name)))
        if self.card.task == "colorize":
            made.append(Told(self.card))
        return made

    def _scored(self, rows: dict[str, dict[str, Row]]) -> Any:
        """Gain over neutral under the truth's palette, by picture."""
        if "neutral" not in rows:
            return None
        own, neutral = rows[f"{self.card.id}, truth's palette"], rows["neutral"]
        pairs = [(1 - own[p.name]["dab"] / dab, p) for p in self.held
                 if (dab := neutral[p.name]["dab"]) > GREY]  # fmt: skip
        return (self.card, pairs) if pairs else None

    def _hints(self) -> dict[str, Any]:
        rows: dict[str, Row] = {}
        for i, picture in enumerate(self.held):
            key = f"{self.card.sha256} hints {i} {picture.name}"
            rows[picture.name] = self.notes.recall(
                key, lambda p=picture, i=i: hint_value.score(p, self.data, self.card, i)
            )
            self.tick(f"hints: {picture.name}")
        counts = next(iter(rows.values()))
        return {
            "rows": rows,
            "means": {f"{n} hints": means([row[n] for row in rows.values()]) for n in counts},
        }

    def _seen(self, who: Painter) -> dict[str, Row]:
        """A row for each name under which somebody paints."""

        def pairs(name: str) -> Any:
            for picture in self.held:
                truth = small_picture(picture.rgb)
                yield who.paint(truth)[name], truth

        names = who.paint(small_picture(self.held[0].rgb))
        return {n: self.perceptual(f"{who.key} {n} seen", lambda n=n: pairs(n)) for n in names}


def _is_plain_run(folder: Path) -> bool:
    path = folder / "config.json"
    try:
        return strict_json.read(path)["task"] == "plain-colour"
    except (OSError, ValueError, KeyError):
        return False
