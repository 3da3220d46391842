"""One definition of what may be chosen: engine, settings, batch, command line and Python."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import fields
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astroview.cli_enhance import add_arguments
from astroview.core.enhance_choices import (
    SharedChoices,
    SharedKeywords,
    add_flags,
    flags,
    lasting,
    shared,
)
from astroview.core.options import EnhanceOptions
from astroview.core.settings import BatchSettings, EnhanceSettings
from astroview.library import EnhanceChoices
from astroview.ui.batch.batch_plan import BatchPlan

NAMES = {one.name for one in fields(SharedChoices)}
# Python 3.11 takes a lone "--" for the end of the options, even behind "--palette=".
LETTERS = st.characters(exclude_categories=("Cs", "Cc"))
TEXT = st.text(LETTERS, max_size=12).filter(lambda text: text != "--")
VALUES = {bool: st.booleans(), float: st.floats(0, 3), str: TEXT}


def strategy(kind: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(kind)) if get_args(kind) else VALUES[kind]


HINTS = get_type_hints(SharedChoices)
CHOICES = st.builds(SharedChoices, **{name: strategy(HINTS[name]) for name in NAMES - {"device"}})


@pytest.mark.parametrize("kind", [EnhanceOptions, EnhanceSettings, BatchSettings])
def test_every_dialect_has_every_choice_with_one_default(kind: type) -> None:
    assert shared(kind()) == shared(SharedChoices())


def test_the_keywords_are_the_choices() -> None:
    assert get_type_hints(SharedKeywords) == HINTS
    assert EnhanceChoices.__annotations__.keys() >= NAMES


@given(CHOICES)
def test_what_was_chosen_survives_the_command_line(chosen: SharedChoices) -> None:
    parser = ArgumentParser()
    add_flags(parser.add_argument)
    assert shared(parser.parse_args(flags(chosen))) | {"device": "auto"} == shared(chosen)


@given(CHOICES)
def test_a_batch_in_the_window_is_told_as_it_was_chosen(chosen: SharedChoices) -> None:
    parser = ArgumentParser()
    add_arguments(parser)
    plan = BatchPlan(("a.fits",), "out", BatchSettings(**shared(chosen)))
    assert shared(parser.parse_args(plan.arguments()[1:])) == shared(chosen)


def test_only_what_lasts_is_kept_for_the_next_start() -> None:
    assert lasting(SharedChoices(quality="best", shows="M 45")).items() >= {("quality", "best")}
    assert "shows" not in lasting(SharedChoices(shows="M 45"))


def test_a_batch_without_sharpening_does_not_ask_how_well() -> None:
    line = BatchPlan(("a",), "out", BatchSettings(scale=1, quality="best")).arguments()
    assert not [word for word in line if "quality" in word]


@pytest.mark.parametrize("wrong", ["-1", "3.1", "nan", "much"])
def test_a_vividness_out_of_range_is_refused(wrong: str) -> None:
    parser = ArgumentParser(exit_on_error=False)
    add_flags(parser.add_argument)
    with pytest.raises(Exception, match="no vividness"):
        parser.parse_args([f"--vividness={wrong}"])
