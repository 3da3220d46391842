"""What packages bring along: manual, completions, desktop files, licences, an install script."""

from __future__ import annotations

import ctypes
import gzip
import json
import platform
import plistlib
import shutil
import struct
import subprocess
import sys
from importlib.metadata import distributions
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from astropy.io import fits

from astroview import cli
from tools.delivery import (
    bare_root,
    bundle,
    environment_parts,
    licences,
    linux,
    mac,
    manual,
    release,
    slimming,
    system_parts,
)

ROOT = Path(__file__).resolve().parents[2]
PARTS = ROOT / "delivery" / "linux"


def test_kinds_of_files_are_told_apart_by_name_and_content() -> None:
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kinds = ET.parse(PARTS / "astroview-mime.xml").getroot().findall(f"{space}mime-type")
    assert {kind.get("type") for kind in kinds} == {
        "image/fits", "image/x-xisf", "application/x-asdf"
    }  # fmt: skip
    assert all(kind.find(f"{space}magic") is not None for kind in kinds)
    assert all(kind.find(f"{space}glob") is not None for kind in kinds)


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="appstreamcli is not installed")
def test_metadata_for_software_centres_is_valid() -> None:
    path = PARTS / f"{linux.APP_ID}.metainfo.xml"
    done = subprocess.run(
        ["appstreamcli", "validate", "--no-net", path], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="it is not installed")
def test_the_desktop_file_is_valid() -> None:
    words = ["desktop-file-validate", PARTS / "astroview.desktop"]
    done = subprocess.run(words, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_desktop_and_metadata_name_each_other() -> None:
    told = ET.parse(PARTS / f"{linux.APP_ID}.metainfo.xml").getroot()
    assert told.findtext("id") == linux.APP_ID
    assert told.findtext("launchable") == f"{linux.APP_ID}.desktop"
    assert "Exec=astroview %F" in (PARTS / "astroview.desktop").read_text("utf-8").splitlines()


def test_the_manual_tells_every_command_code_and_variable(tmp_path: Path) -> None:
    pytest.importorskip("argparse_manpage")
    (path,) = manual.write_pages(tmp_path)
    page = gzip.decompress(path.read_bytes()).decode()
    for word in (*cli.COMMANDS, "ASTROVIEW_DATA_DIR", "EXIT STATUS", "143"):
        assert word in page
    requests = {line.split()[0] for line in page.splitlines() if line[:1] in (".", "'")}
    assert requests <= {".TH", ".SH", ".SS", ".TP", ".B", ".PP", ".br", ".nf", ".fi", ".RS", ".RE"}
    assert "COMMAND ... enhance" not in page, "usage names the program and the command alone"


def test_completions_lie_where_shells_look(tmp_path: Path) -> None:
    made = manual.write_completions(tmp_path)
    assert {path.relative_to(tmp_path).parts[0] for path in made} == {
        "bash-completion", "zsh", "fish"
    }  # fmt: skip
    if bash := shutil.which("bash"):
        assert subprocess.run([bash, "-n", made[0]]).returncode == 0


def test_every_part_has_a_licence(tmp_path: Path) -> None:
    inside = tmp_path / "astroview" / "resources"
    (inside / "icons").mkdir(parents=True)
    written = licences.collect(Path(sys.executable), tmp_path / "astroview") / "THIRD-PARTY.txt"
    text = written.read_text("utf-8")
    for words in ("PySide6", "Lesser General Public License", "torch", "astropy", "Redistribution"):
        assert words in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE\n                       Version 3" in text
    bill = json.loads((tmp_path / "astroview.cdx.json").read_text("utf-8"))
    names = {part["name"].lower() for part in bill["components"]}
    assert {"torch", "numpy", "astropy", "python", "dejavu fonts"} <= names
    assert bill["dependencies"][0]["dependsOn"] == [p["bom-ref"] for p in bill["components"]]
    assert not names & {"pytest", "hypothesis", "pyinstaller"}
    assert all(part["licenses"] for part in bill["components"] if part["name"] == "numpy")


def test_what_does_not_lie_in_a_bundle_is_none_of_its_parts() -> None:
    found = {one.name: one for one in distributions()}
    held = {"numpy", "pytest_is_not_here"}
    assert environment_parts.lies_in(found["numpy"], held)
    assert not environment_parts.lies_in(found["pytest"], held)


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="no packages of Debian here")
def test_libraries_of_the_system_are_told_with_their_licences(tmp_path: Path) -> None:
    assert system_parts.system_parts(tmp_path) == []
    for name in ("libm.so.6", "libstdc++.so.6", "libnobody-knows.so.1", "numpy.txt"):
        (tmp_path / name).write_text("x")
    told = {part["name"]: part for part in system_parts.system_parts(tmp_path)}
    assert set(told) == {"libc6", "libstdc++6"}
    assert told["libc6"]["address"].endswith(f"/libc6@{told['libc6']['version']}")
    assert all("GNU" in part["texts"][0] for part in told.values())


