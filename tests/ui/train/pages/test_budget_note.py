"""What a budget buys is said before it is spent."""

from __future__ import annotations

from dataclasses import replace

from astroview.core.messages.curate_messages import Estimate
from astroview.core.settings import TrainSettings
from astroview.ui.train.pages.budget_note import budget_note

CHOICES = TrainSettings(minutes=30.0)
FEW = Estimate("colour", 20, 20, 4, "some", "", judging=3)
MANY = Estimate("colour", 90, 90, 20, "enough", "", judging=18)
SHARP = replace(FEW, goal="sharpen")


def test_few_targets_share_the_budget_with_their_folds():
    note = budget_note(CHOICES, [FEW], ("colour",), 0.0)
    assert "3 folds" in note
    assert "7.5 minutes each" in note
    assert "7.5 minutes (about 900 steps) each" in budget_note(CHOICES, [FEW], ("colour",), 2.0)
    bounded = replace(CHOICES, steps=400)
    assert "100 steps each" in budget_note(bounded, [FEW], ("colour",), 2.0)


def test_a_telescopes_frames_need_no_folds():
    assert "telescope" in budget_note(CHOICES, [SHARP], ("sharpen",), 0.0)
    assert "telescope" not in budget_note(CHOICES, [FEW], ("colour",), 0.0)


def test_many_targets_have_it_whole_and_what_is_not_known_is_not_said():
    assert budget_note(CHOICES, [MANY], ("colour",), 2.0).endswith(
        "30 minutes (about 3,600 steps)."
    )
    assert budget_note(CHOICES, [MANY], ("colour",), 0.0) == ""
    assert budget_note(CHOICES, [FEW], ("sharpen",), 2.0) != budget_note(
        CHOICES, [FEW], ("colour",), 2.0
    )
