"""Numbers as the user's language writes them, and as users type them.

Files, clipboards and commands have a decimal point in every language: what is written there is
never given to `local`. What is shown is: by `tr` for the numbers among a text's parameters, by
whoever shows a number without a text for the others.
"""

from __future__ import annotations

import re

from astroview.ui.i18n.translate import spelling


def parsed(text: str) -> float | None:
    """The number that was typed, with a decimal point or a decimal comma; None if it is none."""
    group, _ = spelling()
    bare = text.strip().replace("−", "-").replace("\u202f", "").replace("\xa0", "")
    if "," in bare and "." in bare:
        bare = bare.replace("," if bare.rindex(",") < bare.rindex(".") else ".", "")
    elif group == "," and re.fullmatch(r"[-+]?[1-9]\d{0,2}(,\d{3}){2,}", bare):
        bare = bare.replace(",", "")
    try:
        return float(bare.replace(",", "."))
    except ValueError:
        return None


def listed(text: str) -> list[float] | None:
    """Numbers with blanks or semicolons between them; None where one is none."""
    found = [parsed(part) for part in text.replace(";", " ").replace("%", " ").split()]
    numbers = [number for number in found if number is not None]
    return numbers if len(numbers) == len(found) else None
