"""The tree of an ASDF extension, looked at before a library obeys it.

A few letters of YAML may name arrays that lie on the web, which asdf fetches, or stand for more
nodes than any memory holds: each level of it names the one before ten times.
"""

from __future__ import annotations

import re
from typing import Any

_END = re.compile(rb"\r?\n\.\.\.((\r?\n)|$)")  # of the tree; arrays follow
_MOST = 1_000_000  # nodes that a tree may stand for
_PLAIN = "tag:yaml.org,2002:"


def check_tree(content: bytes) -> None:
    """Raise ValueError for a tree that leads out of its file, into itself, or without end."""
    import yaml

    end = _END.search(content)
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(content[: end.end() if end else len(content)], Loader=loader)
    except (yaml.YAMLError, RecursionError) as problem:
        raise ValueError("its tree is no YAML") from problem
    if root is not None:
        _count(root)


def _count(root: Any) -> None:
    """How many nodes a tree stands for, each counted as often as it is named."""
    sizes: dict[int, int] = {}
    begun: set[int] = set()
    todo = [root]
    while todo:
        node = todo[-1]
        held = _held(node)
        if id(node) in begun:
            todo.pop()
            if id(node) not in sizes:
                sizes[id(node)] = 1 + sum(sizes.get(id(one), _MOST) for one in held)
                if sizes[id(node)] > _MOST:
                    raise ValueError("its tree names parts of itself without end")
            continue
        begun.add(id(node))
        _check_stays(node)
        todo += [one for one in held if id(one) not in begun]


def _held(node: Any) -> list[Any]:
    if isinstance(node.value, str):
        return []
    return [one for part in node.value for one in (part if isinstance(part, tuple) else (part,))]


def _check_stays(node: Any) -> None:
    """Raise ValueError for an array, or a part of the tree, that lies elsewhere."""
    if isinstance(node.value, str) or not node.value or not isinstance(node.value[0], tuple):
        return
    for key, value in node.value:
        told = value.value if isinstance(value.value, str) else ""
        away = key.value == "source" and not node.tag.startswith(_PLAIN) and not _is_block(value)
        if away or (key.value == "$ref" and not told.startswith("#")):
            raise ValueError(f"a part of it lies elsewhere, at {told[:100]}")


def _is_block(value: Any) -> bool:
    return isinstance(value.value, str) and bool(re.fullmatch(r"-?\d+", value.value))
