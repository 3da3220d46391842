"""Groups of regions, as DS9 has them: a region's ``tag`` names a group, and it may have several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from astroview.core.sky.ds9_syntax import TAG_END
from astroview.core.sky.region_geometry import Region
from astroview.core.sky.regions.region_edits import worded


def tags_of(region: Region) -> tuple[str, ...]:
    """The groups that a region is in."""
    return tuple(filter(None, region.words.get("tag", "").split(TAG_END)))


def common_tags(regions: Sequence[Region]) -> tuple[str, ...]:
    """The groups that all of some regions are in."""
    first = tags_of(regions[0]) if regions else ()
    return tuple(tag for tag in first if all(tag in tags_of(region) for region in regions))


def with_tags(region: Region, tags: Iterable[str]) -> Region:
    """The region in these groups, and in no others; braces and line ends have no place in names."""
    names = (" ".join(tag.replace("{", "(").replace("}", ")").split()) for tag in tags)
    return worded(region, tag=TAG_END.join(dict.fromkeys(filter(None, names))))


def groups_of(regions: Iterable[Region]) -> dict[str, tuple[int, ...]]:
    """Which regions are in each group, by its name, in the order of their first ones."""
    found: dict[str, list[int]] = {}
    for i, region in enumerate(regions):
        for tag in tags_of(region):
            found.setdefault(tag, []).append(i)
    return {tag: tuple(members) for tag, members in found.items()}


def whole_groups(regions: Sequence[Region], chosen: Iterable[int]) -> tuple[int, ...]:
    """The chosen regions, and all that share a group with one of them."""
    wanted = set(chosen)
    tags = {tag for i in wanted for tag in tags_of(regions[i])}
    return tuple(
        i for i, region in enumerate(regions) if i in wanted or tags & set(tags_of(region))
    )


def new_group(regions: Iterable[Region]) -> str:
    """A name that no group has: “Group 1” and so on, as DS9 calls them."""
    taken = groups_of(regions)
    return next(name for n in range(1, len(taken) + 2) if (name := f"Group {n}") not in taken)
