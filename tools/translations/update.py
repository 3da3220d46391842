"""``python -m tools.translations.update``: bring the translations up to date and compile them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from astroview.core import resources
from astroview.core.models.model_card import ILLUSTRATIVE, ModelShelf
from astroview.core.settings import Settings
from astroview.ui.app import start
from astroview.ui.enhance import palette_picker
from astroview.ui.i18n import translate
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell import actions, shortcuts
from tools.translations import catalogue, source_texts


def main() -> int:
    """Write every catalogue; returns the exit code."""
    texts = collect()
    translate.folder().mkdir(exist_ok=True)
    for language in translate.LANGUAGES:
        if language == "en":
            continue
        source = translate.folder() / f"astroview_{language}.ts"
        known = catalogue.read(source) if source.exists() else {}
        missing = catalogue.write(source, language, texts, known)
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


def collect() -> dict[str, bool]:
    """The id of every text that stands in the source, and that a window and its workspaces ask
    for; whether it is about a number of things.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    collector = catalogue.Collector(app)
    app.installTranslator(collector)
    running = start(RememberedChoices(Settings(language="en"), lasting=False))
    for space in actions.SPACES:  # a workspace is made when it is first gone to
        running.window.actions_[space].trigger()
    shortcuts.groups()
    running.close()
    app.removeTranslator(collector)
    written = source_texts.constants(sources()) | names()
    asked = {text: counted for text, counted in collector.texts.items() if text in written}
    return asked | dict.fromkeys(names(), False) | source_texts.found_in(sources())


def names() -> set[str]:
    """What the bundled models call themselves, and their palettes."""
    cards = ModelShelf((resources.root() / "models",)).cards()
    palettes = (palette_picker.spelled(one.name) for card in cards for one in card.palettes)
    told = {card.name.removesuffix(f" ({ILLUSTRATIVE})") for card in cards}
    return told | {card.summary for card in cards} | set(palettes)


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
