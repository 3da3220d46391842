"""Whatever a file says, each reader of JSON takes it or refuses it in words; none is left out."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from recipes import recipe
from spoilt_json import spoilt

from astroview.batch import journal
from astroview.core import settings, strict_json
from astroview.core.bands import band_sets
from astroview.core.claim import claim_of
from astroview.core.colour.stretch import Stretch
from astroview.core.colour_hints import Colouring, Hint
from astroview.core.enhance import sidecar
from astroview.core.errors import AstroviewError
from astroview.core.frame import ArraySource, Frame
from astroview.core.messages import curation_overrides, train_messages
from astroview.core.models import device_tests, model_package, palette_bank, palette_set
from astroview.core.models.model_card import card_text, default_shelf, read_card, write_card
from astroview.core.options import Outputs
from astroview.ui.bands.stack import stack_rows
from astroview.ui.batch import batch_plan
from astroview.ui.documents.display_store import Displays
from astroview.ui.documents.document import Used
from astroview.ui.documents.saved_sessions import session_archive, session_file
from astroview.ui.documents.saved_sessions.session_file import KeptDocument, KeptFrame, KeptResult
from astroview.ui.render.display_settings import Display
from astroview.ui.train.pages.run_draft import folder_of
from astroview.ui.train.runs.event_tail import take_line
from astroview.ui.train.runs.run_events import Story
from trainer.curate.curated_samples import FORMAT, read_samples
from trainer.curate.folder_scan import NOTES, ScanNotes, look_through
from trainer.data import shards
from trainer.evaluation.resume_log import ResumeLog
from trainer.gather.gather_run import answered_before
from trainer.loop.run_folder import RunFolder

pytestmark = pytest.mark.usefixtures("qapp", "caplog")  # what cannot be read is logged
PLAIN = (OSError, ValueError)  # of readers that say so, and are told in words by their callers
UNFORESEEN = "This was not foreseen"
# Modules that read JSON and are not asked here, with the reason.
ELSEWHERE = {
    "astroview.core.json_lines": "messages of other processes: tests/core/messages",
    "trainer.evaluation.colour_evaluation": "a run that cannot be read is none",
}
REPOSITORY = Path(__file__).resolve().parents[2]
MOST = int(os.environ.get("SPOILT", "16"))  # ways to spoil a file, of thousands
LONG_S = 5.0  # for anything that waits


@dataclass(frozen=True)
class Reader:
    """A reader, and a file that it reads: as it was written, or what makes one of other words."""

    module: str
    path: Path
    read: Callable[[], object]
    words: bytes = b""  # where they are not all of the file
    pack: Callable[[bytes], object] | None = None
    raises: tuple[type[Exception], ...] = ()

    def content(self) -> bytes:
        return self.words or self.path.read_bytes()

    def put(self, words: bytes) -> None:
        if self.pack:
            self.pack(words)
        else:
            self.path.write_bytes(words)

    def check(self) -> None:
        """It ends, and what it raises is in a user's words."""
        told: list[AstroviewError] = []
        with ends_soon(), suppress(*self.raises):
            try:
                self.read()
            except AstroviewError as problem:
                told.append(problem)
        assert all(one.message and UNFORESEEN not in one.hint for one in told), told


@contextmanager
def ends_soon() -> Iterator[None]:
    def late(*_: object) -> None:
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, LONG_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture
def readers(tmp_path: Path, tiny_frame: Path) -> list[Reader]:
    return [*_of_the_window(tmp_path, tiny_frame), *_of_the_core(tmp_path, tiny_frame),
            *_of_models(tmp_path), *_of_training(tmp_path, tiny_frame)]  # fmt: skip


