"""Texts for the user that can be told in another language: an id and what stands in its places.

A text is English wherever it goes, and says its id and its parameters beside, so that a window
tells it in the user's language by id (`astroview.ui.i18n`), never by looking at English words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from numbers import Integral, Real
from string import Formatter
from typing import Any, LiteralString

_NUMBER = re.compile(r"[-+−]?[\d,]*\d\.\d+(e[-+]?\d+)? ?%?")  # as code writes it
_SPEC = re.compile(r"[-+]?0?\d{0,2},?(\.\d{1,2})?[a-z%]?")  # how ids format their numbers
Parameter = str | int | float  # a str that is a `Text` is told in the user's language too
Lookup = Callable[[str, int], str]  # an id and a count (-1: none) to the words in a language


class Text(str):
    """An English text that knows its id and its parameters.

    Parameters
    ----------
    msgid
        The text with named places, as `str.format` has them: ``"Saved {name}."``. It is the id,
        so it stands in the source as it is and is never put together.
    parameters
        What stands in the places, if there are any: braces of a text without are braces. A
        `Text`, or an error whose message is one, is told in the user's language where this text
        is; anything else is kept as it is, whatever it says.

    Examples
    --------
    >>> told = Text("Saved {name}.", name="m31.fits")
    >>> told, told.msgid
    ('Saved m31.fits.', 'Saved {name}.')
    """

    msgid: str
    number: int
    parameters: Mapping[str, Parameter]

    def __new__(cls, msgid: LiteralString, /, **parameters: object) -> Text:
        return _made(msgid, msgid, -1, parameters)

    @staticmethod
    def of(words: str) -> Text:
        """Words as a text: themselves if they are one; else they are its id."""
        return words if isinstance(words, Text) else _rebuilt(words, words, -1, {})

    @staticmethod
    def counted(one: LiteralString, many: LiteralString, count: int, /, **more: object) -> Text:
        """A text about a number of things, which stands in the place ``{count}``.

        Its id is the text of ``many``; languages have a form of it for each number.
        """
        return _made(one if count == 1 else many, many, count, {"count": count, **more})

    @staticmethod
    def joined(parts: Iterable[str]) -> Text:
        """Texts with semicolons between them; each is told in the user's language."""
        first, *others = map(Text.of, parts)
        for other in others:
            first = Text("{first}; {then}", first=first, then=other)
        return first

    def told(self, lookup: Lookup, local: Callable[[str], str] = str) -> str:
        """The text in the language of a catalogue; ``local`` writes its numbers as it does."""
        things = {
            name: value.told(lookup, local) if isinstance(value, Text) else value
            for name, value in self.parameters.items()
        }
        words = lookup(self.msgid, self.number)
        if not things:
            return words
        english = local("0.5") == "0.5"
        if english and words == self.msgid and things == self.parameters:
            return str.__str__(self)  # in the form for its count
        return _Format(local).vformat(words, (), things)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (str.__str__(self), self.msgid, self.number, dict(self.parameters))

    def __copy__(self) -> Text:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Text:
        return self  # nothing of it changes

    def __str__(self) -> str:
        return self

    def to_dict(self) -> dict[str, Any]:
        """What JSON keeps of it; `from_dict` is the inverse."""
        things = {
            name: value.to_dict() if isinstance(value, Text) else value
            for name, value in self.parameters.items()
        }
        told = {"text": str.__str__(self), "msgid": self.msgid, "parameters": things}
        return told if self.number < 0 else {**told, "count": self.number}

    @staticmethod
    def from_dict(told: Mapping[str, Any]) -> Text:
        """The text that `to_dict` was made of. Raises ValueError when it is none."""
        match dict(told):
            case {"text": str(text), "msgid": str(msgid), "parameters": dict(things), **more}:
                count = more.pop("count", -1)
                if more or type(count) is not int:
                    raise ValueError(f"a text cannot have {more or count!r}")
                if things:
                    _check_places(msgid, things)
            case _:
                raise ValueError("a text has its words, its id and its parameters")
        return _rebuilt(text, msgid, count, {str(n): _parameter(v) for n, v in things.items()})


def sentences(message: str, hint: str = "") -> str:
    """Message and hint as sentences: full stops where they are missing, no empty parts."""
    ends = (".", "!", "?", ".)", "!)", "?)")  # what is only explained in brackets has no end yet
    parts = (part if part.endswith(ends) else f"{part}." for part in (message, hint) if part)
    return " ".join(parts)


def begun(words: str, text: str = "") -> str:
    """With a capital first, unless it begins with the name of a file: that is as it is.

    ``text`` is what the words were made of, where that is a `Text` that knows its names.
    """
    first = words.split(" ", 1)[0].rstrip(".,:;!?")
    named = isinstance(text, Text) and text.msgid.startswith(_NAMED)
    if named or "." in first or "/" in first:
        return words
    return f"{words[:1].upper()}{words[1:]}"


_NAMED = ("{name}", "{file_name}", "{names}", "{path}", "{folder}", "{parent}", "{out}")


class _Format(Formatter):
    """Formats places; a thing that is text by now is not formatted as a number or a date."""

    def __init__(self, local: Callable[[str], str]) -> None:
        self._local = local

    def format_field(self, value: Any, format_spec: str) -> Any:
        try:
            made = format(value, format_spec)
        except ValueError:
            return str(value)
        is_number = not isinstance(value, str) or _NUMBER.fullmatch(value)
        return self._local(made) if is_number else made


def _made(words: str, msgid: str, count: int, things: Mapping[str, object]) -> Text:
    kept = {name: _plain(value) for name, value in things.items()}
    return _rebuilt(words.format(**things) if things else words, msgid, count, kept)


def _rebuilt(text: str, msgid: str, count: int, things: Mapping[str, Parameter]) -> Text:
    made = str.__new__(Text, text)
    made.msgid, made.number, made.parameters = msgid, count, things
    return made


def _plain(value: object) -> Parameter:
    """What can cross to another process: texts with their ids, numbers, else words."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(str(value))  # of a float32 its digits, not those of its double
    return str(value)  # a Text stays one, and so does the message of an error


def _check_places(msgid: str, things: Mapping[Any, Any]) -> None:
    """Raise ValueError unless each place of an id is one of the things, formatted as ours are:
    an id of a file may ask for what there is not, or for a billion blanks.
    """
    for _, name, spec, conversion in Formatter().parse(msgid):
        if name is None:
            continue
        known = name in things and name.isidentifier() and not conversion
        if not known or not _SPEC.fullmatch(spec or ""):
            raise ValueError(f"a text cannot say {name[:100]!r} so")


def _parameter(value: Any) -> Parameter:
    if isinstance(value, dict):
        return Text.from_dict(value)
    if type(value) in (str, int, float):
        return value
    raise ValueError(f"a text cannot say {value!r}")
