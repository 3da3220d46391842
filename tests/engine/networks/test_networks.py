"""The networks on their own: palette codes, receptive fields, flux."""

import copy

import numpy as np
import pytest
import torch
from torch.nn import functional

from astroview.core.bad_pixels.frame_noise import pixel_noise
from astroview.engine.networks.colorizer import Colorizer, paint
from astroview.engine.networks.gated import Gated, told
from astroview.engine.networks.palette_code import (
    CODE_LENGTH,
    GAIN,
    lit,
    palette_code,
    palette_support,
    rank_palettes,
)
from astroview.engine.networks.residual import EDSR, SRResNet
from astroview.engine.networks.superres import Compact, back_projected, enlarge, project, settle
from trainer.export import TILINGS


def test_code_of_a_one_coloured_picture_is_that_colour():
    light = torch.rand(1, 1, 32, 32)
    chroma = torch.tensor([0.1, -0.05]).view(1, 2, 1, 1).expand(1, 2, 32, 32)
    code = palette_code(light, chroma)
    assert code.shape == (1, CODE_LENGTH)
    for tone in range(4):
        mean = code[0, 5 * tone : 5 * tone + 2] / GAIN
        assert mean == pytest.approx(torch.tensor([0.1, -0.05]), abs=1e-3)
        assert (code[0, 5 * tone + 2 : 5 * tone + 4] / GAIN < 2e-3).all()


def test_code_tells_bright_detail_from_its_surroundings():
    light = torch.full((1, 1, 64, 64), 0.3)
    chroma = torch.zeros(1, 2, 64, 64)
    chroma[:, 0] = -0.05
    light[..., ::16, ::16] = 0.9
    chroma[..., 0, ::16, ::16] = 0.1
    code = palette_code(light, chroma)[0]
    assert code[-4] > 0.4 > 0 > code[-2]
    assert palette_support(light)[0, 10] < palette_support(light)[0, 5]  # no mid tones there


def _reach(response: torch.Tensor, place: int) -> int:
    rows = torch.nonzero(response.abs().amax((0, 1, 3)) > 0).flatten()
    return int((rows - place).abs().max())


def test_colorizer_reaches_no_further_than_its_halo():
    torch.manual_seed(0)
    network = Colorizer((4, 4, 4), middle=3, palettes=3).eval()
    for parameter in network.parameters():  # zero-initialised layers would hide the reach
        torch.nn.init.normal_(parameter, std=0.3)
    light = torch.rand(1, 1, 768, 64)
    code = torch.zeros(1, CODE_LENGTH)
    changed = light.clone()
    changed[..., 384, :] += 0.5
    with torch.no_grad():
        one, two = (paint(network(x, code).coefficients, light) for x in (light, changed))
    reach = _reach(one - two, 384)
    assert 100 < reach <= TILINGS["palette-unet"].halo


def test_superres_reaches_no_further_than_its_halo():
    torch.manual_seed(0)
    network = Compact(2, 6, 10).eval()
    torch.nn.init.normal_(network.tail.weight, std=0.3)
    u = torch.rand(1, 1, 128, 16)
    changed = u.clone()
    changed[..., 64, :] += 0.5
    with torch.no_grad():
        one, two = (project(settle(network(x, torch.zeros(1)), x), x) for x in (u, changed))
    assert 20 < _reach(one - two, 128) <= 2 * TILINGS["compact"].halo


def _lively_gated(blocks: int = 4, width: int = 8) -> Gated:
    """One whose layers all have a say, as of a trained one."""
    torch.manual_seed(0)
    network = Gated(2, width, blocks).eval().requires_grad_(requires_grad=False)
    torch.nn.init.normal_(network.tail.weight, std=0.1)
    return network


def test_gated_reaches_no_further_than_its_halo():
    network, u = _lively_gated(), torch.rand(1, 1, 128, 16)
    changed = u.clone()
    changed[..., 64, :] += 0.5
    for box in (-1.0, 1.0):
        made = [back_projected(network(x, torch.zeros(1)), x, box) for x in (u, changed)]
        assert 20 < _reach(made[0] - made[1], 128) <= 2 * TILINGS["gated"].halo


