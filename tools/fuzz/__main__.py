"""Damage files at random and see that every reader opens them or refuses them in words.

    python -m tools.fuzz --minutes 1 --corpus ../shared --keep crashers

Each reader works in a process with two gigabytes of address space. Found is: what nobody foresaw
(it would be told as "please report"), an exception that is no `AstroviewError`, work without end,
a process that dies, and a file that takes more memory than it may.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import astropy.wcs  # noqa: F401  # pyright: ignore[reportUnusedImport] - forks have it loaded

from astroview.core.errors import AstroviewError
from astroview.core.memory_limits import peak_memory
from tools.fuzz import seeds
from tools.fuzz.mutations import mutated
from tools.fuzz.readers import READERS, Reader

ADDRESS_SPACE = 2 * 2**30
STUCK_S = 30  # of computing, with one small file
BATCH = 200  # files that one child reads
FOUND = ("unforeseen", "raised", "stuck", "died")


@dataclass
class Tally:
    """What became of the files of one reader."""

    name: str
    seeds: dict[str, bytes]
    tried: int = 0
    outcomes: Counter[str] = field(default_factory=Counter[str])
    crashers: list[str] = field(default_factory=list[str])
    peak: int = 0  # bytes


class _Stuck(BaseException):
    pass


def _stuck(*_: object) -> None:
    raise _Stuck


def outcome(reader: Reader, path: Path) -> tuple[str, str]:
    """How a file ends in a reader, and the words of it."""
    signal.signal(signal.SIGVTALRM, _stuck)
    signal.setitimer(signal.ITIMER_VIRTUAL, STUCK_S)
    try:
        reader(path)
    except AstroviewError as problem:
        return "unforeseen" if "not foreseen" in problem.hint else "refused", problem.message
    except _Stuck:
        return "stuck", ""
    except Exception as problem:  # noqa: BLE001 - this is what is looked for
        return "raised", f"{type(problem).__name__}: {problem}"[:200]
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return "opened", ""


def damaged(tally: Tally, seed: int, number: int) -> tuple[str, bytes]:
    """The name and content of one input; the same for the same numbers."""
    chance = random.Random(f"{seed}-{tally.name}-{number}")
    name = chance.choice(sorted(tally.seeds))
    return Path(name).name, mutated(tally.seeds[name], chance)


def _child(tally: Tally, seed: int, numbers: range, folder: Path, out: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    reader = READERS[tally.name][0]
    with os.fdopen(out, "w", buffering=1) as told:
        for number in numbers:
            name, content = damaged(tally, seed, number)
            path = folder / name
            path.write_bytes(content)
            how, words = outcome(reader, path)
            path.unlink()
            told.write(json.dumps([number, how, words, peak_memory()]) + "\n")


def run_batch(tally: Tally, seed: int, first: int, keep: Path) -> int:
    """Read a batch of files in a child; the number of the next file."""
    numbers = range(first, first + BATCH)
    inlet, outlet = os.pipe()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        child = os.fork()
        if child == 0:
            os.close(inlet)
            try:
                _child(tally, seed, numbers, Path(folder), outlet)
            finally:
                os._exit(0)
        os.close(outlet)
        last = first - 1
        with os.fdopen(inlet) as told:
            for line in told:
                last, how, words, peak = json.loads(line)
                _note(tally, seed, last, how, words, keep)
                tally.peak = max(tally.peak, peak)
        os.waitpid(child, 0)
    if last < numbers[-1]:
        last += 1
        _note(tally, seed, last, "died", "", keep)
    return last + 1


def _note(tally: Tally, seed: int, number: int, how: str, words: str, keep: Path) -> None:
    tally.tried += 1
    tally.outcomes[how] += 1
    if how in FOUND:
        name, content = damaged(tally, seed, number)
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{tally.name}-{seed}-{number}-{name}").write_bytes(content)
        tally.crashers.append(f"{tally.name}-{seed}-{number}-{name}: {how} {words}")
        print(tally.crashers[-1], flush=True)


def computed() -> float:
    """Seconds of computing of this process and the children it has waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def table(tallies: list[Tally], seconds: float) -> str:
    """The outcomes as Markdown."""
    head = ("reader", "kinds", "tries", "opened", "refused in words", "found", "most memory")
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for tally in tallies:
        found = sum(tally.outcomes[how] for how in FOUND)
        lines.append(
            f"| {tally.name} | {len(tally.seeds)} | {tally.tried:,} | {tally.outcomes['opened']:,} "
            f"| {tally.outcomes['refused']:,} | {found} | {tally.peak / 1e6:,.0f} MB |"
        )
    total = sum(tally.tried for tally in tallies)
    spent = f"{seconds / 60:.0f} minutes, {computed() / 60:.0f} of them computing"
    return "\n".join([*lines, "", f"{total:,} damaged files in {spent}."])


def main() -> int:
    """The exit code is 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    add = parser.add_argument
    add("--minutes", type=float, default=1.0, help="in all (default: 1)")
    add("--computing", type=float, default=1e9, help="end after so many minutes of computing")
    add("--seed", type=int, default=1, help="another seed, other files (default: 1)")
    add("--corpus", type=Path, action="append", default=[], help="a folder of further files")
    add("--readers", nargs="+", choices=sorted(READERS), default=sorted(READERS))
    add("--keep", type=Path, default=Path("crashers"), help="where what is found goes")
    add("--write", action="store_true", help="put the figures into docs/reliability.md")
    chosen = parser.parse_args()
    own = seeds.made()
    tallies = []
    for name in chosen.readers:
        suffixes = READERS[name][1]
        mine = {k: v for k, v in own.items() if k.lower().endswith(suffixes)}
        if name == "catalogues":
            mine["table.fits"] = own["table.fits"]
        for folder in chosen.corpus:
            mine |= seeds.gathered(folder, suffixes)
        if mine:
            tallies.append(Tally(name, mine))
    logging.getLogger().addHandler(logging.NullHandler())  # each traceback is kept as its file
    began, nexts = time.monotonic(), Counter[str]()
    with suppress(KeyboardInterrupt):
        while time.monotonic() - began < chosen.minutes * 60 and computed() < chosen.computing * 60:
            tally = min(tallies, key=_turn)
            nexts[tally.name] = run_batch(tally, chosen.seed, nexts[tally.name], chosen.keep)
    text = table(tallies, time.monotonic() - began)
    print(text)
    if chosen.write:
        from benchmarks import page

        page.put("fuzz", text, Path(__file__).resolve().parents[2] / "docs" / "reliability.md")
    return 1 if any(tally.crashers for tally in tallies) else 0


def _turn(tally: Tally) -> int:
    """How much a reader had of the time: frames count for three of the others."""
    return tally.tried * (1 if tally.name == "frames" else 3)


if __name__ == "__main__":
    sys.exit(main())
