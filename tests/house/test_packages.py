"""What is uploaded to an index: the version, and the page that stands there."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

import astroview
from astroview.core.extras import DISTRIBUTION
from tools.delivery.licences import BUNDLED

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_a_tree_without_git_has_one_version() -> None:
    assert PROJECT["tool"]["hatch"]["version"]["fallback-version"] == astroview.FALLBACK_VERSION
    assert re.match(r"\d+\.\d+\.\d+", astroview.__version__)


def test_links_and_pictures_of_the_index_page_are_absolute() -> None:
    page = (ROOT / "README.md").read_text("utf-8")
    for rule in PROJECT["tool"]["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]["substitutions"]:
        page = re.sub(rule["pattern"], rule["replacement"], page)
    targets = re.findall(r"\]\(([^)]+)\)", page)
    assert len(targets) > 10
    assert [target for target in targets if not target.startswith(("https://", "#"))] == []
    assert f"github.com/{DISTRIBUTION}/" in page


def test_what_the_readme_links_to_is_there() -> None:
    page = (ROOT / "README.md").read_text("utf-8")
    own = [t for t in re.findall(r"\]\(([^)#]+)", page) if "://" not in t]
    assert own
    assert [target for target in own if not (ROOT / target).exists()] == []


def test_what_the_pages_link_to_is_in_the_wheel() -> None:
    """A page outside docs/ is not taken along by itself, and the window's Guide leads there."""
    out = set[Path]()
    for page in (ROOT / "docs").rglob("*.md"):
        for link in re.findall(r"\]\(([^)#\s:]+\.md)", page.read_text("utf-8")):
            target = (page.parent / link).resolve()
            if not target.is_relative_to(ROOT / "docs"):
                out.add(target.relative_to(ROOT))
    assert out
    given = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert {str(path): f"astroview/resources/{path}" for path in out} == given


def test_every_requirement_is_in_the_lock() -> None:
    """A dependency that the lock lacks would be missing in the job that installs the lock."""
    lock = (ROOT / "delivery" / "lock.txt").read_text("utf-8")
    locked = {line.split("==")[0] for line in lock.splitlines()}
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = PROJECT["project"]["dependencies"] + extras["test"]
    ours = next(need for need in extras["test"] if need.startswith(DISTRIBUTION))
    for extra in ours.removeprefix(f"{DISTRIBUTION}[").removesuffix("]").split(","):
        wanted = wanted + extras[extra]
    names = {re.split(r"[<>=\[; ]", need)[0].lower().replace("_", "-") for need in wanted}
    assert names - locked == {DISTRIBUTION}


def test_every_requirement_of_the_bundle_is_in_its_lock() -> None:
    lock = (ROOT / "delivery" / "lock-desktop.txt").read_text("utf-8")
    locked = {line.split("==")[0] for line in lock.splitlines()}
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"], "pyinstaller"]
    for extra in BUNDLED:
        wanted += extras[extra]
    names = {re.split(r"[<>=\[; ]", need)[0].lower().replace("_", "-") for need in wanted}
    assert names <= locked


def test_the_licences_of_a_bundle_are_those_of_all_extras_in_its_lock() -> None:
    page = (ROOT / "docs" / "delivery.md").read_text("utf-8")
    line = next(line for line in page.splitlines() if "lock-desktop.txt pyproject.toml" in line)
    assert tuple(re.findall(r"--extra (\w+)", line)) == BUNDLED


@pytest.mark.skipif(
    shutil.which("git") is None or not (ROOT / ".git").exists(), reason="not a checkout of git"
)
def test_what_is_tracked_is_files_of_ours() -> None:
    """A link to an environment of somebody's machine would break every clone."""

    def listed(*words: str) -> list[str]:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()

    tracked = listed("ls-files", "--stage")
    assert tracked
    assert [line for line in tracked if line.startswith(("120000", "160000"))] == []
    assert listed("ls-files", "--cached", "--ignored", "--exclude-standard") == []
