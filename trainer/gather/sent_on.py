"""Where an archive may send a download on to: within its own site, and never to less safety.

An archive is chosen by name, and its frames are credited to it. So a frame comes from it: another
host of its site may give it (mast.stsci.edu sends on to hla.stsci.edu), anybody else may not, and
what was asked for by https is not fetched by http.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

from astroview.core.errors import AstroviewError
from astroview.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    import requests

MOST = 10  # times in a row
PORTS = {"http": 80, "https": 443}


class Refused(AstroviewError):
    """An archive does not give a file, or gives something else."""


def followed(get: Callable[[str], requests.Response], url: str) -> requests.Response:
    """The answer to a question and where that sends on to; ``get`` follows nothing by itself.

    Raises Refused where it leads away from the archive, or in circles.
    """
    here = url
    for _ in range(MOST):
        answer = get(here)
        if not answer.is_redirect:
            return answer
        there = urljoin(here, answer.headers["Location"])
        answer.close()
        if not may_lead(url, here, there):
            raise Refused(
                Text(
                    "{netloc} sends on to {there}, which is not of its site",
                    netloc=urlsplit(url).netloc,
                    there=there[:100],
                ),
                hint="Try again later, or another survey.",
            )
        here = there
    raise Refused(
        Text("{netloc} sends on again and again", netloc=urlsplit(url).netloc),
        hint="Try again later, or another survey.",
    )


def may_lead(asked: str, here: str, there: str) -> bool:
    """Whether the answer of ``here``, on the way that began with ``asked``, may lead there."""
    try:
        first, now, then = urlsplit(asked), urlsplit(here), urlsplit(there)
        known = then.scheme in PORTS and (now.scheme, then.scheme) != ("https", "http")
        return known and _of_site(then.hostname or "", first.hostname or "") and _door(now, then)
    except ValueError:  # no address at all, or no port
        return False


def _of_site(host: str, archive: str) -> bool:
    """Whether a host is the archive's, or one beside or below it."""
    try:
        ip_address(archive)
    except ValueError:
        parts = archive.split(".")
        site = ".".join(parts[1:]) if len(parts) > 2 else archive
        return bool(host) and (host == site or host.endswith(f".{site}"))
    return host == archive


def _door(now: SplitResult, then: SplitResult) -> bool:
    """Whether the port is the same, or the one that a browser would ask."""
    port = then.port or PORTS[then.scheme]
    return port in ((now.port or PORTS.get(now.scheme, 0)), PORTS[then.scheme])
