from __future__ import annotations

import io
from typing import Any

import imagecodecs
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image

from astroview.core.io.pictures.png_writer import write_png

shapes = st.one_of(
    st.tuples(st.integers(1, 9), st.integers(1, 9)),
    st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(2, 4)),
)


@given(picture=hnp.arrays(np.uint16, shapes), rows=st.integers(1, 9))
def test_any_picture_in_any_blocks_comes_back(picture: Any, rows: int) -> None:
    file = io.BytesIO()
    pieces = (picture[y : y + rows] for y in range(0, len(picture), rows))
    write_png(file, picture.shape, pieces, {"Description": "two\nlines"})
    assert np.array_equal(imagecodecs.png_decode(file.getvalue()).reshape(picture.shape), picture)
    with Image.open(file) as image:
        image.verify()
        assert image.info["Description"] == "two\nlines"
