"""The licences of all parts of a bundle, and its bill of materials.

``resources/licences/`` of the bundle then holds ``THIRD-PARTY.txt`` (who made each part, under
what, with the whole texts), and beside it lies ``NAME.cdx.json`` (CycloneDX).
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tools.delivery.release import ROOT
from tools.delivery.system_parts import system_parts

BUNDLED = ("gather", "jwst", "raw", "sky", "stack", "train")  # extras, as the lock has them
WHOLE = ROOT / "delivery" / "licences"  # texts that notices name and no package brings
ASK = Path(__file__).with_name("environment_parts.py")

FONTS: dict[str, Any] = {
    "name": "DejaVu fonts", "version": "2.37", "licence": "Bitstream-Vera", "texts": [],
    "home": "https://dejavu-fonts.github.io", "address": "pkg:generic/dejavu-fonts@2.37",
}  # fmt: skip
QT_NOTICE = """\
Qt and PySide6 are used under the GNU Lesser General Public License, version 3. They lie in this
bundle as libraries of their own (the folders PySide6 and shiboken6, files Qt6*.so, .dll or
.framework) and are not changed. You may replace them by versions of yours that are compatible: put
your libraries in the place of these, with the same names, and start astroview again. Their source
is published by The Qt Company (code.qt.io). You may study and change this program for your own
use, and debug such changes.

NVIDIA's libraries, where this bundle holds them (variant "cuda"), are used under the CUDA and cuDNN
licence agreements, whose texts stand below; they may be handed on only as a part of a program.

What starts astroview is PyInstaller's bootloader (GNU General Public License 2 or later, with an
exception that lets programs of any licence be handed out with it).

DejaVu Sans is used under the licence of Bitstream Vera, which stands beside the fonts.
"""


def requirements() -> list[str]:
    """What a bundle holds on purpose: the project's own needs, and the extras that go along."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    needs: list[str] = [*project["dependencies"]]
    for extra in BUNDLED:
        needs += extras[extra]
    return needs


def parts(python: Path, program: Path | None = None) -> list[dict[str, Any]]:
    """Name, version, licence and texts of Python and of every package that an environment has for
    astroview; with a bundle's program, of those that lie in it.
    """
    asked = {"needs": requirements(), "program": str(program or "")}
    done = subprocess.run(
        [python, ASK], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def collect(python: Path, folder: Path) -> Path:
    """Write the licences into a bundle, and the bill of materials beside it."""
    program = next((path for path in folder.glob("astroview*") if path.is_file()), None)
    found = [*parts(python, program), *system_parts(folder / "_internal"), FONTS]
    inside = next(folder.rglob("resources/icons")).parent / "licences"
    inside.mkdir(exist_ok=True)
    (inside / "THIRD-PARTY.txt").write_text(_text(found), encoding="utf-8")
    bill = folder.parent / "astroview.cdx.json"
    bill.write_text(json.dumps(bill_of_materials(found), indent=1), encoding="utf-8")
    return inside


def _text(found: list[dict[str, Any]]) -> str:
    own = (ROOT / "LICENSE").read_text("utf-8")
    table = [f"{p['name']} {p['version']}: {p['licence'] or 'see its text'}  {p['home']}"
             for p in found]  # fmt: skip
    chapters = ["astroview\n\n" + own, "Notices\n\n" + QT_NOTICE, "Parts\n\n" + "\n".join(table)]
    chapters += [path.read_text("utf-8") for path in sorted(WHOLE.glob("*.txt"))]
    chapters += [f"{p['name']} {p['version']}\n\n" + "\n\n".join(p["texts"])
                 for p in found if p["texts"]]  # fmt: skip
    return f"\n\n{'=' * 78}\n\n".join(chapters) + "\n"


def bill_of_materials(found: list[dict[str, Any]]) -> dict[str, Any]:
    """CycloneDX 1.5: each part with its version, licence and package address."""
    from astroview import __version__

    def component(part: dict[str, Any]) -> dict[str, Any]:
        address = part.get("address") or f"pkg:pypi/{part['name'].lower()}@{part['version']}"
        said = {"type": "library", "name": part["name"], "version": part["version"],
                "purl": address, "bom-ref": address}  # fmt: skip
        if part["licence"]:
            said["licenses"] = [{"license": {"name": part["licence"]}}]
        return said

    made = [component(part) for part in found]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "astroview",
                                   "version": __version__, "bom-ref": "astroview"}},
        "components": made,
        "dependencies": [{"ref": "astroview", "dependsOn": [one["bom-ref"] for one in made]}],
    }  # fmt: skip
