"""The libraries of this machine's system that go along in a bundle, told by Debian's packages."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

_OWNED = re.compile(r"^([^:,\s]+)[^\s]*: /(?:usr/)?lib(?:64)?/(?:[\w-]+-linux-gnu/)?([^/\s]+)$")


def system_parts(parts: Path) -> list[dict[str, Any]]:
    """A part for each package of the system of which libraries lie in a bundle's folder of parts;
    none where no such packages are. Their licences are told by their texts: short names stand
    there for each file of the source, of which most do not go along.
    """
    found = [path.name for path in parts.glob("lib*.so*") if not path.is_symlink()]
    names = [name for name in found if not name.startswith("libpython")]  # a part of its own
    if not names or shutil.which("dpkg-query") is None:
        return []
    asked = [f"*/{name}" for name in names]
    told = _said("--search", *asked)
    owners = {found[1] for line in told.splitlines() if (found := _OWNED.match(line))}
    return [_part(name) for name in sorted(owners)]


def _said(*words: str) -> str:
    """What dpkg-query says; it ends with an error where it knows some of what is asked only."""
    done = subprocess.run(["dpkg-query", *words], capture_output=True, text=True, check=False)
    return done.stdout


def _part(name: str) -> dict[str, Any]:
    version, home = _said("-W", "-f=${Version}\t${Homepage}\n", name).splitlines()[0].split("\t")
    place = Path("/usr/share/doc") / name / "copyright"
    text = place.read_text("utf-8", "replace") if place.is_file() else ""
    system = platform.freedesktop_os_release().get("ID", "debian")
    return {
        "name": name, "version": version, "home": home, "texts": [text] if text else [],
        "licence": "", "address": f"pkg:deb/{system}/{name}@{version}",
    }  # fmt: skip
