from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from astroview.core import settings
from astroview.core.errors import CannotSave
from astroview.core.settings import EnhanceSettings, LoadedSettings, Settings, ViewSettings


def test_what_is_saved_is_loaded() -> None:
    wanted = Settings(
        theme="dark",
        recent_files=("/a/m31.fits", "/b/ü.fits"),
        view=ViewSettings(stretch="asinh"),
        enhance=EnhanceSettings(colorizer=None),
    )
    settings.save(wanted)
    assert settings.load() == LoadedSettings(wanted)


def test_the_file_holds_only_what_differs() -> None:
    settings.save(Settings(view=ViewSettings(compare="side")))
    stored = json.loads((settings.folder() / "settings.json").read_text())
    assert stored == {"view": {"compare": "side"}}


def test_without_a_file_there_are_defaults() -> None:
    assert settings.load() == LoadedSettings(Settings())


def test_bad_values_fall_back_and_are_told() -> None:
    _write(
        {
            "theme": "pink",
            "recent_files": [1],
            "view": {"stretch": "log", "compare": 5},
            "enhance": "x",
            "train": {"rank": "x"},
        }
    )
    loaded = settings.load()
    assert loaded.settings == Settings(view=ViewSettings(stretch="log"))
    assert len(loaded.problems) == 6
    assert "theme: 'pink' is not possible" in loaded.problems
    beside = settings.folder() / "settings.json.bak"
    assert loaded.problems[-1] == f"the file as it was is {beside}"
    assert json.loads(beside.read_text())["theme"] == "pink"


def test_a_spoilt_file_falls_back() -> None:
    (settings.folder() / "settings.json").write_text("{ spoilt")
    loaded = settings.load()
    assert loaded.settings == Settings()
    assert len(loaded.problems) == 2
    assert (settings.folder() / "settings.json.bak").read_text() == "{ spoilt"


names = st.sampled_from(["theme", "recent_files", "view", "enhance", "colorizer", "other"])
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=4)),
    max_leaves=8,
)


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(values=json_values)
def test_no_file_can_stop_the_app(values: object) -> None:
    _write(values)
    loaded = settings.load()
    settings.save(loaded.settings)
    assert settings.load() == LoadedSettings(loaded.settings)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"null", b"[" * 100_000, b'{"view":' * 100_000, b'{"theme": NaN}', b"\xff\xfe{}",
     b'{"view": {"blink_per_s": 1e999}}', b'{"theme": "dark"', b"\0" * 5000,
     b'{"train": 1' + b"0" * 5000],
)  # fmt: skip
def test_any_content_is_set_aside_and_replaced(content: bytes) -> None:
    path = settings.folder() / "settings.json"
    path.write_bytes(content)
    loaded = settings.load()
    assert loaded.settings == Settings()
    assert path.with_name("settings.json.bak").read_bytes() == content
    settings.save(Settings(theme="dark"))
    assert settings.load() == LoadedSettings(Settings(theme="dark"))


@pytest.mark.parametrize(
    "values",
    [{"view": {"blink_per_s": value}} for value in (0, -1, 1e300, True, "2", [2])]
    + [{"batch": {"scale": value}} for value in (0, 10**9, True, 2.5)]
    + [{"train": {"rank": -1}}, {"train": {"held_out": 7}}]
    + [{"recent_files": [name]} for name in ("a\0b", "\ud800")],
)  # fmt: skip
def test_numbers_out_of_bounds_have_their_default(values: dict[str, object]) -> None:
    _write(values)
    loaded = settings.load()
    assert loaded.settings == Settings()
    assert "is not possible" in loaded.problems[0]


def test_settings_of_a_newer_version_survive() -> None:
    _write({"hologram": {"on": True}, "view": {"depth": 3, "stretch": "log"}, "theme": "dark"})
    loaded = settings.load()
    assert loaded == LoadedSettings(Settings(theme="dark", view=ViewSettings(stretch="log")))
    settings.save(Settings(theme="light"))
    stored = json.loads((settings.folder() / "settings.json").read_text())
    assert stored == {"hologram": {"on": True}, "view": {"depth": 3}, "theme": "light"}


def _write(values: object) -> None:
    (settings.folder() / "settings.json").write_text(json.dumps(values))


def test_a_folder_that_cannot_be_written_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ASTROVIEW_CONFIG_DIR", str(tmp_path / "file" / "below"))
    with pytest.raises(CannotSave) as caught:
        settings.save(Settings(theme="dark"))
    assert caught.value.hint
