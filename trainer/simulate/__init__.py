"""A synthetic multi-band sky with known truth, deterministic from a seed.

`python -m trainer.simulate --out resources/samples` makes the bundled sample frames;
`rgb_scene(seed, size)` gives the trainer linear colour pictures without noise.
"""

from .scene import POINTED, Scene, random_scene, rgb_scene

__all__ = ["POINTED", "Scene", "random_scene", "rgb_scene"]
