"""Headers that lie: every one is opened, or refused in words, and always at once."""

from __future__ import annotations

import signal
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import numpy as np
import pytest
from astropy.io import fits
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from astroview.core.errors import UnreadableFrame
from astroview.core.io.fits.fast_fits import glimpse
from astroview.core.io.fits.fits_structure import BLOCK
from astroview.core.io.open_file import check_all_there, describe, list_hdus, open_frame

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Cards = list[tuple[str, str]]
STUCK_S = 60  # only so that a reader without end fails its test instead of holding it up

HUGE = ("-1", "-2880", "0", "1", "2", "3", "7", "64", "65", "999", "1000000000", str(2**31),
        str(2**63), "9" * 30, "1.5", "1E9", "NaN", "T", "'8'", "''", "", "-", "0x10")  # fmt: skip
STRUCTURE = ("BITPIX", "NAXIS", "NAXIS1", "NAXIS2", "NAXIS3", "PCOUNT", "GCOUNT", "GROUPS",
             "TFIELDS", "TFORM1", "THEAP", "ZIMAGE", "ZBITPIX", "ZNAXIS", "ZNAXIS1", "ZNAXIS2",
             "ZTILE1", "ZTILE2", "ZCMPTYPE", "BSCALE", "BZERO", "BLANK", "EXTNAME", "NEXTEND",
             "EXTEND", "WCSAXES", "CTYPE1", "CRPIX1", "A_ORDER", "B_ORDER", "CTYPE2", "CPDIS1",
             "D2IMDIS1", "NAXIS65", "PC1_1", "PV1_1", "CRVAL30000", "COLORSPC", "RENDERED",
             "PIXTYPE")  # fmt: skip
BEGINNINGS = ("SIMPLE  =                    T", "XTENSION= 'IMAGE   '", "XTENSION= 'BINTABLE'",
              "XTENSION= 'TABLE   '", "XTENSION= 'A3DTABLE'", "SIMPLE  =                    F",
              "XTENSION= 7")  # fmt: skip
SOUND: Cards = [("BITPIX", "8"), ("NAXIS", "2"), ("NAXIS1", "10"), ("NAXIS2", "10")]

SIP: Cards = [("CTYPE1", "'RA---TAN-SIP'"), ("CTYPE2", "'DEC--TAN-SIP'")]

values = st.sampled_from(HUGE) | st.integers(-(2**70), 2**70).map(str)
cards = st.lists(st.tuples(st.sampled_from(STRUCTURE), values), max_size=12)
hdus = st.tuples(st.sampled_from(BEGINNINGS), st.booleans(), cards, st.integers(0, 4000))