def a_bundle(folder: Path) -> release.Release:
    """A folder like PyInstaller's, whose program says where it stands."""
    program = folder / "built" / "astroview" / "astroview"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$(dirname "$(readlink -f "$0")")"\n')
    program.chmod(0o755)
    return release.Release(program.parent, folder, "cpu")


@pytest.mark.skipif(shutil.which("zstd") is None or sys.platform != "linux", reason="needs zstd")
def test_the_archive_installs_and_leaves_nothing(tmp_path: Path) -> None:
    pytest.importorskip("argparse_manpage")
    packed = linux.archive(a_bundle(tmp_path))
    away = tmp_path / "away"
    away.mkdir()
    subprocess.run(["tar", "-xf", packed, "-C", away], check=True)
    script = next(away.glob("*/install.sh"))
    prefix = tmp_path / "a prefix"
    for _ in range(2):  # a second time is an update
        subprocess.run([script, "--prefix", prefix], check=True, capture_output=True)
    said = subprocess.run([prefix / "bin" / "astroview"], capture_output=True, text=True).stdout
    assert said.strip() == str(prefix / "lib" / "astroview")
    assert (prefix / "share" / "applications" / f"{linux.APP_ID}.desktop").is_file()
    subprocess.run([script, "--prefix", prefix, "--uninstall"], check=True, capture_output=True)
    left = [p for p in prefix.rglob("*") if p.is_file() and "mime" not in p.parts]
    left = [p for p in left if p.suffix != ".cache" or b"astroview" in p.read_bytes()]
    assert left == []
    assert release.checksums(tmp_path).read_text().split()[1] == packed.name


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is not installed")
def test_the_deb_says_what_it_needs(tmp_path: Path) -> None:
    pytest.importorskip("argparse_manpage")
    package = linux.deb(a_bundle(tmp_path))
    told = subprocess.run(["dpkg-deb", "--info", package], capture_output=True, text=True).stdout
    held = subprocess.run(["dpkg-deb", "--contents", package], capture_output=True, text=True)
    assert "libxcb-cursor0" in told
    assert f"libc6 (>= {platform.libc_ver()[1]})" in told, "libraries of this machine go along"
    assert "./usr/bin/astroview -> ../lib/astroview/astroview" in held.stdout
    assert "./usr/share/man/man1/astroview.1.gz" in held.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="a shell starts it")
def test_an_application_of_a_mac_starts_the_program_wherever_it_is_put(tmp_path: Path) -> None:
    made = mac.application(a_bundle(tmp_path), tmp_path / "stage")
    moved = made.rename(tmp_path / "My Programs.app")
    told = plistlib.loads((moved / "Contents" / "Info.plist").read_bytes())
    assert set(told["CFBundleVersion"]) <= set("0123456789.")
    started = moved / "Contents" / "MacOS" / told["CFBundleExecutable"]
    said = subprocess.run([started], capture_output=True, text=True, check=True).stdout
    assert said.strip() == str(moved / "Contents" / "Resources" / "astroview")


def test_menus_of_windows_start_a_program_without_a_console() -> None:
    spec = "pyz = 1\nexe = EXE(\n    pyz,\n    name='astroview',\n    console=True,\n)\n"
    told = bundle.with_window(spec + "coll = COLLECT(\n    exe,\n    name='astroview',\n)\n")
    names: dict[str, Any] = {
        "EXE": lambda *_, name, console: (name, console), "COLLECT": lambda *parts, **_: parts
    }  # fmt: skip
    exec(told, names)  # noqa: S102 - as PyInstaller does
    assert names["coll"] == (("astroview", True), (bundle.WINDOW, False))
    setup = (ROOT / "delivery" / "windows" / "astroview.iss").read_text("utf-8")
    for line in setup.splitlines():
        if line.startswith('Name: "{group}') or "open\\command" in line:
            assert f"{bundle.WINDOW}.exe" in line


@pytest.mark.skipif(sys.platform == "win32", reason="a shell signs")
def test_what_is_made_is_signed_by_a_command_of_the_publishers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "a package.deb"
    package.write_text("x")
    monkeypatch.delenv(release.SIGN, raising=False)
    release.sign(package)
    assert list(tmp_path.iterdir()) == [package]
    monkeypatch.setenv(release.SIGN, """sh -c 'echo signed > "$1.asc"' sign""")
    release.sign(package)
    assert (tmp_path / "a package.deb.asc").read_text() == "signed\n"
    monkeypatch.setenv(release.SIGN, "false")
    with pytest.raises(subprocess.CalledProcessError):
        release.sign(package)


