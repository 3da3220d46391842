"""astroview: view, colourise and super-resolve astronomical frames, honestly.

From Python: ``astroview.enhance(path_or_array)``; see `astroview.library`.
"""

from importlib import import_module

__version__ = "0.1.0"

# Loaded when asked for (PEP 562), so that the door stays light. The types are in __init__.pyi.
_PUBLIC = {
    "enhance": ("astroview.library", "enhance"),
    "flux_ledger": ("astroview.library", "flux_ledger"),
    "verify": ("astroview.library", "verify"),
    "Enhanced": ("astroview.core.enhance.enhanced", "Enhanced"),
    "Worker": ("astroview.batch.process_client", "WorkerProcess"),
    "AstroviewError": ("astroview.core.errors", "AstroviewError"),
    "Cancelled": ("astroview.core.errors", "Cancelled"),
}


def __getattr__(name: str) -> object:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _PUBLIC[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted({*globals(), *_PUBLIC})
