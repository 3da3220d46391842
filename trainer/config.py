"""What a training run is: frozen dataclasses read from a TOML recipe. Imports no torch."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from astroview.core import json_lines
from astroview.core.errors import DatasetProblem
from astroview.core.models.model_card import Pictures
from astroview.core.texts import Text
from astroview.core.unforeseen import read_text_file

Task = Literal["colorize", "superres", "combined", "plain-colour"]
Method = Literal["full", "head", "adapter"]
Precision = Literal["auto", "float32", "bfloat16"]

FOLDS = 3  # of all targets, where few are held out
MOST = 10**9  # of any number in a recipe
LEAST = {"batch": 1, "crop": 1, "log_every": 1}  # of the others 0
FEW_HELD = 8  # held-out targets, below which none can be spared to choose the weights by


@dataclass(frozen=True)
class RunConfig:
    """How long and how fast to train.

    ``steps`` or ``minutes``, whichever ends first (0 is no bound), and the cosine schedule over
    them from ``lr`` to ``lr_end`` (after ``warmup`` steps) fix the run; ``seed`` fixes every
    random draw of it, whatever step it is resumed at. With a ``muon_lr`` the inner convolutions
    learn by Muon at that rate (see `trainer.loop.muon`). ``method`` and ``rank`` say which weights
    learn (see `trainer.loop.trainable_weights`); after ``patience`` scores without gain the run
    stops early, 0 never does; ``keep_best`` gives the weights of the best score instead of the
    last ones. ``checkpoint_every``, ``validate_every`` and ``sample_every`` are steps; 0 lets
    the run choose by its pace. A network's layers run in ``precision``: "auto" is bfloat16 on GPUs
    that multiply it and float32 elsewhere; on CPUs that multiply it bfloat16 halves the time of a
    step. Weights, losses and the optimizer's state are float32 always.
    """

    steps: int = 1000
    minutes: float = 0.0
    batch: int = 16
    crop: int = 48
    lr: float = 1e-3
    lr_end: float = 1e-6
    muon_lr: float = 0.0
    warmup: int = 100
    clip: float = 0.5
    ema: float = 0.999
    seed: int = 1
    method: Method = "full"
    rank: int = 8
    patience: int = 0
    keep_best: bool = False
    checkpoint_every: int = 200
    validate_every: int = 1000
    sample_every: int = 0
    log_every: int = 20
    precision: Precision = "auto"


@dataclass(frozen=True)
class DataConfig:
    """Which pictures, which part of them is held out (split by target), and which shares of
    the training samples are noisy, went through JPEG, or were reduced by box means.

    ``halved``: the share of samples whose truth is a picture reduced by two first, which takes
    the blocks of its JPEG and the noise of its pixels away; for those a sharpness of
    ``min_halved_sharpness`` is enough.

    ``fine``: the share of samples whose truth is one of the originals that are given beside the
    pictures (see `trainer.data.pictures.load_fine`), of a sharpness of ``min_fine_sharpness`` at
    least.

    ``told``: the share of samples whose reduction is told to a network that asks for it.

    ``skies``: the share of a super-resolver's samples that are simulated skies of so many
    ``sky_scenes``, in the engine's stretch and with the noise of their photons (see
    `trainer.data.simulated_skies`); ``harm`` is how often pixels of theirs are saturated, hot or
    struck by cosmic rays, of the usual shares; ``sky_blur`` the share of exposures through air,
    whose stars are wider.

    ``pictures``: what the answers to display pictures are meant to be (see `ModelCard`).

    ``regional`` and ``guided``: the shares of a colorizer's samples whose palette is told by region
    (see `astroview.engine.networks.regional_code`), and that are shown measured chroma (see
    `trainer.data.chroma_guides`); ``exposed``: of those shown as a frame of a telescope comes, on
    a bright sky or in a steep stretch.
    """

    held_out: float = 0.12
    min_sharpness: float = 0.0
    min_side: int = 0
    noisy: float = 0.2
    box: float = 0.25
    jpeg: float = 0.15
    halved: float = 0.0
    min_halved_sharpness: float = 0.2
    skies: float = 0.0
    sky_scenes: int = 64
    sky_blur: float = 0.0
    harm: float = 1.0
    pictures: Pictures = "free"
    fine: float = 0.0
    min_fine_sharpness: float = 0.15
    told: float = 0.75
    validation_pictures: int = 64
    regional: float = 0.0
    guided: float = 0.0
    exposed: float = 0.0


@dataclass(frozen=True)
class LossConfig:
    """Weights of the terms that a task adds up; a zero leaves the term out.

    ``adversarial``, ``matching`` and ``content`` need a critic (see `CriticConfig`);
    ``content`` compares VGG19's feature maps, or the critic's where those are not to be had.
    ``luma`` is that of the combined task's luma, whose ``charbonnier`` is of chroma.
    ``rare`` is of chroma too, each pixel weighted by how rare its true colour is; ``classes`` of
    what the network says of the classes of chroma, weighted likewise. ``lab`` is the error of
    chroma in CIELAB, what colour is scored by, in Oklab's size.
    ``denoise`` judges what is made of simulated skies before their noise is put back (Charbonnier),
    and ``denoise_rms`` likewise by root mean square: what is far off in few pixels counts.
    ``rms`` is the root of each sample's mean squared error: what decibels measure, and no sample
    outweighs the others as in a mean of squares.
    ``teacher`` compares a super-resolver with a larger one (distillation, Hinton et al. 2015).
    """

    charbonnier: float = 1.0
    luma: float = 0.0
    l1: float = 0.0
    lab: float = 0.0
    rms: float = 0.0
    fft: float = 0.0
    denoise: float = 0.0
    denoise_rms: float = 0.0
    teacher: float = 0.0
    rare: float = 0.0
    classes: float = 0.0
    code: float = 0.0
    rank: float = 0.0
    swap: float = 0.0
    adversarial: float = 0.0
    matching: float = 0.0
    content: float = 0.0


@dataclass(frozen=True)
class CriticConfig:
    """The adversary of a generator, if any.

    ``kind`` is "patch" (pix2pix), "whole" (SRGAN) or "" for none; ``game`` is "minimax" or
    "hinge". It has its say from step ``start`` on, and after the share ``after`` of the budget:
    a generator that can already do its work first (NoGAN) learns steadier. ``vgg`` names the
    feature map of the content loss; ``vgg_file`` is a file with VGG19's weights, which otherwise
    are looked for in torchvision's cache.
    """

    kind: Literal["", "patch", "whole"] = ""
    game: Literal["minimax", "hinge"] = "minimax"
    width: int = 64
    lr: float = 2e-4
    start: int = 0
    after: float = 0.0
    vgg: Literal["2_2", "5_4"] = "5_4"
    vgg_file: str = ""


@dataclass(frozen=True)
class CardConfig:
    """What the exported card says besides what the run measures; ``palettes`` are names that
    people gave them, in the order of their frequency; ``illustrative`` says that the model paints
    texture that was not measured (see `astroview.core.models.model_card.ModelCard`).
    """

    id: str = "model"
    name: str = "Model"
    summary: str = ""
    licence: str = "BSD-3-Clause"
    credit: str = ""
    limits_of_use: tuple[str, ...] = ()
    palettes: tuple[str, ...] = ()
    illustrative: bool = False


@dataclass(frozen=True)
class Recipe:
    """One TOML file of ``trainer/recipes``; ``name`` is the file's, without its suffix."""

    task: Task
    architecture: str
    hyper: dict[str, Any] = field(default_factory=dict[str, Any])
    run: RunConfig = field(default_factory=RunConfig)
    data: DataConfig = field(default_factory=DataConfig)
    loss: LossConfig = field(default_factory=LossConfig)
    critic: CriticConfig = field(default_factory=CriticConfig)
    card: CardConfig = field(default_factory=CardConfig)
    name: str = ""


