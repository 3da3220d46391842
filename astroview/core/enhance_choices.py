"""What may be chosen about an enhancement wherever one is asked for, defined once.

The options of the engine, the settings that the window keeps, the choices of a batch, the flags of
``astroview enhance`` and the keywords of `astroview.enhance` are made of `SharedChoices`. To add a
choice write a field here, and a widget where it is to be seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import Field, field, fields
from typing import Any, Literal, TypedDict, get_args, get_type_hints

from astroview.core.lazy_dataclass import dataclass

Quality = Literal["fast", "best"]
Values = Literal["auto", "sum", "mean"]
DeviceName = str  # "auto", "cpu", "mps", "cuda", or one of several: "cuda:1"

_DEVICE = re.compile(r"auto|cpu(:0)?|mps|cuda(:\d+)?")


def _told(
    told: str = "", metavar: str = "", *, lasting: bool = False, **more: Any
) -> dict[str, Any]:
    """Of a field: what the command says of its flag (it has none if that is nothing), and whether
    the window keeps the choice for its next start; ``bounds`` of a number.
    """
    return {"told": told, "metavar": metavar, "lasting": lasting, **more}


@dataclass(frozen=True, kw_only=True)
class SharedChoices:
    """Choices that mean the same in the window, a batch, a terminal and Python.

    Parameters
    ----------
    palette
        A palette's name from the colorizer's card, or ``"auto"``: the one that the model
        reads off the frame.
    vividness
        How much colour, 0 (grey) to 3: what the model paints is multiplied by it.
    shows
        What the frame shows, such as "reflection nebula" or "M 45"; "": as its OBJECT card says.
        Automatic colour is chosen with it.
    colour_from
        Who measured the colours: a survey (``"panstarrs"``, ``"dss2"``, ``"sky"`` for the first
        optical one that has the field ...), a colour picture's path, or several with commas
        between them, to be tried in that order; "": nobody, they are guessed.
    quality
        "best" super-resolves the frame in its 8 flips and quarter turns and takes the mean
        (Lim et al. 2017): a little nearer to the truth, and 8 times the work.
    uncertainty
        Whether a super-resolver that can say how far off it may be is asked to.
    denoise
        Leave the noise of linear frames out: the flux of a pixel is then kept within its noise,
        not exactly, and no interval is told, because those hold for exact flux.
    values
        What super-resolved FITS hold: "sum" of the fine samples of a pixel, "mean" of them, or
        "auto": sums where the unit counts per pixel; see `pixel_values`.
    data_quality
        Whether pixels that the file's own planes (DQ, mask, errors) call bad count as no
        measurement; see `file_flags`.
    only_image
        Leave the other extensions of the input (errors, masks, tables) out of saved FITS.
    device
        ``"auto"`` takes CUDA, then MPS, then the CPU.
    """

    quality: Quality = field(
        default="fast",
        metadata=_told("best: the mean over 8 flips and turns, 8 times slower", lasting=True),
    )
    uncertainty: bool = field(
        default=True, metadata=_told("write how far off samples may be (FITS only)")
    )
    denoise: bool = field(
        default=False,
        metadata=_told("leave the noise of linear frames out: flux is kept within the noise"),
    )
    values: Values = field(
        default="auto",
        metadata=_told(
            "what magnified FITS hold: sums of the fine samples of a pixel, as units per pixel"
            " (adu, electron) need, or means; auto goes by the unit"
        ),
    )
    data_quality: bool = field(
        default=True,
        metadata=_told(
            "pixels that a file's own DQ, mask or error planes call bad are no measurement",
            lasting=True,
        ),
    )
    only_image: bool = field(
        default=False,
        metadata=_told("leave errors, masks, tables and other extensions out of the results"),
    )
    palette: str = field(
        default="auto",
        metadata=_told(
            "kind of colours, as “astroview models palettes” lists them", "NAME", lasting=True
        ),
    )
    vividness: float = field(
        default=1.0, metadata=_told("how much colour, from 0 (grey) to 3", "N", bounds=(0, 3))
    )
    shows: str = field(
        default="",
        metadata=_told(
            "what the frames show, such as 'M 45' or 'reflection nebula', for automatic colour"
            " (default: what their OBJECT card says)",
            "WHAT",
        ),
    )
    colour_from: str = field(
        default="",
        metadata=_told(
            "measured colours instead of guessed ones: of a survey (sky, panstarrs, legacy, sdss,"
            " dss2, 2mass, wise, galex, hips:ID), fetched for each frame's field, or of a colour"
            " picture; several with commas are tried in order",
            "SURVEY|FILE",
        ),
    )
    device: DeviceName = field(default="auto", metadata=_told(lasting=True))


class SharedKeywords(TypedDict, total=False):
    """`SharedChoices` as keywords."""

    quality: Quality
    uncertainty: bool
    denoise: bool
    values: Values
    data_quality: bool
    only_image: bool
    palette: str
    vividness: float
    shows: str
    colour_from: str
    device: DeviceName


def is_device(name: str) -> bool:
    """Whether a device can be called so; whether it is there is another question."""
    return _DEVICE.fullmatch(name) is not None


def shared(chosen: object) -> dict[str, Any]:
    """The choices that a dataclass made of `SharedChoices` holds, or what of them a mapping or a
    namespace of the command line has; by name.
    """
    held = chosen if isinstance(chosen, Mapping) else vars(chosen)
    return {f.name: held[f.name] for f in fields(SharedChoices) if f.name in held}


def lasting(chosen: SharedChoices) -> dict[str, Any]:
    """Those that are kept for the next start, by name."""
    kept = {f.name for f in fields(SharedChoices) if f.metadata["lasting"]}
    return {name: value for name, value in shared(chosen).items() if name in kept}


# ---------------------------------------------------------------- on the command line


def add_flags(add: Callable[..., Any]) -> None:
    """A flag for every choice that the command tells of; ``add`` is argparse's add_argument."""
    from argparse import BooleanOptionalAction

    hints = get_type_hints(SharedChoices)
    for one in fields(SharedChoices):
        told, metavar = one.metadata["told"], one.metadata["metavar"]
        if not told:
            continue
        how: dict[str, Any] = {"default": one.default}
        if one.default is True:
            how["action"] = BooleanOptionalAction
        elif one.default is False:
            how["action"] = "store_true"
        elif get_args(hints[one.name]):
            how["choices"] = get_args(hints[one.name])
        else:
            how |= {"metavar": metavar, "type": _number(one) if "bounds" in one.metadata else str}
        add(_flag(one.name), help=told + _usual(one.default), **how)


def _usual(default: object) -> str:
    if isinstance(default, bool):
        return " (default: yes)" if default else ""
    text = f"{default:g}" if isinstance(default, float) else str(default)
    return f" (default: {text})" if text else ""


def flags(chosen: SharedChoices) -> list[str]:
    """The flags that say on a command line what is not as usual; the device has one of its own."""
    line: list[str] = []
    for one in fields(SharedChoices):
        value = getattr(chosen, one.name)
        if value == one.default or not one.metadata["told"]:
            continue
        if isinstance(value, bool):
            line.append(_flag(one.name) if value else _flag(f"no_{one.name}"))
        else:
            line.append(f"{_flag(one.name)}={value}")
    return line


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _number(one: Field[Any]) -> Callable[[str], float]:
    """Reads a number within the bounds of a choice."""
    from argparse import ArgumentTypeError

    low, high = one.metadata["bounds"]

    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not low <= number <= high:
            raise ArgumentTypeError(f"no {one.name}: {text} (it goes from {low} to {high})")
        return number

    return read
