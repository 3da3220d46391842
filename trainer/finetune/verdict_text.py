"""A verdict in plain words, which cross to the window with their ids."""

from __future__ import annotations

from collections.abc import Sequence

from astroview.core.texts import Text
from trainer.finetune.keep_rule import KeepDecision
from trainer.finetune.paired_test import PairedFinding

FEWEST = 2  # targets that must be held out
LINEAR_KEY = "linear"  # of a figure in linear units
LEAST_SEEN = 0.01  # share of a crop's pixels that must differ visibly
WHERE = {"own": Text("your pictures"), "bundled": Text("the bundled pictures")}


def say(decided: KeepDecision, findings: Sequence[PairedFinding]) -> tuple[Text, tuple[Text, ...]]:
    """A sentence that says whether to keep the tuned model, and why."""
    own, harmed = decided.own, decided.harmed
    if own is None:
        return Text("Nothing was held out to judge by; the parent stays in use."), ()
    reasons = [_of_gain(own), _of_idle(own, decided.beats_idle)]
    reasons += [_of_harm(f) for f in harmed if f is not own]
    if not harmed:
        reasons += [_of_memory(f) for f in findings if f.figure.side == "bundled"][:1]
    return _headline(own, decided), tuple(reasons)


def of_folds(findings: Sequence[PairedFinding], folds: int) -> tuple[Text, ...]:
    """Who was judged, where the pictures were judged in folds; 0 folds say nothing."""
    own = next((f for f in findings if f.figure.side == "own"), None)
    if own is None or not folds:
        return ()
    return (
        Text(
            "Judged by {folds}-fold over {targets} targets, each under a model that learnt from the"
            " other folds alone; the tuned model learnt as long, from all.",
            folds=folds,
            targets=own.targets,
        ),
    )


def of_sight(seen: float | None) -> tuple[Text, ...]:
    """Whether the eye sees the difference, where it is largest; see `verdict_pictures.visible`."""
    if seen is None:
        return ()
    if seen < LEAST_SEEN:
        return (
            Text(
                "You would not see the difference: even where the two results differ most, hardly a"
                " pixel ({share} %) differs by more than an eye can tell.",
                share=f"{100 * seen:.1f}",
            ),
        )
    return (
        Text(
            "You can see the difference: where the two results differ most, {share} % of the"
            " pixels differ by more than an eye can tell.",
            share=f"{100 * seen:.0f}",
        ),
    )


def of_units(findings: Sequence[PairedFinding]) -> tuple[Text, ...]:
    """What became of the sources of the user's frames, in their units."""
    own = {f.measure.key: f for f in findings if f.figure.side == "own"}
    told = [_named(own[key]) for key in ("width", "shift", "flux", "complete") if key in own]
    if not told:
        return ()
    first = told[0]
    for one in told[1:]:
        first = Text("{first}; {second}", first=first, second=one)
    return (Text("Stars and galaxies of frames like yours: {figures}.", figures=first),)


def _whose(own: PairedFinding) -> Text:
    return Text("frames like yours") if own.measure.key == LINEAR_KEY else WHERE["own"]


def _headline(own: PairedFinding, decided: KeepDecision) -> Text:
    told = {"where": _whose(own), "figure": _named(own)}
    if decided.keep:
        return Text("Better on {where}: {figure}. Worth keeping.", **told)
    if own.targets < FEWEST:
        return Text(
            "Pictures of a single target were held out: too few to judge by. Not worth keeping."
        )
    if own.harms or own.figure.change < -2 * own.figure.noise:
        return Text(
            "Worse on {where}: {figure}. Not worth keeping; the parent stays in use.", **told
        )
    if not own.sure:
        return Text(
            "No better on {where} than chance explains: {figure}. Not worth keeping.", **told
        )
    if not own.gains:
        return Text("Hardly better on {where}: {figure}. Not worth keeping.", **told)
    if not decided.beats_idle:
        idle = own.measure.idle
        return Text("Better than its parent, yet worse than {idle}. Not worth keeping.", idle=idle)
    return Text(
        "Better on {where}, but it lost too much: {figure} on {there}. Not worth keeping.",
        where=_whose(own),
        figure=decided.harmed[0].measure.name,
        there=WHERE[decided.harmed[0].figure.side],
    )


def _of_gain(own: PairedFinding) -> Text:
    figure = own.figure
    told = {"pictures": figure.pictures, "targets": own.targets, "figure": _named(own)}
    if own.measure.key == LINEAR_KEY:
        text = Text("On {pictures} skies as your telescope sees them: {figure}", **told)
    else:
        text = Text("On {pictures} held-out pictures of {targets} targets: {figure}", **told)
    if own.targets < FEWEST:
        return Text("{figure}; one target says nothing of others.", figure=text)
    return Text(
        "{figure}, a change of {change} ± {noise}: {judged}.",
        figure=text,
        change=f"{figure.change:+.3g}",
        noise=f"{figure.noise:.2g}",
        judged=_judged(own),
    )


def _judged(own: PairedFinding) -> Text:
    worth = _amount(own, own.measure.worth)
    if own.figure.change > 0 and own.sure and not own.gains:
        return Text(
            "more than chance explains, and less than is worth having ({worth})", worth=worth
        )
    if own.figure.change > 0 and own.sure:
        return Text("more than chance explains")
    if own.figure.change > 0:
        return Text("not more than chance explains")
    return Text("no gain")


def _of_idle(own: PairedFinding, beats: bool) -> Text:
    told = {"idle": own.measure.idle, "value": _value(own, own.nothing)}
    if beats:
        return Text("That is better than {idle}: {value}.", **told)
    return Text("That is worse than {idle}: {value}.", **told)


def _of_harm(finding: PairedFinding) -> Text:
    return Text(
        "On {where} this fell behind, more than the bound of {bound}: {figure}.",
        where=WHERE[finding.figure.side],
        bound=_amount(finding, finding.measure.bound),
        figure=_named(finding),
    )


def _of_memory(finding: PairedFinding) -> Text:
    return Text(
        "Nothing to speak of was forgotten, on {pictures} bundled pictures: {figure}.",
        pictures=finding.figure.pictures,
        figure=_named(finding),
    )


def _amount(finding: PairedFinding, amount: float) -> Text:
    measure = finding.measure
    if measure.relative:
        return Text("{value} {unit}", value=f"{100 * amount:g}", unit="%")
    return _with_unit(f"{amount:g}", measure.unit)


def _named(finding: PairedFinding) -> Text:
    """A figure by its name, before and after."""
    figure = finding.figure
    return Text(
        "{figure} {before} → {after}",
        figure=finding.measure.name,
        before=_digits(finding, figure.base),
        after=_value(finding, figure.tuned),
    )


def _value(finding: PairedFinding, value: float) -> Text:
    return _with_unit(_digits(finding, value), finding.measure.unit)


def _with_unit(value: str, unit: str) -> Text:
    return Text("{value} {unit}", value=value, unit=unit) if unit else Text("{value}", value=value)


def _digits(finding: PairedFinding, value: float) -> str:
    return f"{value:.{3 if finding.measure.key in ('ssim', 'shift') else 2}f}"
