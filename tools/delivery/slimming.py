"""Take out of a stand-alone folder what no program of ours calls, and what only debuggers read."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

# Files that hooks take along: torch's own tests, tools that compile for it, and sources of its
# compiler and of what it does on many machines, whose modules lie in the program as all others do.
PRUNED = ("torch/test", "torch/bin", "torch/include", "torch/share", "torch/lib/*test*",
          "torch/lib/*.a", "torch/lib/libaoti_custom_ops.so", "torch/lib/*backend*",
          "torch/_inductor", "torch/distributed", "torch/testing/_internal")  # fmt: skip
# What shares memory between processes; and sources that are read while torch is imported.
KEPT = ("torch_shm_manager", "config*.py", "functional_*.py")
GTK = "PySide6/Qt/plugins/platformthemes/libqgtk3.so"  # GTK's own dialogs; GTK does not go along
TOOLS = ("strip", "readelf")
_LOADED = 1  # a segment that is mapped into memory, in ELF's words


def slim(parts: Path) -> None:
    """Make the folder of a bundle's parts smaller; what it does stays the same."""
    prune(parts)
    if sys.platform != "linux":
        return
    if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
        print(f"Not installed: {', '.join(missing)}. The bundle is a fifth larger for it.")
        return
    without(parts, GTK)
    strip(parts)


def prune(parts: Path) -> None:
    """Remove what no program of ours calls from the folder of a bundle's parts."""
    for pattern in PRUNED:
        for path in parts.glob(pattern):
            if path.is_dir() and not path.is_symlink():
                for file in [f for f in path.rglob("*") if f.is_file()]:
                    if not any(map(file.match, KEPT)):
                        file.unlink()
            else:
                path.unlink()


def without(parts: Path, name: str) -> None:
    """Remove a library, and those beside the program that only it needed, however indirectly."""
    needs = {path: _needed(path) for path in libraries(parts)}
    gone = needs.pop(parts / name, None)
    if gone is None:
        return
    (parts / name).unlink()
    while gone:
        wanted = set[str]().union(*needs.values())
        lone = [parts / one for one in gone - wanted if parts / one in needs]
        gone = set[str]().union(*(needs.pop(path) for path in lone))
        for path in lone:
            path.unlink()


def strip(parts: Path) -> None:
    """Take symbol tables and what debuggers read out of libraries; one that could not be loaded
    any more stays as it was.
    """
    for path in libraries(parts):
        smaller = path.with_name(f"{path.name}.stripped")
        done = subprocess.run(
            ["strip", "--strip-unneeded", "-o", smaller, path], capture_output=True, check=False
        )
        if done.returncode == 0 and loadable(smaller):
            shutil.copymode(path, smaller)
            smaller.replace(path)
        smaller.unlink(missing_ok=True)


def libraries(parts: Path) -> Iterator[Path]:
    """The files of compiled code in a folder."""
    for path in sorted(parts.rglob("*.so*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def _needed(path: Path) -> set[str]:
    told = subprocess.run(["readelf", "-dW", path], capture_output=True, text=True, check=True)
    return set(re.findall(r"\(NEEDED\).*\[(.*)\]", told.stdout))


def loadable(path: Path) -> bool:
    """Whether the segments of a 64-bit library lie in its file as memory wants them: those of some
    that were changed after they were linked do not, once they were stripped.
    """
    data = path.read_bytes()
    (first,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    for place in range(first, first + size * count, size):
        kind, _, offset, address, _, length, _, align = struct.unpack_from("<IIQQQQQQ", data, place)
        if kind == _LOADED and ((offset - address) % align or offset + length > len(data)):
            return False
    return True
