"""Critics have the shapes and fields of view of their papers, and can tell real from made."""

import logging
from pathlib import Path

import pytest
import torch
from torch import Tensor
from torchvision.models import resnet18, vgg19
from torchvision.models.vgg import cfgs, make_layers

from trainer.config import recipe_from
from trainer.loop.adversary import adversary_for
from trainer.tasks import baselines, losses, pretrained
from trainer.tasks.critics import PatchCritic, WholeCritic
from trainer.tasks.vgg_features import vgg_features


def field_of_view(critic: PatchCritic, side: int) -> int:
    x = torch.zeros(1, 3, side, side, requires_grad=True)
    logits = critic(x)
    middle = logits.shape[-1] // 2
    logits[0, 0, middle, middle].backward()
    assert x.grad is not None
    rows = x.grad.abs().sum((0, 1, 3)).nonzero()
    return int(rows.max() - rows.min()) + 1


def test_a_patch_is_70_pixels_wide():
    # without normalisation, which sees the whole picture
    assert field_of_view(PatchCritic(3, width=4, normalise=False), 160) == 70


def test_the_published_sizes():
    assert sum(p.numel() for p in PatchCritic(6).parameters()) == 2_768_705
    # pix2pix on 256 x 256 gives 30 x 30 patches
    assert PatchCritic(6, width=4)(torch.zeros(1, 6, 256, 256)).shape == (1, 1, 30, 30)
    logits = WholeCritic(3, width=4)(torch.zeros(2, 3, 96, 96))
    assert logits.shape == (2, 1)


@pytest.mark.parametrize("critic", [PatchCritic(1, width=8), WholeCritic(1, width=4)])
def test_a_critic_learns_to_tell_noise_from_gradients(critic: torch.nn.Module):
    generator = torch.Generator().manual_seed(3)
    ramp = torch.linspace(0, 1, 32).expand(4, 1, 32, 32)

    def noise() -> Tensor:
        return torch.rand(4, 1, 32, 32, generator=generator)

    optimizer = torch.optim.Adam(critic.parameters(), 2e-3, (0.5, 0.9))
    for _ in range(12):
        optimizer.zero_grad()
        losses.minimax_critic(critic(ramp), critic(noise())).backward()
        optimizer.step()
    assert critic(ramp).mean() > critic(noise()).mean() + 1


def test_vgg_features_come_from_a_file(tmp_path: Path):
    torch.manual_seed(0)
    with torch.device("meta"):
        state = vgg19(weights=None).features[:9].state_dict()
    state = {k: torch.randn(v.shape) * 0.02 for k, v in state.items()}
    with torch.device("meta"):
        shapes = vgg19(weights=None).features.state_dict()
    whole = {k: state.get(k, torch.zeros(v.shape)) for k, v in shapes.items()}
    file = tmp_path / "vgg19.pt"
    torch.save({f"features.{k}": v for k, v in whole.items()}, file)
    features = vgg_features("2_2", file)
    assert features is not None
    picture = torch.rand(1, 1, 32, 32)
    assert features(picture).shape == (1, 128, 16, 16)
    assert features(picture).std() > 0
    assert not any(p.requires_grad for p in features.parameters())