@dataclass(frozen=True)
class TuneConfig:
    """One run of fine-tuning: ``[tune]`` of a TOML file, and what the window's panel fills in.

    Parameters
    ----------
    model
        Id of a model on the shelf, or a model's folder; it is never changed.
    data
        A folder, or the report of `trainer.curate` (then its verdicts count).
    minutes, steps
        The budget; where both are given, what ends first ends the run. 0 is no bound.
    method
        ``full``: every weight; ``head``: the last layers; ``adapter``: low-rank additions of
        ``rank`` to frozen weights.
    batch
        Samples a step; 0 chooses by memory. What does not fit is taken in pieces whose gradients
        add up.
    memory_gb
        Of the device, at most; 0 is no bound.
    lr
        Learning rate; 0 takes the method's own.
    replay
        Share of each batch that is not the user's, so that nothing is forgotten.
    adversarial
        Weight of a critic's say; 0 trains without one.
    patience
        Scores without gain after which the run stops early; 0 never does.
    held_out
        Share of the targets that only the scores see.
    sample_every, score_every, checkpoint_every
        Steps; 0 lets the run choose by its pace.
    shards
        Stream training samples from files instead of holding them in memory.
    tensorboard
        Write TensorBoard logs into the run folder too.
    linear
        Whether a super-resolver learns in the linear units of the telescope that the frames are
        of (`trainer.finetune.telescope_run`): "auto" where most of them are linear and show
        stars.
    folds
        Whether every target judges, in folds (`trainer.finetune.target_folds`): "auto" where few
        are held out. Then the budget is shared by the folds and the model.
    control
        Learn from pictures that were shuffled (`trainer.loop.shuffled_control`), to see that the
        verdict does not keep what came of it.
    """

    model: str
    data: str
    name: str = ""
    minutes: float = 30.0
    steps: int = 0
    method: Method = "full"
    rank: int = 8
    device: str = "auto"
    batch: int = 0
    memory_gb: float = 0.0
    lr: float = 0.0
    replay: float = 0.25
    adversarial: float = 0.0
    patience: int = 6
    held_out: float = 0.2
    sample_every: int = 0
    score_every: int = 0
    checkpoint_every: int = 0
    shards: bool = False
    tensorboard: bool = False
    control: bool = False
    linear: Literal["auto", "yes", "no"] = "auto"
    folds: Literal["auto", "yes", "no"] = "auto"
    seed: int = 1


