"""Pictures for the docs: small, and the window's own colours stay what they are."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image

from astroview.ui import snapshot


def test_few_colours_keep_those_of_the_window(monkeypatch) -> None:
    rng = np.random.default_rng(8)
    picture = np.full((160, 200, 3), (34, 34, 34), np.uint8)
    picture[:20] = (226, 163, 54)  # the accent
    picture[60:, 100:] = rng.integers(0, 255, (100, 100, 3))
    file = BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    monkeypatch.setattr(snapshot, "MOST_BYTES", 9000)
    small = snapshot._in_few_colours(file.getvalue())
    assert len(small) <= 9000 < len(file.getvalue())
    with Image.open(BytesIO(small)) as opened:
        assert opened.mode == "P"
        back = np.asarray(opened.convert("RGB"))
    assert np.array_equal(back[:60], picture[:60])
    assert np.abs(back[60:, 100:].astype(int) - picture[60:, 100:]).mean() < 40
