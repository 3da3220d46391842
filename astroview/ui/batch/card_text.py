"""What the card above the queue says: an offer to resume, a summary, a reason to stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from astroview.core.io.paths.plain_paths import is_file, is_folder
from astroview.core.lazy_dataclass import dataclass
from astroview.core.messages.batch_messages import BatchDone
from astroview.core.texts import sentences
from astroview.ui.batch import batch_text
from astroview.ui.batch.batch_plan import Unfinished, words
from astroview.ui.batch.queue_card import CardText, Choice
from astroview.ui.i18n.translate import noted, tr, tr_counted

REASONS = 3  # that are told; the list tells the others


@dataclass(frozen=True)
class CardActs:
    """What the card's buttons and links do."""

    resume: Callable[[], object]
    clear: Callable[[], object]
    retry: Callable[[], object]
    open_path: Callable[[Path], object]


def offer(unfinished: Unfinished, acts: CardActs) -> CardText:
    """The last batch was not ended: resume it?"""
    plan = unfinished.plan
    far = tr(
        "{done:,} of {frames} were done",
        done=unfinished.done,
        frames=batch_text.frames(unfinished.of),
    )
    lines = (
        tr("{words}, into {out}.", words=words(plan.paths), out=plan.out),
        (f"{far}. " if unfinished.of else "")
        + tr("Nothing is lost: what is done is not done again."),
    )
    choices = (
        Choice("Resume", acts.resume, "Go on where it stopped", main=True),
        Choice("Forget it", acts.clear, "The files that are done stay"),
    )
    return CardText("info", "A batch was interrupted", lines, (), choices)


def summary(
    done: BatchDone | None,
    counts: Mapping[str, int],
    problems: Sequence[tuple[str, str]],
    out: str,
    acts: CardActs,
    stopped: bool = False,
) -> CardText:
    """How a batch ended. ``problems``: (name, problem) of what failed."""
    failed, left = counts.get("failed", 0), counts.get("cancelled", 0) + counts.get("waiting", 0)
    enhanced = counts.get("done", 0)
    title = tr("{frames} enhanced", frames=batch_text.frames(enhanced))
    if done and done.seconds >= 1:
        title = tr(
            "{frames} enhanced in {rough}",
            frames=batch_text.frames(enhanced),
            rough=batch_text.rough(done.seconds),
        )
    title = tr("Stopped: {title}", title=title) if stopped else title
    parts = [tr("{failed:,} failed", failed=failed)] if failed else []
    parts += (
        [tr("{skipped:,} done before", skipped=counts["skipped"])]
        if counts.get("skipped", 0)
        else []
    )
    parts += [tr("{left:,} not done", left=left)] if left else []
    lines = [", ".join((title, *parts)) + "."]
    found = batch_text.reasons(problems)
    lines += [f"{count:,} × {tr(reason)}" for reason, count in found[:REASONS]]
    lines += (
        [
            tr_counted(
                "… and {count} other reason", "… and {count} other reasons", len(found) - REASONS
            )
        ]
        if len(found) > REASONS
        else []
    )
    choices = (Choice("Clear the list", acts.clear, "Begin anew; files stay"),)
    if failed:
        retry = Choice("Retry failed", acts.retry, "Do what failed again (Ctrl+R)", main=True)
        choices = (retry, *choices)
    icon = "error" if failed else "info" if stopped else "done"
    return CardText(
        icon, lines[0], tuple(lines[1:]), _links(done, out, acts), choices, bad=bool(failed)
    )


def broken(problem: str, hint: str, acts: CardActs) -> CardText:
    """The batch could not go on."""
    resume = Choice("Resume", acts.resume, "Go on where it stopped", main=True)
    clear = Choice("Clear the list", acts.clear, "Begin anew; files stay")
    lines = (sentences(tr(hint)),) if hint else ()
    return CardText("error", sentences(tr(problem)), lines, (), (resume, clear), bad=True)


def _links(done: BatchDone | None, out: str, acts: CardActs) -> tuple[Choice, ...]:
    links: list[Choice] = []
    if done and done.report:
        report = Path(done.report)
        for name, path in (
            (noted("Contact sheet"), report.with_suffix(".png")),
            (noted("Report (CSV)"), report.with_suffix(".csv")),
            (noted("Report (JSON)"), report),
        ):
            if is_file(path):
                links.append(Choice(name, lambda path=path: acts.open_path(path)))
    if is_folder(Path(out)):
        links.append(Choice("Output folder", lambda: acts.open_path(Path(out))))
    return tuple(links)
