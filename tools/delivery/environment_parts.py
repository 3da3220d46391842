"""Ask the environment that runs this what of it lies in a bundle, and under which licences.

Run by its path, by the Python of a bundle's environment, which knows no astroview. On stdin, as
JSON: ``needs``, requirements, and ``program``, that of the bundle, or ""; on stdout the parts.
"""

from __future__ import annotations

import json
import platform
import re
import sys
import sysconfig
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)


def plain(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(requirements: list[str]) -> dict[str, metadata.Distribution]:
    """What is installed of the requirements, and of what those need, however indirectly."""
    here = {plain(str(d.metadata["Name"])): d for d in metadata.distributions()}
    found: dict[str, set[str]] = {}
    waiting = [(plain(r.name), set(r.extras)) for r in map(Requirement, requirements)]
    while waiting:
        name, extras = waiting.pop()
        if name not in here or (name in found and found[name] >= extras):
            continue
        found[name] = found.get(name, set()) | extras
        for need in map(Requirement, here[name].requires or ()):
            wanted = {"", *extras}
            if need.marker is None or any(need.marker.evaluate({"extra": e}) for e in wanted):
                waiting.append((plain(need.name), set(need.extras)))
    return {name: here[name] for name in sorted(found)}


def part(found: metadata.Distribution) -> dict[str, Any]:
    """Name, version, licence, home and the texts of the licence."""
    told: Any = found.metadata
    classes = [c for c in told.get_all("Classifier") or () if c.startswith("License")]
    short = str(told.get("License") or "").split("\n")[0]
    says = told.get("License-Expression") or ", ".join(c.split(" :: ")[-1] for c in classes)
    files = [f for f in found.files or () if ".dist-info" in str(f) and _TEXT.match(f.name)]
    paths = [f.locate() for f in files]
    texts = [str(p.read_text("utf-8", "replace")) for p in paths if p.is_file()]  # type: ignore[attr-defined]
    homes = [*(told.get_all("Home-page") or ()), *(told.get_all("Project-URL") or ())]
    return {
        "name": told["Name"], "version": found.version, "licence": str(says or short)[:200],
        "home": homes[0] if homes else "", "texts": texts,
    }  # fmt: skip


def inside(program: str) -> set[str]:
    """What modules and folders a bundle has, each by its first name."""
    reader = import_module("PyInstaller.archive.readers").CArchiveReader(program)
    modules = reader.open_embedded_archive("PYZ.pyz").toc
    files = (Path(program).parent / "_internal").iterdir()
    return {name.split(".")[0] for name in (*modules, *(file.name for file in files))}


def lies_in(found: metadata.Distribution, held: set[str]) -> bool:
    """Whether anything that a package brings lies in a bundle."""
    own = [str(file) for file in found.files or () if ".dist-info" not in str(file)]
    return not held.isdisjoint(name.split("/")[0].split(".")[0] for name in own)


def interpreter() -> dict[str, Any]:
    """Python itself, as a part."""
    version = platform.python_version()
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    return {
        "name": "Python", "version": version, "licence": "PSF-2.0",
        "home": "https://www.python.org", "address": f"pkg:generic/python@{version}",
        "texts": [text.read_text("utf-8")] if text.is_file() else [],
    }  # fmt: skip


def main() -> None:
    """Answer what is asked on stdin."""
    asked: dict[str, Any] = json.load(sys.stdin)
    found = needed(asked["needs"]).values()
    if asked["program"]:
        held = inside(asked["program"])
        found = [one for one in found if lies_in(one, held)]
    print(json.dumps([interpreter(), *map(part, found)]))


if __name__ == "__main__":
    main()
