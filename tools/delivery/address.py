"""The repository's address: ``python -m tools.delivery.address`` says it,
``python -m tools.delivery.address https://github.com/OWNER/NAME`` changes it wherever it stands.

Files of packages (pyproject.toml, mkdocs.yml, AppStream) can hold no variable, so it stands in
several; ``Homepage`` of pyproject.toml is the one that counts, and a test holds the others to it.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORM = re.compile(r"https://github\.com/[\w.-]+/[\w-]+")
ANY = re.compile(r"https://(?:raw\.githubusercontent|github)\.com/([\w.-]+/[\w-]+)")
ROW = ("git", "ls-files", "*.toml", "*.yml", "*.xml", "*.py", "*.md", "*.cff", "*.in", "*.iss",
       ":!tests")  # fmt: skip


def address() -> str:
    """What pyproject.toml calls the homepage."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(told["project"]["urls"]["Homepage"])


def places() -> dict[Path, set[str]]:
    """Each tracked file that names the repository, or another called astroview; and which."""
    own = _repository(address())
    names = subprocess.run(ROW, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    every = (ROOT / name for name in names.splitlines())
    found = {file: set(ANY.findall(file.read_text(encoding="utf-8"))) for file in every}
    ours = {
        f: {n for n in named if n == own or n.endswith("/astroview")} for f, named in found.items()
    }
    return {file: named for file, named in ours.items() if named}


def _repository(place: str) -> str:
    return place.removeprefix("https://github.com/").rstrip("/")


def main(wanted: list[str]) -> int:
    """Say it, or change it."""
    if not wanted:
        print(address())
        return 0
    if not FORM.fullmatch(wanted[0].rstrip("/")):
        print("It must look like https://github.com/OWNER/NAME.", file=sys.stderr)
        return 2
    old, new = _repository(address()), _repository(wanted[0])
    for file in places():
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(f"com/{old}", f"com/{new}"), "utf-8")
        print(f"{file.relative_to(ROOT)}: changed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
