"""How the command line speaks: for people, for pipes and for programs."""

from __future__ import annotations

import http.server
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import coloured
import numpy as np
import pytest
from astropy.io import fits
from PIL import Image

from astroview import __main__ as entry
from astroview import cli, cli_parser
from astroview.core.io.open_file import open_frame
from astroview.core.models import model_package
from astroview.core.models.model_card import default_shelf
from astroview.core.provenance import measured_by


def bare() -> dict[str, str]:
    """The environment of this test, without a display."""
    return {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}


def astroview(*arguments: object, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "astroview", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, input=given, timeout=280, env=bare())


EXAMPLES = [line for lines in cli_parser.EXAMPLES.values() for line, _ in lines]


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_can_be_typed(line: str) -> None:
    words = shlex.split(line.rsplit(" | ", maxsplit=1)[-1].split(" > ", maxsplit=1)[0])
    assert words[0] == "astroview"
    known = words[1] in cli.COMMANDS
    chosen = (cli.parser() if known else entry.parser()).parse_args(words[1:])
    assert getattr(chosen, "command", None) == (words[1] if known else None)


def test_every_command_has_an_example_and_says_how_much_it_tells() -> None:
    assert cli.COMMANDS.keys() | {""} == cli_parser.EXAMPLES.keys()
    for name in cli.COMMANDS:
        run = astroview(name, "--help").stdout.decode()
        assert run.startswith(f"Usage: astroview {name}")
        assert "\n\n" in run[: run.index("\n") + 2], "usage takes one line"
        assert "--quiet" in run
        assert "Examples:" in run


def test_what_is_wrong_comes_first() -> None:
    said = astroview("enhance", "m31.fits").stderr.decode().splitlines()
    assert len(said) == 3
    assert said[0].startswith("The following arguments are required")
    assert said[1] == "Usage: astroview enhance [PATH ...] --out DIR [OPTIONS]"


