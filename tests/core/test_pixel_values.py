"""Which units count per pixel, and what a file of each is to hold."""

from __future__ import annotations

import pytest
from astropy import units
from hypothesis import given, settings
from hypothesis import strategies as st

from astroview.core.pixel_values import holding, nature, scale_in

PER_PIXEL = """electron|electrons|ELECTRONS|ELECTRONS/S|electron/s|e-|e-/s|e/s|adu|ADU|ADU/s|DN|DN/s
DN/SEC|count|counts|COUNTS/S|ct|cts/s|counts/sec|cps|nanomaggy|nanomaggies|maggy|nmgy|Jy|JY|mJy|nJy
uJy|Jy/pixel|Jy/pix|JY/PIXEL|photon|photons|ph/s|photon / s|erg/s/cm2/Angstrom|erg/s/cm2/A|W/m2
erg/cm2/s|ergs/s/cm^2/A|10^-20 erg/s/cm2/A|1e-20 erg s-1 cm-2 Angstrom-1|solLum|electron/pix
counts/pixel|count s-1 pix-1|e-/pixel|e-/s/pix|Jy pixel-1|K/pix|1e-6 Jy/pix|W m-2 Hz-1
electrons per second|DN s-1|10^-17 erg/cm^2/s/Ang|1.0E-9 maggies|photon s-1 cm-2 Angstrom-1"""
INTENSIVE = """MJy/sr|MJY/SR|Jy/beam|JY/BEAM|mJy/beam|K|mK|K km/s|K.km/s|Kelvin|mag/arcsec2
mag/arcsec^2|W m-2 sr-1|erg/s/cm2/arcsec2|electron/s/arcsec2|nmgy/arcsec2|solLum/pc2|Lsun/pc2
km/s|s|deg|rayleigh
T|Gauss|counts/s/arcsec2|Jy/arcsec2|ct/s/deg2|MJy/ster|erg/s/cm^2/A/arcsec^2|mag/sq arcsec
Jy km/s/beam|mag(AB/arcsec2)|10^-20 erg/s/cm2/A/arcsec2"""
UNKNOWN = "|flux|arbitrary|xyz/s|mag|%|1|adu2|electron^2|UNCALIBRATED|mag(AB)|1/s|none|V|foo bar"


def split(text: str) -> list[str]:
    return text.replace("\n", "|").split("|")


@pytest.mark.parametrize("unit", split(PER_PIXEL))
def test_what_counts_per_pixel(unit: str) -> None:
    assert nature(unit) == "per pixel"


@pytest.mark.parametrize("unit", split(INTENSIVE))
def test_what_is_the_same_in_any_part_of_a_pixel(unit: str) -> None:
    assert nature(unit) == "intensive"


@pytest.mark.parametrize("unit", split(UNKNOWN))
def test_what_nobody_can_tell(unit: str) -> None:
    assert nature(unit) == "unknown"


COUNTS = ["adu", "electron", "ct", "ph", "DN", "nmgy", "mJy", "erg / (s cm2 Angstrom)", "W"]
AREAS = ["sr", "arcsec2", "deg2", "beam"]


@settings(deadline=None)
@given(st.sampled_from(COUNTS), st.sampled_from(AREAS), st.floats(1e-30, 1e30))
def test_per_area_is_intensive_and_per_pixel_is_not(count: str, area: str, factor: float) -> None:
    unit = units.Unit(count)
    assert nature((factor * unit).to_string()) == "per pixel"
    assert nature((unit / units.pix).to_string()) == "per pixel"
    assert nature((unit / units.Unit(area)).to_string()) == "intensive"
    assert nature((unit / units.s / units.Unit(area)).to_string()) == "intensive"


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_text_is_an_error(text: str) -> None:
    assert nature(text) in ("per pixel", "intensive", "unknown")


def test_what_a_file_is_to_hold() -> None:
    sums = holding("electron", 4)
    assert (sums.kept, sums.scale, sums.divisor) == ("sum", 4, 16)
    means = holding("MJy/sr", 2)
    assert (means.kept, means.divisor) == ("mean", 1)
    lost = holding("what", 2)
    assert lost.kept == "mean"
    assert "not said" in lost.why[0]
    assert "by 4" in lost.why[1]
    assert holding("electron", 2, "mean").divisor == 1
    assert "by 4" in holding("electron", 2, "mean").why[1]
    assert holding("MJy/sr", 2, "sum").divisor == 4
    assert holding("electron", 2, "auto", told="mean").kept == "mean"  # as an earlier file
    assert holding("electron", 1) == holding("electron", 1, "sum")
    assert holding("electron", 1).cards() == []


@settings(deadline=None)
@given(st.text(max_size=80), st.integers(2, 8), st.sampled_from(["auto", "sum", "mean"]))
def test_lines_fit_a_card(unit: str, scale: int, wanted: str) -> None:
    assert all(len(line) <= 72 for line in holding(unit, scale, wanted).why)  # type: ignore[arg-type]


def test_magnifications_of_a_history_multiply() -> None:
    line = "super-resolution: model a, sha256 {}, scale {}"
    wrapped = (line.format("0" * 64, 2)[:72], line.format("0" * 64, 2)[72:])
    assert scale_in([line.format("ab", 2), "x", line.format("cd", 4)]) == 8
    assert scale_in(wrapped) == 2
    assert scale_in([]) == 1
