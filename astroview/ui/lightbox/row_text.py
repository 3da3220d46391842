"""What is known of a frame, in the user's words."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from astroview.core.lightbox.frame_query import FrameQuery, FrameRow
from astroview.core.memory_limits import amount
from astroview.ui.i18n.translate import local, noted, tr, tr_counted
from astroview.ui.train.pages.message_page import about_left

SORT_NAMES = {
    "name": noted("Name"),
    "date": noted("Date"),
    "field": noted("Field"),
    "filter": noted("Filter"),
    "exposure": noted("Exposure"),
    "snr": noted("S/N"),
    "seeing": noted("Seeing"),
    "outlier": noted("Outlier score"),
    "rating": noted("Rating"),
    "size": noted("File size"),
}


def second_line(row: FrameRow, field: str) -> str:
    """What a tile says below the name: why there is no picture, or what it is sorted by."""
    facts, tags = row.facts, ", ".join(row.said.tags)
    if facts is not None and facts.problem:
        return short_problem(row, tr(facts.problem))
    told = "" if field in ("name", "rating") else value_text(row, field)
    if told:
        parts = [told, tags]
    else:
        parts = [tags, *([facts.filter, facts.date[:16].replace("T", " ")] if facts else [])]
    return " · ".join(part for part in parts if part)


def short_problem(row: FrameRow, problem: str) -> str:
    """A problem below the name of the file that has it: it does not begin with the name again."""
    return problem.removeprefix(f"{row.name}: ").replace(row.name, "…")


def value_text(row: FrameRow, field: str) -> str:
    """A field of a frame as text; "" where it is not known."""
    facts, quality = row.facts, row.quality
    if field == "size":
        return local(amount(row.size))
    if field == "outlier":
        return local(f"{row.outlier:.1f} σ") if isfinite(row.outlier) else ""
    if field == "snr":
        return f"S/N {quality.snr:.0f}" if quality and isfinite(quality.snr) else ""
    if field == "seeing":
        return _seeing(row)
    if facts is None:
        return ""
    if field == "exposure":
        return local(f"{facts.exposure:g} s") if isfinite(facts.exposure) else ""
    if field == "date":
        return facts.date[:19].replace("T", " ")
    return facts.field if field == "field" else facts.filter if field == "filter" else ""


def _seeing(row: FrameRow) -> str:
    if row.quality is None or not isfinite(row.quality.seeing):
        return ""
    scale = row.facts.scale if row.facts else float("nan")
    return local(
        f"{row.quality.seeing * scale:.2f}″" if isfinite(scale) else f"{row.quality.seeing:.1f} px"
    )


def spoken(row: FrameRow, called: str) -> str:
    """A tile for a screen reader, as its frame is called among the others."""
    parts = [called, second_line(row, "name")]
    if row.said.rating:
        parts.append(tr_counted("{count} star", "{count} stars", row.said.rating))
    if row.said.rejected:
        parts.append(tr("rejected"))
    return ", ".join(part for part in (*parts, *row.said.tags) if part)


def lines(row: FrameRow) -> list[tuple[str, str]]:
    """Everything that is known of a frame, as (name, value)."""
    from astroview.core.sky.wcs import format_sky

    facts, quality = row.facts, row.quality
    found: list[tuple[str, str]] = []
    if facts is not None and not facts.problem:
        found = [
            (tr("Object"), facts.object),
            (tr("Date"), value_text(row, "date")),
            (tr("Filter"), facts.filter),
            (tr("Exposure"), value_text(row, "exposure")),
            (tr("Centre"), local(format_sky(facts.ra, facts.dec)) if isfinite(facts.ra) else ""),
            (tr("Size"), f"{facts.width} × {facts.height}"),
            (tr("Scale"), local(f"{facts.scale:.3g}″/px") if isfinite(facts.scale) else ""),
        ]
    if quality is not None:
        known = local(f"{quality.snr:.1f}") if isfinite(quality.snr) else ""
        missing = local(f"{100 * quality.missing:.1f} %") if quality.missing > 0.0005 else ""
        found += [
            (tr("S/N"), known),
            (tr("Seeing"), _seeing(row)),
            (tr("Noise"), local(f"{quality.noise:.4g}") if isfinite(quality.noise) else ""),
            (tr("Without data"), missing),
            (tr("Outlier score"), value_text(row, "outlier")),
        ]
    found.append((tr("File size"), value_text(row, "size")))
    return [(name, value) for name, value in found if value]


def tip(row: FrameRow) -> str:
    """The same as a tooltip."""
    problem = [tr(row.facts.problem)] if row.facts and row.facts.problem else []
    facts = [f"{name}: {value}" for name, value in lines(row)]
    tags = [f"{tr('Tags')}: {', '.join(row.said.tags)}"] if row.said.tags else []
    return "\n".join([row.path, *problem, *facts, *tags])


def why_nothing(name: str, rows: Sequence[FrameRow], query: FrameQuery) -> str:
    """Why no frame of a folder answers what is asked for; it may not be known of them."""
    if not rows:
        return tr("There is no frame in {name}.", name=name)
    unread = sum(row.facts is None for row in rows) if "facts" in query.needs else 0
    if unread:
        return tr_counted(
            "No frame of those whose headers were read is like that; {count} is not read yet.",
            "No frame of those whose headers were read is like that; {count:,} are not read yet.",
            unread,
        )
    told, measured = tr("No frame is like that."), "quality" in query.needs
    unmeasured = sum(row.quality is None for row in rows) if measured else 0
    if not unmeasured:
        return told
    more = tr_counted(
        "{count} frame is not measured: empty the search, and M measures it.",
        "{count:,} frames are not measured: empty the search, and M measures them.",
        unmeasured,
    )
    return f"{told}\n{more}"


def folder_words(name: str, shown: int, total: int, unmeasured: int, selected: int = 0) -> str:
    """How many frames of a folder are on show, how many of these are yet to be measured, and how
    many are selected where there is more than one.
    """
    if not total:
        return tr("There is no frame in {name}.", name=name)
    told = (
        tr_counted("{count} frame", "{count:,} frames", total)
        if shown == total
        else tr("{shown:,} of {total:,} frames", shown=shown, total=total)
    )
    words = f"{name} · {told}"
    if selected > 1:
        words += " · " + tr_counted("{count} selected", "{count:,} selected", selected)
    if not unmeasured:
        return words
    told = tr_counted(
        "{count} is not measured: M measures those on show",
        "{count:,} are not measured: M measures those on show",
        unmeasured,
    )
    return f"{words} · {told}"


def progress_words(done: int, of: int, measured: bool, left_s: float | None) -> str:
    """How far looking at the frames of a folder has come."""
    words = (
        tr("Measuring: {done:,} of {of:,} frames", done=done, of=of)
        if measured
        else tr("Reading headers: {done:,} of {of:,} frames", done=done, of=of)
    )
    return f"{words} · {about_left(left_s)}" if left_s is not None else words
