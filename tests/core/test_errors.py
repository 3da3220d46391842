from __future__ import annotations

import pickle

from astroview.core.errors import AstroviewError, Cancelled, UnreadableFrame


def test_an_error_has_words_for_the_user() -> None:
    problem = UnreadableFrame("m31.fits is empty", hint="Download it again.")
    assert str(problem) == "m31.fits is empty"
    assert problem.hint == "Download it again."
    assert isinstance(problem, AstroviewError)


def test_an_error_survives_pickling() -> None:
    again = pickle.loads(pickle.dumps(UnreadableFrame("what", "hint")))  # noqa: S301
    assert (again.message, again.hint) == ("what", "hint")


def test_cancelled_is_no_error() -> None:
    assert not issubclass(Cancelled, AstroviewError)