def test_the_way_in_a_bare_root_ends_with_a_frame_twice_as_fine(tmp_path: Path) -> None:
    (tmp_path / "home" / ".local" / "share").mkdir(parents=True)
    frame = bare_root.frame_of_ones_own(bare_root.fresh(tmp_path / "home"))
    assert list((tmp_path / "home").iterdir()) == [frame], "no session of an earlier way"
    fine = np.asarray(fits.getdata(frame)).repeat(2, 0).repeat(2, 1)
    saved, way = tmp_path / "saved.fits", bare_root.Way(["astroview"], {"start": 3.0})
    for found, words in ((fine, ""), (fine[:-2], "478, 640"), (fine * 1.01, "flux is off")):
        hdus = [fits.PrimaryHDU(), fits.ImageHDU(found, name="LUMINANCE")]
        fits.HDUList(hdus).writeto(saved, overwrite=True)
        if words:
            with pytest.raises(bare_root.NotReached, match=words):
                bare_root.check(frame, saved)
        else:
            bare_root.check(frame, saved)
    assert way.table().splitlines()[-1] == "    astroview"


def test_a_bundle_is_rid_of_tests_and_compilers_alone(tmp_path: Path) -> None:
    kept = ("torch/lib/libtorch_cpu.so", "torch/bin/torch_shm_manager", "torch/testing/a.py",
            "torch/_inductor/config_comms.py", "torch/distributed/config.py")  # fmt: skip
    gone = ("torch/test/deep/run_me", "torch/bin/protoc", "torch/lib/libtorchbind_test.so")
    for name in (*kept, *gone):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    slimming.prune(tmp_path)
    assert {str(f.relative_to(tmp_path)) for f in tmp_path.rglob("*") if f.is_file()} == set(kept)


def a_library(folder: Path) -> Path:
    """A real one, with a symbol table: a module that was compiled for this Python."""
    for found in map(
        Path, filter(None, (find_spec(n).origin for n in ("kiwisolver._cext", "sep")))
    ):
        if b".symtab" in found.read_bytes():
            return Path(shutil.copy(found, folder))
    pytest.skip("no compiled module here has a symbol table")


LINUX = pytest.mark.skipif(
    sys.platform != "linux" or not all(map(shutil.which, slimming.TOOLS)), reason="needs binutils"
)


@LINUX
def test_libraries_lose_their_symbol_tables_and_load(tmp_path: Path) -> None:
    library = a_library(tmp_path)
    (tmp_path / "script.so.txt").write_text("no library")
    before = library.stat()
    slimming.strip(tmp_path)
    assert library.stat().st_size < 0.8 * before.st_size
    assert library.stat().st_mode == before.st_mode
    ctypes.CDLL(str(library))
    assert sorted(p.name for p in tmp_path.iterdir()) == [library.name, "script.so.txt"]


@LINUX
def test_a_library_that_would_not_load_is_told(tmp_path: Path) -> None:
    library = a_library(tmp_path)
    assert slimming.loadable(library)
    data = library.read_bytes()
    (segments,) = struct.unpack_from("<Q", data, 32)
    moved = bytearray(data)
    for number in range(struct.unpack_from("<H", data, 56)[0]):
        struct.pack_into("<Q", moved, segments + number * 56 + 8, 7)
    library.write_bytes(moved)
    assert not slimming.loadable(library)
    library.write_bytes(data[:20_000])
    assert not slimming.loadable(library)


@LINUX
def test_what_only_a_library_needed_goes_with_it(tmp_path: Path) -> None:
    def linked(name: str, *needs: str) -> None:
        (tmp_path / "empty.c").write_text("")
        subprocess.run(
            ["cc", "-shared", "-o", name, "empty.c", "-L.", "-Wl,--no-as-needed",
             *(f"-l:{need}" for need in needs)], cwd=tmp_path, check=True,
        )  # fmt: skip

    if shutil.which("cc") is None:
        pytest.skip("no compiler is installed")
    linked("libdeep.so")
    linked("libonly.so", "libdeep.so")
    linked("libshared.so")
    linked("libtheme.so", "libonly.so", "libshared.so")
    linked("libkept.so", "libshared.so")
    slimming.without(tmp_path, "libtheme.so")
    slimming.without(tmp_path, "libtheme.so")  # which is not there any more
    assert sorted(p.name for p in tmp_path.glob("*.so")) == ["libkept.so", "libshared.so"]


def test_a_bundle_knows_the_versions_of_its_parts(tmp_path: Path) -> None:
    site, parts = tmp_path / "site", tmp_path / "parts"
    for name in ("photutils-3.0.dist-info", "pytest-9.0.dist-info"):
        (site / name).mkdir(parents=True)
        (site / name / "METADATA").write_text(f"Name: {name.split('-')[0]}\nVersion: 3.0\n")
        (site / name / "RECORD").write_text("of another place")
    parts.mkdir()
    bundle.tell_versions(site, parts)
    (known,) = distributions(path=[str(parts)])
    assert (known.name, known.version) == ("photutils", "3.0")
    assert not list(parts.rglob("RECORD"))
