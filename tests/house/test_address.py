"""The repository's address is the same wherever it stands, and is changed by one command."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tools.delivery import address


def test_it_is_one_everywhere() -> None:
    whose = address.address().removeprefix("https://github.com/")
    found = address.places()
    others = {str(file): named for file, named in found.items() if named != {whose}}
    assert not others
    assert {"pyproject.toml", "mkdocs.yml"} <= {file.name for file in found}


def test_one_command_changes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in address.places():
        target = tmp_path / file.relative_to(address.ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
    for command in (("git", "init", "-q"), ("git", "add", ".")):
        subprocess.run(command, cwd=tmp_path, check=True)
    monkeypatch.setattr(address, "ROOT", tmp_path)
    assert address.main(["somewhere"]) == 2
    assert address.main(["https://github.com/first/one"]) == 0
    assert address.main(["https://github.com/observatory/sky"]) == 0
    assert address.address() == "https://github.com/observatory/sky"
    assert set.union(*address.places().values()) == {"observatory/sky"}
