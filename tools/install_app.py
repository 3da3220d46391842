"""Install astroview into the environment of this Python, and say what that takes and how far it is.

    .venv/bin/python tools/install_app.py [EXTRAS]

Runs with the standard library alone. On a Linux without an NVIDIA GPU it takes the torch for CPUs,
a fifth of the size, where an index offers it; TORCH=cuda or TORCH=cpu decides otherwise.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
OLDEST_TORCH = (2, 5)
PATIENCE_S = 15
QUIET = ("--disable-pip-version-check",)


def main() -> int:
    """Say it, and do it; pip's own last words when it fails."""
    extras = sys.argv[1] if len(sys.argv) > 1 else ""
    wanted = ["--editable", f"{ROOT}[{extras}]" if extras else str(ROOT)]
    torch, index = torch_for(os.environ.get("TORCH", ""), extras)
    print("Asking the package index what is needed …", flush=True)
    try:
        for what, where in ((torch, index), (wanted, ())):
            if what:
                install(what, where)
    except InstallFailed as problem:
        print(f"{problem}\nNothing is lost: the same command again goes on.", file=sys.stderr)
        return 1
    print(f"Installed: {folder_size(Path(sys.prefix)) / 1e9:.1f} GB in {sys.prefix}.")
    return 0


class InstallFailed(Exception):
    """Pip ended with an error."""


# ---------------------------------------------------------------- which torch


def torch_for(wish: str, extras: str) -> tuple[list[str], Sequence[str]]:
    """Requirement and index of a torch that is to be installed first; none where any will do.

    Extras may bring torchvision, which goes with one torch alone: they get what the index gives.
    """
    if find_spec("torch") is not None or (extras and not wish):
        return [], ()
    if wish not in ("", "cpu", "cuda"):
        print(f"TORCH can be cpu or cuda, and not {wish}: deciding by this machine.")
    if sys.platform != "linux" or wish == "cuda" or (wish != "cpu" and has_nvidia()):
        return [], ()
    for index in ((), ("--index-url", CPU_INDEX)):
        found = [v for v in offered("torch", index) if v.endswith("+cpu") and _new_enough(v)]
        if found:
            print(f"No NVIDIA GPU here: taking torch {found[0]}, without CUDA (TORCH=cuda: with).")
            return [f"torch=={found[0]}"], index
    print("The index offers torch with CUDA only; it works without a GPU too, but is large.")
    return [], ()


def has_nvidia() -> bool:
    """Whether a driver for NVIDIA's GPUs is at work here."""
    return Path("/proc/driver/nvidia/version").exists() or shutil.which("nvidia-smi") is not None


def offered(name: str, index: Sequence[str] = (), python: Path | None = None) -> list[str]:
    """Versions of a package that an index has for this Python, newest first; [] without it."""
    command = [python or sys.executable, "-m", "pip", "index", "versions", *QUIET, name, *index]
    command += [f"--timeout={PATIENCE_S}", "--retries=0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    line = re.search(r"Available versions: (.*)", done.stdout)
    return line[1].split(", ") if line and done.returncode == 0 else []


def _new_enough(version: str) -> bool:
    numbers = re.findall(r"\d+", version)
    return tuple(map(int, numbers[:2])) >= OLDEST_TORCH


# ---------------------------------------------------------------- what, how much, how far


def install(what: Sequence[str], index: Sequence[str]) -> None:
    """Install requirements, with a list of what that downloads, and a line for each."""
    sizes = plan(what, index)
    if sizes:
        total = sum(size for size in sizes.values() if size)
        large = sorted(sizes, key=lambda n: -(sizes[n] or 0))[:4]
        shown = ", ".join(f"{n} {_amount(sizes[n] or 0)}" for n in large if sizes[n])
        print(f"Packages to fetch: {len(sizes)}, {_amount(total)} in all: {shown} …", flush=True)
    command = [sys.executable, "-m", "pip", "install", *QUIET, "--progress-bar=off", *what, *index]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        errors="replace",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        said = list(_told(process.stdout, sizes))
    if process.returncode != 0:
        raise InstallFailed("".join(said[-12:]) + "pip could not install this.")


def _told(lines: Iterator[str] | Any, sizes: dict[str, int | None]) -> Iterator[str]:
    """Print how far pip is; gives its lines on."""
    done, count, total = 0, 0, sum(size for size in sizes.values() if size)
    for line in lines:
        yield line
        if match := re.match(r"\s*(?:Downloading|Using cached|Processing) (\S+\.whl)", line):
            name = _plain(Path(match[1]).name.split("-")[0])
            if name not in sizes:  # of the build's own environment
                continue
            size = sizes.pop(name) or 0
            count, done = count + 1, done + size
            verb = "from pip's cache" if "cached" in line else _amount(size)
            print(f"  [{_amount(done):>7} of {_amount(total)}] {name} ({verb})", flush=True)
        elif line.startswith("Installing collected packages"):
            print("  Unpacking them; this takes a minute or two …", flush=True)


def plan(what: Sequence[str], index: Sequence[str]) -> dict[str, int | None]:
    """Bytes of each package that is not here yet, as far as the index says."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", *QUIET, "--dry-run", "--quiet"]
        command += [f"--report={report}", *what, *index]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise InstallFailed(f"{done.stderr[-1500:]}pip could not find what is needed.")
        items: list[dict[str, Any]] = json.loads(report.read_text("utf-8"))["install"]
    urls = {_plain(i["metadata"]["name"]): str(i["download_info"]["url"]) for i in items}
    urls = {name: url for name, url in urls.items() if url.endswith(".whl")}
    with ThreadPoolExecutor(8) as threads:
        return dict(zip(urls, threads.map(_size, urls.values()), strict=True))


def _size(url: str) -> int | None:
    try:
        if url.startswith("file:"):
            with urlopen(url, timeout=PATIENCE_S) as file:
                return int(file.headers["Content-Length"])
        with urlopen(Request(url, method="HEAD"), timeout=PATIENCE_S) as answer:
            return int(answer.headers["Content-Length"])
    except (OSError, TypeError, ValueError):
        return None


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _amount(size: float) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"


def folder_size(folder: Path) -> int:
    """Bytes of a folder's files, each counted once."""
    return sum(p.lstat().st_size for p in folder.rglob("*") if not p.is_symlink())


if __name__ == "__main__":
    sys.exit(main())
