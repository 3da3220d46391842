"""Super-resolvers of others as ``.onnx``, run by onnxruntime on the CPU.

What such a network takes is found by running it: its magnification, the sizes it bears, and
whether white is 1 or 255. The file is stored whole. It is a graph of operators and can run no
program; what could reach beyond it (other files, operators of others, loops) is refused.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save
from torch import Tensor, nn

from astroview.core import extras
from astroview.core.errors import ModelRejected
from astroview.core.models.model_card import ModelCard, Tiling
from astroview.core.texts import Text
from astroview.engine.networks import community_card, onnx_memory, onnx_walk
from astroview.engine.networks.community_card import MOST_BYTES, SCALES, TILE, rejected

if TYPE_CHECKING:
    from astroview.core.models.shelf import UserShelf

ARCHITECTURE = "onnx"  # of cards: what the network is, its file tells
CONTENT = "onnx"  # the name of the file's bytes among the weights
OPERATORS = ("", "ai.onnx", "com.microsoft")  # domains that onnxruntime brings itself
MULTIPLES = (1, 2, 4, 8, 16, 32, 64)
LEAST_SIDE, MOST_SIDE = 32, 2048  # pixels of a network that takes one size only
_ENDLESS = ("Loop", "Scan")  # may never end
_TYPES = {"tensor(float)": np.float32, "tensor(float16)": np.float16}
Array = NDArray[Any]


@dataclass(frozen=True)
class Intake:
    """How a network is run: see the module's docstring.

    ``height`` and ``width`` are those of the one size that it takes, 0 where it takes any
    ``multiple``; ``white`` is what it calls white.
    """

    scale: int
    channels: int
    multiple: int = 1
    height: int = 0
    width: int = 0
    white: int = 1


class OnnxCommunity(nn.Module):
    """Such a network on one plane, as `tile_superres.SuperResolver`."""

    def __init__(self, session: Any, way: Intake) -> None:
        super().__init__()
        self.session, self.way, self.scale = session, way, way.scale

    def features(self, u_B1HW: Tensor, sigma_B: Tensor) -> Tensor:
        """The plane itself: all is done in `finish`."""
        return u_B1HW

    def finish(self, features_BCHW: Tensor, u_B1HW: Tensor) -> Tensor:
        """(B, 1, sH, sW); of the colours that it makes of grey, the mean."""
        planes = u_B1HW.detach().clamp(0, 1).float().cpu().numpy()
        made = np.stack([self._enlarged(plane[0]) for plane in planes])[:, None]
        return torch.from_numpy(made).to(u_B1HW)

    def forward(self, u_B1HW: Tensor, sigma_B: Tensor) -> Tensor:
        """As `superres.Compact.forward`."""
        return self.finish(self.features(u_B1HW, sigma_B), u_B1HW)

    def _enlarged(self, plane: Array) -> Array:
        way, (height, width) = self.way, plane.shape
        multiple = 1 if way.height else way.multiple
        least = [fixed or LEAST_SIDE for fixed in (way.height, way.width)]
        short = [_up(n, multiple, m) - n for n, m in zip(plane.shape, least, strict=True)]
        padded = np.pad(plane, [(0, s) for s in short], mode="edge")
        made = self._windows(padded) if way.height else self._run(padded)
        return made[: height * way.scale, : width * way.scale]

    def _windows(self, plane: Array) -> Array:
        """Of a network that takes one size only: windows that overlap, each without its rim."""
        way = self.way
        s, margin = way.scale, min(way.height, way.width) // 8
        made = np.empty((plane.shape[0] * s, plane.shape[1] * s), np.float32)
        for top in _starts(plane.shape[0], way.height, margin):
            for left in _starts(plane.shape[1], way.width, margin):
                part = self._run(plane[top : top + way.height, left : left + way.width])
                y, x = (margin if start else 0 for start in (top, left))
                rows = slice((top + y) * s, (top + way.height) * s)
                columns = slice((left + x) * s, (left + way.width) * s)
                made[rows, columns] = part[y * s :, x * s :]
        return made

    def _run(self, plane: Array) -> Array:
        made = run(self.session, plane * self.way.white, self.way.channels)
        return made.mean(0) / self.way.white


def network_of(card: ModelCard, state: dict[str, Tensor]) -> OnnxCommunity:
    """The network of a card's weights.

    Raises AstroviewError without the extra "onnx", and ModelRejected where the file is not what
    the card says.
    """
    extras.need("onnx")
    content = state.get(CONTENT)
    try:
        way = Intake(card.scale, **{k: int(v) for k, v in card.hyper.items() if k != "network"})
    except (TypeError, ValueError) as problem:
        raise ModelRejected(
            Text("the card of {name} does not say how it runs", name=card.name)
        ) from problem
    if content is None or content.dtype != torch.uint8:
        raise ModelRejected(Text("the weights of {name} hold no ONNX file", name=card.name))
    return OnnxCommunity(_session(content.numpy().tobytes(), card.name), way)


def bring_in(file: Path, onto: UserShelf) -> ModelCard:
    """Put the model of a .onnx file onto the user's shelf, with a card that says what nobody knows.

    Raises
    ------
    AstroviewError
        The extra "onnx" is missing.
    ModelRejected
        It is no single-image super-resolver, is damaged, reaches beyond its file, or takes more
        memory than it may.
    """
    extras.need("onnx")
    content = _read(file)
    session = _session(content, file.name)
    try:
        way = _way(session, file.name)
        community_card.check_runs(OnnxCommunity(session, way), file.name)
    except onnx_memory.WantsTooMuch as problem:
        raise onnx_memory.too_much(file.name, problem.needs) from problem
    stored = save({CONTENT: torch.frombuffer(bytearray(content), dtype=torch.uint8)})
    tiling = Tiling(TILE, community_card.HALO, way.multiple)
    card = community_card.card_of(file, ARCHITECTURE, "ONNX model", way.scale, tiling)
    told = {k: v for k, v in asdict(way).items() if k != "scale"}
    card = replace(card, hyper={**card.hyper, **told}, sha256=hashlib.sha256(stored).hexdigest())

    def write(target: Path) -> None:
        target.write_bytes(stored)

    return onto.put(card, write)


def run(session: Any, plane: Array, channels: int) -> Array:
    """One plane (H, W) through a network: (channels, sH, sW), float32.

    Raises RuntimeError; WantsTooMuch, a MemoryError, so that tiles are halved.
    """
    (given,) = session.get_inputs()
    wide = np.broadcast_to(plane, (1, channels, *plane.shape)).astype(_TYPES[given.type])
    try:
        (made,) = session.run(None, {given.name: wide})
    except Exception as problem:  # onnxruntime's own errors have no common kind
        if needs := onnx_memory.wanted(problem):
            raise onnx_memory.WantsTooMuch(needs) from problem
        raise RuntimeError(str(problem)[:200]) from problem
    if made.ndim != 4 or made.shape[0] != 1:
        raise RuntimeError(f"what it makes has the shape {made.shape}")
    return made[0].astype(np.float32)


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise rejected(file.name, "it is larger than any model")
        return file.read_bytes()
    except FileNotFoundError as problem:
        raise rejected(file.name, "there is no such file", "Check its name.") from problem
    except OSError as problem:
        raise rejected(file.name, f"it cannot be read ({problem.strerror})") from problem


def _session(content: bytes, name: str) -> Any:
    """What runs a file that reaches for nothing beyond itself."""
    import onnxruntime

    _check(content, name)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4  # what is wrong is told here
    options.intra_op_num_threads = torch.get_num_threads()
    for key, value in onnx_memory.hold():
        options.add_session_config_entry(key, value)
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as problem:  # as in `run`
        if needs := onnx_memory.wanted(problem):
            raise onnx_memory.too_much(name, needs) from problem
        raise rejected(name, f"onnxruntime cannot run it ({str(problem)[:200]})") from problem


def _check(content: bytes, name: str) -> None:
    import onnx

    try:
        model: Any = onnx.load_model_from_string(content)
    except Exception as problem:  # protobuf's errors have no public name in onnx
        raise rejected(name, "it is no ONNX file, or is damaged") from problem
    if not model.graph.node:
        raise rejected(name, "it is no ONNX file, or holds no network")
    own = {function.domain for function in model.functions}
    graphs = [model.graph, *model.functions]
    for node in (node for graph in graphs for node in onnx_walk.nodes(graph)):
        if node.domain not in OPERATORS and node.domain not in own:
            why = f"it needs the operator {node.op_type[:40]} of “{node.domain[:40]}”"
            raise rejected(name, why, "Ask for it with ONNX's own operators only.")
        if node.op_type in _ENDLESS:
            raise rejected(name, f"it repeats itself ({node.op_type}), maybe without an end")
    if any(_lies_elsewhere(tensor) for graph in graphs for tensor in onnx_walk.tensors(graph)):
        once = "Ask for it as one file: onnx.save(onnx.load(FILE), ONE_FILE) makes it."
        raise rejected(name, "its weights are in another file", once)
    onnx_memory.check(model, name)


def _lies_elsewhere(tensor: Any) -> bool:
    return tensor.data_location == tensor.EXTERNAL or len(tensor.external_data) > 0


def _way(session: Any, name: str) -> Intake:
    """What a network takes and makes, by its word and by trial."""
    inputs, outputs = session.get_inputs(), session.get_outputs()
    if len(inputs) != 1 or len(outputs) != 1:
        what = f"it has {len(inputs)} inputs and {len(outputs)} outputs"
        raise rejected(name, what, "astroview takes networks of one picture to one picture.")
    if inputs[0].type not in _TYPES:
        raise rejected(name, f"its input is {inputs[0].type}", "astroview gives float numbers.")
    shape = list(inputs[0].shape)
    if len(shape) != 4 or not (_may_be(shape[0], 1) and _may_be(shape[1], 1, 3)):
        known = "astroview takes (1, channels, height, width), of one or three channels."
        raise rejected(name, f"its input has the shape {shape}", known)
    channels = [shape[1]] if shape[1] in (1, 3) else [3, 1]
    height, width = (n if isinstance(n, int) and n > 0 else 0 for n in shape[2:])
    if bool(height) != bool(width):
        raise rejected(name, "one side of its input is fixed and one is free")
    if height and not (LEAST_SIDE <= min(height, width) <= max(height, width) <= MOST_SIDE):
        some = f"astroview takes fixed sides of {LEAST_SIDE} to {MOST_SIDE}."
        raise rejected(name, f"it takes pictures of {width} x {height} pixels only", some)
    ways = [Intake(0, c, m, height, width) for c in channels for m in MULTIPLES]
    return _white(session, _tried(session, ways if not height else ways[:: len(MULTIPLES)], name))


def _may_be(said: Any, *sizes: int) -> bool:
    """Whether a size is one of these, or free (a name, or nothing)."""
    return said in sizes if isinstance(said, int) and said > 0 else True


def _tried(session: Any, ways: list[Intake], name: str) -> Intake:
    """The first that runs, with the scale that it has."""
    why = ""
    for way in ways:
        plane = _trial(way)
        try:
            made, again = (run(session, plane, way.channels) for _ in range(2))
        except RuntimeError as problem:
            why = why or str(problem)
            continue
        scale, left = divmod(made.shape[1], plane.shape[0])
        if left or made.shape[2] != scale * plane.shape[1] or len(made) not in (1, 3):
            why = why or f"of {plane.shape} pixels it makes {made.shape}"
            continue
        if scale not in SCALES:
            raise rejected(name, f"it magnifies x{scale}", "astroview takes x2, x3, x4 and x8.")
        if not np.array_equal(made, again):
            raise rejected(name, "it makes something else each time, or no numbers")
        return replace(way, scale=scale)
    raise rejected(name, f"it does not run ({why})")


def _trial(way: Intake) -> Array:
    """A picture as small as a network may bear, and of no other multiple."""
    height, width = way.height, way.width
    if not height:
        least = -(-LEAST_SIDE // way.multiple)
        height, width = (way.multiple * (least + n) for n in (1 - least % 2, 3 - least % 2))
    rows, columns = np.linspace(0.2, 0.8, height), np.linspace(0.6, 1, width)
    return np.outer(rows, columns).astype(np.float32)


def _white(session: Any, way: Intake) -> Intake:
    """With what it calls white: under which a picture comes back more like itself."""
    plane, errors = _trial(way), dict[int, float]()
    for white in (1, 255):
        made = run(session, plane * white, way.channels).mean(0) / white
        boxes = made.reshape(plane.shape[0], way.scale, plane.shape[1], way.scale).mean((1, 3))
        errors[white] = float(np.abs(boxes - plane).mean())
    return replace(way, white=255 if errors[255] < errors[1] / 2 else 1)


def _up(length: int, multiple: int, least: int) -> int:
    return -(-max(length, least) // multiple) * multiple


def _starts(length: int, window: int, margin: int) -> list[int]:
    """Where windows begin that cover a length, and lie over each other by two margins."""
    last = length - window
    return [*range(0, last, window - 2 * margin), last]
