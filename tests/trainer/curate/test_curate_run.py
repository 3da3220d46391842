"""A mixed folder is sorted: what is fit, what is not and why, and what goes together."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from PIL import Image, ImageDraw, ImageFilter
from PIL.PngImagePlugin import PngInfo
from scipy import ndimage

from astroview.core.errors import AstroviewError, DatasetProblem
from astroview.core.messages import curation_overrides
from astroview.core.messages.curate_messages import Curated, CurateEvent, CurateProgress, Judged
from trainer import __main__ as door
from trainer.curate import curation_report, folder_scan
from trainer.curate.curate_run import CurateChoices, curate
from trainer.curate.curated_samples import read_samples
from trainer.curate.frame_measures import detail, look_at
from trainer.curate.frame_verdicts import finding
from trainer.curate.sky_targets import Lookalikes
from trainer.data.picture_sources import sources

SIDE = 160
Blobs = Callable[..., np.ndarray]


def sky(blobs: Blobs, seed: int, side: int = SIDE) -> Image.Image:
    grain = np.random.default_rng(seed).normal(0, 4, (side, side, 3))
    return Image.fromarray(np.clip(blobs(seed, side) + grain, 0, 255).astype(np.uint8))


@pytest.fixture
def mixed(tmp_path: Path, blobs: Blobs) -> Path:
    place = tmp_path / "mixed"
    (place / "deeper").mkdir(parents=True)
    sky(blobs, 1).save(place / "good.png")
    sky(blobs, 2).convert("L").save(place / "deeper" / "grey.png")
    sky(blobs, 1).resize((150, 150)).save(place / "good again.jpg", quality=92)
    sky(blobs, 3).resize((60, 60)).save(place / "small.png")
    small = sky(blobs, 4).resize((80, 80))
    small.resize((240, 240), Image.Resampling.BICUBIC).save(place / "enlarged.png")
    Image.new("RGB", (SIDE, SIDE), (3, 3, 4)).save(place / "blank.png")
    Image.fromarray(np.full((SIDE, SIDE, 3), 255, np.uint8)).save(place / "burnt.png")
    told = PngInfo()
    told.add_text("Description", f"astroview: m1.fits\ncolour painted: model x, sha256 {64 * 'a'}")
    sky(blobs, 7).save(place / "result.png", pnginfo=told)
    sky(blobs, 5).filter(ImageFilter.GaussianBlur(0.4)).save(place / "blocks.jpg", quality=3)
    chart(place / "chart.png")
    over = np.array(sky(blobs, 6))
    over[:, :60] = 255
    Image.fromarray(over).save(place / "over.png")
    (place / "torn.fits").write_bytes(b"SIMPLE  =                    T")
    gone = np.random.default_rng(0).normal(100, 5, (SIDE, SIDE)).astype(np.float32)
    gone[:, :120] = np.nan
    fits.writeto(place / "edge.fits", gone)
    return place


def chart(path: Path, ground: str = "white", ink: str = "black") -> None:
    picture = Image.new("RGB", (300, 300), ground)
    draw = ImageDraw.Draw(picture)
    draw.line([(40, 20), (40, 260), (290, 260)], ink, 2)
    for k in range(5):
        draw.text((60, 30 + 40 * k), "magnitude against colour", ink)
    picture.save(path)


def run(
    place: Path, out: Path, **choices: object
) -> tuple[curation_report.CurationReport, list[CurateEvent]]:
    told: list[CurateEvent] = []
    made = curate(place, CurateChoices(out=out, **choices), told.append)  # type: ignore[arg-type]
    return made, told


def verdicts(made: curation_report.CurationReport) -> dict[str, str]:
    return {Path(e.path).name: e.reason.split(":")[0] for e in made.entries}


def test_every_file_has_a_verdict_and_a_reason(mixed: Path, tmp_path: Path):
    made, told = run(mixed, tmp_path / "notes")
    found = verdicts(made)
    assert found.pop("good.png") == found.pop("grey.png") == ""
    assert found == {
        "good again.jpg": "a near copy of good.png",
        "small.png": "too small",
        "result.png": "made by a network",
        "enlarged.png": "blurred, or enlarged before",
        "blank.png": "blank",
        "burnt.png": "blank",
        "blocks.jpg": "blocks of a strong JPEG compression show",
        "chart.png": "text or a diagram",
        "over.png": "saturated",
        "torn.fits": "unreadable",
        "edge.fits": "mostly without data",
    }
    assert {Path(e.path).name: e.use for e in made.taken} == {
        "good.png": "colour",
        "grey.png": "sharpen",
    }
    assert "2 of 13 files" in made.summary()
    assert "too little" in made.summary()
    assert isinstance(told[-1], Curated)
    final = {e.path: e for e in told if isinstance(e, Judged)}  # the last word of each counts
    assert {p: e.reason for p, e in final.items()} == {e.path: e.reason for e in made.entries}
    assert [e.done for e in told if isinstance(e, CurateProgress)][-1] == 13


@pytest.mark.parametrize("seed", range(4))
def test_noise_alone_is_refused_and_one_faint_galaxy_is_enough(tmp_path: Path, seed: int):
    rng = np.random.default_rng(seed)
    sky = rng.normal(100, 5, (200, 230)).astype(np.float32)
    fits.PrimaryHDU(sky).writeto(tmp_path / "noise.fits")
    y, x = np.mgrid[:200, :230]
    sky += 12 * np.exp(-((y - 90) ** 2 + (x - 120) ** 2) / (2 * 9.0**2)).astype(np.float32)
    fits.PrimaryHDU(sky).writeto(tmp_path / "galaxy.fits")
    assert finding(look_at(tmp_path / "noise.fits")).reason.startswith("noise alone")
    assert finding(look_at(tmp_path / "galaxy.fits")).reason == ""


@pytest.mark.parametrize("card", ["FLAT", "Dome Flat", "bias", "Dark Frame", "Master Dark"])
def test_calibration_frames_are_refused_by_their_header(tmp_path: Path, card: str):
    sky = np.random.default_rng(1).normal(100, 5, (128, 128)).astype(np.float32)
    sky[40:60, 40:60] += 300
    fits.PrimaryHDU(sky, fits.Header([("IMAGETYP", card)])).writeto(tmp_path / "a.fits")
    assert "calibration frame" in finding(look_at(tmp_path / "a.fits")).reason
    fits.PrimaryHDU(sky, fits.Header([("IMAGETYP", "LIGHT")])).writeto(tmp_path / "b.fits")
    assert finding(look_at(tmp_path / "b.fits")).reason == ""


def test_training_reads_a_folder_as_curation_does(mixed: Path, tmp_path: Path):
    sky = np.random.default_rng(1).normal(100, 5, (128, 128)).astype(np.float32)
    fits.PrimaryHDU(sky).writeto(mixed / "noise.fits")
    made, _ = run(mixed, tmp_path / "notes")
    soft = {"small", "blurred", "blocks"}
    wanted = {Path(e.path).name for e in made.entries if not e.reason or e.why in soft}
    read: set[str] = set()
    refused: dict[str, str] = {}
    for source in sources(mixed, "superres"):
        try:
            read.add(Path(source.read().name).name)
        except AstroviewError as problem:
            refused[source.name] = problem.message
    assert read == wanted
    assert "noise alone" in refused["noise.fits"]
    assert set(refused) == {Path(e.path).name for e in made.entries} - wanted


@pytest.mark.parametrize("colours", [("white", "black"), ("black", "white"), ("navy", "yellow")])
def test_text_and_axes_are_known_on_any_ground(tmp_path: Path, colours: tuple[str, str]):
    for suffix in ("png", "jpg"):
        path = tmp_path / f"chart.{suffix}"
        chart(path, *colours)
        assert finding(look_at(path)).why == "chart"


def test_a_stop_loses_nothing_and_a_changed_file_is_looked_at_again(mixed: Path, tmp_path: Path):
    out = tmp_path / "notes"
    heard: list[CurateEvent] = []

    def stop(event: CurateEvent) -> None:
        heard.append(event)
        if len(heard) == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        curate(mixed, CurateChoices(out=out), stop)
    log = out / folder_scan.NOTES
    kept = len(log.read_text().splitlines())
    assert kept >= 3
    with log.open("a") as file:
        file.write('{"path": "torn')  # the power went in mid-line
    first, _ = run(mixed, out)
    lines = len(log.read_text().splitlines())
    again, told = run(mixed, out)
    assert again == first
    assert len(log.read_text().splitlines()) == lines
    assert len([e for e in told if isinstance(e, Judged)]) == 13  # each is told once
    Image.new("RGB", (SIDE, SIDE)).save(mixed / "good.png")
    changed, _ = run(mixed, out)
    assert verdicts(changed)["good.png"] == "blank"
    assert len(log.read_text().splitlines()) == lines + 1


def test_the_user_has_the_last_word(mixed: Path, tmp_path: Path):
    out = tmp_path / "notes"
    wishes = {str(mixed / n): n == "small.png" for n in ("small.png", "good.png")}
    wishes[str(mixed / "torn.fits")] = True  # what cannot be read cannot be taken
    curation_overrides.write(out / curation_overrides.NAME, mixed, wishes)
    made, told = run(mixed, out)
    assert {Path(e.path).name for e in made.taken} == {"small.png", "grey.png"}
    judged = {Path(e.path).name: e for e in told if isinstance(e, Judged)}
    assert judged["small.png"].overruled
    assert judged["small.png"].own_why == "small"
    assert judged["good.png"].why == "user"
    assert {s.name for s in read_samples(out)} == {"small.png", "grey.png"}
    moved = mixed.rename(tmp_path / "elsewhere")  # the folder moves, the wishes go with it
    assert {s.name for s in read_samples(out, root=moved)} == {"small.png", "grey.png"}
    assert (
        curation_overrides.read(out / curation_overrides.NAME, moved)[str(moved / "good.png")]
        is False
    )


def test_damaged_overrules_are_not_lost(mixed: Path, tmp_path: Path):
    out = tmp_path / "notes"
    out.mkdir()
    (out / curation_overrides.NAME).write_text('{"good.png": ')
    with pytest.raises(DatasetProblem, match="damaged"):
        run(mixed, out)
    assert (out / curation_overrides.NAME).read_text() == '{"good.png": '


def test_thumbnails_lie_with_the_report(mixed: Path, tmp_path: Path):
    _, told = run(mixed, tmp_path / "notes", thumbs=True)
    for event in told:
        if isinstance(event, Judged) and event.why != "unreadable":
            with Image.open(event.thumbnail) as picture:
                assert max(picture.size) <= 128
    assert sorted(p.name for p in mixed.iterdir() if p.is_dir()) == ["deeper"]  # nothing is added


def test_an_empty_folder_says_so(tmp_path: Path):
    with pytest.raises(DatasetProblem, match="holds no frame"):
        run(tmp_path, tmp_path / "notes")
    with pytest.raises(DatasetProblem, match="there is no folder"):
        run(tmp_path / "nowhere", tmp_path / "notes")


def test_detail_knows_what_was_enlarged(blobs: Blobs):
    grey = np.asarray(sky(blobs, 7).convert("L"), np.float32) / 255
    twice = Image.fromarray(grey).resize((2 * SIDE, 2 * SIDE), Image.Resampling.BICUBIC)
    assert detail(np.asarray(twice)) < 0.45 < detail(grey)


def test_the_trainers_door_prints_reasons_and_writes_a_report(
    mixed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert door.main(["curate", str(mixed), "--notes", str(tmp_path / "n")]) == 0
    said = capsys.readouterr().out
    assert "torn.fits: unreadable: " in said
    content = json.loads((tmp_path / "n" / "report.json").read_text())
    assert len(content["entries"]) == 13


def test_real_pictures_are_mostly_fit(shared_data: Path, tmp_path: Path):
    made, _ = run(shared_data / "train" / "sky-map-team+stardroid", tmp_path)
    assert len(made.taken) > 0.6 * len(made.entries)
    assert not [e for e in made.entries if e.why == "chart"]


@pytest.mark.parametrize("value", [0.0, -9999.0, np.nan])
def test_fields_that_have_one_rim_are_no_copies_of_each_other(tmp_path: Path, value: float):
    kept = Lookalikes(3)
    for i, (seed, like) in enumerate([(1, []), (2, []), (2, [1])]):
        stars, rng = np.zeros((480, 480)), np.random.default_rng(seed)
        stars[tuple(rng.integers(20, 460, (2, 40)))] = 10 ** rng.uniform(3.4, 5, 40)
        grain = rng.normal(0, 5, stars.shape)
        field = 200 + grain + ndimage.gaussian_filter(stars, 1.5)
        field[:40] = field[:, -40:] = value
        fits.PrimaryHDU(field.astype(np.float32)).writeto(tmp_path / f"{i}.fits")
        phash = look_at(tmp_path / f"{i}.fits").phash
        assert kept.near(phash) == like
        kept.keep(i, phash)
