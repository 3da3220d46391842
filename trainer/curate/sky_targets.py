"""Which files show the same piece of sky, and which of these pieces are held out.

Files belong together when they have one name of a target, when they overlap on the sky, when they
look alike, or when something else says so (bands of a set, sides of a pair). A target lies wholly
on one side of the split; its hash decides, whatever else the folder holds.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from trainer.curate.frame_measures import FrameMeasures
from trainer.data.pictures import NEAR

WIDEST = 10.0  # degrees: frames that reach farther are of no one place
MOSAIC = 8  # frames, at least, of one target that is cut in two where it is most of all there is


class JoinedTargets:
    """Indices that were joined, through any chain of them."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def root(self, i: int) -> int:
        """The index that stands for all that are joined with ``i``."""
        while self._above[i] != i:
            self._above[i] = self._above[self._above[i]]
            i = self._above[i]
        return i

    def join(self, i: int, j: int) -> None:
        """Join two, and what they are joined with."""
        one, other = sorted((self.root(i), self.root(j)))
        self._above[other] = one

    def join_equal(self, keys: Iterable[tuple[int, Hashable]]) -> None:
        """Join indices that have the same key."""
        first: dict[Hashable, int] = {}
        for i, key in keys:
            self.join(first.setdefault(key, i), i)


def join_targets(
    looks: Sequence[FrameMeasures | None], names: Sequence[str], joined: JoinedTargets
) -> list[str]:
    """A target's key for each file: a known name where one of its files has one, else the first
    file's own name. ``joined`` holds what is known to belong together, and is added to.
    """
    seen = [(i, look) for i, look in enumerate(looks) if look is not None]
    joined.join_equal((i, look.target) for i, look in seen if look.target)
    for i, j in overlaps(dict(seen)):
        joined.join(i, j)
    named: dict[int, str] = {}
    for i, look in seen:
        root = joined.root(i)
        if look.target:
            named[root] = min(look.target, named.get(root, look.target))
    roots = [joined.root(i) for i in range(len(looks))]
    return [named.get(root, names[root]) for root in roots]


def overlaps(looks: dict[int, FrameMeasures]) -> list[tuple[int, int]]:
    """Pairs of files whose frames may overlap on the sky, judged by the circles around them;
    enough pairs to join all that belong together, not all there are.
    """
    placed = [i for i, look in looks.items() if 0 < look.radius < WIDEST]
    if len(placed) < 2:
        return []
    radius = np.radians([looks[i].radius for i in placed])
    xyz = directions([looks[i] for i in placed])
    # Many exposures of one field: all of a fine cell overlap, and one stands for them.
    cells: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for at in range(len(placed)):
        size = 2.0 ** np.floor(np.log2(radius[at] / 2))
        cells[(int(np.log2(size)), *(int(v) for v in np.floor(xyz[at] / size)))].append(at)
    found = [(placed[some[0]], placed[at]) for some in cells.values() for at in some[1:]]
    heads = np.array([some[0] for some in cells.values()])
    reach = np.array([_reach(radius[some]) for some in cells.values()])
    tree = KDTree(xyz[heads])
    for one, near in enumerate(tree.query_ball_point(xyz[heads], reach + reach.max())):
        apart = np.linalg.norm(xyz[heads[near]] - xyz[heads[one]], axis=1)
        touching = np.asarray(near)[apart < reach[near] + reach[one]]
        found += [(placed[heads[one]], placed[heads[k]]) for k in touching if k > one]
    return found


def _reach(radius: NDArray[np.float64]) -> float:
    """How far frames of one cell reach from the first one's middle."""
    return float(radius.max() * (1.0 if len(radius) == 1 else 1.9))


def directions(looks: Sequence[FrameMeasures]) -> NDArray[np.float64]:
    """Unit vectors (N, 3) to where frames point."""
    ra = np.radians([look.ra for look in looks])
    dec = np.radians([look.dec for look in looks])
    return np.stack([np.cos(dec) * np.cos(ra), np.cos(dec) * np.sin(ra), np.sin(dec)], -1)


class Lookalikes:
    """Perceptual hashes of files that were kept, to find near copies among them."""

    def __init__(self, room: int) -> None:
        self._codes = np.zeros(room, np.uint64)
        self._indices: list[int] = []

    def near(self, phash: int) -> list[int]:
        """Indices of those that look alike, the first kept first."""
        codes = self._codes[: len(self._indices)]
        bits = np.bitwise_count(codes ^ np.uint64(phash))
        return [self._indices[k] for k in np.flatnonzero(bits <= NEAR)]

    def keep(self, index: int, phash: int) -> None:
        """One more file."""
        self._codes[len(self._indices)] = phash
        self._indices.append(index)


def held_out(targets: Iterable[str], share: float) -> set[str]:
    """The targets to keep for the scores: those whose hash says so; of a few, at least one."""
    hashes = {t: hashlib.sha256(t.encode(errors="replace")).digest() for t in targets}
    held = {t for t, h in hashes.items() if int.from_bytes(h[:4], "big") / 2**32 < share}
    if not held and len(hashes) > 1 and share > 0:
        held = {min(hashes, key=hashes.__getitem__)}
    return held


def cut_mosaic(
    looks: dict[int, FrameMeasures], targets: dict[int, str], share: float
) -> tuple[set[int], set[int]]:
    """(held out, on the border) of a target that is more than half of all there is, as a mosaic
    of overlapping frames is: the part at one of its ends is held out, and what overlaps both
    parts is left out. Two empty sets when there is no such target.
    """
    nothing: tuple[set[int], set[int]] = (set(), set())
    if not targets or share <= 0:
        return nothing
    target, count = Counter(targets.values()).most_common(1)[0]
    members = [i for i, t in targets.items() if t == target and 0 < looks[i].radius < WIDEST]
    if count * 2 <= len(targets) or len(members) < max(MOSAIC, count):
        return nothing
    xyz = directions([looks[i] for i in members])
    _, _, axes = np.linalg.svd(xyz - xyz.mean(0), full_matrices=False)
    order = np.argsort(xyz @ axes[0], kind="stable")
    kept = order[: max(1, round(share * len(members)))]
    radius = np.radians([looks[i].radius for i in members])
    tree = KDTree(xyz[kept])
    border: set[int] = set()
    for at in set(range(len(members))) - {int(k) for k in kept}:
        near = tree.query_ball_point(xyz[at], radius[at] + radius[kept].max())
        reach = radius[at] + radius[kept[near]]
        if (np.linalg.norm(xyz[kept[near]] - xyz[at], axis=1) < reach).any():
            border.add(members[at])
    if len(border) + len(kept) >= len(members):
        return nothing  # exposures of one field: there is nothing to keep apart
    return {members[int(k)] for k in kept}, border
