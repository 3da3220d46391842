"""What a batch would do, without doing it."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from astroview.batch.journal import Journal, home_of, is_intact, open_journal
from astroview.batch.lister import Earlier, check_bands
from astroview.batch.output_names import Namer, Task
from astroview.batch.recipe import BatchRecipe, fingerprint, words
from astroview.core.bands.band_sets import told, with_sets
from astroview.core.io.paths.file_names import check_name
from astroview.core.io.paths.find_frames import Filter, Unlisted, find
from astroview.core.io.paths.remote_paths import Place
from astroview.core.models.model_card import default_shelf


def rehearse(
    paths: Sequence[Place], out: Place, recipe: BatchRecipe, choice: Filter, *, bands: bool = False
) -> Iterator[tuple[str, str, str]]:
    """(source, target, note) for every file; the note says what is special, or is empty.

    Writes nothing where no batch was before. Raises as `batch_run.enhance_paths`.
    """
    shelf = default_shelf()
    check_name(recipe.name)
    if bands:
        check_bands(paths, out)
    names, print_ = words(recipe.options, shelf), fingerprint(recipe, shelf)
    with _journal_if_any(out) as record, TemporaryDirectory(prefix="astroview-") as sets:
        sources = record.sources if record else {}
        namer = Namer(recipe, names, out, sources)
        listed = find(paths, choice, [out], Earlier(out, sources, names))
        for found in with_sets(listed, Path(sets)) if bands else listed:
            if isinstance(found, Unlisted):
                yield found.source, "", found.problem
                continue
            task = namer.task(found)
            note = "done before" if record and _is_done(record, task, print_, out) else ""
            yield told(task.source), str(task.target_in(out)), note


@contextmanager
def _journal_if_any(out: Place) -> Generator[Journal | None]:
    if not (home_of(out) / "journal.jsonl").exists():
        yield None
        return
    with open_journal(out) as record:
        yield record


def _is_done(record: Journal, task: Task, recipe: str, out: Place) -> bool:
    """As far as can be told without reading the file."""
    content = record.known_input(task.source, task.size, task.mtime_ns)
    done = content and record.done(task.target, content, recipe)
    return bool(done) and is_intact(done, task.target_in(out))
