"""Texts that know their ids: English everywhere, and another language by id alone."""

from __future__ import annotations

import copy
import pickle
import re
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from astroview.core import json_lines
from astroview.core.errors import AstroviewError, CannotSave
from astroview.core.texts import Text, begun

OWN = r'Text(?:\.counted)?\(\s*"([^"]*\{\w+:[^"]*)"'  # ids that format what stands in them
GERMAN = {
    "Saved {name}.": ("{name} gespeichert.",),
    "{name} was not saved: {reason}": ("{name} wurde nicht gespeichert: {reason}",),
    "the disk is full": ("kein Platz",),
    "{count:,} frames": ("{count} Bild", "{count:,} Bilder"),
    "in {frames}": ("in {frames}",),
}


def german(msgid: str, number: int) -> str:
    forms = GERMAN.get(msgid, (msgid,))
    return forms[0] if number == 1 else forms[-1]


def test_a_text_is_its_english_words() -> None:
    told = Text("Saved {name}.", name="m31.fits")
    assert told == "Saved m31.fits."
    assert f"<{told}>" == "<Saved m31.fits.>"
    assert (told.msgid, dict(told.parameters)) == ("Saved {name}.", {"name": "m31.fits"})


def test_joined_texts_are_each_told_by_their_ids() -> None:
    saved = [Text("Saved {name}.", name=name) for name in ("a.fits", "b.fits")]
    told = Text.joined([*saved, "the disk is full"])
    assert told == "Saved a.fits.; Saved b.fits.; the disk is full"
    again = Text.from_dict(told.to_dict())
    assert again.told(german) == "a.fits gespeichert.; b.fits gespeichert.; kein Platz"
    assert Text.joined(saved[:1]) is saved[0]


def test_a_text_is_told_by_its_id() -> None:
    assert Text("Saved {name}.", name="m31.fits").told(german) == "m31.fits gespeichert."


@given(st.sampled_from([*GERMAN, "Saved Saved {name}..", "a was not saved: b"]), st.text())
def test_a_parameter_is_kept_whatever_it_says(template: str, other: str) -> None:
    for name in (template, template.replace("{name}", other), other):
        assert Text("Saved {name}.", name=name).told(german) == f"{name} gespeichert."


def test_what_is_a_text_itself_is_told_too() -> None:
    problem = CannotSave("the disk is full")
    told = Text("{name} was not saved: {reason}", name="the disk is full", reason=problem)
    assert told == "the disk is full was not saved: the disk is full"
    assert told.told(german) == "the disk is full wurde nicht gespeichert: kein Platz"


@pytest.mark.parametrize(
    ("count", "english", "wanted"),
    [(1, "1 frame", "1 Bild"), (0, "0 frames", "0 Bilder"), (1200, "1,200 frames", "1,200 Bilder")],
)
def test_a_number_of_things_has_its_form(count: int, english: str, wanted: str) -> None:
    told = Text.counted("{count} frame", "{count:,} frames", count)
    assert told == english
    assert told.told(german) == wanted
    assert Text("in {frames}", frames=told).told(german) == f"in {wanted}"


def test_without_a_translation_the_words_stay_english() -> None:
    told = Text.counted("{count} star", "{count} stars", 1)
    assert told.told(german) == "1 star"


def test_a_text_without_places_may_have_braces() -> None:
    assert Text("{stem} is the frame's name") == "{stem} is the frame's name"
    assert Text("{stem} is the frame's name").told(german) == "{stem} is the frame's name"


@pytest.mark.parametrize(
    "carried",
    [copy.copy, copy.deepcopy, lambda told: pickle.loads(pickle.dumps(told))],  # noqa: S301
)
def test_a_text_survives_copies(carried) -> None:  # type: ignore[no-untyped-def]
    told = Text("{name} was not saved: {reason}", name="a", reason=Text("the disk is full"))
    assert carried(told).told(german) == "a wurde nicht gespeichert: kein Platz"


@dataclass(frozen=True)
class Failed:
    """An event of a worker."""

    message: str
    more: tuple[str, ...] = ()


def test_ids_and_parameters_cross_the_wire() -> None:
    reason = Text.counted("{count} frame", "{count:,} frames", 2)
    told = Text("{name} was not saved: {reason}", name="a", reason=reason)
    line = json_lines.encode(Failed(told, ("plain", told)))
    back = json_lines.decode(line, {"Failed": Failed})
    assert back == Failed(told, ("plain", told))
    assert isinstance(back.message, Text)
    assert back.message.told(german) == "a wurde nicht gespeichert: 2 Bilder"


def test_an_error_carries_its_text_across() -> None:
    error = pickle.loads(pickle.dumps(AstroviewError(Text("Saved {name}.", name="a"), "Try.")))  # noqa: S301
    assert error.message.told(german) == "a gespeichert."


@pytest.mark.parametrize(
    "told",
    [
        '{"msgid": "Saved {name}.", "parameters": {}}',
        '{"text": 3, "msgid": "", "parameters": {}}',
        '{"text": "", "msgid": "", "parameters": {"a": [1]}}',
        '{"text": "", "msgid": "", "parameters": {}, "count": "1"}',
        '{"text": "", "msgid": "", "parameters": {}, "other": 1}',
        '{"text": "", "msgid": "{b}", "parameters": {"a": 1}}',
        '{"text": "", "msgid": "{a", "parameters": {"a": 1}}',
        '{"text": "", "msgid": "{}", "parameters": {"a": 1}}',
        '{"text": "", "msgid": "{a.real}", "parameters": {"a": 1}}',
        '{"text": "", "msgid": "{a[0]}", "parameters": {"a": "b"}}',
        '{"text": "", "msgid": "{a!r}", "parameters": {"a": 1}}',
        '{"text": "", "msgid": "{a:999999999}", "parameters": {"a": 1}}',
        '{"text": "", "msgid": "{a:{a}}", "parameters": {"a": 1}}',
    ],
)
def test_what_is_no_text_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match=r"text|message|expected|Single"):
        json_lines.decode(f'{{"type": "Failed", "message": {told}}}', {"Failed": Failed})


def test_numbers_and_other_things_become_what_can_be_carried() -> None:
    told = Text("{a:.2f} {b} {c} {d}", a=np.float32(0.1), b=np.int16(3), c=True, d=(4, 5))
    assert told == "0.10 3 True (4, 5)"
    assert dict(told.parameters) == {"a": 0.1, "b": 3, "c": "True", "d": "(4, 5)"}


def test_a_sentence_begins_with_a_capital_unless_with_a_file() -> None:
    assert begun("there is no such file") == "There is no such file"
    assert begun("notes.onnx cannot be imported") == "notes.onnx cannot be imported"
    assert begun("data/night is empty") == "data/night is empty"
    assert begun("nothing: it is empty.") == "Nothing: it is empty."


def test_every_format_of_our_own_texts_may_come_from_a_file() -> None:
    """What JSON brings back is checked; no id of the source is among what is refused."""
    for path in (Path(__file__).resolve().parents[2] / "astroview").rglob("*.py"):
        for id_ in re.findall(OWN, path.read_text("utf-8")):
            names = {name for _, name, _, _ in Formatter().parse(id_) if name}
            told = {"text": "a", "msgid": id_, "parameters": dict.fromkeys(names, 1)}
            assert Text.from_dict(told).msgid == id_
