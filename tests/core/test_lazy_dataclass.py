"""A frozen dataclass that compiles its ``__init__`` later behaves as the standard one."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import itertools
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field
from operator import attrgetter
from typing import Any, ClassVar

from astroview.core import lazy_dataclass
from astroview.core.frame import Window

BAD = (0, 2)  # of those some uses fail


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


def sound(kinds: tuple[type[Any], ...]) -> Iterator[tuple[type[Any], Any, Any]]:
    """A class each, and what an object of it is made of."""
    yield from ((kinds[which], values, named) for which, values, named in USES if which not in BAD)
    yield kinds[0], (1.0,), {}
    yield kinds[2], (), {"b": 2}


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


def compiled(kind: type[Any]) -> bool:
    return kind.__init__.__code__.co_filename == "<string>"


def test_what_is_compiled_is_what_has_many_objects() -> None:
    kinds = made(lazy_dataclass.dataclass)
    few = [kind(*values, **named) for kind, values, named in sound(kinds)]
    assert not any(compiled(kind) for kind in kinds)
    many = [
        [kind(*values, **named) for kind, values, named in sound(kinds)]
        for _ in range(lazy_dataclass.MANY)
    ]
    assert all(compiled(kind) for kind in kinds)
    assert repr(few) == repr(many[0]) == repr(many[-1])


def test_an_object_without_init_and_the_class_itself_know_their_fields() -> None:
    """A class may first be used by what was pickled, by a `match` or by its fields."""
    one, *_ = made(lazy_dataclass.dataclass)
    bare: Any = object.__new__(one)
    bare.__dict__.update(x=1.0, y=2.0, names=["a"], note="")
    assert bare == bare.__class__(1.0, 2.0, ["a"])
    assert repr(made(lazy_dataclass.dataclass)[2](b=2)).endswith("Named(a=1, b=2)")
    uses: tuple[Callable[[Any], object], ...] = (
        *(dataclasses.fields, dataclasses.is_dataclass),
        attrgetter("__match_args__"),
    )
    for use in uses:
        ours, standard = made(lazy_dataclass.dataclass)[1], made(dataclasses.dataclass)[1]
        assert str(use(ours)) == str(use(standard))
    unused = made(lazy_dataclass.dataclass)[0]
    assert (unused.y, unused.note, hasattr(unused, "names")) == (2.0, "", False)


def test_what_cannot_be_fails_when_the_class_is_made() -> None:
    def unhashable(decorate: Any) -> object:
        return decorate(frozen=True)(type("A", (), {"__annotations__": {"a": "list"}, "a": []}))

    def of_open(decorate: Any) -> object:
        opened = dataclasses.dataclass(type("B", (), {"__annotations__": {"b": "int"}}))
        return decorate(frozen=True)(type("C", (opened,), {}))

    for wrong in (unhashable, of_open):
        ours = told(lambda w=wrong: w(lazy_dataclass.dataclass))
        assert ours == told(lambda w=wrong: w(dataclasses.dataclass))
        assert "Error" in ours


def test_threads_may_be_the_first_at_once() -> None:
    for kind in made(lazy_dataclass.dataclass)[:2] * 10:
        with ThreadPoolExecutor(4) as pool:
            found = {repr(one) for one in pool.map(kind, [1.0] * 4)}
        assert len(found) == 1


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
