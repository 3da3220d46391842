"""What kind of object a name speaks of."""

from collections import Counter

import pytest

from astroview.core.sky import object_kinds
from astroview.core.sky.object_kinds import KINDS, kind_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Horsehead Nebula", "emission nebula"),
        ("B 33", "emission nebula"),
        ("IC 434", "emission nebula"),
        ("m42", "emission nebula"),
        ("PLEIADES", "reflection nebula"),
        ("M045", "reflection nebula"),
        ("NGC1435 Merope", "reflection nebula"),
        ("Messier 57", "planetary nebula"),
        ("NGC_7293", "planetary nebula"),
        ("CRAB", "supernova remnant"),
        ("M 13", "globular cluster"),
        ("omega Cen", "globular cluster"),
        ("M51", "spiral galaxy"),
        ("NGC-1365", "spiral galaxy"),
        ("M 87", "elliptical galaxy"),
    ],
)
def test_names_as_headers_spell_them(name: str, kind: str) -> None:
    assert kind_of(name) == kind
    assert kind_of(name.upper()) == kind


@pytest.mark.parametrize(
    "name", ["", "COSMOS", "GOODS-S", "Abell 2744", "M 40", "NGC 99999", "J0100"]
)
def test_names_that_say_nothing_of_their_colour(name: str) -> None:
    assert kind_of(name) is None


def test_the_table_is_whole_and_each_object_is_of_one_kind() -> None:
    for table in (object_kinds.MESSIER, object_kinds.NGC, object_kinds.IC):
        assert set(table) == set(KINDS)
        count: Counter[int] = Counter()
        for text in table.values():
            for part in text.split():
                first, _, last = part.partition("-")
                count.update(range(int(first), int(last or first) + 1))
        assert not [number for number, times in count.items() if times > 1]
    known = [number for number in range(1, 111) if kind_of(f"M{number}")]
    assert set(range(1, 111)) - set(known) == {40, 73}  # two stars, four stars
