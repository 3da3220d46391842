"""Pictures for the docs: small, and the window's own colours stay what they are."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image

from astroview.ui import snapshot


def test_pictures_for_the_docs_are_small_and_show_no_steps() -> None:
    rng = np.random.default_rng(8)
    sky = np.linspace(20, 90, 400)[None, :, None] * (0.7, 0.9, 1.2) + rng.normal(
        0, 3, (300, 400, 1)
    )
    picture = np.clip(sky, 0, 255).astype(np.uint8)
    picture[:20] = (226, 163, 54)  # the accent
    file = BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    small = snapshot.small(file.getvalue())
    assert len(small) < len(file.getvalue()) / 3
    with Image.open(BytesIO(small)) as opened:
        back = np.asarray(opened.convert("RGB")).astype(int)
    assert np.abs(back[:16] - picture[:16]).max() <= 3
    smooth = back[20:].mean(0) - picture[20:].mean(0)
    assert np.abs(smooth).max() < 2
