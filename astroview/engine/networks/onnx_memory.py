"""How much memory an ONNX network may take: a few hundred bytes of one can ask for terabytes.

What its own words tell (constants, and the shapes that follow from the size of a tile) is reckoned
before it is loaded. What only running tells is held by a limit on all that onnxruntime allocates.
"""

from __future__ import annotations

import functools
import math
import re
import sys
from typing import Any

from astroview.core import memory_limits
from astroview.core.errors import AstroviewError
from astroview.engine.networks import onnx_walk
from astroview.engine.networks.community_card import HALO, TILE, rejected

_SIDE = TILE + 2 * HALO  # pixels of a tile as it is given to a network that takes any size
_PACKED = 8  # numbers of protobuf take a byte at least, and stand for eight at most
_SMALL = 2**16  # bytes of a constant that may be a shape
_ASKED = re.compile(r"Available memory of \d+ is smaller than requested bytes of (\d+)")
_HINT = (
    f"If you trust it, and the machine has that much: set {memory_limits.VARIABLE}, such as"
    f" {memory_limits.VARIABLE}={{}}."
)


class WantsTooMuch(MemoryError):
    """A network was refused so many bytes while it ran."""

    def __init__(self, needs: int) -> None:
        super().__init__(f"a network asks for {memory_limits.amount(needs)} at once")
        self.needs = needs


def allowed() -> int:
    """Bytes that a network may take: half of what is free, or what the user said."""
    return memory_limits.allowed_memory(sys.maxsize)


def check(model: Any, name: str) -> None:
    """Raise ModelRejected where a model says itself that it takes more memory than it may; weights
    are taken out of it, since the shapes of a network need none.
    """
    import onnx

    for tensor in (
        t for graph in (model.graph, *model.functions) for t in onnx_walk.tensors(graph)
    ):
        _check_constant(tensor, name)
    for graph in (model.graph, *model.functions):
        for sparse in onnx_walk.sparse_tensors(graph):
            _refuse_beyond(_bytes(sparse.values.data_type, sparse.dims), name)
    _say_size(model.graph.input)
    try:
        known: Any = onnx.shape_inference.infer_shapes(model, data_prop=True)
    except (onnx.shape_inference.InferenceError, RuntimeError, ValueError):
        return  # what cannot be told so is held by `hold`
    for value in (*known.graph.value_info, *known.graph.output):
        kind = value.type.tensor_type
        sides = [d.dim_value for d in kind.shape.dim]
        if all(side > 0 for side in sides):
            _refuse_beyond(_bytes(kind.elem_type, sides), name)


@functools.cache
def hold() -> tuple[tuple[str, str], ...]:
    """Limit what onnxruntime may allocate in this process to `allowed`, once; the entries of a
    session's configuration that make it obey.
    """
    import onnxruntime as ort

    place = ort.OrtMemoryInfo(
        "Cpu", ort.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, ort.OrtMemType.DEFAULT
    )
    as_asked = 1  # or it takes twice as much each time it grows
    ort.create_and_register_allocator(
        place, ort.OrtArenaCfg({"max_mem": allowed(), "arena_extend_strategy": as_asked})
    )
    return (("session.use_env_allocators", "1"),)


def wanted(problem: Exception) -> int | None:
    """Bytes that a network was refused while it ran; None where something else went wrong."""
    found = _ASKED.search(str(problem))
    return int(found[1]) if found else None


def too_much(name: str, needs: int) -> AstroviewError:
    """The error that a network would take more than it may."""
    asked, may = memory_limits.amount(needs), memory_limits.amount(allowed())
    why = f"it would take {asked} of memory; {may} are allowed"
    return rejected(name, why, _HINT.format(memory_limits.in_words(needs)))


def _refuse_beyond(needs: int, name: str) -> None:
    if needs > allowed():
        raise too_much(name, needs)


def _check_constant(tensor: Any, name: str) -> None:
    if not tensor.data_type:  # an attribute without one
        return
    says, holds = _bytes(tensor.data_type, tensor.dims), tensor.ByteSize()
    if says > _PACKED * holds or any(side < 0 for side in tensor.dims):
        told = memory_limits.amount(says)
        held = f"it says that a constant has {told}, and holds {holds} bytes of it"
        raise rejected(name, held)
    if holds > _SMALL:
        tensor.ClearField("raw_data")
        tensor.ClearField("float_data")


def _bytes(kind: int, sides: Any) -> int:
    import onnx

    try:
        each = onnx.helper.tensor_dtype_to_np_dtype(kind).itemsize
    except (KeyError, TypeError):  # of no known kind
        each = 1
    return each * math.prod(sides)


def _say_size(given: Any) -> None:
    """Let free sides of what a network takes be those of a tile."""
    for value in given:
        shape = value.type.tensor_type.shape
        for side, size in zip(shape.dim, (1, 3, _SIDE, _SIDE), strict=False):
            if side.dim_value <= 0:
                side.dim_value = size
