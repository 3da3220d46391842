"""What mkdocs is told besides its configuration: pages made from the source, links out of docs/."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path
from posixpath import normpath
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from astroview.reference import python_api  # noqa: E402
from astroview.reference.pages import PAGES  # noqa: E402

PYTHON = "\n".join([python_api.INTRODUCTION, *(f"::: {name}\n" for name in python_api.LISTED)])
FROM_ROOT = {  # where a repository's host looks for them, and pages here
    "contributing.md": "CONTRIBUTING.md",
    "security.md": "SECURITY.md",
    "code-of-conduct.md": "CODE_OF_CONDUCT.md",
    "changelog.md": "CHANGELOG.md",
}
_LINK = re.compile(r"(!?\[[^\]]*\]\()([^)\s#:]+)(#[^)]*)?(\))")


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that are made from the source, and the icon."""
    made = import_module("mkdocs.structure.files").File.generated  # mkdocs is no developers' tool

    for place, text in (
        *((place, make()) for place, make in PAGES.items() if place != "reference/python.md"),
        ("reference/python.md", PYTHON),
        *((place, (ROOT / name).read_text("utf-8")) for place, name in FROM_ROOT.items()),
        ("assets/astroview.svg", (ROOT / "resources/icons/astroview.svg").read_text("utf-8")),
    ):
        files.append(made(config, place, content=text))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Links to what is not part of the site lead into the repository."""
    folder = str(Path(page.file.src_uri).parent)
    known = {file.src_uri for file in files}

    def rewritten(match: re.Match[str]) -> str:
        place = normpath(f"{folder}/{match[2]}")
        if place in known:
            return match[0]
        home = ROOT if page.file.src_uri in FROM_ROOT else ROOT / "docs"
        target = (home / folder / match[2]).resolve()
        if target.exists() and target.is_relative_to(ROOT):
            kind = "tree" if target.is_dir() else "blob"
            inside = target.relative_to(ROOT).as_posix()
            if f"{inside.removeprefix('docs/')}" in known:  # a page, from the repository's own root
                return f"{match[1]}{inside.removeprefix('docs/')}{match[3] or ''}{match[4]}"
            return f"{match[1]}{config.repo_url.rstrip('/')}/{kind}/main/{inside}{match[4]}"
        return match[0]

    return _LINK.sub(rewritten, markdown)
