"""Recipes of tiny models that learn for a few steps on a few small pictures."""

from trainer.config import Recipe, recipe_from

TINY = {
    "superres": {"architecture": "compact", "hyper": {"scale": 2, "width": 4, "depth": 2}},
    "colorize": {
        "architecture": "palette-unet",
        "hyper": {"widths": [4, 6, 8], "middle": 1, "palettes": 3},
    },
    "combined": {
        "architecture": "combined",
        "hyper": {
            "scale": 2,
            "width": 4,
            "depth": 2,
            "widths": [4, 6, 8],
            "middle": 1,
            "palettes": 3,
            "detail": 4,
        },
    },
}
RUN = {
    "steps": 8,
    "batch": 4,
    "crop": 32,
    "checkpoint_every": 4,
    "validate_every": 8,
    "log_every": 1,
}


CRITICS = {"superres": "whole", "colorize": "patch", "combined": "patch"}


def recipe(task: str, critic: bool = False, **run: object) -> Recipe:
    colour = {"code": 0.03, "swap": 0.03, "rank": 0.002}
    loss = {"colorize": colour, "superres": {"fft": 0.05}, "combined": {**colour, "luma": 1.0}}[
        task
    ]
    values = {"task": task, **TINY[task], "run": RUN | run, "loss": loss}
    if critic:
        values["critic"] = {"kind": CRITICS[task], "width": 4, "start": 2}
        values["loss"] = {**loss, "adversarial": 1e-3, "matching": 1e-2}
    return recipe_from({**values, "card": {"id": f"tiny-{task}", "credit": "none"}})


def nothing(*_: object) -> None:
    """No progress is shown."""
