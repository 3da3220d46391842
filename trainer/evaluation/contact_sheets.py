"""Contact sheets of held-out pictures: input, output and truth, the worst cases included."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from astroview.core.colour import colour_space
from astroview.core.errors import DatasetProblem
from astroview.core.models.model_card import ModelCard
from astroview.core.texts import Text
from astroview.engine.networks import weights
from astroview.engine.networks.colorizer import Colorizer
from astroview.engine.networks.combined import Combined
from astroview.engine.networks.palette_code import palette_code
from astroview.engine.networks.superres import Compact
from trainer.config import DataConfig
from trainer.data import pictures, tensor_colour
from trainer.tasks import colour_samples, colour_task, combined_task, superres_task

SIDE = 256
SHARP = 0.4  # sharpness of pictures that a super-resolver is judged by
ROOM = 300_000  # bytes of a sheet that is a JPEG
GAP = 6
BANNER = 18
Cell = tuple[str, NDArray[np.float32]]
Scored = tuple[float, pictures.Picture]


def contact_sheet(card: ModelCard, scored: Sequence[Scored], out: Path) -> Path:
    """Draw the best, the median and the worst of scored pictures, two each and four worst, as
    rows of cells with captions.
    """
    network = weights.load(card, torch.device("cpu"))
    ordered = sorted(scored, key=_score)
    middle = len(ordered) // 2
    picked = [*range(4), middle - 1, middle, len(ordered) - 2, len(ordered) - 1]
    chosen = [ordered[i] for i in sorted({i for i in picked if 0 <= i < len(ordered)})]
    rows = [_cells(card, network, picture, score) for score, picture in reversed(chosen)]
    out.parent.mkdir(parents=True, exist_ok=True)
    save(draw(rows), out)
    return out


def sheet_of(card: ModelCard, data: Path, out: Path, count: int) -> Path:
    """A contact sheet of so many of the held-out pictures below a folder, evenly spread, each
    scored as in training: by its gain in decibels, of a colorizer by its gain over no colour.

    Raises
    ------
    DatasetProblem
        No picture is held out that the model can be judged by.
    """
    _, held = pictures.split(pictures.load(data), DataConfig.held_out)
    fits = [p for p in held if card.task != "superres" or _is_sharp(p)]
    chosen = [fits[i * len(fits) // count] for i in range(count)] if count < len(fits) else fits
    if not chosen:
        raise DatasetProblem(
            Text("no picture in {name} is held out", name=data.name),
            hint="Give a folder with more pictures.",
        )
    network = weights.load(card, torch.device("cpu"))
    return contact_sheet(card, [(_gain(card, network, p.rgb), p) for p in chosen], out)


def _is_sharp(picture: pictures.Picture) -> bool:
    return picture.sharpness >= SHARP and max(picture.shape) >= 2 * SIDE


def _gain(card: ModelCard, network: Any, rgb: NDArray[np.uint8]) -> float:
    if card.task == "superres":
        row = superres_task.score_picture(network, rgb, card.scale, card.pictures)
        return row["psnr"] - row["bicubic_psnr"]
    known = torch.tensor([palette.code for palette in card.palettes])
    if card.task == "combined":
        row = combined_task.score_picture(network, rgb, known, card.scale, card.pictures)
        return row["psnr"] - row["psnr_grey"]
    row = colour_task.score_picture(network, rgb, known, torch.zeros(2))
    return 1 - row["dab"] / max(row["dab_neutral"], 1e-3)


def save(sheet: Image.Image, out: Path) -> None:
    """As a JPEG of `ROOM` bytes at most; other kinds as they are."""
    if out.suffix.lower() not in (".jpg", ".jpeg"):
        sheet.save(out)
        return
    for quality in range(88, 30, -6):
        sheet.save(out, quality=quality, optimize=True)
        if out.stat().st_size <= ROOM:
            return


def _score(pair: Scored) -> float:
    return pair[0]


def _cells(card: ModelCard, network: Any, picture: pictures.Picture, score: float) -> list[Cell]:
    if card.task == "superres":
        return _superres_cells(card, network, picture, score)
    if card.task == "combined":
        return _combined_cells(card, network, picture, score)
    return _colour_cells(card, network, picture, score)


@torch.no_grad()
def _superres_cells(
    card: ModelCard, network: Compact, picture: pictures.Picture, score: float
) -> list[Cell]:
    """The liveliest 128-pixel square, enlarged twice: bicubic, ours, truth."""
    crop = _liveliest(picture.rgb, SIDE // 2)
    truth = torch.from_numpy(crop.copy()).permute(2, 0, 1)[None].float() / 255
    x, up, y = superres_task.restore(network, truth, card.scale, card.pictures)
    small = _array(x).repeat(2 * card.scale, 0).repeat(2 * card.scale, 1)
    cells = [
        ("input", small),
        ("bicubic", _big(up)),
        ("astroview", _big(y)),
        ("truth", _big(truth)),
    ]
    return [(f"{name}  {score:+.2f} dB" if name == "astroview" else name, c) for name, c in cells]


@torch.no_grad()
def _colour_cells(
    card: ModelCard, network: Colorizer, picture: pictures.Picture, score: float
) -> list[Cell]:
    """Grey, automatic palette, the next two palettes, the truth's palette, truth."""
    image = Image.fromarray(picture.rgb)
    image.thumbnail((SIDE, SIDE))
    truth = torch.from_numpy(np.asarray(image, np.float32) / 255).permute(2, 0, 1)[None]
    lab = tensor_colour.to_oklab(truth)
    light = lab[:, :1]
    known = torch.tensor([p.code for p in card.palettes])
    order = colour_task.ranking(network, light, known)[:3]
    cells: list[Cell] = [("input", np.repeat(colour_space.encode_srgb(_array(light) ** 3), 3, -1))]
    for place, k in enumerate(order):
        code = torch.tensor([card.palettes[k].code])
        name = card.palettes[k].name
        painted = colour_task.colour_in(network, light, code)
        cells.append((f"auto: {name}" if place == 0 else name, _array(painted)))
    guided = colour_task.colour_in(network, light, palette_code(light, lab[:, 1:]))
    cells += [(f"truth's palette {score:+.0%}", _array(guided)), ("truth", _array(truth))]
    return cells


