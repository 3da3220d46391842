"""What an ONNX file holds, wherever it stands: nodes and constants, of inner graphs too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def nodes(graph: Any) -> Iterator[Any]:
    """Those of a graph or function, and of the graphs that they hold."""
    for node in graph.node:
        yield node
        for attribute in node.attribute:
            for inner in _inner(attribute):
                yield from nodes(inner)


def tensors(graph: Any) -> Iterator[Any]:
    """Constants of all kinds, in all graphs; of sparse ones what they consist of."""
    yield from getattr(graph, "initializer", ())
    for node in nodes(graph):
        for attribute in node.attribute:
            yield from (attribute.t, *attribute.tensors)
            for inner in _inner(attribute):
                yield from inner.initializer
    for sparse in sparse_tensors(graph):
        yield from (sparse.values, sparse.indices)


def sparse_tensors(graph: Any) -> Iterator[Any]:
    """Sparse constants, in all graphs."""
    yield from getattr(graph, "sparse_initializer", ())
    for node in nodes(graph):
        for attribute in node.attribute:
            yield from (attribute.sparse_tensor, *attribute.sparse_tensors)
            for inner in _inner(attribute):
                yield from inner.sparse_initializer


def _inner(attribute: Any) -> tuple[Any, ...]:
    return (*attribute.graphs, *([attribute.g] if attribute.HasField("g") else []))
