"""Files of one name in different folders are never called the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from astroview.core.io.paths.called_apart import with_folder


@pytest.mark.parametrize(
    ("files", "called"),
    [
        (("/d/a/m31.fits",), ["m31"]),
        (("/d/a/m31.fits", "/d/b/m31.fits"), ["a/m31", "b/m31"]),
        (("/d/a/r/m31.fits", "/d/b/r/m31.fits"), ["a/r/m31", "b/r/m31"]),
        (("/d/a/x/r/m31.fits", "/d/b/x/r/m31.fits"), ["a/…/m31", "b/…/m31"]),
        (("/d/m31.fits", "/d/a/m31.fits"), ["d/m31", "a/m31"]),
        (("/m31.fits", "/a/m31.fits"), ["m31", "a/m31"]),
        (("/d/a/m31.fits", "/d/a/m31.fits"), ["m31", "m31"]),
    ],
)
def test_files_of_one_name_are_called_by_their_folders(
    files: tuple[str, ...], called: list[str]
) -> None:
    paths = [Path(file) for file in files]
    others = [[*paths[:i], *paths[i + 1 :], None] for i in range(len(paths))]
    names = zip(paths, others, strict=True)
    assert [with_folder("m31", path, rest) for path, rest in names] == called