@torch.no_grad()
def _combined_cells(
    card: ModelCard, network: Combined, picture: pictures.Picture, score: float
) -> list[Cell]:
    """The grey input, enlarged; automatic palette, the truth's palette, truth."""
    truth = colour_samples.small_picture(picture.rgb, SIDE)
    height, width = (n - n % card.scale for n in truth.shape[-2:])
    lab = tensor_colour.to_oklab(truth[..., :height, :width])
    code = palette_code(lab[:, :1], lab[:, 1:])
    x, _ = combined_task.reduced(lab[:, :1], card.scale)
    known = torch.tensor([p.code for p in card.palettes])
    first = combined_task.likeliest(network, x, known)
    small = np.repeat(_array(x).repeat(card.scale, 0).repeat(card.scale, 1), 3, -1)
    auto, guided = (
        _array(combined_task.restore(network, x, c, card.pictures)[0])
        for c in (known[first][None], code)
    )
    return [
        ("input", small),
        (f"auto: {card.palettes[first].name}", auto),
        (f"truth's palette {score:+.2f} dB", guided),
        ("truth", _array(truth)),
    ]


def _liveliest(rgb: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    height, width = rgb.shape[:2]
    side = min(side, height, width) // 4 * 4
    grey = rgb.mean(-1)
    places = [
        (y, x)
        for y in range(0, height - side + 1, max(side // 2, 1))
        for x in range(0, width - side + 1, max(side // 2, 1))
    ]
    y, x = max(places, key=lambda p: float(grey[p[0] : p[0] + side, p[1] : p[1] + side].std()))
    return rgb[y : y + side, x : x + side]


def _array(picture_1CHW: torch.Tensor) -> NDArray[np.float32]:
    return picture_1CHW[0].permute(1, 2, 0).numpy()


def _big(picture_1CHW: torch.Tensor) -> NDArray[np.float32]:
    return _array(picture_1CHW).repeat(2, 0).repeat(2, 1)


def draw(rows: list[list[Cell]]) -> Image.Image:
    columns = max(len(row) for row in rows)
    width = columns * (SIDE + GAP) + GAP
    sheet = Image.new("RGB", (width, len(rows) * (SIDE + BANNER + GAP) + GAP), (30, 30, 32))
    pen = ImageDraw.Draw(sheet)
    for i, row in enumerate(rows):
        top = GAP + i * (SIDE + BANNER + GAP)
        for j, (caption, cell) in enumerate(row):
            left = GAP + j * (SIDE + GAP)
            picture = Image.fromarray((np.clip(cell, 0, 1) * 255 + 0.5).astype(np.uint8))
            sheet.paste(picture.crop((0, 0, SIDE, SIDE)), (left, top + BANNER))
            pen.text((left + 2, top + 3), caption[:42], fill=(205, 205, 205))
    return sheet