def _of_the_window(folder: Path, frame: Path) -> Iterator[Reader]:
    opened = Frame("a", (48, 64), 1, "linear", ArraySource(np.zeros((48, 64))), None, path=frame)
    book = Displays(settings.displays())
    book.keep(opened, Display(Stretch("log", 90.5, 120.25, 400.0)))
    book.flush()
    yield Reader("ui.documents.display_store", settings.displays(),
                 lambda: Displays(settings.displays()).of(opened))  # fmt: skip
    home = folder / "session"
    outputs = Outputs(str(home / "results/1/a.npy"), rendered={"kind": "log"}, history=("x",))
    result = KeptResult("r", "Enhanced", Used((), painted=True), KeptFrame(str(frame)), outputs)
    shown = Display(Stretch("linear", 0, 1))
    document = KeptDocument(1, "a", KeptFrame(str(frame)), shown, (result,))
    rooms = {"view": {"mode": "split", "split": 0.5}}
    session_file.write(session_file.KeptSession((document,), 1, "r", (1,), 1e9, rooms=rooms), home)
    yield Reader("ui.documents.saved_sessions.session_file", home / session_file.NAME,
                 lambda: session_file.read(home), raises=PLAIN)  # fmt: skip
    yield Reader("ui.documents.saved_sessions.session_archive", home / session_file.NAME,
                 lambda: session_archive.unpack(home, folder / "unpacked"))  # fmt: skip
    plan = batch_plan.BatchPlan(("/a.fits",), "/out", settings.BatchSettings(scale=4))
    batch_plan.keep(batch_plan.Unfinished(plan, 1, 2))
    yield Reader("ui.batch.batch_plan", settings.unfinished_batch(), batch_plan.recall)
    yield Reader("ui.bands.stack.stack_rows", folder / "stack.fits",
                 lambda: stack_rows.rows_of(folder / "stack.fits"), _A_TEXT,
                 lambda words: _stack(folder / "stack.fits", words))  # fmt: skip
    (folder / "curated.json").write_text(json.dumps({"folder": str(folder)}))
    yield Reader("ui.train.pages.run_draft", folder / "curated.json",
                 lambda: folder_of(str(folder / "curated.json")))  # fmt: skip


_A_TEXT = json.dumps({"text": "too soft, 3", "msgid": "too soft, {a}", "parameters": {"a": 3}})
_A_TEXT = _A_TEXT.encode()


def _stack(path: Path, words: bytes) -> None:
    text = words.decode("latin-1").encode("ascii", "replace").decode()[:900]
    columns = [fits.Column("NAME", "20A", array=["a"]), fits.Column("REASON", "20A", array=["b"]),
               fits.Column("REASON_TEXT", "900A", array=[text])]  # fmt: skip
    table = fits.BinTableHDU.from_columns(columns, name=stack_rows.TABLE)
    fits.HDUList([fits.PrimaryHDU(), table]).writeto(path, overwrite=True)


def _of_the_core(folder: Path, frame: Path) -> Iterator[Reader]:
    settings.save(settings.Settings(
        theme="dark", recent_files=(str(frame),), view=settings.ViewSettings(blink_per_s=3.0),
        train=settings.TrainSettings(rank=4), shortcuts=("open=Ctrl+O",),
    ))  # fmt: skip
    yield Reader("core.settings", settings.folder() / "settings.json", settings.load)
    beside = sidecar.beside(frame)
    hint = Hint(3, 4, 0.1, 0.1, 5, ((6, 7),))
    sidecar.save(beside, "0:0", Colouring(palette="copper", hints=(hint,)))
    yield Reader("core.enhance.sidecar", beside, lambda: sidecar.load(frame, "0:0"))
    record = folder / "journal.jsonl"
    kept = journal.Journal(record)
    kept.append(journal.Run("recipe", "host", str(folder)))
    kept.append(journal.Start("a_x2.fits", str(frame), "0" * 64, 9, 10))
    kept.append(journal.Done("a_x2.fits", "0" * 64, "recipe", "1" * 64, 9, 10, 0.5, ("w",)))
    kept.close()
    yield Reader("batch.journal", record, lambda: _replayed(record))
    bands = folder / "a.bands"
    bands.write_text(json.dumps({"bands": [str(frame), str(frame)], "states": [[1, 2], [3, 4]]}))
    yield Reader("core.bands.band_sets", bands, lambda: band_sets.open_set(bands))
    own = folder / "overrules.json"
    curation_overrides.write(own, folder, {str(frame): True})
    yield Reader("core.messages.curation_overrides", own,
                 lambda: curation_overrides.read(own, folder))  # fmt: skip
    yield Reader("core.claim", folder / "claim", lambda: _claimed(folder / "claim"),
                 json.dumps({"palette": "copper", "hints": [asdict(hint)], "tile": 256}).encode(),
                 raises=PLAIN)  # fmt: skip


