"""The command ``astroview compose``: colour from frames of several bands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from astroview import doors
from astroview.cli_inputs import Inputs
from astroview.core.io.paths.remote_paths import door

if TYPE_CHECKING:
    import argparse


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of ``astroview compose``."""
    add = command.add_argument
    add("paths", nargs="+", type=door, metavar="BAND",
        help="a frame of each band, or one of all; or - for stdin, or a URL")  # fmt: skip
    add("--out", required=True, type=Path, metavar="FILE", help=".fits, .tif or .png")
    add("--channels", nargs=3, type=int, metavar=("R", "G", "B"),
        help="which band (from 1) is red, green, blue (default: by wavelength)")  # fmt: skip
    add("--weights", nargs=3, type=float, metavar=("R", "G", "B"),
        help="of the channels (default: bright light neutral)")  # fmt: skip
    add("--q", type=float, default=8.0, help="softening of Lupton's stretch (default: 8)")
    add("--stretch", type=float, help="its linear part, in units of the frames (default: found)")
    command.set_defaults(run=_compose, usage_error=command.error)


def _compose(chosen: argparse.Namespace) -> int:
    from astroview.core.bands.compose_files import ComposeChoices, compose_files

    wide = (chosen.stretch,) if chosen.stretch is not None else ()
    if min((*(chosen.weights or ()), chosen.q, *wide)) <= 0:
        chosen.usage_error("weights, Q and stretch must be above 0")
    channels = tuple(chosen.channels) if chosen.channels else None
    weights = tuple(chosen.weights) if chosen.weights else None
    choices = ComposeChoices(channels, weights, chosen.q, chosen.stretch)
    with Inputs() as local:
        bands = local.all(chosen.paths)
        told = compose_files(bands, chosen.out, choices, lambda _done, _of: None)
    print(f"{chosen.out}: {told}")
    return doors.DONE
