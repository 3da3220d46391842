"""The list of recent files."""

from pathlib import Path

from astroview.ui.documents.recent_files import RECENT_LIMIT, with_recent


def test_recent_files_are_few_and_each_once() -> None:
    recent: tuple[str, ...] = ()
    for i in range(20):
        recent = with_recent(recent, Path(f"/a/{i % 15}.fits"))
    assert len(recent) == RECENT_LIMIT == len(set(recent))
    assert recent[0] == str(Path("/a/4.fits").absolute())
