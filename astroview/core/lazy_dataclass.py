"""`dataclass` as in the standard library, where a frozen class costs hardly anything at import.

The standard one looks at each field and compiles six functions for each class, half a millisecond;
a window has two hundred such classes before its first picture, and makes objects of sixty. Here a
class is looked at when it is first used, its methods are closures, and an ``__init__`` is compiled
(by the standard one) where objects are many. For type checkers it is the standard one.
"""

from __future__ import annotations

import dataclasses
import inspect
from operator import attrgetter
from reprlib import recursive_repr
from threading import RLock
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

MANY = 100  # objects: what compiling takes longer, and what they are made sooner by it
_describing = RLock()  # two threads may be the first to use a class

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
    makers: dict[str, Any] = {"__init__": _init, "__repr__": _repr, "__eq__": _eq if eq else None}
    makers |= {"__setattr__": _refuse, "__delattr__": _refuse}
    wanted = {name: make for name, make in makers.items() if make and name not in own}
    if eq and not hashes:
        wanted["__hash__"] = _hash
    description = _Description(kind, kw_only, wanted)
    for name in wanted:
        setattr(kind, name, description.first_use(name))
    for name in {"__dataclass_fields__", "__dataclass_params__", "__match_args__"} - own:
        setattr(kind, name, _Described(description, name))
    if "__signature__" not in own and "__init__" not in own:
        kind.__signature__ = _Signature(kind)  # type: ignore[attr-defined]
    description.refuse_what_cannot_be(own)
    return kind


class _Description:
    """What a class has as a dataclass, from when it is first used on."""

    def __init__(self, kind: type, kw_only: bool, methods: dict[str, Any]) -> None:
        self.kind, self._kw_only, self._methods = kind, kw_only, methods
        self._undocumented = not kind.__doc__
        kind.__doc__ = kind.__doc__ or kind.__name__  # else the standard one writes a signature
        self._given = {k: v for k, v in vars(kind).items() if isinstance(v, dataclasses.Field)}
        for name, field in self._given.items():  # the class has the defaults alone
            if field.default is dataclasses.MISSING:
                delattr(kind, name)
            else:
                setattr(kind, name, field.default)

    def refuse_what_cannot_be(self, own: set[str]) -> None:
        """Fail where the standard one does, when the class is made."""
        for base in self.kind.__mro__[1:]:
            params = vars(base).get("__dataclass_params__")
            if params and not isinstance(params, _Described) and not params.frozen:
                raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
        values = (getattr(self.kind, name, None) for name in own if not name.startswith("__"))
        if any(type(value).__hash__ is None for value in values):
            self.complete()

    def first_use(self, name: str) -> Callable[..., Any]:
        """A method that puts the real ones in their places and calls its own."""

        def use(self_: Any, /, *values: Any, **named: Any) -> Any:
            self.complete()
            return vars(self.kind)[name](self_, *values, **named)

        return use

    def complete(self) -> None:
        """Look at the fields, and make the methods. Twice does no harm."""
        kind: Any = self.kind
        with _describing:
            twin = self._twin()
            fields: dict[str, Any] = {}
            for base in kind.__mro__[:0:-1]:
                fields |= getattr(base, "__dataclass_fields__", {})
            kind.__dataclass_params__ = twin.__dataclass_params__
            kind.__dataclass_params__.frozen = True  # for classes that inherit
            kind.__dataclass_fields__ = fields | twin.__dataclass_fields__
            known = dataclasses.fields(kind)
            if isinstance(vars(kind).get("__match_args__"), _Described):
                kind.__match_args__ = _positional(known)
            if self._undocumented:
                kind.__doc__ = f"{kind.__name__}({', '.join(f.name for f in known)})"
            for name, make in self._methods.items():
                method = make(kind, known)
                method.__name__, method.__qualname__ = name, f"{kind.__qualname__}.{name}"
                setattr(kind, name, method)

    def _twin(self) -> Any:
        """A class with these fields and nothing else, by the standard decorator."""
        kind = self.kind
        hints = inspect.get_annotations(kind)
        body = {name: getattr(kind, name) for name in hints if hasattr(kind, name)} | self._given
        body |= {"__annotations__": hints, "__module__": kind.__module__, "__doc__": kind.__doc__}
        decorate = dataclasses.dataclass(
            init=False, repr=False, eq=False, match_args=False, kw_only=self._kw_only
        )
        return decorate(type(kind.__name__, (), body))


class _Described:
    """An attribute of a class that is there when the class was looked at."""

    def __init__(self, description: _Description, name: str) -> None:
        self._description, self._name = description, name

    def __get__(self, _: object, asked: type) -> Any:
        self._description.complete()
        return getattr(self._description.kind, self._name)


def _positional(fields: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(f.name for f in fields if f.init and not f.kw_only)


def _init(kind: Any, fields: tuple[Any, ...]) -> Callable[..., None]:
    """An ``__init__`` that binds its arguments itself; what is many or wrong goes to the compiled
    one, which then takes its place.
    """
    made, missing, put = 0, dataclasses.MISSING, object.__setattr__
    positional, init = _positional(fields), {f.name for f in fields if f.init}
    rows = tuple((f.name, f.default, f.default_factory) for f in fields)
    needed = {name for name, *rest in rows if name in init and rest == [missing, missing]}
    after, plain = hasattr(kind, "__post_init__"), not _has_init_only(kind)

    def __init__(self: Any, /, *values: Any, **named: Any) -> None:  # noqa: N807
        nonlocal made
        made += 1
        given = dict(zip(positional, values, strict=False)) | named
        bound = len(given) == len(values) + len(named) and needed <= given.keys() <= init
        if made > MANY or not bound or not plain:
            _compile_init(kind)(self, *values, **named)
            return
        for name, default, factory in rows:
            if name in given:
                put(self, name, given[name])
            elif default is not missing:
                put(self, name, default)
            elif factory is not missing:
                put(self, name, factory())
        if after:
            self.__post_init__()

    return __init__


def _has_init_only(kind: Any) -> bool:
    known = {f.name for f in dataclasses.fields(kind)}
    others = (f for name, f in kind.__dataclass_fields__.items() if name not in known)
    return any("InitVar" in str(f.type) for f in others)


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


def _repr(_: type, fields: tuple[Any, ...]) -> Callable[[Any], str]:
    names = tuple(f.name for f in fields if f.repr)

    @recursive_repr()
    def __repr__(self: Any) -> str:  # noqa: N807
        parts = (f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({', '.join(parts)})"

    return __repr__


def _eq(_: type, fields: tuple[Any, ...]) -> Callable[[Any, object], bool]:
    values = _values(tuple(f.name for f in fields if f.compare))

    def __eq__(self: Any, other: object) -> bool:  # noqa: N807
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    return __eq__


def _hash(_: type, fields: tuple[Any, ...]) -> Callable[[Any], int]:
    hashed = (f.name for f in fields if (f.compare if f.hash is None else f.hash))
    values = _values(tuple(hashed))
    return lambda self: hash(values(self))


def _refuse(kind: type, fields: tuple[Any, ...]) -> Callable[..., None]:
    names = {f.name for f in fields}

    def refuse(self: Any, name: str, *value: Any) -> None:
        if type(self) is kind or name in names:
            what = "assign to" if value else "delete"
            raise dataclasses.FrozenInstanceError(f"cannot {what} field {name!r}")
        getattr(super(kind, self), refuse.__name__)(name, *value)

    return refuse
