"""What a survey's own palettes are worth: ``python -m trainer survey DIR``.

The folder's targets are split; the palettes of those to learn from are tried on the others, made
grey, beside what is offered without them. Nothing is trained.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from astroview.core.models.model_card import ModelCard, Palette
from astroview.core.models.palette_set import SUFFIX, PaletteSet
from astroview.core.options import EnhanceOptions
from astroview.engine.networks.palette_code import OFFERED
from astroview.engine.pipeline.enhance_plan import setting_for
from astroview.engine.pipeline.palette_choice import bank_for, by_name, offers
from astroview.engine.pipeline.palette_retrieval import Bank
from astroview.engine.pipeline.preview import Preview, glance
from astroview.engine.pipeline.survey_palettes import bank_of, offers_of
from astroview.engine.runtime.cache import Cache
from trainer import metrics
from trainer.calibrate.palette_bank import told_by
from trainer.calibrate.survey_palettes import write_set
from trainer.data import tensor_colour
from trainer.data.palettes import code_of
from trainer.data.pictures import Shown, load, manifest
from trainer.data.training_data import split
from trainer.evaluation.colour_rivals import Palettes, as_rendered, grey_frame
from trainer.evaluation.request import spread
from trainer.tasks.colour_samples import small_picture

NEUTRAL, USUAL, SOURCE, UNKNOWN, OWN, FIRST = (
    "no colour",
    f"best of {OFFERED} offered",
    f"best of {OFFERED} offered, survey told by the header",
    f"best of {OFFERED} offered, by a bank without this folder's pictures",
    f"best of {OFFERED} of the folder's",
    "the folder's that fits best, chosen automatically",
)
SAME = 0.02  # of a code, in which rounding makes two readings of a picture differ
Tick = Callable[[int, int], None]


@dataclass(frozen=True)
class SurveyScores:
    """|Δab| of each held-out picture (N,) by who painted; ``targets`` of the pictures."""

    learnt: int
    targets: tuple[str, ...]
    rows: dict[str, NDArray[np.float64]]

    def gain(self, over: str) -> float:
        """By what share the mean error of the best of the folder's is lower."""
        return 1 - float(self.rows[OWN].mean() / self.rows[over].mean())

    def table(self) -> str:
        """Markdown."""
        neutral = self.rows[NEUTRAL]
        others = len(set(self.targets))
        lines = [
            f"{self.learnt} pictures gave palettes; {len(neutral)} of {others} other targets are"
            " painted.\n",
            "| | mean \\|Δab\\| | better than no colour | the folder's are nearer by |",
            "|---|---|---|---|",
        ]
        for name, row in self.rows.items():
            better = f"{(row < neutral).mean():.0%}"
            lines.append(f"| {name} | {row.mean():.2f} | {better} | {self.gain(name):.1%} |")
        return "\n".join(lines)


def survey_scores(
    card: ModelCard, data: Path, held_out: float, pictures: int | None, tick: Tick
) -> SurveyScores:
    """Split a folder by targets, take palettes of one part, and paint (some of) the other.

    Raises DatasetProblem when the folder shows too few targets.
    """
    train, held = split(load(data), held_out)
    chosen, rows = spread(held, pictures), manifest(data)
    with TemporaryDirectory(prefix="astroview-survey-") as folder:
        file = Path(folder) / f"survey{SUFFIX}"
        judge = _Judge(card, write_set(train, "Survey", card, file, _silent), held)
        made: list[dict[str, float]] = []
        for i, picture in enumerate(chosen):
            source = told_by(rows.get(picture.name, {}), picture.name)[1]
            made.append(judge.errors(small_picture(picture.rgb), source))
            tick(i + 1, len(chosen))
    table = {name: np.array([row[name] for row in made]) for name in made[0]}
    return SurveyScores(len(train), tuple(picture.target for picture in chosen), table)


class _Judge:
    """Paints held-out pictures in all the ways that are compared."""

    def __init__(self, card: ModelCard, own: PaletteSet, held: Sequence[Shown]) -> None:
        self.card, self.own = card, own
        self.painter = Palettes(card)
        self.options = EnhanceOptions(device="cpu", superres=None)
        self.stranger = Cache()  # to whom the survey is new
        bank = bank_for(card, self.painter.memo)
        if bank is not None:
            codes = [*bank_of(own, Cache()).codes, *(code_of(picture.rgb) for picture in held)]
            other = _without(bank, np.stack(codes))
            self.stranger.recall(("bank", card.sha256), lambda: other)

    @torch.inference_mode()
    def errors(self, truth: Tensor, source: str) -> dict[str, float]:
        """|Δab| of a picture (1, 3, H, W) by who painted it."""
        L = tensor_colour.to_oklab(truth)[:, :1]
        plain, told = self._seen(L, ""), self._seen(L, source)
        new = replace(plain, memo=self.stranger)
        grey = as_rendered(L, torch.zeros(1, 2, *L.shape[-2:]))

        def of(palettes: Sequence[Palette]) -> list[float]:
            made = (self.painter.painted(plain, L, by_name(p)) for p in palettes)
            return [metrics.chroma_error(y, truth) for y in made]

        own = of(offers_of(self.own, plain, OFFERED))
        return {
            NEUTRAL: metrics.chroma_error(grey, truth),
            USUAL: min(of(offers(plain, self.options)[0])),
            SOURCE: min(of(offers(told, self.options)[0])),
            UNKNOWN: min(of(offers(new, self.options)[0])),
            OWN: min(own),
            FIRST: own[0],
        }

    def _seen(self, L: Tensor, source: str) -> Preview:
        frame = grey_frame(L, source)
        return glance(frame, self.card, setting_for(frame, self.options), self.painter.memo)


def _silent(_done: int, _of: int, _work: str) -> None:
    """Its progress is not told."""


def _without(bank: Bank, codes_NK: NDArray[np.float32]) -> Bank:
    """A bank that never saw some pictures, which are known by their codes."""
    gaps = [np.abs(codes_NK - code).max(1).min() for code in bank.codes]
    kept = [k for k, gap in enumerate(gaps) if gap > SAME]
    entries = tuple(bank.entries[k] for k in kept)
    listed = replace(bank.listing, entries=entries)
    return replace(bank, listing=listed, codes=bank.codes[kept], features=bank.features[kept])