def test_gated_is_the_same_in_tiles_learning_or_not_and_bicubic_before_training():
    network, u = _lively_gated(), torch.rand(1, 1, 90, 70)
    sigma = torch.full((1,), 0.02)
    whole = network(u, sigma)
    part = network(u[..., 20:80, 10:70], sigma)
    assert torch.allclose(part[..., 32:-32, 32:-32], whole[..., 72:128, 52:108], atol=1e-5)
    with torch.enable_grad():  # sums in place give what sums apart do
        learning = network(u.requires_grad_(), sigma)
    assert torch.allclose(learning, whole, atol=1e-6)
    assert torch.equal(Gated(2, 8, 1)(u, sigma), enlarge(u, 2))


def test_gated_answers_to_the_reduction_that_it_is_told():
    network, u, sigma = _lively_gated(), torch.rand(2, 1, 20, 20), torch.zeros(2)
    box, cubic = torch.ones(2), -torch.ones(2)
    unknown = network(u, sigma)
    assert torch.equal(unknown, network(u, sigma, torch.zeros(2)))
    assert not torch.allclose(network(u, sigma, box), unknown, atol=1e-4)
    assert not torch.allclose(network(u, sigma, box), network(u, sigma, cubic), atol=1e-4)
    mixed = network(u, sigma, torch.tensor([1.0, -1.0]))  # each plane as it was told
    assert torch.allclose(mixed[:1], network(u, sigma, box)[:1], atol=1e-6)
    assert torch.allclose(mixed[1:], network(u, sigma, cubic)[1:], atol=1e-6)
    assert torch.equal(told(network, u, sigma, box), network(u, sigma, box))
    blind = Compact(2, 4, 1)
    assert torch.equal(told(blind, u, sigma, box), blind(u, sigma))


def test_gated_in_half_precision_is_near_and_alike_in_tiles():
    network = _lively_gated(width=16)
    half = copy.deepcopy(network)
    half.halve()
    u, sigma = torch.rand(1, 1, 64, 64), torch.zeros(1)
    whole = half(u, sigma)
    assert whole.dtype == torch.float32
    assert not torch.equal(whole, network(u, sigma))
    assert (whole - network(u, sigma)).square().mean().sqrt() < 0.01
    part = half(u[..., 8:, 8:], sigma)
    assert torch.allclose(part[..., 40:, 40:], whole[..., 56:, 56:], atol=1e-6)


def test_srresnet_is_the_papers_and_reaches_no_further_than_its_halo():
    # 1.55 million for RGB: head 9x9x3x64, 16 blocks, two upsamplings, tail 9x9x64x3
    assert sum(p.numel() for p in SRResNet(4).parameters()) == pytest.approx(1.53e6, rel=0.01)
    torch.manual_seed(0)
    network = SRResNet(2, 4, 16).eval()
    u = torch.rand(1, 1, 256, 8)
    changed = u.clone()
    changed[..., 128, :] += 0.5
    with torch.no_grad():
        one, two = (project(settle(network(x, torch.zeros(1)), x), x) for x in (u, changed))
    assert 40 < _reach(one - two, 256) <= 2 * TILINGS["srresnet"].halo


def test_edsr_is_the_papers_baseline_and_reaches_no_further_than_its_halo():
    # 1.37 million at x2 for RGB, with two convolutions more before the last layer
    assert sum(p.numel() for p in EDSR(2).parameters()) == pytest.approx(1.19e6, rel=0.01)
    torch.manual_seed(0)
    network = EDSR(2, 4, 16).eval()
    u = torch.rand(1, 1, 256, 8)
    changed = u.clone()
    changed[..., 128, :] += 0.5
    with torch.no_grad():
        assert torch.equal(network(u, torch.zeros(1)), enlarge(u, 2))  # untrained: bicubic
        for block in network.body:
            torch.nn.init.normal_(block.second.weight, std=0.3)  # type: ignore[union-attr]
        torch.nn.init.normal_(network.tail.weight, std=0.3)
        one, two = (project(settle(network(x, torch.zeros(1)), x), x) for x in (u, changed))
    assert 40 < _reach(one - two, 256) <= 2 * TILINGS["edsr"].halo


