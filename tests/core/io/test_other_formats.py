"""Files of other kinds are refused by name, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from astroview.core.errors import UnreadableFrame
from astroview.core.io.open_file import open_frame


@pytest.mark.parametrize(
    ("head", "word"),
    [
        (b"LUCAM-RECORDER" + b"\0" * 200, "SER"),
        (b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" + b"\0" * 200, "HEIC"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1heic" + b"\0" * 200, "HEIC"),
        (b"\0\0\0\x1cftypisom\0\0\0\0isommp41" + b"\0" * 200, "film"),
        (b"RIFF\0\0\0\0AVI LIST" + b"\0" * 200, "film"),
        (b"\x89HDF\r\n\x1a\n" + b"\0" * 200, "HDF5"),
        (b"#ASDF 1.0.0\n", "ASDF"),
        (b"PK\x03\x04" + b"\0" * 200, "archive"),
    ],
)
@pytest.mark.parametrize("suffix", [".fits", ".png", ".ser", ""])
def test_other_kinds(tmp_path: Path, head: bytes, word: str, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(head)
    with pytest.raises(UnreadableFrame, match=word) as caught:
        open_frame(path)
    assert caught.value.hint
