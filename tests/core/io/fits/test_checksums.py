from __future__ import annotations

import numpy as np
from astropy.io import fits
from hypothesis import given
from hypothesis import strategies as st

from astroview.core.io.fits.checksums import add32, encoded


@given(content=st.binary(max_size=400).map(lambda b: b[: len(b) // 4 * 4]), cut=st.integers(0, 99))
def test_pieces_add_up_to_the_whole(content: bytes, cut: int) -> None:
    cut = min(4 * cut, len(content))
    assert add32(add32(0, content[:cut]), content[cut:]) == add32(0, content)


@given(total=st.integers(0, 2**32 - 1))
def test_the_encoding_is_that_of_astropy(total: int) -> None:
    assert encoded(total) == fits.PrimaryHDU()._char_encode(~np.uint32(total))
