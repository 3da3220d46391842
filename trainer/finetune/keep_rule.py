"""Whether a tuned model is worth keeping: the rule, of which all must hold.

- gain: on the user's pictures the first figure of the task gains more than chance explains
  (one-sided, 97.5 %, Student's t of the paired differences, targets as the unit) and more than
  is worth having;
- use: there it beats doing nothing (no colour; bicubic);
- no harm: no other figure, there or on the bundled set, loses more than its bound.

What chance explains, and what each figure may lose, is `paired_test`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.finetune.paired_test import PairedFinding


@dataclass(frozen=True)
class KeepDecision:
    """What the rule found: the first figure on the user's pictures (None where nothing was held
    out), whether the tuned model is better there than doing nothing, and the figures that lost.
    """

    own: PairedFinding | None
    beats_idle: bool
    harmed: tuple[PairedFinding, ...]

    @property
    def keep(self) -> bool:
        return self.own is not None and self.own.gains and self.beats_idle and not self.harmed


def decide(findings: Sequence[PairedFinding]) -> KeepDecision:
    """The rule applied to all figures, the user's first one first."""
    own = next((f for f in findings if f.figure.side == "own"), None)
    harmed = tuple(f for f in findings if f.harms)
    if own is None:
        return KeepDecision(None, beats_idle=False, harmed=harmed)
    sign = own.measure.sign
    return KeepDecision(own, own.figure.tuned * sign > own.nothing * sign, harmed)
