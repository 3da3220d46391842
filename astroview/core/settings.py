"""What the app remembers: frozen dataclasses; the file holds only what differs from them."""

from __future__ import annotations

import json
import os
import typing
from dataclasses import field, fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

import platformdirs

from astroview.core import json_lines, strict_json
from astroview.core.atomic_write import replacing_text
from astroview.core.enhance_choices import SharedChoices
from astroview.core.errors import CannotSave
from astroview.core.io.paths.network_rules import NetworkRules
from astroview.core.io.paths.plain_paths import can_name
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text

_FILE = "settings.json"
_T = TypeVar("_T")


def _within(default: Any, low: float, high: float) -> Any:
    """A field of a number that must lie within bounds."""
    return field(default=default, metadata={"bounds": (low, high)})


@dataclass(frozen=True)
class WindowSettings:
    """Where the window was and what of it was unfolded; Qt's own words, as text (base64)."""

    geometry: str = ""
    state: str = ""
    workspace: Literal["view", "batch", "train"] = "view"
    screens: tuple[str, ...] = ()  # "screen|geometry|state", the last used first


@dataclass(frozen=True)
class ViewSettings:
    """How frames are shown when opened."""

    stretch: Literal[
        "auto", "linear", "log", "sqrt", "squared", "power", "asinh", "sinh", "mtf", "histogram"
    ] = "auto"
    limits: Literal["auto", "zscale", "percentile", "minmax"] = "auto"
    compare: Literal["off", "slider", "across", "side", "grid", "blink", "difference"] = "slider"
    blink_per_s: float = _within(2.0, 0.1, 50)
    trust: float = _within(0.0, 0, 1000)  # S/N below which detail of results is not shown
    trust_saved: bool = False  # nor saved


@dataclass(frozen=True)
class KnowSettings:
    """How positions are read, and what is told over and beside the picture."""

    system: Literal["icrs", "galactic"] = "icrs"
    style: Literal["sexagesimal", "degrees"] = "sexagesimal"
    furniture: bool = True
    grid: bool = False
    magnifier: bool = False
    panner: bool = False
    north_up: bool = False
    crosshair: bool = False
    colour_bar: bool = False


@dataclass(frozen=True)
class EnhanceSettings(SharedChoices):
    """What Enhance does: model ids, "auto" (the shelf's default) or None (off)."""

    colorizer: str | None = "auto"
    superres: str | None = "auto"


@dataclass(frozen=True)
class BatchSettings(SharedChoices):
    """What a batch does with its frames, as ``astroview enhance`` is told.

    ``format`` is empty for the format that suits each frame, ``memory`` for what the machine
    can spare; ``include`` holds patterns of names with spaces between them. ``colorizer`` and
    ``superres`` are models' ids, or "auto".
    """

    colour: bool = True
    colorizer: str = "auto"
    superres: str = "auto"
    scale: int = _within(2, 1, 16)
    format: Literal["", "fits", "tiff", "png", "xisf", "jpeg"] = ""
    pattern: str = "{stem}_{method}_{scale}"
    memory: str = ""
    recursive: bool = True
    include: str = ""
    watch: bool = False
    bands: bool = False


@dataclass(frozen=True)
class TrainSettings:
    """What was chosen for the last run of fine-tuning, as `trainer.config.TuneConfig` has it.

    Empty ids take the shelf's first model of the task. ``folders`` are run folders elsewhere
    that were opened, the last one first.
    """

    goal: Literal["colour", "sharp", "both"] = "colour"
    colorizer: str = ""
    superres: str = ""
    minutes: float = _within(30.0, 0, 1e6)
    device: str = "auto"
    memory_gb: float = _within(0.0, 0, 1e5)
    method: Literal["full", "head", "adapter"] = "full"
    rank: int = _within(8, 1, 4096)
    steps: int = _within(0, 0, 10**9)
    batch: int = _within(0, 0, 10**6)
    lr: float = _within(0.0, 0, 10)
    replay: float = _within(0.25, 0, 1)
    adversarial: float = _within(0.0, 0, 1e3)
    patience: int = _within(6, 0, 10**6)
    held_out: float = _within(0.2, 0, 1)
    seed: int = _within(1, 0, 2**32)
    shards: bool = False
    tensorboard: bool = False
    unfolded: bool = False
    folders: tuple[str, ...] = ()