def header(beginning: str, given: Cards) -> bytes:
    lines = [beginning, *(f"{key:<8}= {value:>20}" for key, value in given), "END"]
    text = b"".join(line.encode().ljust(80)[:80] for line in lines)
    return text.ljust(-(-len(text) // BLOCK) * BLOCK)


@contextmanager
def an_end() -> Iterator[None]:
    """Fail, rather than hang, when what is inside never ends."""

    def stuck(*_: object) -> None:
        raise AssertionError("a reader does not end")

    before = signal.signal(signal.SIGALRM, stuck)
    signal.alarm(STUCK_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def try_all(path: Path) -> None:
    """Every way of opening: each ends, in a frame or in words."""
    with an_end():
        for reader in (list_hdus, open_frame, describe, check_all_there):
            with suppress(UnreadableFrame):
                reader(path)
        glimpse(path)


@given(st.lists(hdus, min_size=1, max_size=4))
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example([(BEGINNINGS[0], False, [*SOUND[:3], ("NAXIS2", "-1")], 0)])
@example([(BEGINNINGS[0], False, [("BITPIX", "8"), ("NAXIS", "1000000000")], 0)])
@example([(BEGINNINGS[0], True, [("WCSAXES", "30000"), ("CTYPE1", "'RA---TAN'")], 100)])
@example(
    [
        (
            BEGINNINGS[0],
            True,
            [*SIP, ("A_ORDER", "100000"), ("B_ORDER", "100000")],
            100,
        )
    ]
)
@example([(BEGINNINGS[0], True, [("CTYPE1", "T"), ("CTYPE2", "T"), ("PV1_1", "1.5")], 100)])
def test_any_header_is_opened_or_refused(
    tmp_path: Path, made: list[tuple[str, bool, Cards, int]]
) -> None:
    path = tmp_path / "a.fits"
    parts = [header(b, (SOUND if s else []) + c) + bytes(n) for b, s, c, n in made]
    path.write_bytes(b"SIMPLE  = " + b"".join(parts)[10:])
    try_all(path)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([*SOUND[:3], ("NAXIS2", "-1")], "NAXIS2 = -1"),
        ([("BITPIX", "8"), ("NAXIS", "1000000000")], "NAXIS = 1000000000"),
        ([("BITPIX", "8"), ("NAXIS", "-1")], "NAXIS = -1"),
        ([("BITPIX", "7"), *SOUND[1:]], "BITPIX = 7"),
        ([*SOUND, ("PCOUNT", "-3000")], "PCOUNT = -3000"),
        ([*SOUND, ("GCOUNT", "-1")], "GCOUNT = -1"),
        ([*SOUND, ("NAXIS2", "11")], "NAXIS2 twice"),
        ([("BITPIX", "8"), ("NAXIS", "2"), ("NAXIS1", "10")], "how long axis 2 is"),
        ([*SOUND[:3], ("NAXIS2", "'10'")], "no whole number"),
        ([*SOUND[:2], ("NAXIS1", "9" * 18), ("NAXIS2", "9" * 18)], r"1e\+36 bytes"),
    ],
)
def test_sizes_that_cannot_be_are_named(tmp_path: Path, given: Cards, words: str) -> None:
    path = tmp_path / "a.fits"
    path.write_bytes(header(BEGINNINGS[0], given) + bytes(BLOCK))
    with an_end(), pytest.raises(UnreadableFrame, match=words):
        open_frame(path)
    with an_end(), pytest.raises(UnreadableFrame, match=words):
        list_hdus(path)


def test_a_card_of_structure_without_its_sign_has_no_value(tmp_path: Path) -> None:
    """Such as TFIELDS with garbage behind it, which a library hands on as the value."""
    path = tmp_path / "a.fits"
    sound = header(BEGINNINGS[0], [*SOUND, ("PCOUNT", "0")]) + bytes(BLOCK)
    for garbage in (b"\xff\xff", b"  ", b"'a"):
        path.write_bytes(sound.replace(b"PCOUNT  =", b"PCOUNT  " + garbage[:1], 1))
        with an_end(), pytest.raises(UnreadableFrame, match="gives PCOUNT no value"):
            open_frame(path)


def test_a_picture_before_a_broken_hdu_opens(tmp_path: Path) -> None:
    path = tmp_path / "a.fits"
    sound = header(BEGINNINGS[0], SOUND) + bytes(BLOCK)
    path.write_bytes(sound + header(BEGINNINGS[1], [*SOUND[:3], ("NAXIS2", "-1")]))
    assert open_frame(path).shape == (10, 10)
    with an_end(), pytest.raises(UnreadableFrame, match="HDU 1 says NAXIS2 = -1"):
        list_hdus(path)


def test_a_header_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.fits"
    path.write_bytes(header(BEGINNINGS[0], SOUND).replace(b"END", b"DNE") + b" " * (17 * 2**20))
    with an_end(), pytest.raises(UnreadableFrame, match="no end"):
        open_frame(path)


@pytest.mark.parametrize("kind", ["packed", "cube", "events"])
def test_any_card_may_be_missing_or_nonsense(tmp_path: Path, kind: str) -> None:
    """Of the HDU that is opened: the file opens, or is refused by what its header says."""
    path, made = tmp_path / "a.fits", tmp_path / "b.fits"
    whole = np.arange(3 * 24 * 30, dtype=np.int16).reshape(3, 24, 30)
    data = {
        "packed": lambda: fits.CompImageHDU(whole[0], compression_type="RICE_1"),
        "cube": lambda: fits.ImageHDU(whole),
        "events": lambda: fits.BinTableHDU.from_columns(
            [fits.Column(n, "J", array=np.arange(9)) for n in ("X", "Y")],
            fits.Header(
                {
                    "TCTYP1": "RA---TAN",
                    "TCTYP2": "DEC--TAN",
                    "TLMIN1": 0,
                    "TLMAX1": 9,
                    "TLMIN2": 0,
                    "TLMAX2": 9,
                    "TCRPX1": 4,
                    "TCRPX2": 4,
                    "TCRVL1": 10.0,
                    "TCRVL2": 2.0,
                    "TCDLT1": -1e-3,
                    "TCDLT2": 1e-3,
                }
            ),
            name="EVENTS",
        ),
    }[kind]()
    fits.HDUList([fits.PrimaryHDU(), data]).writeto(path)
    content = path.read_bytes()
    start = content.index(b"XTENSION")
    end = content.index(b"END     ", start)
    for at in range(start, end, 80):
        card = content[at : at + 80]
        for instead in (b"COMMENT gone".ljust(80), card[:10] + b"'?'".ljust(70),
                        card[:10] + b"1E99".ljust(70), card[:8] + b"x".ljust(72)):  # fmt: skip
            made.write_bytes(content[:at] + instead + content[at + 80 :])
            assert "not foreseen" not in refusal(made), (card, instead)


def refusal(path: Path) -> str:
    """Why a file does not open; "" when it does."""
    try:
        with an_end():
            open_frame(path).read()
    except UnreadableFrame as refused:
        return f"{refused.message} {refused.hint}"
    return ""


@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize("axes", ["0", "1", "2"])
def test_only_a_table_has_tiles(tmp_path: Path, beginning: str, axes: str) -> None:
    """Whatever HDU bears the cards of a packed image: here with fewer axes than a table's."""
    cards = [("BITPIX", "8"), ("NAXIS", axes), ("NAXIS1", "8"), ("NAXIS2", "10"), ("PCOUNT", "0"),
             ("GCOUNT", "1"), ("TFIELDS", "1"), ("TFORM1", "'1PB(73)'"), ("ZIMAGE", "T"),
             ("ZBITPIX", "16"), ("ZNAXIS", "2"), ("ZNAXIS1", "10"), ("ZNAXIS2", "10"),
             ("ZCMPTYPE", "'RICE_1'")]  # fmt: skip
    known = [card for card in cards if card[0] not in ("NAXIS1", "NAXIS2")[int(axes) :]]
    path = tmp_path / "a.fits"
    first = header(BEGINNINGS[0], [("BITPIX", "8"), ("NAXIS", "0")])
    path.write_bytes(first + header(beginning, known) + bytes(BLOCK))
    assert "not foreseen" not in refusal(path)
    path.write_bytes(header(BEGINNINGS[0], known) + bytes(BLOCK))
    assert "not foreseen" not in refusal(path)