@pytest.mark.parametrize("scale", [2, 4])
def test_back_projection_brings_an_answer_nearer_to_what_was_seen(scale: int):
    def resized(y: torch.Tensor) -> torch.Tensor:
        size = (20, 20)
        return functional.interpolate(y, size, mode="bicubic", antialias=True, align_corners=False)

    y, x = torch.rand(1, 3, 20 * scale, 20 * scale), torch.rand(1, 3, 20, 20)
    errors = [(resized(back_projected(y, x, b)) - x).abs().mean() for b in (0.0, -0.5, -1.0)]
    assert errors[2] < errors[1] < errors[0]
    boxes = functional.avg_pool2d(back_projected(y, x, 1.0), scale)
    assert torch.allclose(boxes, x, atol=1e-5)
    half = functional.avg_pool2d(back_projected(y, x, 0.5), scale)
    assert torch.allclose(half, (x + functional.avg_pool2d(y, scale)) / 2, atol=1e-5)
    assert back_projected(y, x, 0.0) is y


def test_projection_keeps_every_pixels_flux():
    x = torch.rand(2, 3, 17, 9) * 1e4
    y = project(enlarge(x, 2) + torch.randn(2, 3, 34, 18) * 500, x)
    assert torch.allclose(torch.nn.functional.avg_pool2d(y, 2), x, rtol=1e-5, atol=0.01)


def test_settling_leaves_less_to_project_than_the_bare_network_does():
    x = torch.rand(1, 1, 24, 24)
    y = enlarge(x, 2) * 0.8
    error = [
        float((torch.nn.functional.avg_pool2d(z, 2) - x).abs().mean()) for z in (y, settle(y, x))
    ]
    assert error[1] < 0.3 * error[0]


def test_an_untrained_colorizer_paints_nothing():
    network = Colorizer((8, 8, 8), middle=1, palettes=4)
    with torch.no_grad():
        painting = network(torch.rand(1, 1, 32, 48), torch.randn(1, CODE_LENGTH))
    assert painting.coefficients.shape == (1, 4, 8, 12)
    assert painting.logits.shape == (1, 4)
    assert np.abs(painting.coefficients.numpy()).max() == 0


def palette(darkest: float, faint: float, brightest: float) -> torch.Tensor:
    """A code with so much of a in three of the tones."""
    code = torch.zeros(CODE_LENGTH)
    code[[0, 5, 15]] = torch.tensor([darkest, faint, brightest]).float()
    return code


def test_the_automatic_palette_is_lit_and_likely_and_the_next_ones_differ():
    grey, tint, gold, amber, teal = (
        palette(*code)
        for code in ((0, 0, 0), (0.3, 0.3, 0.4), (0, 0, 0.3), (0, 0.1, 0.4), (-0.3, -0.3, -0.4))
    )
    codes = torch.stack([grey, tint, gold, amber, teal])
    assert lit(codes).tolist() == [False, False, True, True, False]
    # Grey is likeliest, but no palette that anybody would choose.
    assert rank_palettes(torch.tensor([9.0, 0, 1, 0, 0]), codes)[0] == 2
    assert rank_palettes(torch.tensor([9.0, 0, 0, 1, 0]), codes)[0] == 3
    # The next two are the card's first others, here grey and the tint; then such as are likely
    # and far from those before, teal rather than another of a neutral sky.
    likely = torch.tensor([0.0, 1.0, 2.0, 1.5, 0.5])
    assert rank_palettes(likely, codes, count=4) == [2, 0, 1, 4, 3]
    # None is lit: the likeliest of all.
    assert rank_palettes(torch.tensor([0.0, 9.0]), codes[:2])[0] == 1
    # What the head does not know is a survey's own: it comes first.
    assert rank_palettes(torch.tensor([3.0, 2.0, 1.0, 0.0]), codes)[:2] == [4, 2]


def test_pixel_noise_is_measured_beside_structure():
    rng = np.random.default_rng(2)
    ramp = np.add.outer(np.arange(200), 3 * np.arange(200)).astype(np.float32)
    ramp[50:60, 50:60] += 1e4
    noisy = ramp + rng.normal(0, 7, ramp.shape).astype(np.float32)
    assert pixel_noise(noisy) == pytest.approx(7, rel=0.05)
    assert pixel_noise(ramp[:4, :4]) is None