@dataclass(frozen=True)
class LightboxSettings:
    """How the Lightbox shows frames; ``pictures_gb`` is what its small pictures may take."""

    sort: Literal[
        "name", "date", "field", "filter", "exposure", "snr", "seeing", "outlier", "rating", "size"
    ] = "name"
    descending: bool = False
    picture_size: int = _within(1, 0, 3)
    advance: bool = True
    pictures_gb: float = _within(1.0, 0.01, 1e4)


@dataclass(frozen=True)
class Settings:
    """Everything that is remembered between two runs."""

    theme: Literal["system", "light", "dark"] = "system"
    recent_files: tuple[str, ...] = ()
    last_folder: str = ""
    language: Literal["system", "en", "de"] = "system"
    gestures: Literal["photo", "ds9"] = "photo"
    save_format: Literal["fits", "tiff", "png", "xisf", "jpeg"] = "fits"
    text_percent: float = _within(100.0, 75, 200)  # of the system's size of text
    shortcuts: tuple[str, ...] = ()  # "action=keys" where they are not the usual ones
    font: str = ""  # family of the font; "" is the system's
    session_gb: float = _within(20.0, 0.1, 1e5)  # that kept sessions may take together
    window: WindowSettings = field(default_factory=WindowSettings)
    view: ViewSettings = field(default_factory=ViewSettings)
    know: KnowSettings = field(default_factory=KnowSettings)
    enhance: EnhanceSettings = field(default_factory=EnhanceSettings)
    batch: BatchSettings = field(default_factory=BatchSettings)
    train: TrainSettings = field(default_factory=TrainSettings)
    lightbox: LightboxSettings = field(default_factory=LightboxSettings)
    network: NetworkRules = field(default_factory=NetworkRules)


@dataclass(frozen=True)
class LoadedSettings:
    """Settings, and what had to be left out of the file (for one notice)."""

    settings: Settings
    problems: tuple[str, ...] = ()


def unfinished_batch() -> Path:
    """The file that remembers a batch until it has ended."""
    return folder() / "unfinished_batch.json"


def displays() -> Path:
    """The file that remembers how files were displayed."""
    return folder() / "displays.json"


def verdicts() -> Path:
    """The file that keeps ratings and tags of frames."""
    return folder() / "verdicts.sqlite"


def frame_cache() -> Path:
    """The file that keeps what was seen of frames, with small pictures; it can be made again."""
    place = os.environ.get("ASTROVIEW_CONFIG_DIR")
    base = Path(place) if place else platformdirs.user_cache_path("astroview", appauthor=False)
    return base / "frames.sqlite"


def sessions() -> Path:
    """Where sessions are kept with their results."""
    place = os.environ.get("ASTROVIEW_CONFIG_DIR")
    base = Path(place) if place else platformdirs.user_state_path("astroview", appauthor=False)
    return base / "sessions"


def folder() -> Path:
    """Where the settings are kept; the environment variable ASTROVIEW_CONFIG_DIR moves them."""
    place = os.environ.get("ASTROVIEW_CONFIG_DIR")
    return Path(place) if place else platformdirs.user_config_path("astroview", appauthor=False)


def log_folder() -> Path:
    """Where the log files are (beside the settings when ASTROVIEW_CONFIG_DIR moves those)."""
    place = os.environ.get("ASTROVIEW_CONFIG_DIR")
    return Path(place) if place else platformdirs.user_log_path("astroview", appauthor=False)


