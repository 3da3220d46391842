"""Numbers are written as the language does and read as people type them; names stay as they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from astroview.ui.i18n import numbers, translate
from astroview.ui.i18n.translate import local, tr
from astroview.ui.widgets.controls import NumberEdit
from astroview.ui.widgets.decimal_box import DecimalBox

FORMS = (".5g", ",.2f", "+.3f", ".10g", ",", ".1f", ".3e")
finite = st.floats(-1e12, 1e12, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-12)
kept = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    translate.install(qapp, "de")
    yield
    translate.install(QCoreApplication.instance(), "en")  # type: ignore[arg-type]


@pytest.mark.usefixtures("german")
@kept
@given(finite, st.sampled_from(FORMS))
def test_what_is_shown_has_a_comma_and_is_read_back(number: float, form: str) -> None:
    written = f"{number:{form}}"
    shown = local(written)
    assert "." not in shown
    assert numbers.parsed(shown) == float(written.replace(",", ""))


@kept
@given(finite, st.sampled_from(FORMS))
def test_in_english_nothing_changes(qapp: QApplication, number: float, form: str) -> None:
    translate.install(qapp, "en")
    assert local(f"{number:{form}}") == f"{number:{form}}"


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    "name",
    ["2.5.fits", "m31-2.5.fits", "0.1.3", "v2.5", "127.0.0.1:80", "2024-03-20T21:00:00.5", "http://a.b/2.5",
     "/data/2.5/x.fits", "ngc_1.5"],
)  # fmt: skip
def test_names_versions_and_dates_stay(name: str) -> None:
    assert local(name) == name
    assert name in tr("Saved {name}.", name=name)


@pytest.mark.usefixtures("german")
def test_numbers_among_words() -> None:
    assert local("103.04 e-/s  RA 14 03 12.55") == "103,04 e-/s  RA 14 03 12,55"
    assert local("35.50, 90.50") == "35,50; 90,50"
    assert tr("{low:g} and {high:g} are no percentiles.", low=0.5, high=1e3).startswith("0,5 und")
    assert tr("rms {rms} σ", rms="2.5") == "rms 2,5 σ"  # formatted by who told it


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("typed", ["2.5", "2,5"])
def test_fields_take_both_marks(typed: str, qtbot) -> None:
    edit, box = NumberEdit("Radius"), DecimalBox()
    for field in (edit, box):
        qtbot.addWidget(field)
        field.selectAll()
        QTest.keyClicks(field, typed)
    edit.editingFinished.emit()
    edit.set_number(edit.number)  # as when the keyboard leaves it
    assert edit.number == 2.5
    assert edit.text() == "2,5"
    assert box.value() == 2.5


@pytest.mark.usefixtures("german")
def test_several_numbers() -> None:
    assert numbers.listed("0,5 99.5") == [0.5, 99.5]
    assert numbers.listed("1,5; 2") == [1.5, 2]
    assert numbers.listed("1 two") is None


def test_one_of_something_is_one_in_english(qapp: QApplication) -> None:
    translate.install(qapp, "en")
    assert translate.tr_counted("{count} frame", "{count:,} frames", 1) == "1 frame"
    assert translate.tr_counted("{count} frame", "{count:,} frames", 1200) == "1,200 frames"