def _replayed(path: Path) -> None:
    kept = journal.Journal(path)
    assert list(kept.unfinished()) is not None
    kept.close()


def _claimed(path: Path) -> None:
    """What a result says of itself; its cards hold printable ASCII and no more."""
    text = strict_json.content(path)[: 99 * 60].decode("latin-1")
    text = "".join(c if " " <= c <= "~" else "?" for c in text)
    parts = [text[start : start + 60] for start in range(0, len(text), 60)]
    cards = {"AIMODEL1": "m", **{f"AIOPTS{i + 1}": part for i, part in enumerate(parts)}}
    blank = ArraySource(np.zeros((2, 2), np.float32))
    claim_of(Frame("a", (2, 2), 1, "linear", blank, None, header=fits.Header(cards)))


def _of_models(folder: Path) -> Iterator[Reader]:
    card = default_shelf().cards()[0]
    (folder / "model").mkdir()
    write_card(card, folder / "model")
    yield Reader("core.models.model_card", folder / "model" / "card.json",
                 lambda: read_card(folder / "model").title())  # fmt: skip
    given = folder / "a.astromodel"
    yield Reader("core.models.model_package", given, lambda: model_package.peek(given),
                 card_text(card).encode(), lambda words: _packed(given, words))  # fmt: skip
    tests = folder / "device-tests.json"
    device_tests.add(tests, device_tests.DeviceVerdict("cpu", "m", "0", "float32", "a", 0.5, True))  # noqa: FBT003
    yield Reader("core.models.device_tests", tests,
                 lambda: [one.line() for one in device_tests.known(tests)])  # fmt: skip
    palette = replace(card.palettes[0], name="one") if card.palettes else None
    assert palette is not None
    listed = palette_bank.Listing((palette_bank.Entry("m31", "dss", ""),), "0" * 64)
    told = palette_set.header("mine", listed, [palette], "2026-01-01")
    path = folder / "mine.palettes"
    yield Reader("core.models.safetensors_header", path, lambda: palette_set.read_set(path),
                 json.dumps({"__metadata__": told}).encode(),
                 lambda words: _tensors(path, words))  # fmt: skip
    for module, field in (("palette_set", "typical"), ("palette_bank", "entries")):
        yield Reader(f"core.models.{module}", path, lambda: palette_set.read_set(path),
                     told[field].encode(), _field(path, told, field))  # fmt: skip


def _field(path: Path, told: dict[str, str], field: str) -> Callable[[bytes], object]:
    def put(words: bytes) -> None:
        text = words.decode("utf-8", "replace")
        _tensors(path, json.dumps({"__metadata__": told | {field: text}}).encode())

    return put


def _tensors(path: Path, words: bytes) -> None:
    path.write_bytes(len(words).to_bytes(8, "little") + words)


def _packed(path: Path, words: bytes) -> None:
    manifest = {"format": 1, "card.json": sha256(words).hexdigest()}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(model_package.MANIFEST, json.dumps(manifest))
        archive.writestr("card.json", words)
        archive.writestr("model.safetensors", b"")


