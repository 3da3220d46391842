"""What all kinds of packages are made from."""

from __future__ import annotations

import hashlib
import os
import platform
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path

from astroview import __version__

ROOT = Path(__file__).resolve().parents[2]
SUMS = "SHA256SUMS"
SIGN = "SIGN_COMMAND"  # such as "gpg --batch --yes --detach-sign --armor", or signtool's
KINDS = (".zst", ".deb", ".AppImage", ".exe", ".dmg", ".whl", ".gz", ".json")


@dataclass(frozen=True)
class Release:
    """A bundle that works, and where its packages go.

    Attributes
    ----------
    folder
        The stand-alone folder.
    out
        Where packages are written.
    variant
        "cpu" or "cuda".
    """

    folder: Path
    out: Path
    variant: str

    @property
    def version(self) -> str:
        """As packages write it: a development version sorts before its release."""
        return __version__.replace(".dev", "~dev")

    @property
    def name(self) -> str:
        """Of a package, without its suffix."""
        system = {"Linux": "linux", "Darwin": "macos", "Windows": "windows"}[platform.system()]
        return f"astroview-{__version__}-{system}-{platform.machine().lower()}-{self.variant}"


def folder_size(folder: Path) -> int:
    """Bytes of a folder's files, each counted once."""
    return sum(p.lstat().st_size for p in folder.rglob("*") if not p.is_symlink())


def checksums(folder: Path) -> Path:
    """Write the sha256 of every package in a folder, as ``sha256sum --check`` reads them."""
    lines: list[str] = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix in KINDS:
            with path.open("rb") as file:
                lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    target = folder / SUMS
    target.write_text("".join(lines), encoding="utf-8")
    return target


def sign(path: Path) -> None:
    """Have a finished file signed by the command that `SIGN` names; without one it stays as it is.

    The command gets the file's path as its last word.
    """
    if words := shlex.split(os.environ.get(SIGN, ""), posix=os.name != "nt"):
        subprocess.run([*words, path], check=True)
