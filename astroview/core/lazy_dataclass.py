"""`dataclass` as in the standard library, where a frozen class costs a tenth at import.

The standard one compiles six functions for each class, half a millisecond; a window has two hundred
such classes before its first picture. Here five of them are closures, and ``__init__`` is compiled
(by the standard one) when the first object is made. For type checkers it is the standard one.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, **how):
        """As `dataclasses.dataclass`; all but frozen ones are left to it."""

        def wrap(kind):
            if how.get("frozen") and how.keys() <= {"frozen", "eq", "kw_only"}:
                return _frozen(kind, how.get("eq", True), how.get("kw_only", False))
            return dataclasses.dataclass(**how)(kind)

        return wrap if cls is None else wrap(cls)


def _frozen(kind: type, eq: bool, kw_only: bool) -> type:
    own = set(vars(kind))
    hashes = "__hash__" in own and not (kind.__hash__ is None and "__eq__" in own)
    undocumented = not kind.__doc__
    if undocumented:  # else the standard one writes the signature of an `__init__` to come
        kind.__doc__ = kind.__name__
    heir = any(dataclasses.is_dataclass(base) for base in kind.__mro__[1:])
    plain: Any = dataclasses.dataclass(
        init=False, repr=False, eq=False, frozen=heir, kw_only=kw_only
    )(kind)
    plain.__dataclass_params__.frozen = True  # for classes that inherit
    fields = dataclasses.fields(plain)
    names = tuple(f.name for f in fields)
    if undocumented:
        kind.__doc__ = f"{kind.__name__}({', '.join(names)})"
    compared = _values(tuple(f.name for f in fields if f.compare))
    methods = {
        "__init__": None if "__init__" in own else _later_init(kind),
        "__repr__": _repr(tuple(f.name for f in fields if f.repr)),
        "__setattr__": _refuse("assign to", kind, names),
        "__delattr__": _refuse("delete", kind, names),
        "__eq__": _eq(compared) if eq else None,
    }
    if eq and not hashes:
        hashed = (f.name for f in fields if (f.compare if f.hash is None else f.hash))
        plain.__hash__ = _hash(_values(tuple(hashed)))
    for name, method in methods.items():
        if method and name not in own:
            method.__name__, method.__qualname__ = name, f"{kind.__qualname__}.{name}"
            setattr(kind, name, method)
    if "__signature__" not in own and "__init__" not in own:
        kind.__signature__ = _Signature(kind)  # type: ignore[attr-defined]
    return kind


def _later_init(kind: type) -> Callable[..., None]:
    """An ``__init__`` that puts the compiled one in its place."""

    def __init__(self: Any, *values: Any, **named: Any) -> None:  # noqa: N807
        _compile_init(kind)(self, *values, **named)

    return __init__


def _compile_init(kind: Any) -> Callable[..., None]:
    """The standard ``__init__``, made on a class that has the fields and nothing else. Two threads
    may both do it: what they make is the same.
    """
    fields = kind.__dataclass_fields__  # read once more, they say the same
    body = {"__annotations__": {name: field.type for name, field in fields.items()}, **fields}
    body |= {"__module__": kind.__module__, "__qualname__": kind.__qualname__}
    body["__doc__"] = kind.__doc__  # else one is made, of the signature
    if hasattr(kind, "__post_init__"):
        body["__post_init__"] = kind.__post_init__
    twin: Any = type(kind.__name__, (), body)
    twin = dataclasses.dataclass(frozen=True, repr=False, eq=False, match_args=False)(twin)
    kind.__init__ = twin.__init__
    return kind.__init__


class _Signature:
    """``__signature__`` of a class whose ``__init__`` was not compiled yet, for help and docs."""

    def __init__(self, kind: type) -> None:
        self._kind = kind

    def __get__(self, _: object, asked: type) -> object:
        if asked is self._kind:
            _compile_init(asked)
        raise AttributeError("__signature__")  # it is that of `__init__`


def _values(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Those attributes of an object, always as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)


def _repr(names: tuple[str, ...]) -> Callable[[Any], str]:
    @recursive_repr()
    def __repr__(self: Any) -> str:  # noqa: N807
        parts = (f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({', '.join(parts)})"

    return __repr__


def _eq(values: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any, object], bool]:
    def __eq__(self: Any, other: object) -> bool:  # noqa: N807
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    return __eq__


def _hash(values: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any], int]:
    return lambda self: hash(values(self))


def _refuse(what: str, kind: type, names: tuple[str, ...]) -> Callable[..., None]:
    def refuse(self: Any, name: str, *value: Any) -> None:
        if type(self) is kind or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot {what} field {name!r}")
        getattr(super(kind, self), refuse.__name__)(name, *value)

    return refuse
