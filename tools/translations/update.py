"""``python -m tools.translations.update``: bring the translations up to date and compile them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from astroview.core.settings import Settings
from astroview.ui.app import start
from astroview.ui.i18n import text_templates, translate
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell import actions, shortcuts
from tools.translations import source_texts


def main() -> int:
    """Write every catalogue; returns the exit code."""
    texts = collect()
    translate.folder().mkdir(exist_ok=True)
    for language in translate.LANGUAGES:
        if language == "en":
            continue
        source = translate.folder() / f"astroview_{language}.ts"
        missing = translate.update(source, language, texts)
        sys.stdout.write(f"{language}: {len(texts)} texts, {missing} without a translation\n")
        compiled = subprocess.run(
            [
                _lrelease(),
                "-silent",
                "-removeidentical",
                str(source),
                "-qm",
                str(source.with_suffix(".qm")),
            ],
            check=False,
        )
        if compiled.returncode:
            return compiled.returncode
    return 0


def collect() -> list[str]:
    """Every text that stands in the source, and that a window and its workspaces ask for."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    collector = translate.Collector(app)
    app.installTranslator(collector)
    running = start(RememberedChoices(Settings(language="en"), lasting=False))
    for space in actions.SPACES:  # a workspace is made when it is first gone to
        running.window.actions_[space].trigger()
    shortcuts.groups()
    running.close()
    app.removeTranslator(collector)
    written = source_texts.found_in(sources())
    known = [
        text_templates.expression(text) for text in written if text_templates.PLACE.search(text)
    ]
    asked = [text for text in collector.texts if not any(one.fullmatch(text) for one in known)]
    return list(dict.fromkeys((*asked, *written)))


def sources() -> list[Path]:
    """The files that speak to the user of the window; commands speak English."""
    ours = Path(translate.__file__).parents[3]
    rooms = [path for name in ("astroview", "trainer") for path in (ours / name).rglob("*.py")]
    return sorted(path for path in rooms if not path.name.startswith(("cli", "preflight")))


def _lrelease() -> str:
    beside = Path(sys.executable).parent / "pyside6-lrelease"
    return str(beside) if beside.exists() else shutil.which("pyside6-lrelease") or "lrelease"


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.exit(main())
