from __future__ import annotations

import logging
import threading
import warnings

import pytest

from astroview.core.library_warnings import collected_warnings


def test_warnings_are_collected_once_each(capfd: pytest.CaptureFixture[str]) -> None:
    with collected_warnings() as notes:
        for words in ("odd\n card", "odd card", "another"):
            warnings.warn(words, UserWarning, stacklevel=1)
        logging.getLogger("astropy").warning("chatter")
    assert notes == ["odd card", "another"]
    assert capfd.readouterr() == ("", "")


def test_errors_pass_and_filters_are_restored() -> None:
    before = list(warnings.filters)
    with pytest.raises(KeyError), collected_warnings():
        raise KeyError("x")
    assert list(warnings.filters) == before


def test_threads_take_turns() -> None:
    before = list(warnings.filters)

    def work() -> None:
        for _ in range(50):
            with collected_warnings():
                warnings.warn("odd", UserWarning, stacklevel=1)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(warnings.filters) == before