def load() -> LoadedSettings:
    """Read the settings. Never fails: what is missing or bad keeps its default.

    A file in which something is bad is kept beside as ``settings.json.bak``. Settings that this
    version does not know are no problem: a newer one wrote them, and `save` leaves them there.
    """
    path = folder() / _FILE
    try:
        values = strict_json.read(path)
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except (OSError, ValueError) as problem:
        return LoadedSettings(Settings(), (f"{path} cannot be read ({problem})", *_kept(path)))
    problems: list[str] = []
    settings = _build(Settings, values, "", problems)
    return LoadedSettings(settings, (*problems, *_kept(path)) if problems else ())


def _kept(path: Path) -> tuple[str, ...]:
    beside = strict_json.set_aside(path)
    return (f"the file as it was is {beside}",) if beside else ()


def save(settings: Settings) -> None:
    """Write what differs from the defaults, all or nothing. Raises CannotSave."""
    path = folder() / _FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        values = _with_unknown(_overrides(settings), Settings, _there(path))
        with replacing_text(path, lasting=False) as file:
            file.write(json.dumps(values, indent=1) + "\n")
    except OSError as problem:
        raise CannotSave(
            Text("The settings cannot be kept: {strerror}", strerror=problem.strerror or problem),
            hint=Text("See whether you may write in {parent}.", parent=path.parent),
        ) from problem


def _there(path: Path) -> dict[str, Any]:
    try:
        return strict_json.read(path)
    except (OSError, ValueError):
        return {}


def _with_unknown(values: dict[str, Any], kind: type, there: dict[str, Any]) -> dict[str, Any]:
    """Values, and those of a file that no field of the dataclass has the name of."""
    hints = typing.get_type_hints(kind)
    merged = {name: value for name, value in there.items() if name not in hints} | values
    for name, hint in hints.items():
        inner = there.get(name)
        if is_dataclass(hint) and isinstance(inner, dict):
            held = typing.cast("dict[str, Any]", inner)
            group = _with_unknown(values.get(name, {}), typing.cast("type[Any]", hint), held)
            if group:
                merged[name] = group
    return merged


def _overrides(settings: Any) -> dict[str, Any]:
    """Nested values that differ from their defaults."""
    default, changed = type(settings)(), {}
    for name in (f.name for f in fields(settings)):
        value = getattr(settings, name)
        if is_dataclass(value):
            if inner := _overrides(value):
                changed[name] = inner
        elif value != getattr(default, name):
            changed[name] = value
    return changed


def _build(kind: type[_T], values: Any, where: str, problems: list[str]) -> _T:
    """A dataclass from JSON values; bad ones are reported and left out, unknown ones left out."""
    if not isinstance(values, dict):
        problems.append(f"{where or 'the settings'}: not a group of settings")
        return kind()
    hints, kept = typing.get_type_hints(kind), {}
    for name, value in typing.cast("dict[str, Any]", values).items():
        place = f"{where}.{name}" if where else name
        hint = hints.get(name)
        if hint is None:
            continue  # of a newer version
        if is_dataclass(hint):
            kept[name] = _build(typing.cast("type[Any]", hint), value, place, problems)
            continue
        try:
            made = json_lines.convert(hint, value, place)
            possible = _in_bounds(kind, name, value)
        except ValueError:
            made, possible = None, False
        if possible:
            kept[name] = made
        else:
            problems.append(f"{place}: {repr(value)[:100]} is not possible")
    return kind(**kept)


def _in_bounds(kind: type, name: str, value: Any) -> bool:
    """Whether a number is within the bounds of its field, and a text one that can name a file."""
    if isinstance(value, str):
        return can_name(value)
    if isinstance(value, list):
        return all(_in_bounds(kind, name, one) for one in typing.cast("list[Any]", value))
    bounds = next(f for f in fields(kind) if f.name == name).metadata.get("bounds")
    return bounds is None or bounds[0] <= value <= bounds[1]
