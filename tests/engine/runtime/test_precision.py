"""Half precision: the same picture, to far less than what is wrong with it anyway."""

import copy
from typing import Any

import pytest
import torch
from torch.nn import functional

from astroview.core import resources
from astroview.core.colour.stretch import Stretch
from astroview.core.io.open_file import open_frame
from astroview.core.models.model_card import default_shelf
from astroview.engine.networks import weights
from astroview.engine.networks.gated import Gated
from astroview.engine.networks.interval_heads import Spread
from astroview.engine.networks.superres import Compact
from astroview.engine.networks.tile_superres import LUMA, Sharpener, sharpen
from astroview.engine.runtime import precision

CPU = torch.device("cpu")


def halved(network: Any) -> Any:
    half = copy.deepcopy(network)
    half.halve()
    return half


def bundled(name: str) -> Any:
    network = weights.load(default_shelf().card(name), CPU)
    assert isinstance(network, precision.Halvable)
    return network


def picture() -> torch.Tensor:
    frame = open_frame(resources.sample("nebula.png"))
    samples = torch.from_numpy(frame.read()) / (frame.full_scale or 1)
    grey = samples if samples.ndim == 2 else samples @ torch.tensor(LUMA)
    return grey[None, None, :384, :384]


@pytest.mark.parametrize("name", ["superres-x2", "superres-x4", "srgan-x4"])
@torch.inference_mode()
def test_a_picture_is_as_good_in_half_precision(name: str):
    network, truth = bundled(name), picture()
    seen = functional.avg_pool2d(truth, network.scale)
    made = [
        sharpen(Sharpener(n, Stretch("linear", 0, 1)), seen).samples
        for n in (network, halved(network))
    ]
    assert not torch.equal(*made)
    assert (made[0] - made[1]).square().mean().sqrt() < precision.TOLERANCE
    psnr = [-10 * float((m - truth).square().mean().log10()) for m in made]
    painted = default_shelf().card(name).illustrative  # its detail is no measure
    assert psnr[1] > psnr[0] - (0.1 if painted else 0.01)
    for m in made:  # flux is exact in both
        assert (functional.avg_pool2d(m, network.scale) - seen).abs().max() < 1e-6


@torch.inference_mode()
def test_intervals_stay_what_they_were():
    network, card = bundled("superres-x2"), default_shelf().card("superres-x2")
    whole, half = (weights.load_spread(card, CPU) for _ in range(2))
    assert isinstance(half, Spread)
    half.halve()
    truth = picture()
    seen = functional.avg_pool2d(truth, 2)
    inside: list[float] = []
    for n, spread in ((network, whole), (halved(network), half)):
        made = sharpen(Sharpener(n, Stretch("linear", 0, 1), spread=spread, factor=2.0), seen)
        assert made.half is not None
        inside.append(float(((made.samples - truth).abs() <= made.half).float().mean()))
    assert inside[1] == pytest.approx(inside[0], abs=0.003)


@torch.inference_mode()
def test_a_part_is_what_it_is_in_the_whole_bit_for_bit():
    network, u = halved(bundled("superres-x2")), picture()[..., :200, :260]
    sigma = torch.zeros(1)
    whole, part = network(u, sigma), network(u[..., 30:141, 50:187], sigma)
    assert torch.equal(part[..., 32:-32, 32:-32], whole[..., 92:250, 132:342])


def test_a_network_that_would_change_keeps_its_precision():
    torch.manual_seed(0)
    wild = Compact(2, 16, 4).eval().requires_grad_(requires_grad=False)
    for parameter in wild.parameters():
        torch.nn.init.normal_(parameter, std=1.0)
    assert precision.differ(wild, halved(wild)) > precision.TOLERANCE
    assert precision.swift(wild, CPU) is wild


def test_half_precision_is_for_cpus_that_have_it():
    network = bundled("superres-x2")
    assert precision.swift(network, torch.device("meta")) is network
    made = precision.load(default_shelf().card("superres-x2"), CPU)
    assert isinstance(made, Gated)
    assert made.halved == precision.has_bfloat16()
    assert precision.differ(network, made) < precision.TOLERANCE