@pytest.mark.parametrize(
    ("words", "said", "prog"),
    [
        ("enhance m31.fits -o out --palete gold", "did you mean --palette?", "enhance"),
        ("enhance m31.fits -o out --bogus", "There is no option --bogus.", "enhance"),
        ("models list --jsn", "did you mean --json?", "models list"),
        ("verify a.fits b.fits c.fits", "“c.fits” is one argument too many.", "verify"),
    ],
)
def test_an_option_that_is_not_known_is_told_with_its_commands_usage(
    words: str, said: str, prog: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        entry.main(words.split())
    assert end.value.code == cli_parser.USAGE_CODE
    first, usage, _ = capsys.readouterr().err.splitlines()
    assert first.endswith(said)
    assert usage.startswith(f"Usage: astroview {prog} ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("models shar x y", "Argument WHAT: there is no “shar”; did you mean share?"),
        ("completion bahs", "Argument shell: there is no “bahs”; did you mean bash?"),
        ("enhance m31.fits -o out -f gif", "there is no “gif”; there are: fits, tiff, png, xisf"),
    ],
)
def test_a_choice_that_is_none_is_told_with_the_nearest(
    words: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        entry.main(words.split())
    assert said in capsys.readouterr().err.splitlines()[0]


def test_a_window_with_nothing_but_an_error_is_not_opened(
    tiny_frame: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tiny_frame.parent)
    run = astroview("tiny.fit")
    assert run.returncode == 1
    assert run.stderr.decode() == "There is no file tiny.fit. Did you mean tiny.fits?\n"


def test_names_stay_as_they_are_where_a_sentence_begins_with_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nothing").mkdir()
    monkeypatch.chdir(tmp_path / "nothing")
    for word in (".", "../nothing"):
        run = astroview("info", word)
        assert "nothing is a folder" in run.stderr.decode()
        run = astroview("evaluate", "--task", "sr", "--model", "superres-x2", "--data", word)
        assert run.stderr.decode().startswith("nothing holds no picture")


@pytest.mark.parametrize("words", [["models", "list", "-q"], ["models", "-q", "list"]])
def test_flags_of_messages_stand_behind_what_a_command_does_too(words: list[str]) -> None:
    run = astroview(*words)
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")
    assert astroview("palettes", "make", "--help").stdout.startswith(
        b"Usage: astroview palettes make DIR [OPTIONS]\n\nTake the palettes of a folder"
    )


def test_info_for_programs(tiny_frame: Path, tmp_path: Path) -> None:
    run = astroview("info", "--json", tiny_frame, tmp_path / "missing.fits")
    found, missing = json.loads(run.stdout)
    assert run.returncode == 1
    assert (found["frame"]["width"], found["frame"]["height"]) == (64, 48)
    assert found["frame"]["unit"] == "adu"
    assert found["frame"]["arcsec_per_pixel"] > 0
    assert "error" in missing


def test_models_for_programs() -> None:
    models = {model["id"]: model for model in json.loads(astroview("models", "--json").stdout)}
    assert models["colorizer"]["palettes"]
    assert models["superres-x2"]["scale"] == 2
    assert models["srgan-x4"]["illustrative"]
    listed = json.loads(astroview("models", "list", "--json").stdout)
    assert [model["id"] for model in listed] == list(models)


def test_a_frame_from_a_pipe(tiny_frame: Path) -> None:
    run = astroview("info", "-", given=tiny_frame.read_bytes())
    assert b"64 x 48" in run.stdout
    assert run.returncode == 0


def test_a_pipe_that_holds_nothing_is_told() -> None:
    run = astroview("info", "-", given=b"")
    assert run.returncode == 1
    assert b"Traceback" not in run.stderr
    assert run.stderr.count(b"\n") == 1


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a web server that hands out a folder."""
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    serve = partial(quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def address(tiny_frame: Path) -> Iterator[str]:
    """Where a frame lies on a web server."""
    with served(tiny_frame.parent) as home:
        yield f"{home}/{tiny_frame.name}"


def test_a_frame_by_its_address(address: str) -> None:
    run = astroview("info", "--json", address, f"{address}.none")
    found, missing = json.loads(run.stdout)
    assert found["frame"]["width"] == 64
    assert "404" in missing["error"]


def test_a_model_is_imported_by_its_address(tmp_path: Path) -> None:
    given = tmp_path / "given.astromodel"
    model_package.share(default_shelf().card("superres-x2"), given)
    with served(tmp_path) as home:
        run = astroview("models", "import", f"{home}/given.astromodel")
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(b"superres-x2: ")


def test_palettes_are_kept_by_their_address(tmp_path: Path) -> None:
    coloured.survey(tmp_path / "survey", 4)
    made = astroview("palettes", "make", tmp_path / "survey", "--out", tmp_path / "odd.palettes")
    assert made.returncode == 0, made.stderr
    with served(tmp_path) as home:
        run = astroview("palettes", "keep", f"{home}/odd.palettes")
    assert (run.returncode, run.stdout) == (0, b"survey\n"), run.stderr


def test_colours_are_taken_from_a_picture_by_its_address(tiny_frame: Path, tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    with fits.open(tiny_frame) as hdus:
        grey = hdus[0].data
        odd = np.stack([grey, grey[::-1], grey[:, ::-1]]).astype(np.float32)
        fits.writeto(tmp_path / "web" / "odd.fits", odd, hdus[0].header)
    words = ("-o", tmp_path / "out", "-d", "cpu", "-s", "1", "--colour-from")
    with served(tmp_path / "web") as home:
        run = astroview("enhance", tiny_frame, *words, f"{home}/odd.fits")
        gone = astroview("enhance", tiny_frame, *words, f"{home}/blue.fits")
    assert run.returncode == 0, run.stderr
    (result,) = (tmp_path / "out").glob("*.fits")
    assert "odd.fits" in measured_by(open_frame(result))
    assert gone.returncode != 0
    assert b"404" in gone.stderr


def test_what_to_train_is_read_by_its_address_or_piped(tmp_path: Path) -> None:
    told = '[tune]\nmodel = "nobodys"\ndata = "."\nsteps = 1\n'
    (tmp_path / "run.toml").write_text(told)
    with served(tmp_path) as home:
        runs = [astroview("train", "--config", f"{home}/run.toml")]
    runs.append(astroview("train", "--config", "-", given=told.encode()))
    for run in runs:
        assert run.returncode == 1
        assert b"nobodys" in run.stderr
    steered = astroview("train", "--steered", "--config", "-", given=told.encode())
    assert (steered.returncode, b"name a file" in steered.stderr) == (2, True)


def test_pairs_are_read_from_a_pipe(tiny_frame: Path) -> None:
    run = astroview("curate", tiny_frame.parent, "--pairs", "-", given=b"a,b\n1,2\n")
    assert run.returncode == 1
    assert b"stdin is no list of pairs" in run.stderr


@pytest.mark.parametrize("blind", ["", "sys.modules['aiohttp'] = None; "])
def test_a_frame_by_its_address_is_enhanced_with_and_without_extras(
    blind: str, address: str, tmp_path: Path
) -> None:
    words = ["enhance", address, "-o", str(tmp_path / "out"), "-d", "cpu", "--no-colorize"]
    script = f"from astroview.__main__ import main; sys.exit(main({words!r}))"
    command = [sys.executable, "-c", f"import sys; {blind}{script}"]
    done = subprocess.run(command, capture_output=True, timeout=280, env=bare())
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").glob("*_x2.fits"))) == 1


def test_quiet_says_nothing_and_verbose_more(tiny_frame: Path) -> None:
    quiet, told = astroview("info", "-q", tiny_frame), astroview("info", "-v", tiny_frame)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, b"", b"")
    assert b"INFO astroview" in told.stderr
    assert astroview("info", "-q", "--json", tiny_frame).returncode == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [(["-v"], []), (["--log-level", "info"], []), (["--log-level=debug"], []), ([], ["-v"])],
)
def test_flags_of_all_commands_stand_on_either_side(
    before: list[str], after: list[str], tiny_frame: Path
) -> None:
    run = astroview(*before, "info", tiny_frame, *after)
    assert run.returncode == 0
    assert b"64 x 48" in run.stdout
    assert b"INFO astroview" in run.stderr


def test_json_before_the_command(tiny_frame: Path) -> None:
    (found,) = json.loads(astroview("--json", "info", tiny_frame).stdout)
    assert found["frame"]["width"] == 64


def test_a_mistyped_command_is_refused_behind_a_flag_too() -> None:
    run = astroview("-v", "enhanse", "--out", "x")
    assert run.returncode == 2
    assert "Did you mean “astroview enhance”?" in run.stderr.decode()


@pytest.mark.parametrize("words", [["help", "info"], ["--help", "info"], ["-h", "info"]])
def test_help_is_had_as_people_ask_for_it(words: list[str]) -> None:
    run = astroview(*words)
    assert run.returncode == 0
    assert run.stdout.startswith(b"Usage: astroview info")
    assert astroview("help").stdout == astroview("--help").stdout


def test_the_window_too_says_how_much_it_is_asked_to(tmp_path: Path) -> None:
    run = astroview("-v", "--snapshot", tmp_path / "window.png")
    assert run.returncode == 0
    assert b"INFO astroview" in run.stderr


def test_variables_that_are_documented_are_those_that_are_read() -> None:
    root = Path(cli.__file__).parent
    found = {
        name
        for file in root.rglob("*.py")
        if file.name != "cli_parser.py"  # which documents them
        for name in re.findall(r"[\"']{1,2}(ASTROVIEW_[A-Z0-9_]+)[\"']", file.read_text("utf-8"))
    }
    assert found == {name for name in cli_parser.ENVIRONMENT if name.startswith("ASTROVIEW_")}


@pytest.mark.parametrize(("suffix", "kind"), [(".jpg", "JPEG"), (".webp", "WEBP")])
def test_a_snapshot_is_what_its_suffix_says(suffix: str, kind: str, tmp_path: Path) -> None:
    out = tmp_path / f"window{suffix}"
    assert astroview("--snapshot", out).returncode == 0
    with Image.open(out) as picture:
        assert picture.format == kind


def test_a_snapshot_of_no_known_kind_is_refused_before_the_work(tmp_path: Path) -> None:
    run = astroview("--snapshot", tmp_path / "window.doc")
    assert run.returncode == 1
    assert b".webp" in run.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions_know_the_commands(shell: str) -> None:
    script = astroview("completion", shell).stdout.decode()
    assert "enhance" in script
    assert "palette" in script


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [("enh", "enhance"), ("enhance --pal", "--palette"), ("models sh", "share"),
     ("palettes make --na", "--name"), ("--snap", "--snapshot")],
)  # fmt: skip
def test_bash_completes_commands_and_options(typed: str, offered: str, tmp_path: Path) -> None:
    script = tmp_path / "astroview"
    script.write_bytes(astroview("completion", "bash").stdout)
    words = ["astroview", *typed.split()]
    ask = 'COMP_WORDS=("${@:2}"); COMP_CWORD=$(($# - 2)); source "$1"; _shtab_astroview; '
    ask += 'echo "${COMPREPLY[@]}"'
    done = subprocess.run(
        ["bash", "-c", ask, "bash", script, *words], capture_output=True, text=True
    )
    assert done.stdout.split() == [offered], done.stderr


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [("enh", "enhance"), ("enhance --pal", "--palette"), ("--snap", "--snapshot")],
)
def test_fish_completes_commands_and_options(typed: str, offered: str, tmp_path: Path) -> None:
    script = tmp_path / "astroview.fish"
    script.write_bytes(astroview("completion", "fish").stdout)
    ask = f'source {script}; complete -C "astroview {typed}"'
    done = subprocess.run(["fish", "--no-config", "-c", ask], capture_output=True, text=True)
    assert offered in [line.split("\t")[0] for line in done.stdout.splitlines()], done.stderr


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
def test_zsh_loads_its_completions_and_offers_options(tmp_path: Path) -> None:
    (tmp_path / "_astroview").write_bytes(astroview("completion", "zsh").stdout)
    typed = """
        zmodload zsh/zpty; zpty shell zsh -f -i; zpty -w shell "fpath=($1 \\$fpath)"
        zpty -w shell 'autoload -Uz compinit; compinit -u -D; setopt autolist'
        zpty -w -n shell $'astroview enhance --colour-f\\t /dev/null; print -r done\\n'
        while [[ $all != *colour-from*done* ]] && zpty -r shell more; do all+=$more; done
        print -r -- $all
    """
    done = subprocess.run(
        ["zsh", "-f", "-c", typed, "zsh", tmp_path], capture_output=True, text=True, timeout=60
    )
    assert "--colour-from" in done.stdout, done.stderr
