"""One evaluation: who is scored beside whom, on what, and where the outcome is written."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch

from astroview.core.errors import DatasetProblem, ModelRejected
from astroview.core.models import CARD_NAME, ModelCard, ModelShelf, read_card
from astroview.core.replacing import replacing
from trainer import exposures, hinted, pictures, sheets
from trainer.colour_task import small_picture
from trainer.config import DataConfig
from trainer.evaluation import colour, combined, display, eyes, sky
from trainer.evaluation.display import reduced
from trainer.evaluation.notes import EDITION, Notes, Row, means
from trainer.evaluation.painters import Flat, Painter, Palettes, Plain, train_mean
from trainer.evaluation.restorers import PLAIN, Network, Restorer

Task = Literal["sr", "colour", "combined"]
AGAINST: dict[str, tuple[str, ...]] = {
    "sr": ("bicubic", "lanczos"), "colour": ("neutral", "train-mean"), "combined": (),
}  # fmt: skip
SKIES = range(9000, 9012)  # seeds
BANDS = 12  # real frames
GREY = 1.5  # |Δab| of neutral below which a picture is as good as grey: it says nothing
Tick = Callable[[str], None]


@dataclass(frozen=True)
class Request:
    """What is asked for.

    Attributes
    ----------
    model
        An id on the shelf, or a folder with a card (or a run's folder); for "combined" two with
        a plus between them, super-resolver first, or a combined model. ``:best`` after a
        super-resolver asks for its best quality.
    against
        More of these, or bicubic, lanczos, neutral, train-mean; empty: the task's own.
    pictures
        How many of the held-out pictures, evenly spread, and of the skies at most; None: all.
    bands
        Folder of real FITS bands, or None.
    perceptual, critic
        Whether to compare features too, and the run folder whose critic has them where VGG19
        cannot be had.
    sky_side, dark_side
        Of the simulated and real skies and of the frame of noise alone, coarse pixels.
    """

    task: Task
    model: str
    against: tuple[str, ...] = ()
    pictures: int | None = None
    bands: Path | None = None
    perceptual: bool = False
    critic: Path | None = None
    sky_side: int = 192
    dark_side: int = 512


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
    made = {"sr": _Superres, "colour": _Colour, "combined": _Combined}[request.task](
        request, data, Notes(out / "rows.jsonl"), shelf, tick
    ).sections()
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
        sheets.contact_sheet(card, pairs, out / f"{name}.jpg")
    return summary


def card_of(name: str, shelf: ModelShelf) -> ModelCard:
    """A card by id, by its folder, or by the run that made it. Raises ModelRejected."""
    folder = Path(name)
    for place in (folder, folder / "model"):
        if (place / CARD_NAME).is_file():
            return read_card(place)
    return shelf.card(name)


class _Evaluation:
    def __init__(
        self, request: Request, data: Path, notes: Notes, shelf: ModelShelf, tick: Tick
    ) -> None:
        self.request, self.data, self.notes = request, data, notes
        self.shelf, self.tick = shelf, tick
        self.against = request.against or AGAINST[request.task]
        self.card = self._card()
        self.train, held = pictures.split(pictures.load(data), DataConfig.held_out)
        if not held:
            raise DatasetProblem(
                f"no picture in {data.name} is held out", hint="Give a folder with more pictures."
            )
        self.held = _spread(held, request.pictures)

    def _card(self) -> ModelCard:
        return self._of_task(self.request.model.removesuffix(":best"))

    def _of_task(self, name: str) -> ModelCard:
        card = card_of(name, self.shelf)
        wanted = "superres" if self.request.task == "sr" else "colorize"
        if card.task != wanted:
            raise ModelRejected(
                f"{card.name} is not a model for --task {self.request.task}",
                hint="“astroview models” tells what each model does.",
            )
        return card

    @cached_property
    def eye(self) -> eyes.Eye | None:
        """What sees features, if that was asked for."""
        return eyes.eye_for(self.request.critic) if self.request.perceptual else None

    def perceptual(self, key: str, pairs: Callable[[], Any]) -> Row:
        """Distances in features, or what stands for none."""
        assert self.eye is not None
        eye = self.eye
        among = f"{len(self.held)} {self.held[0].name} {self.held[-1].name}"
        return self.notes.recall(
            f"{key} {eye.name} {among}",
            lambda: {**eyes.distances(eye, pairs()), "seen_by": eye.name},
        )


class _Superres(_Evaluation):
    def sections(self) -> dict[str, dict[str, Any]]:
        who = self._restorers()
        shown = [
            display.score_all(w, self.held, self.card.scale, self.notes, self.tick) for w in who
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
            card = self._of_task(name.removesuffix(":best"))
            if card.scale != self.card.scale:
                raise ModelRejected(f"{card.name} magnifies ×{card.scale}, not ×{self.card.scale}")
            made.append(Network(card, best=name.endswith(":best")))
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
        if self.request.bands:
            real = list(exposures.real_bands(self.request.bands, scale, side))
            skies += _spread(real, min(most or BANDS, BANDS))
        dark = exposures.noise_only(scale, self.request.dark_side)
        found = {w.name: sky.score_all(w, skies, dark, self.notes, self.tick) for w in who}
        return {
            f"sky, {part}": {
                "means": {name: made["means"][part] for name, made in found.items()},
                "rows": {name: made["rows"] for name, made in found.items()},
            }
            for part in ("simulated", "real bands", "noise only")
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


class _Colour(_Evaluation):
    def sections(self) -> dict[str, dict[str, Any]]:
        who = self._painters()
        shown = colour.score_all(who, self.held, self.notes, self.tick)
        shown["scored"] = self._scored(shown["rows"])
        sections = {"pictures": shown, "hints": self._hints()}
        if self.request.bands:
            real = _spread(list(colour.composed(self.request.bands)), self.request.pictures)
            if real:
                sections["composed bands"] = colour.score_all(who, real, self.notes, self.tick)
        if self.eye:
            seen = {w.name: self._seen(w) for w in who}
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
                made.append(Palettes(self._of_task(name)))
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
                key, lambda p=picture, i=i: hinted.score(p, self.data, self.card, i)
            )
            self.tick(f"hints: {picture.name}")
        counts = next(iter(rows.values()))
        return {
            "rows": rows,
            "means": {f"{n} hints": means([row[n] for row in rows.values()]) for n in counts},
        }

    def _seen(self, who: Painter) -> Row:
        def pairs() -> Any:
            for picture in self.held:
                truth = small_picture(picture.rgb)
                yield next(iter(who.paint(truth).values())), truth

        return self.perceptual(f"{who.key} seen", pairs)


class _Combined(_Evaluation):
    def _card(self) -> ModelCard:
        return self._pair().superres

    def _pair(self, name: str | None = None) -> combined.Pair:
        first, plus, second = (name or self.request.model).partition("+")
        superres = card_of(first, self.shelf)
        colorizer = card_of(second, self.shelf) if plus else superres
        tasks = (superres.task, colorizer.task)
        if tasks not in (("superres", "colorize"), ("combined", "combined")):
            raise ModelRejected(
                f"“{name or self.request.model}” is no super-resolver and colorizer",
                hint="Name both, such as superres-x2+colorizer, or a combined model.",
            )
        return combined.Pair(superres, colorizer)

    def sections(self) -> dict[str, dict[str, Any]]:
        pairs = [self._pair(), *(self._pair(name) for name in self.against)]
        every = [combined.score_all(p, self.held, self.notes, self.tick) for p in pairs]
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


def _is_plain_run(folder: Path) -> bool:
    path = folder / "config.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))["task"] == "plain-colour"
    except (OSError, ValueError, KeyError):
        return False


def _spread(found: Sequence[Any], count: int | None) -> list[Any]:
    """So many, evenly spread over what there is."""
    if count is None or count >= len(found):
        return list(found)
    return [found[i * len(found) // count] for i in range(count)]