@pytest.fixture(scope="module")
def vgg_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A VGG19 of random weights, of a fixed seed, in a file as torchvision keeps them."""
    torch.manual_seed(19)
    network = torch.nn.Sequential(*make_layers(cfgs["E"]))
    file = tmp_path_factory.mktemp("vgg") / "vgg19.pth"
    torch.save({f"features.{k}": v for k, v in network.state_dict().items()}, file)
    return file


def test_the_content_loss_is_that_of_the_formula(vgg_file: Path):
    features = vgg_features("5_4", vgg_file)
    assert features is not None
    torch.manual_seed(20)
    made, true = torch.rand(2, 1, 48, 64), torch.rand(2, 1, 48, 64)
    # Ledig et al. 2017, eq. 5, term by term: phi_5,4 is what the fourth convolution of the fifth
    # group says after its activation; squares are added up and divided by width times height.
    torch.manual_seed(19)
    network = torch.nn.Sequential(*make_layers(cfgs["E"]))
    mean = torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)
    spread = torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)
    maps: list[Tensor] = []
    for picture in (made, true):
        x = (picture.expand(-1, 3, -1, -1) - mean) / spread
        for layer in network[:-1]:  # all but the last pooling
            x = layer(x)
        maps.append(x.detach())
    height, width = maps[0].shape[-2:]
    wanted = sum(float((maps[0][i] - maps[1][i]).square().sum()) for i in range(2)) / 2
    loss = losses.content(features(made.requires_grad_()), features(true))
    assert loss.item() == pytest.approx(wanted / (width * height), rel=1e-4)
    loss.backward()
    assert made.grad is not None
    assert made.grad.abs().max() > 0


@pytest.mark.warns
def test_weights_are_looked_for_in_torchvisions_cache(
    vgg_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    assert vgg_features("2_2") is None  # and nothing was fetched
    assert not list(tmp_path.rglob("*.pth"))
    place = pretrained.cached("vgg19")
    assert place.name.startswith("vgg19-")
    place.parent.mkdir(parents=True)
    place.symlink_to(vgg_file)
    assert vgg_features("2_2") is not None


@pytest.mark.warns
def test_a_damaged_file_of_weights_is_no_reason_to_fail(tmp_path: Path):
    file = tmp_path / "vgg19.pth"
    for content in (b"", b"no weights", b"PK" + bytes(range(256))):
        file.write_bytes(content)
        assert vgg_features("5_4", file) is None
    torch.save({"features.0.weight": torch.zeros(3)}, file)
    assert vgg_features("5_4", file) is None


@pytest.mark.warns
def test_a_run_says_what_its_content_loss_compares(
    vgg_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    loss = {"content": 1.0, "adversarial": 1e-3}
    for file, said in ((str(vgg_file), "phi_5,4 of VGG19"), ("", "the run's own critic")):
        critic = {"kind": "whole", "width": 4, "vgg_file": file}
        recipe = recipe_from(
            {"task": "superres", "architecture": "gated", "loss": loss, "critic": critic}
        )
        made = adversary_for(recipe, 1, torch.device("cpu"))
        assert made is not None
        assert said in made.content
        pictures = torch.rand(2, 1, 48, 48), torch.rand(2, 1, 48, 48)
        terms = made.owed(*pictures, recipe.loss)
        assert ("content" in terms) == bool(file)
        assert ("matching" in terms) != bool(file)


@pytest.mark.warns
@pytest.mark.parametrize("architecture", ["residual-unet", "vgg-unet"])
def test_an_encoder_begins_with_what_is_given(architecture: str, tmp_path: Path):
    torch.manual_seed(21)
    file = tmp_path / "weights.pth"
    if architecture == "residual-unet":
        whole, prefix, names = resnet18(weights=None), "", ("conv1", "stem.0")
    else:
        whole, prefix = torch.nn.Sequential(*make_layers(cfgs["D"])), "features."
        names = ("0", "stages.0.0")
    torch.save({prefix + k: v for k, v in whole.state_dict().items()}, file)
    hyper = {"width": 4, "pretrained": True, "encoder_file": str(file)}
    network, began = baselines.begun(hyper, architecture)
    assert "ImageNet" in began
    grey = torch.rand(1, 1, 64, 64)
    seen = network.eval().get_submodule("seen")(grey)
    mine = network.get_submodule(names[1])(seen)
    first = whole.get_submodule(names[0])(seen.expand(-1, 3, -1, -1))
    assert torch.allclose(mine, first, atol=1e-5)
    assert network(grey).shape == (1, 2, 64, 64)
    # What a run of it kept is loaded without the file.
    again = baselines.build(hyper, architecture).eval()
    again.load_state_dict(network.state_dict())
    assert torch.equal(again(grey), network(grey))
    file.unlink()
    assert "untrained" in baselines.begun(hyper, architecture)[1]


def test_without_weights_it_says_what_is_used_instead(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.WARNING):
        assert vgg_features("5_4", tmp_path / "gone.pt") is None
    assert "critic's features instead" in caplog.text
