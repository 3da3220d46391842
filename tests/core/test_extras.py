"""Extras that are missing, and strangers of our names, are told in a sentence with the command."""

import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from astroview.core import extras
from astroview.core.errors import AstroviewError

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "resources" / "samples" / "galaxy.fits"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_the_distribution_has_the_name_that_messages_say():
    assert PROJECT["name"] == extras.DISTRIBUTION


def test_every_extra_that_messages_name_exists_and_brings_what_is_missing():
    listed = PROJECT["optional-dependencies"]
    for module, extra in extras.EXTRA_OF.items():
        brought = {
            re.split(r"[<>=\[; ]", need)[0].replace("-", "_").lower() for need in listed[extra]
        }
        assert module in brought, (module, extra)


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda p: p.name)
def test_pages_install_our_distribution_and_extras_that_exist(page: Path):
    for name, extra in re.findall(r"pip install '([\w-]+)\[([\w,]+)\]'", page.read_text()):
        assert name == extras.DISTRIBUTION
        assert set(extra.split(",")) <= PROJECT["optional-dependencies"].keys()


@pytest.mark.parametrize("command", ["train", "curate", "evaluate"])
def test_without_the_extra_a_command_says_so_in_one_line(command: str, tmp_path: Path):
    """A Python that finds no lightning-fabric: a real import that fails, in a real process."""
    blind = "import sys; sys.modules['lightning_fabric'] = None; "
    words = {
        "train": ["--model", "superres-x2", "--data", str(tmp_path)],
        "curate": [str(tmp_path)],
        "evaluate": ["--task", "sr", "--model", "superres-x2", "--data", str(tmp_path)],
    }[command]
    run = f"from astroview.__main__ import main; sys.exit(main({[command, *words]!r}))"
    done = subprocess.run([sys.executable, "-c", blind + run], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "pip install 'astroview-app[train]'" in done.stderr
    assert "lightning_fabric). Run: " in done.stderr


def test_without_the_extra_the_trainer_says_so_in_one_line(tmp_path: Path):
    blind = "import sys; sys.modules['lightning_fabric'] = None; "
    words = ["fit", str(ROOT / "trainer/recipes/superres-x2.toml"), "--data", str(tmp_path)]
    run = f"from trainer.__main__ import main; sys.exit(main({words!r}))"
    done = subprocess.run([sys.executable, "-c", blind + run], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "(lightning_fabric). Run: pip install 'astroview-app[train]'" in done.stderr


def test_cluster_work_without_distributed_is_told_though_dask_is_there(tmp_path: Path):
    """A plain install has dask, by reproject."""
    blind = "import sys; sys.modules['distributed'] = None; "
    words = ["enhance", str(SAMPLE), "-o", str(tmp_path), "--dask", "local:2"]
    run = f"from astroview.__main__ import main; sys.exit(main({words!r}))"
    done = subprocess.run([sys.executable, "-c", blind + run], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith("(distributed). Run: pip install 'astroview-app[cluster]'.\n")


def test_a_command_names_the_strangers_package_that_it_would_import(tmp_path: Path):
    (tmp_path / "trainer").mkdir()
    (tmp_path / "trainer" / "__init__.py").write_text("")
    first = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); "
    run = f"from astroview.__main__ import main; sys.exit(main(['curate', {str(tmp_path)!r}]))"
    done = subprocess.run([sys.executable, "-c", first + run], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("Another project's package “trainer” is installed")
    assert "pip install astroview-app" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_bundle_says_that_pip_is_for_an_environment(monkeypatch: pytest.MonkeyPatch):
    """A program that was unpacked or installed as a .deb has no pip that it could run."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    hint = extras.missing("onnx").hint
    assert "environment of Python" in hint
    assert hint.endswith("pip install 'astroview-app[onnx]'")


def test_a_strangers_package_of_our_name_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "trainer").mkdir()
    (tmp_path / "trainer" / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    ours = {
        name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == "trainer"
    }
    try:
        importlib.import_module("trainer")
        with pytest.raises(ImportError) as caught:
            importlib.import_module("trainer.finetune.tune_run")
    finally:
        for name in [n for n in sys.modules if n.split(".")[0] == "trainer"]:
            stranger = sys.modules.pop(name)
    sys.modules["trainer"] = stranger
    try:
        problem = extras.explained(caught.value)
    finally:
        del sys.modules["trainer"]
        sys.modules |= ours
    assert isinstance(problem, AstroviewError)
    assert str(tmp_path) in problem.message
    assert "pip install astroview-app" in problem.hint


def test_a_fault_of_ours_is_not_explained_away():
    assert extras.explained(ModuleNotFoundError("x", name="astroview.core.nothing")) is None
    assert extras.explained(ModuleNotFoundError("x", name="numpy")) is None


@pytest.mark.parametrize(
    ("word", "said"),
    [("enhanse", "Did you mean “astroview enhance”?"), ("models2", "astroview models"),
     ("qqqq", "See astroview --help")],
)  # fmt: skip
def test_a_mistyped_command_is_refused_with_a_suggestion(word: str, said: str):
    command = [sys.executable, "-m", "astroview", word, "--out", "x"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
