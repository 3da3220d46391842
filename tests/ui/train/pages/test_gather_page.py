"""“Get frames” with the real command behind it, and an archive on this machine."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from archives import serving
from by_name import words

from astroview.core import resources
from astroview.core.messages.gather_messages import Fetched
from astroview.ui.train.pages.gather_page import GatherPage
from astroview.ui.train.pages.gathered_files import GatheredFiles
from astroview.ui.widgets.theme import DARK

# A window by itself, without a screen.
pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints"),
    pytest.mark.skipif(
        not (find_spec("astroquery") and find_spec("matplotlib")), reason="the extra “gather”"
    ),
]


def test_frames_come_and_then_nobody_is_there(
    qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASTROPY_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("ASTROPY_CONFIG_DIR", str(tmp_path / "config"))
    command = [*resources.program(), "gather", "--pause=0.01"]
    widget = GatherPage(command, DARK, tmp_path / "frames")
    qtbot.addWidget(widget)
    widget.show()
    folders: list[Path] = []
    problems: list[str] = []
    widget.finished.connect(folders.append)
    widget.failed.connect(lambda message, _: problems.append(message))
    assert not widget.button.isEnabled()
    widget.target.setText("210.8 54.35")
    widget.survey.setCurrentIndex(widget.survey.findData("hla"))
    assert widget.folder.text() == str(tmp_path / "frames" / "210.8-54.35-hla")
    widget.count.setValue(3)
    with serving() as archives:
        archives.config(tmp_path / "config")
        archives.gone = {"hst_1_acs_drz.fits"}
        widget.button.click()
        assert widget.busy
        assert not widget.target.isEnabled()
        qtbot.waitUntil(lambda: not widget.busy, timeout=120_000)
    assert widget.state == "done", problems
    assert folders == [tmp_path / "frames" / "210.8-54.35-hla"]
    assert [row.state for row in widget.files.rows] == ["done", "failed", "done"]
    assert "404" in widget.files.index(1, 1).data()
    assert "1 failed" in words(widget)
    widget.folder.setText(str(tmp_path / "other"))  # nothing is there, and nobody listens
    widget.start()
    qtbot.waitUntil(lambda: not widget.busy, timeout=120_000)
    assert widget.state == "failed"
    assert "cannot be reached" in words(widget)
    assert problems
    assert len(folders) == 1


@pytest.mark.usefixtures("qapp")
def test_the_list_shows_the_last_word_on_each_file() -> None:
    files = GatheredFiles(DARK)
    files.take(Fetched("a.fits", "fetching"))
    files.take(Fetched("b.fits", "before", size=2_000_000))
    files.take(Fetched("a.fits", "failed", problem="it is gone", credit="ESA"))
    assert files.rowCount() == 2
    assert files.index(0, 1).data() == "Failed: it is gone"
    assert files.index(1, 2).data() == "2 MB"
    files.take(Fetched("c.fits", "fetching"))
    files.give_up("not fetched")
    assert [row.state for row in files.rows] == ["failed", "before", "failed"]
