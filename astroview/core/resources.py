"""Where the files that ship with the app are: models, icons, sample frames."""

import os
import sys
from pathlib import Path

import platformdirs

from astroview.core.errors import AstroviewError
from astroview.core.io.paths.plain_paths import is_file, is_folder
from astroview.core.texts import Text

_PACKAGE = Path(__file__).resolve().parents[1]


def program() -> list[str]:
    """The command that starts this very program once more, frozen or not."""
    frozen = getattr(sys, "frozen", False)
    return [sys.executable] if frozen else [sys.executable, "-m", "astroview"]


def root() -> Path:
    """The folder `resources`: in a frozen bundle, a source checkout or an installed package."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    installed = _PACKAGE / "resources"  # a checkout has it beside the package instead
    return installed if is_folder(installed) else _PACKAGE.parent / "resources"


def earlier_models() -> Path:
    """The folder of models that earlier versions shipped: nothing offers them, but adapters that
    were tuned from them need their weights.
    """
    return root() / "earlier-models"


def pages() -> Path:
    """The folder of the documentation's pages, which begin with ``index.md``."""
    inside = root() / "docs"
    return inside if is_folder(inside) else root().parent / "docs"


def sample(name: str) -> Path:
    """The bundled sample frame of this name. Raises AstroviewError when it is missing."""
    return _existing(root() / "samples" / name)


def icon(name: str) -> Path:
    """The icon of this name; '.svg' may be left off. Raises AstroviewError when missing."""
    return _existing(root() / "icons" / (name if Path(name).suffix else f"{name}.svg"))


def user_models() -> Path:
    """The folder for models that the user trained or added (it need not exist yet).

    The environment variable ASTROVIEW_DATA_DIR moves the folder above it.
    """
    return _user_data() / "models"


def model_trash() -> Path:
    """The folder for models that the user removed (it need not exist yet).

    The environment variable ASTROVIEW_DATA_DIR moves the folder above it.
    """
    return _user_data() / "trash" / "models"


def user_palettes() -> Path:
    """The folder for the palettes of folders that the user kept (it need not exist yet).

    The environment variable ASTROVIEW_DATA_DIR moves the folder above it.
    """
    return _user_data() / "palettes"


def palette_trash() -> Path:
    """The folder for such palettes that the user removed (it need not exist yet).

    The environment variable ASTROVIEW_DATA_DIR moves the folder above it.
    """
    return _user_data() / "trash" / "palettes"


def user_batches() -> Path:
    """The folder for what is to be remembered of batches whose results lie elsewhere.

    The environment variable ASTROVIEW_DATA_DIR moves the folder above it.
    """
    return _user_data() / "batches"


def cache() -> Path:
    """The folder for what can be made again (it need not exist yet).

    The environment variable ASTROVIEW_CACHE_DIR moves it.
    """
    place = os.environ.get("ASTROVIEW_CACHE_DIR")
    return Path(place) if place else platformdirs.user_cache_path("astroview", appauthor=False)


def user_curations() -> Path:
    """The folder for what was found of folders of training data (see `trainer.curate`).

    The environment variable ASTROVIEW_DATA_DIR moves the folder above it.
    """
    return _user_data() / "curations"


def user_runs() -> Path:
    """The folder for the runs of fine-tuning that the window starts, one folder each.

    The environment variable ASTROVIEW_DATA_DIR moves the folder above it.
    """
    return _user_data() / "runs"


def _user_data() -> Path:
    place = os.environ.get("ASTROVIEW_DATA_DIR")
    return Path(place) if place else platformdirs.user_data_path("astroview", appauthor=False)


def _existing(path: Path) -> Path:
    if not is_file(path):
        raise AstroviewError(
            Text("The file {name} that belongs to astroview is missing", name=path.name),
            hint="Install astroview again.",
        )
    return path
