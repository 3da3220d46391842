"""Requests that speak http and https, and nothing else, also where they are sent on to.

Another program's address must not make this one read files, speak other protocols, or look at
machines that only this computer can reach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from astroview.core.io.paths import network_rules

if TYPE_CHECKING:
    from urllib.request import OpenerDirector

SCHEMES = ("http", "https")


class PrivateAddress(OSError):
    """A connection leads to this computer or into a private network."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address} is no public address")
        self.address = address


def http_opener(allow_private: bool = False) -> OpenerDirector:
    """What opens http and https addresses; loaded when needed, for it brings a network stack.

    Unless ``allow_private``, the address that was really connected to must be a public one;
    `PrivateAddress` is raised before anything is sent. Proxies of the environment are used, and
    then it is for them to say what is private. Raises `network_rules.Offline`, before a name is
    looked up, where the network is not to be asked.
    """
    import http.client
    import urllib.request as requests

    proxies = requests.getproxies()

    def checked(kind: type[http.client.HTTPConnection]) -> type[http.client.HTTPConnection]:
        class Checked(kind):
            def connect(self) -> None:
                super().connect()
                if not allow_private and not proxies:
                    _check(self.sock)

        return Checked

    class Http(requests.HTTPHandler):
        def http_open(self, req: requests.Request) -> http.client.HTTPResponse:
            network_rules.check(urlsplit(req.full_url).hostname or "")
            return self.do_open(checked(http.client.HTTPConnection), req)

    class Https(requests.HTTPSHandler):
        def https_open(self, req: requests.Request) -> http.client.HTTPResponse:
            network_rules.check(urlsplit(req.full_url).hostname or "")
            return self.do_open(checked(http.client.HTTPSConnection), req)

    class Redirect(requests.HTTPRedirectHandler):
        def redirect_request(self, req: Any, fp: Any, code: Any, msg: Any, headers: Any,
                             newurl: str) -> requests.Request | None:  # fmt: skip
            if not newurl.lower().startswith(tuple(f"{scheme}://" for scheme in SCHEMES)):
                fp.close()
                raise OSError(f"it leads to {newurl[:100]}, which is no web address")
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    opener = requests.OpenerDirector()
    for handler in (requests.ProxyHandler(), Http(), Https(), Redirect(),
                    requests.HTTPDefaultErrorHandler(), requests.HTTPErrorProcessor()):  # fmt: skip
        opener.add_handler(handler)
    return opener


def _check(connection: Any) -> None:
    from ipaddress import ip_address

    address = ip_address(connection.getpeername()[0].partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or address
    if not mapped.is_global or mapped.is_multicast:
        connection.close()
        raise PrivateAddress(str(mapped))
