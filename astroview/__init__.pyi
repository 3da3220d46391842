from astroview.batch.process_client import WorkerProcess as Worker
from astroview.core.enhance.enhanced import Enhanced as Enhanced
from astroview.core.errors import AstroviewError as AstroviewError
from astroview.core.errors import Cancelled as Cancelled
from astroview.library import enhance as enhance
from astroview.library import flux_ledger as flux_ledger
from astroview.library import verify as verify
from astroview.library_palettes import make_palettes as make_palettes
from astroview.library_stack import stack as stack
from astroview.open_place import open as open  # noqa: A004

FALLBACK_VERSION: str
__version__: str
__all__ = [
    "AstroviewError",
    "Cancelled",
    "Enhanced",
    "Worker",
    "__version__",
    "enhance",
    "flux_ledger",
    "make_palettes",
    "open",
    "stack",
    "verify",
]
