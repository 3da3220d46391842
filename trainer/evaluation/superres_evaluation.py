"""Super-resolvers beside their rivals: pictures for the eye, skies, features."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from astroview.core.errors import ModelRejected
from astroview.core.texts import Text
from trainer.data import exposures
from trainer.evaluation import picture_scores, sky_scores
from trainer.evaluation.picture_scores import reduced
from trainer.evaluation.request import Evaluation, apart, spread
from trainer.evaluation.resume_log import Row
from trainer.evaluation.superres_rivals import PLAIN, Network, Restorer

SKIES = range(9000, 9012)  # seeds
AIR = range(9100, 9112)
BANDS = 12  # real frames


class SuperresEvaluation(Evaluation):
    def sections(self) -> dict[str, dict[str, Any]]:
        who = self._restorers()
        shown = [
            picture_scores.score_all(w, self.held, self.card.scale, self.notes, self.tick)
            for w in who
        ]
        sections = {
            f"display, {name}": {
                "means": {w.name: s["means"][name] for w, s in zip(who, shown, strict=True)},
                "rows": {w.name: s["rows"][name] for w, s in zip(who, shown, strict=True)},
            }
            for name in shown[0]["means"]
        }
        first = (
            sections["display, sharp"] if shown[0]["rows"]["sharp"] else sections["display, all"]
        )
        first["scored"] = self._scored(first["rows"], who)
        sections |= self._skies(who)
        if self.eye:
            sections["perceptual"] = {"means": {w.name: self._seen(w) for w in who}}
        return sections

    def _restorers(self) -> list[Restorer]:
        made: list[Restorer] = []
        for name in (self.request.model, *self.against):
            if name in PLAIN:
                made.append(PLAIN[name]())
                continue
            model, way = apart(name)
            card = self.of_task(model)
            if card.scale != self.card.scale:
                raise ModelRejected(
                    Text(
                        "{name} magnifies ×{scale}, not ×{card_scale}",
                        name=card.name,
                        scale=card.scale,
                        card_scale=self.card.scale,
                    )
                )
            made.append(Network(card, way))
        return made

    def _scored(self, rows: dict[str, dict[str, Row]], who: list[Restorer]) -> Any:
        """Gain over the last-named rival, by picture."""
        by_name = {p.name: p for p in self.held}
        mine = rows[who[0].name]
        others = rows["bicubic"] if "bicubic" in rows else rows[who[-1].name]
        pairs = [(row["psnr"] - others[n]["psnr"], by_name[n]) for n, row in mine.items()]
        return self.card, pairs

    def _skies(self, who: list[Restorer]) -> dict[str, dict[str, Any]]:
        scale, most = self.card.scale, self.request.pictures
        side = self.request.sky_side * scale
        skies = list(exposures.simulated(SKIES[:most], scale, side))
        skies += exposures.through_air(AIR[:most], scale, side)
        if self.request.bands:
            real = list(exposures.real_bands(self.request.bands, scale, side))
            skies += spread(real, min(most or BANDS, BANDS))
        dark = exposures.noise_only(scale, self.request.dark_side)
        found = {w.name: sky_scores.score_all(w, skies, dark, self.notes, self.tick) for w in who}
        return {
            f"sky, {part}": {
                "means": {name: made["means"][part] for name, made in found.items()},
                "rows": {name: made["rows"] for name, made in found.items()},
            }
            for part in (*sky_scores.PARTS, "noise only")
            if any(made["means"][part] for made in found.values())
        }

    def _seen(self, who: Restorer) -> Row:
        def pairs() -> Any:
            for picture in self.held:
                frame, truth = reduced(picture.rgb, self.card.scale)
                made = who.restore(frame, self.card.scale).samples
                yield tuple(
                    torch.from_numpy(np.clip(a / 255, 0, 1)).permute(2, 0, 1)[None]
                    for a in (made, truth)
                )

        return self.perceptual(f"{who.key} {self.card.scale} seen", pairs)
