"""Ask the environment that runs this what is in it: requirements as JSON on stdin, parts on stdout.

Run by its path, by the Python of a bundle's environment, which knows no astroview.
"""

from __future__ import annotations

import json
import re
import sys
from importlib import metadata
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


if __name__ == "__main__":
    print(json.dumps([part(one) for one in needed(json.load(sys.stdin)).values()]))
