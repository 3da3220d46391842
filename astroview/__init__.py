"""astroview: view, colourise and super-resolve astronomical frames, honestly.

From Python: ``astroview.enhance(path_or_array)``; see `astroview.library`.
"""

from importlib import import_module

FALLBACK_VERSION = "0.1.0"  # of a tree that was never installed; pyproject.toml says the same


def _version() -> str:
    """The version that the build wrote down, from the tags of git."""
    try:
        return str(import_module("astroview._version").version)
    except ImportError:
        return FALLBACK_VERSION


__version__ = _version()

# Loaded when asked for (PEP 562), so that the door stays light. The types are in __init__.pyi.
_PUBLIC = {
    "enhance": ("astroview.library", "enhance"),
    "flux_ledger": ("astroview.library", "flux_ledger"),
    "make_palettes": ("astroview.library_palettes", "make_palettes"),
    "open": ("astroview.open_place", "open"),
    "stack": ("astroview.library_stack", "stack"),
    "verify": ("astroview.library", "verify"),
    "Enhanced": ("astroview.core.enhance.enhanced", "Enhanced"),
    "Worker": ("astroview.batch.process_client", "WorkerProcess"),
    "AstroviewError": ("astroview.core.errors", "AstroviewError"),
    "Cancelled": ("astroview.core.errors", "Cancelled"),
}
__all__ = ["__version__", *_PUBLIC]  # noqa: PLE0604  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> object:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _PUBLIC[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted({*globals(), *_PUBLIC})
