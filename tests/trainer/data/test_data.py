"""Pictures, targets, splits, degradation, palettes, metrics."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from astroview.core.errors import DatasetProblem
from trainer import metrics
from trainer.data import degrade, palettes, pictures, tensor_colour, training_data
from trainer.data.target_names import target_of

Blobs = Callable[..., np.ndarray]
RNG = np.random.default_rng(3)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("legacysurvey/NGC7629_3a94b3.jpg DESI", "ngc7629"),
        ("default/n185-dss_534713.jpg DSS", "ngc185"),
        ("M 31 core; NASA", "m31"),
        ("Messier 31", "m31"),
        ("the Andromeda galaxy", "m31"),
        ("Pillars of Creation in the Eagle Nebula", "m16"),
        ("a field of galaxies", None),
        ("omega_cen_V.fits", "ngc5139"),
        ("OmegaCAM.2019-03-01T04:11:00.fits", None),
        ("drphilmarshall/sky.png", None),
        ("W3 main", None),
        ("W51 in the infrared", "w51"),
        ("m305", None),
        ("legacysurvey-0860m305-image-r.fits.fz", "legacy 0860m305"),
        ("w1_n0012.fits", None),
        ("CFHTLS_W_g_022929-041400_T0007.fits", "cfhtls 022929-041400"),
        ("CFHTLS_W_r_022929-041400_T0007.fits", "cfhtls 022929-041400"),
        ("W1m0p2_g.fits", "cfhtls w1m0p2"),
        ("KiDS_DR4.1_129.0_-0.5_r_sci.fits", "kids 129.0_-0.5"),
        ("DES0246+0000_r4907p01_g.fits.fz", "des 0246+0000"),
        ("frame-r-003900-6-0123.fits.bz2", "sdss 003900-6-0123"),
        ("fpC-003900-r6-0123.fit.gz", "sdss 003900-6-0123"),
        ("hst_10188_10_acs_wfc_f814w_drz.fits", "hst 10188_10"),
        ("j8mb01b2q_flt.fits", "hst j8mb01"),
        ("j8mb01b9q_flc.fits", "hst j8mb01"),
        ("jw02731-o001_t017_nircam_clear-f187n_i2d.fits", "jwst 02731 t017"),
        ("jw02731001001_02101_00001_nrca1_cal.fits", "jwst 02731 o001"),
        ("calexp-HSC-I-9813-4,4.fits", "hsc 9813-4,4"),
        ("rings.v3.skycell.1234.056.stk.r.unconv.fits", "ps1 1234.056"),
        ("ztf_20190101123456_000123_zg_c01_o_q1_sciimg.fits", "ztf 000123 c01 q1"),
    ],
)
def test_targets_are_read_off_names(text: str, target: str | None):
    assert target_of(text) == target


def test_split_keeps_targets_and_lookalikes_together(tmp_path: Path, blobs: Blobs):
    for i in range(30):
        picture = Image.fromarray(blobs(i))
        picture.save(tmp_path / f"field-{i:02d}.png")
        picture.resize((60, 60)).save(tmp_path / f"copy-of-{i:02d}.jpg")
    (tmp_path / "broken.png").write_bytes(b"not a picture")
    found = pictures.load(tmp_path)
    assert len(found) == 60
    train, held = pictures.split(found, 0.3)
    assert train
    assert held
    assert not {p.target for p in train} & {p.target for p in held}
    sides = {
        p.name[-6:-4]: {q in held for q in found if q.name[-6:-4] == p.name[-6:-4]} for p in held
    }
    assert sum(len(s) == 1 for s in sides.values()) >= 0.9 * len(sides)


def test_an_empty_folder_says_so(tmp_path: Path):
    with pytest.raises(DatasetProblem, match="no picture") as caught:
        pictures.load(tmp_path)
    assert caught.value.hint


def test_shrinking_conserves_the_mean_and_keeps_rows_apart():
    planes = torch.rand(2, 1, 32, 32)
    small = degrade.shrink(planes, 2, torch.tensor([0, 1]))
    assert small[0].mean() == pytest.approx(float(planes[0].mean()), abs=1e-6)
    assert torch.allclose(small[0], torch.nn.functional.avg_pool2d(planes[0], 2))
    by_pillow = Image.fromarray(planes[1, 0].numpy()).resize((16, 16), Image.Resampling.BICUBIC)
    assert small[1, 0].numpy() == pytest.approx(np.asarray(by_pillow).clip(0, 1), abs=1e-4)


def test_noise_has_the_asked_spread():
    generator = torch.Generator().manual_seed(1)
    noisy = degrade.add_noise(torch.zeros(2, 1, 200, 200), torch.tensor([0.01, 0.1]), generator)
    assert noisy.std((1, 2, 3)).tolist() == pytest.approx([0.01, 0.1], rel=0.02)


def test_jpeg_and_rounding_stay_close(blobs: Blobs):
    plane = torch.from_numpy(blobs(1)[..., 0] / np.float32(255))[None]
    assert float((degrade.jpeg(plane, 95) - plane).abs().mean()) < 0.02
    assert float((degrade.quantise(plane) - plane).abs().max()) <= 0.5 / 255 + 1e-6


def test_tensor_colours_agree_with_arrays():
    from astroview.core.colour import colour_space

    rgb = RNG.random((6, 7, 3)).astype(np.float32)
    lab = tensor_colour.to_oklab(torch.from_numpy(rgb).permute(2, 0, 1)[None])
    assert lab[0].permute(1, 2, 0).numpy() == pytest.approx(
        colour_space.srgb_to_oklab(rgb), abs=1e-4
    )
    assert tensor_colour.from_oklab(lab)[0].permute(1, 2, 0).numpy() == pytest.approx(rgb, abs=1e-3)


def test_cielab_of_red():
    # CIE L*a*b* of sRGB (1, 0, 0) under D65: 53.24, 80.09, 67.20.
    lab = tensor_colour.to_cielab(torch.tensor([1.0, 0, 0]).view(1, 3, 1, 1)).flatten()
    assert lab.tolist() == pytest.approx([53.24, 80.09, 67.20], abs=0.05)


def test_metrics_by_hand():
    truth = torch.full((1, 3, 16, 16), 0.5)
    assert metrics.psnr(truth + 0.1, truth) == pytest.approx(20, abs=1e-4)
    assert metrics.ssim(truth, truth) == pytest.approx(1)
    assert metrics.chroma_error(truth, truth) == 0
    assert metrics.colourfulness(truth) == pytest.approx(0, abs=1e-4)
    assert metrics.means([{"a": 1.0}, {"a": 3.0}]) == {"a": 2.0}


def test_palettes_are_real_codes_and_separate_red_from_blue():
    red, blue = (np.zeros((40, 40, 3), np.uint8) for _ in "rb")
    red[..., 0] = blue[..., 2] = np.arange(40)[None] * 5
    pictures_ = [np.clip(p + RNG.integers(0, 9, p.shape), 0, 255) for p in [red] * 6 + [blue] * 6]
    codes = np.stack([palettes.code_of(p.astype(np.uint8)) for p in pictures_])
    found = palettes.cluster(codes, 2, seed=1)
    labels = palettes.nearest(codes, found)
    assert len(set(labels[:6])) == len(set(labels[6:])) == 1
    assert labels[0] != labels[6]
    assert all((codes == code).all(1).any() for code in found)
    names = [p.name for p in palettes.named(found)]
    assert min(names).startswith(("blue", "violet"))


def _originals(folder: Path, rows: list[tuple[str, str]], blobs: Blobs) -> Path:
    folder.mkdir()
    for i, (name, _) in enumerate(rows):
        Image.fromarray(blobs(i)).save(folder / name, lossless=True)
    lines = ["file,of,sharpness", *(f"{name},{of},0.{i + 3}" for i, (name, of) in enumerate(rows))]
    (folder / "MANIFEST.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_originals_have_the_targets_of_what_they_are_originals_of(tmp_path: Path, blobs: Blobs):
    seen = [pictures.Picture(f"p{i}.png", blobs(i), f"target {i}") for i in range(40)]
    rows = [(f"o{i}.webp", f"p{i}.png") for i in range(40)]
    folder = _originals(tmp_path / "fine", [*rows, ("alone.webp", "nowhere.png")], blobs)
    (folder / "o7.webp").write_bytes(b"no picture")
    found = pictures.load_fine(folder, seen)
    assert [p.target for p in found] == [f"target {i}" for i in range(40) if i != 7]
    assert found[0].sharpness == pytest.approx(0.3)
    assert np.array_equal(found[0].rgb, blobs(0))
    held = {p.target for p in pictures.split(seen, 0.3)[1]}
    assert {p.target for p in pictures.split(found, 0.3)[1]} == held - {"target 7"}
    assert not held & {p.target for p in pictures.split(found, 0.3)[0]}


def test_originals_of_no_picture_are_refused(tmp_path: Path, blobs: Blobs):
    folder = _originals(tmp_path / "fine", [("alone.webp", "nowhere.png")], blobs)
    with pytest.raises(DatasetProblem, match="no original") as caught:
        pictures.load_fine(folder, [pictures.Picture("p.png", blobs(1), "t")])
    assert "of" in caught.value.hint


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"", b"\xff\xfe", b'file\n"' + b"x" * 200_000])
def test_a_list_of_something_else_is_no_manifest(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "MANIFEST.csv").write_bytes(content)
    assert not pictures.manifest(tmp_path)


def test_names_that_are_no_text_are_targets_too() -> None:
    """Files of an old disk are called in Latin letters that UTF-8 knows otherwise."""
    rgb = np.zeros((4, 4, 3), np.uint8)
    made = [pictures.Picture(name, rgb, name) for name in ("caf\udce9", "a", "b", "c")]
    train, held = pictures.split(made, 0.5)
    assert len(train) + len(held) == len(training_data.split(made, 0.5)[0]) + 2 == 4
