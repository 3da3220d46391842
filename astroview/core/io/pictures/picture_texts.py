"""What a picture's own text says of where it came from: read back from what was saved here."""

from __future__ import annotations

from astroview.core.provenance import NOT_FOR_PHOTOMETRY

FIRST = "astroview: "  # line of the text, with the frame's name


def history_told(text: object) -> tuple[str, ...]:
    """The history in the description of a picture that `provenance.as_text` wrote; () for others.

    What `as_text` concludes from the history is left out: it will again.
    """
    lines = text.splitlines() if isinstance(text, str) else []
    if not lines or not lines[0].startswith(FIRST):
        return ()
    return tuple(line for line in lines[1:] if not line.endswith(f": {NOT_FOR_PHOTOMETRY}"))
