"""What results are called: a pattern with a few fields."""

from __future__ import annotations

import hashlib
import os
import re
import string

from astroview.core.errors import AstroviewError
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text

NAME = "{stem}_{method}_{scale}"
FIELDS = ("stem", "method", "scale", "palette", "folder")
_LONGEST = 200  # bytes of a name; file systems hold 255, and a part file needs a few more
# What no file system minds but Windows: forbidden there, so never in a result's name.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_METHODS = ("colour", "combined", "superres")
_TOLD = re.compile(rf"_(enhanced|({'|'.join(_METHODS)})_x\d+)(_copy)*$")


@dataclass(frozen=True)
class Words:
    """What a recipe contributes to names: ``method`` and ``scale`` in words, the palette."""

    method: str
    scale: str
    palette: str


def name_words(*, scale: int, colour: bool, palette: str = "auto") -> Words:
    """The words for what is done: colour painted, sampling magnified by ``scale``, or both."""
    painted, both, finer = _METHODS
    method = painted if scale == 1 else both if colour else finer
    return Words(method, f"x{scale}", re.sub(r"[^\w+.-]+", "-", palette).strip("-"))


def tells_result(name: str) -> bool:
    """Whether a name (without suffix) says that it is a result's, as names of ours do."""
    return _TOLD.search(name) is not None


def expand(pattern: str, stem: str, folder: str, words: Words) -> str:
    """The name (without suffix) of the result of ``folder/stem``, legal on every platform."""
    name = pattern.format(
        stem=stem, folder=folder, method=words.method, scale=words.scale, palette=words.palette
    )
    return legal_name(name)


def legal_name(name: str) -> str:
    """A name (without suffix) that every platform takes, of any text."""
    return _shortened(_FORBIDDEN.sub("_", name).lstrip(".") or "_")


def _shortened(name: str) -> str:
    raw = os.fsencode(name)
    if len(raw) <= _LONGEST:
        return name
    mark = hashlib.blake2b(raw, digest_size=4).hexdigest()
    return f"{raw[:_LONGEST].decode('utf-8', 'ignore')}~{mark}"


def check_name(pattern: str) -> str:
    """The pattern itself, when it can name files. Raises AstroviewError when it cannot."""
    fields = ", ".join(f"{{{name}}}" for name in FIELDS)
    hint = Text("Fields are {fields}; try {name}", fields=fields, name=NAME)
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError as problem:
        raise AstroviewError(
            Text("“{pattern}” is no pattern of names: {problem}", pattern=pattern, problem=problem),
            hint,
        ) from None
    used = {name for _, name, _, _ in parts if name is not None}
    if unknown := used - set(FIELDS):
        raise AstroviewError(Text("a name has no field “{unknown}”", unknown=min(unknown)), hint)
    if "stem" not in used:
        raise AstroviewError(
            Text("“{pattern}” gives every file the same name", pattern=pattern), hint
        )
    literal = "".join(text for text, *_ in parts)
    if any(c in "/\\" or c < " " for c in literal) or pattern.startswith("."):
        raise AstroviewError(
            Text("“{pattern}” is no pattern of names: it has a / or leading dot", pattern=pattern),
            hint,
        )
    if any(spec or conversion for _, name, spec, conversion in parts if name is not None):
        raise AstroviewError(
            Text("“{pattern}” is no pattern of names: it formats a field", pattern=pattern), hint
        )
    return pattern