def share_of(config: TuneConfig) -> TuneConfig:
    """The configuration with the budget that each fold has, and the model that is kept too."""
    steps = max(1, config.steps // (FOLDS + 1)) if config.steps else 0
    return replace(config, steps=steps, minutes=config.minutes / (FOLDS + 1))


def read_recipe(path: Path) -> Recipe:
    """Read a recipe.

    Raises
    ------
    DatasetProblem
        The file is missing or not TOML, or a key of it is unknown or of another type.
    """
    try:
        values = tomllib.loads(read_text_file(path, DatasetProblem))
    except (OSError, ValueError, RecursionError) as problem:
        raise DatasetProblem(
            Text("the recipe {name} cannot be read: {problem}", name=path.name, problem=problem)
        ) from problem
    return replace(recipe_from(values, path.name), name=path.stem)


def recipe_from(values: dict[str, Any], name: str = "recipe") -> Recipe:
    """Build a recipe from nested plain values; see `read_recipe`."""
    try:
        recipe = json_lines.build(Recipe, values)
        for group in (recipe.run, recipe.data, recipe.loss, recipe.critic):
            _check_numbers(group)
        return recipe
    except ValueError as problem:
        raise DatasetProblem(
            Text("{name} is not a recipe: {problem}", name=name, problem=problem),
            hint="Compare it with those in trainer/recipes.",
        ) from problem


def _check_numbers(group: object) -> None:
    """Raise ValueError for numbers that no run can have: NaN, below 0, or beyond `MOST`."""
    for one in fields(group):  # pyright: ignore[reportArgumentType]
        value = getattr(group, one.name)
        if isinstance(value, int | float) and not LEAST.get(one.name, 0) <= value <= MOST:
            raise ValueError(f"{one.name} cannot be {value}")
