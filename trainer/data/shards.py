"""WebDataset-style shards: plain tar files whose members ``KEY.png`` (or .jpg) are pictures and
``KEY.json`` say what is known of them: target, sharpness, held_out.

A shard is one large file for a cluster's file system. Members are read where they lie, in any
order, without unpacking: a local disk and a parallel file system can do that.
"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from astroview.core import strict_json
from astroview.core.atomic_write import replacing
from astroview.core.errors import DatasetProblem
from astroview.core.io.paths.plain_paths import opened
from astroview.core.texts import Text
from trainer.data.pictures import Picture, Shown, decoded

SUFFIXES = (".png", ".jpg", ".jpeg")
SIZE = 500_000_000  # bytes of a shard, about


@dataclass(frozen=True)
class Member:
    """A picture in a shard: where its bytes lie, and what is known of it."""

    path: Path
    name: str
    start: int
    size: int
    target: str
    sharpness: float
    held_out: bool | None


def members(path: Path) -> list[Member]:
    """The pictures of a shard, in its order.

    Raises
    ------
    DatasetProblem
        It is no tar file, or broken off.
    """
    try:
        with opened(path) as file, tarfile.open(fileobj=file, mode="r:") as tar:
            infos = [info for info in tar if info.isfile()]
            notes = {
                info.name.removesuffix(".json"): _note(tar, info)
                for info in infos
                if info.name.endswith(".json")
            }
    except (OSError, tarfile.TarError, ValueError) as problem:
        raise DatasetProblem(
            Text("the shard {name} cannot be read: {problem}", name=path.name, problem=problem),
            hint="Copy or write it again.",
        ) from problem
    found: list[Member] = []
    for info in infos:
        key, dot, suffix = info.name.rpartition(".")
        if (dot + suffix).lower() in SUFFIXES:
            note = notes.get(key, {})
            held = note.get("held_out")
            said = note.get("sharpness")
            target = str(note.get("target", key))
            sharpness = float(said) if isinstance(said, int | float) else 1.0
            found.append(Member(path, key, info.offset_data, info.size, target, sharpness, held))
    return found


def picture(member: Member) -> Picture:
    """Decode a member. Raises OSError when it is no picture."""
    with member.path.open("rb") as file:
        file.seek(member.start)
        content = file.read(member.size)
    rgb = np.asarray(decoded(io.BytesIO(content)))
    return Picture(member.name, rgb, member.target, member.sharpness)


def pack(
    pictures: Iterable[tuple[Shown, bool | None]],
    out: Path,
    progress: Callable[[int], None],
    size: int = SIZE,
) -> list[Path]:
    """Write pictures, and whether each is held out, into shards of about ``size`` bytes.

    Each shard appears whole or not at all; ``progress`` is called with pictures done.
    """
    out.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    source, done = iter(pictures), 0
    rest = next(source, None)
    while rest is not None:
        made.append(out / f"shard-{len(made):05d}.tar")
        with replacing(made[-1]) as file, tarfile.open(fileobj=file, mode="w") as tar:
            while rest is not None and file.tell() < size:
                _add(tar, f"{done:08d}", *rest)
                done += 1
                progress(done)
                rest = next(source, None)
    return made


def _add(tar: tarfile.TarFile, key: str, picture: Shown, held_out: bool | None) -> None:
    pixels = io.BytesIO()
    Image.fromarray(picture.rgb).save(pixels, "PNG")
    note = {"name": picture.name, "target": picture.target, "sharpness": picture.sharpness}
    if held_out is not None:
        note["held_out"] = held_out
    for suffix, content in (("png", pixels.getvalue()), ("json", json.dumps(note).encode())):
        info = tarfile.TarInfo(f"{key}.{suffix}")
        info.size = len(content)
        tar.addfile(info, io.BytesIO(content))


def _note(tar: tarfile.TarFile, info: tarfile.TarInfo) -> dict[str, Any]:
    file = tar.extractfile(info)
    note = strict_json.loads(file.read()) if file else {}
    return note if isinstance(note, dict) else {}
