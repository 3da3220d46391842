"""Results of a model that was tuned for a telescope are bounded by that telescope's stars."""

from dataclasses import replace

import numpy as np

from astroview.core.frame import ArraySource, Frame
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.engine.networks.bounded import STAR
from astroview.engine.pipeline.enhance_plan import setting_for, sharpener
from astroview.engine.runtime.cache import Cache


def test_a_card_tells_how_sharp_stars_may_be():
    x = np.random.default_rng(1).normal(100, 5, (48, 48)).astype(np.float32)
    frame = Frame("x", x.shape, 1, "linear", ArraySource(x), None)
    options, memo, card = EnhanceOptions(device="cpu"), Cache(), default_shelf().card("superres-x2")
    setting = setting_for(frame, options)
    for said, meant in ((0.0, STAR), (0.6, 0.6), (2.5, 2.5)):
        how = sharpener(frame, replace(card, star=said), setting, options, memo)
        assert how.star == meant
