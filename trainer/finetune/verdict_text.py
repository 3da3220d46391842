"""A verdict in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.finetune.paired_test import PairedFinding

FEWEST = 2  # targets that must be held out
LINEAR_KEY = "linear"  # of a figure in linear units
LEAST_SEEN = 0.01  # share of a crop's pixels that must differ visibly
WHERE = {"own": "your pictures", "bundled": "the bundled pictures"}


def say(findings: Sequence[PairedFinding]) -> tuple[bool, str, tuple[str, ...]]:
    """Whether to keep the tuned model, a sentence that says so, and why."""
    own = next((f for f in findings if f.figure.side == "own"), None)
    if own is None:
        return False, "Nothing was held out to judge by; the parent stays in use.", ()
    harmed = [f for f in findings if f.harms]
    beats_idle = own.figure.tuned * own.measure.sign > own.nothing * own.measure.sign
    keep = own.gains and beats_idle and not harmed
    reasons = [_of_gain(own), _of_idle(own, beats_idle)]
    reasons += [_of_harm(f) for f in harmed if f is not own]
    if not harmed:
        reasons += [_of_memory(f) for f in findings if f.figure.side == "bundled"][:1]
    return keep, _headline(own, keep, beats_idle, harmed), tuple(reasons)


def of_sight(seen: float | None) -> tuple[str, ...]:
    """Whether the eye sees the difference, where it is largest; see `verdict_pictures.visible`."""
    if seen is None:
        return ()
    if seen < LEAST_SEEN:
        return (
            "You would not see the difference: even where the two results differ most, hardly a"
            f" pixel ({100 * seen:.1f} %) differs by more than an eye can tell.",
        )
    return (
        f"You can see the difference: where the two results differ most, {100 * seen:.0f} % of the"
        " pixels differ by more than an eye can tell.",
    )


def of_units(findings: Sequence[PairedFinding]) -> tuple[str, ...]:
    """What became of the sources of the user's frames, in their units."""
    own = {f.measure.key: f for f in findings if f.figure.side == "own"}
    told = [
        f"{own[key].measure.name} {_from_to(own[key])}"
        for key in ("width", "shift", "flux", "complete")
        if key in own
    ]
    return (f"Stars and galaxies of frames like yours: {'; '.join(told)}.",) if told else ()


def _whose(own: PairedFinding) -> str:
    return "frames like yours" if own.measure.key == LINEAR_KEY else WHERE["own"]


def _headline(
    own: PairedFinding, keep: bool, beats_idle: bool, harmed: Sequence[PairedFinding]
) -> str:
    change = f"{own.measure.name} {_from_to(own)}"
    if keep:
        return f"Better on {_whose(own)}: {change}. Worth keeping."
    if own.targets < FEWEST:
        return "Pictures of a single target were held out: too few to judge by. Not worth keeping."
    if own.harms or own.figure.change < -2 * own.figure.noise:
        return f"Worse on {_whose(own)}: {change}. Not worth keeping; the parent stays in use."
    if not own.sure:
        return f"No better on {_whose(own)} than chance explains: {change}. Not worth keeping."
    if not own.gains:
        return f"Hardly better on {_whose(own)}: {change}. Not worth keeping."
    if not beats_idle:
        return f"Better than its parent, yet worse than {own.measure.idle}. Not worth keeping."
    lost = f"{harmed[0].measure.name} on {WHERE[harmed[0].figure.side]}"
    return f"Better on {_whose(own)}, but it lost too much: {lost}. Not worth keeping."


def _of_gain(own: PairedFinding) -> str:
    figure = own.figure
    text = f"{_capital(own.measure.name)} on {figure.pictures}"
    if own.measure.key == LINEAR_KEY:
        text += f" skies as your telescope sees them: {_from_to(own)}"
    else:
        text += f" held-out pictures of {own.targets} targets: {_from_to(own)}"
    if own.targets < FEWEST:
        return f"{text}; one target says nothing of others."
    judged = "more than chance explains" if own.sure else "not more than chance explains"
    judged = judged if figure.change > 0 else "no gain"
    if own.sure and not own.gains:
        judged += f", and less than is worth having ({_amount(own, own.measure.worth)})"
    return f"{text}, a change of {figure.change:+.3g} ± {figure.noise:.2g}: {judged}."


def _of_idle(own: PairedFinding, beats: bool) -> str:
    word = "better" if beats else "worse"
    return f"That is {word} than {own.measure.idle}: {_value(own, own.nothing)}."


def _of_harm(finding: PairedFinding) -> str:
    figure = finding.figure
    text = f"{_capital(finding.measure.name)} on {WHERE[figure.side]} fell behind"
    bound = _amount(finding, finding.measure.bound)
    return f"{text}: {_from_to(finding)}, more than the bound of {bound}."


def _of_memory(finding: PairedFinding) -> str:
    figure = finding.figure
    text = f"Nothing to speak of was forgotten: {finding.measure.name}"
    return f"{text} on {figure.pictures} {WHERE[figure.side][4:]} {_from_to(finding)}."


def _amount(finding: PairedFinding, amount: float) -> str:
    measure = finding.measure
    return f"{100 * amount:g} %" if measure.relative else f"{amount:g} {measure.unit}".strip()


def _from_to(finding: PairedFinding) -> str:
    figure = finding.figure
    return f"{_value(finding, figure.base, unit=False)} → {_value(finding, figure.tuned)}"


def _value(finding: PairedFinding, value: float, unit: bool = True) -> str:
    digits = 3 if finding.measure.key in ("ssim", "shift") else 2
    return f"{value:.{digits}f} {finding.measure.unit if unit else ''}".strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
