"""``astroview evaluate``: usage, and how figures are told."""

from pathlib import Path

import pytest
from rich.console import Console

from astroview import cli, cli_evaluate


def test_what_makes_no_sense_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    given = ["evaluate", "--task", "sr", "--model", "superres-x2", "--data", str(tmp_path)]
    with pytest.raises(SystemExit) as ended:
        cli.run([*given, "--pictures", "0"])
    assert ended.value.code == 2
    assert "--pictures must be 1 or more" in capsys.readouterr().err


@pytest.mark.parametrize(("model", "said"), [("nobody", "There is no model"), ("colorizer", "sr")])
def test_unknown_and_wrong_models_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], model: str, said: str
):
    given = ["evaluate", "--task", "sr", "--model", model, "--data", str(tmp_path)]
    assert cli.run([*given, "--out", str(tmp_path / "out")]) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_tables_have_a_column_for_each_contestant():
    flux = {"sources": 12, "bias": -0.0123}
    [table] = cli_evaluate.figures_tables("sky", {"ours": {"psnr": 35.123456, "flux_5_20": flux},
                                          "bicubic": {"psnr": 32.0}}, 100)  # fmt: skip
    console = Console(width=100)
    with console.capture() as caught:
        console.print(table)
    lines = caught.get().splitlines()
    assert any("ours" in line and "bicubic" in line for line in lines)
    assert any("35.12" in line and "32" in line for line in lines)
    assert any("flux_5_20 bias" in line and "-0.0123" in line and "–" in line for line in lines)


@pytest.mark.parametrize("width", [40, 80, 120, 300])
def test_however_many_contestants_no_figure_and_no_word_of_a_name_is_cut(width: int):
    names = [f"colorizer, guide at 1/{2**k} interpolated" for k in range(8)] + ["neutral"]
    means = {name: {"pictures": 60, "dab": 4.2071 + k} for k, name in enumerate(names)}
    console = Console(width=width)
    with console.capture() as caught:
        for table in cli_evaluate.figures_tables("pictures", means, width):
            console.print(table)
    said = caught.get()
    assert "…" not in said
    assert max(map(len, said.splitlines())) <= width
    for k in range(len(names)):
        assert f"{4.2071 + k:.4g}" in said
    words = said.replace("│", " ").replace("┃", " ").split()
    assert words.count("interpolated") == 8
    assert words.count("neutral") == 1