def _of_training(folder: Path, frame: Path) -> Iterator[Reader]:
    run = RunFolder(folder / "run")
    run.begin(recipe("superres"))
    yield Reader("trainer.loop.run_folder", run.path / "config.json", run.recipe)
    run.keep_palettes(np.zeros((2, 24), np.float32))
    yield Reader("trainer.loop.run_folder", run.path / "palettes.json", run.palettes,
                 b"[[0.5, 1.0], [0.0, 1.0]]")  # fmt: skip
    run.tell(train_messages.Begun(1e9, train_messages.FORMAT, "m", "sr", "full", "cpu", 0, 9, 0.0))
    run.tell(train_messages.Learnt(1e9, 1, 0.5, {"l1": 0.5}, eta_s=3.0))
    run.tell(train_messages.Verdict(1e9, True, "Better.", ("it is",), ()))  # noqa: FBT003
    events = run.path / "events.jsonl"
    yield Reader("trainer.loop.run_folder", events, lambda: list(run.events()))
    yield Reader("ui.train.runs.run_events", events, lambda: _story(events), raises=(OSError,))
    sample = {"kind": "pair", "paths": ["a.fits", "b.fits"], "target": "m31", "held_out": False,
              "detail": 0.7, "scale": 2}  # fmt: skip
    report = folder / "report.json"
    report.write_text(json.dumps({"format": FORMAT, "folder": "/x", "samples": [sample]}))
    yield Reader("trainer.curate.curated_samples", report, lambda: read_samples(report))
    notes = ScanNotes(folder / "notes")
    look_through([frame], notes, lambda *_: None, 1)
    yield Reader("trainer.curate.folder_scan", notes.place / NOTES,
                 lambda: look_through([], notes, lambda *_: None, 1))  # fmt: skip
    log = folder / "rows.jsonl"
    ResumeLog(log).recall("key", lambda: {"psnr": 30.0})
    yield Reader("trainer.evaluation.resume_log", log, lambda: ResumeLog(log))
    shard = folder / "a.tar"
    yield Reader("trainer.data.shards", shard, lambda: shards.members(shard),
                 json.dumps({"name": "a", "target": "m31", "sharpness": 0.5}).encode(),
                 lambda words: _shard(shard, words))  # fmt: skip
    kept = folder / "answer.json"
    kept.write_text(json.dumps([{"name": "a.fits", "url": "https://x/a", "credit": "NASA"}]))
    yield Reader("trainer.gather.gather_run", kept, lambda: answered_before(kept), raises=PLAIN)


def _story(path: Path) -> None:
    story = Story()
    for line in strict_json.content(path).split(b"\n"):
        take_line(story, line)


def _shard(path: Path, words: bytes) -> None:
    with tarfile.open(path, "w") as tar:
        for name, content in (("a.png", b"\x89PNG"), ("a.json", words)):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


def test_any_json_is_read_or_refused_in_words(readers: list[Reader]) -> None:
    for reader in readers:
        content = reader.content()
        for words in spoilt(content, MOST):
            reader.put(words)
            try:
                reader.check()
            except Exception as problem:
                problem.add_note(f"{reader.module}: {words[:500]!r}")
                raise
        reader.put(content)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_what_is_no_file_is_waited_for_by_nobody(readers: list[Reader]) -> None:
    for reader in readers:
        content = reader.content()
        reader.path.unlink(missing_ok=True)
        os.mkfifo(reader.path)
        reader.check()
        reader.path.unlink()
        reader.path.mkdir()
        reader.check()
        reader.path.rmdir()
        reader.path.symlink_to(reader.path)
        reader.check()
        reader.path.unlink()
        reader.check()
        reader.put(content)


def test_no_reader_of_json_is_left_out(readers: list[Reader]) -> None:
    asked = {
        r.module if r.module.startswith("trainer") else f"astroview.{r.module}" for r in readers
    }
    found: set[str] = set()
    for package in ("astroview", "trainer"):
        for path in (REPOSITORY / package).rglob("*.py"):
            if re.search(r"\bstrict_json\.(loads|read|lines|content)\(", path.read_text("utf-8")):
                found.add(".".join(path.relative_to(REPOSITORY).with_suffix("").parts))
    assert found - asked == ELSEWHERE.keys()
