"""About says what the tests of devices found."""

from pathlib import Path

import pytest

from astroview.core.models import device_tests
from astroview.core.models.device_tests import DeviceVerdict
from astroview.ui.shell.dialogs import devices_in_words


def verdict(device: str, *, passed: bool, model: str = "a") -> DeviceVerdict:
    return DeviceVerdict(device, model, "0", "float32", "driver 1", 1e-6, passed)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([], "No device was tested yet."),
        ([verdict("cpu", passed=True)], "Passed its test against the CPU: cpu"),
        (
            [verdict("cpu", passed=True), verdict("cuda:0", passed=False)],
            "Failed its test and is not used: cuda:0",
        ),
        (
            [verdict("cuda:0", passed=False), verdict("cuda:0", passed=True)],
            "Passed its test against the CPU: cuda:0",
        ),
    ],
)
def test_about_tells_of_devices(
    found: list[DeviceVerdict], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("astroview.core.resources.cache", lambda: tmp_path)
    for one in found:
        device_tests.add(device_tests.path(), one)
    assert devices_in_words() == said
