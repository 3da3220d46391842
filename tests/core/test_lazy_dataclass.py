"""A frozen dataclass that compiles its ``__init__`` later behaves as the standard one."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import itertools
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import field
from typing import Any, ClassVar

from astroview.core import lazy_dataclass
from astroview.core.frame import Window


def made(decorate: Any) -> tuple[type[Any], ...]:
    """The same classes by one decorator or the other."""

    @decorate(frozen=True)
    class Point:
        """Somewhere."""

        known: ClassVar[int] = 0
        x: float
        y: float = 2.0
        names: list[str] = field(default_factory=list, hash=False)
        note: str = field(default="", compare=False, repr=False)

        def __post_init__(self) -> None:
            if self.x < 0:
                raise ValueError("it is negative")

    @decorate(frozen=True)
    class Deep(Point):
        z: float = 3.0

    @decorate(frozen=True, kw_only=True)
    class Named:
        a: int = 1
        b: int

    @decorate(frozen=True, eq=False)
    class Same:
        only: object

    @decorate(frozen=True)
    class One:
        only: object

        def __repr__(self) -> str:
            return "one"

    @decorate(frozen=True)
    class Alike:  # noqa: PLW1641 - the decorator gives it one
        only: str

        def __eq__(self, other: object) -> bool:
            return str(other).lower() == str(self).lower()

    @decorate(frozen=True)
    class Nothing:
        pass

    class Heir(Point):
        pass

    return Point, Deep, Named, Same, One, Alike, Nothing, Heir


OURS, STANDARD = made(lazy_dataclass.dataclass), made(dataclasses.dataclass)
USES: tuple[tuple[int, tuple[Any, ...], dict[str, Any]], ...] = (
    (0, (1.0,), {}),
    (0, (1.0, 5.0), {"names": ["a"], "note": "b"}),
    (0, (-1.0,), {}),
    (0, (), {}),
    (0, (1.0, 2.0, [], "", 1), {}),
    (1, (1.0,), {"z": 4.0}),
    (2, (), {"b": 2}),
    (2, (1,), {}),
    (3, ("a",), {}),
    (4, (float("nan"),), {}),
    (5, ("A",), {}),
    (6, (), {}),
    (7, (1.0,), {}),
)


def told(work: Callable[[], object]) -> str:
    """What it gives or how it fails, in words that are the same for both classes."""
    try:
        return repr(work())
    except Exception as error:  # noqa: BLE001 - the kind of it is what is compared
        return f"{type(error).__name__}: {error}"


def behaviour(kinds: tuple[type[Any], ...]) -> list[str]:
    found = [str(inspect.signature(kind)) for kind in kinds]
    found += [f"{kind.__match_args__} {(kind.__doc__ or '').partition('(')[0]}" for kind in kinds]
    for which, values, named in USES:
        kind = kinds[which]
        found.append(told(lambda kind=kind, v=values, n=named: kind(*v, **n)))
        if "Error" in found[-1]:
            continue
        one, other = kind(*values, **named), kind(*values, **named)
        same = (
            one == other,
            one != other,
            one == 1,
            one == copy.copy(one),
            hash(one) == hash(other),
        )
        found += [repr(copy.deepcopy(one)), str(same), str(dataclasses.is_dataclass(one))]
        first = next((f.name for f in dataclasses.fields(one)), "nothing")
        found += [
            told(lambda one=one: dataclasses.asdict(one)),
            told(lambda one=one, first=first: dataclasses.replace(one, **{first: 7})),
            told(lambda one=one, first=first: setattr(one, first, 1)),
            told(lambda one=one, first=first: delattr(one, first)),
            told(lambda one=one: setattr(one, "new", 1)),
        ]
    return found


def test_it_behaves_as_the_standard_one() -> None:
    assert behaviour(OURS) == behaviour(STANDARD)


def test_objects_travel_to_a_process_that_made_none() -> None:
    kept = Window(1, 2, 3, 4)
    script = f"import pickle; kept = pickle.loads({pickle.dumps(kept)!r}); print([kept, {{kept}}])"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str([kept, {kept}])


def test_an_import_compiles_nothing() -> None:
    kinds = made(lazy_dataclass.dataclass)
    assert all("later_init" in kind.__init__.__code__.co_qualname for kind in kinds)
    kinds[0](1.0)
    assert "later_init" not in kinds[0].__init__.__code__.co_qualname


def test_classes_of_both_kinds_inherit_from_each_other() -> None:
    both: tuple[Any, ...] = lazy_dataclass.dataclass, dataclasses.dataclass
    for first, second in itertools.permutations(both):

        @first(frozen=True)
        class Base:
            x: int

        @second(frozen=True)
        class Heir(Base):
            y: int = 2

        heir: Any = Heir
        assert heir(1) == heir(1, 2) != heir(2)
        assert dataclasses.asdict(heir(3)) == {"x": 3, "y": 2}


def test_what_is_not_frozen_is_left_to_the_standard_one() -> None:
    @lazy_dataclass.dataclass(slots=True)
    class Open:
        x: int = 1

    thing = Open()
    thing.x = 2
    assert not hasattr(thing, "__dict__")
