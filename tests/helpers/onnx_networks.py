"""Networks of others as .onnx files, tiny ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np


def tiny(
    file: Path,
    shape: tuple[Any, ...] = ("n", 3, "h", "w"),
    *,
    scale: int = 2,
    kind: int = 1,
    wild: float = 0.1,
    nodes: tuple[Any, ...] = (),
    before: tuple[Any, ...] = (),
) -> Path:
    """A network of one convolution and a shuffle of pixels: the pixel itself, and some noise."""
    import onnx
    from onnx import helper

    channels = shape[1] if isinstance(shape[1], int) else 3
    fine = channels * scale**2
    held = np.random.default_rng(5).normal(0, wild, (fine, channels, 3, 3)).astype(np.float32)
    for i in range(fine):
        held[i, i // scale**2, 1, 1] += 1
    number = {1: np.float32, 10: np.float16}[kind]
    own = [
        *before,
        helper.make_node("Conv", ["x", "w"], ["f"], pads=[1, 1, 1, 1]),
        helper.make_node("DepthToSpace", ["f"], ["y"], blocksize=scale, mode="CRD"),
    ]
    graph = helper.make_graph(
        list(nodes) or own,
        "tiny",
        [helper.make_tensor_value_info("x", kind, shape)],
        [helper.make_tensor_value_info("y", kind, None)],
        [onnx.numpy_helper.from_array(held.astype(number), "w")],
    )
    known = [helper.make_opsetid("", 17), helper.make_opsetid("elsewhere", 1)]
    onnx.save(helper.make_model(graph, opset_imports=known, ir_version=8), file)
    return file
