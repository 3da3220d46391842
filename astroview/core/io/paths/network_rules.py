"""What the network may be asked, and how long and how much: one rule for all that asks it.

The rules stand in the environment, so that worker and batch processes obey them as the window does.
"""

from __future__ import annotations

import os
from dataclasses import field

from astroview.core.lazy_dataclass import dataclass

OFFLINE = "ASTROVIEW_OFFLINE"
SECONDS = "ASTROVIEW_NETWORK_SECONDS"
MEGABYTES = "ASTROVIEW_NETWORK_MEGABYTES"
SERVICES = ("ASTROVIEW_HIPS2FITS", "ASTROVIEW_SESAME", "ASTROVIEW_CONE", "ASTROVIEW_SIMBAD")
LOCAL = ("localhost", "127.0.0.1", "::1")


class Offline(OSError):
    """The network is not to be asked."""

    def __init__(self) -> None:
        super().__init__("astroview works offline")


@dataclass(frozen=True)
class NetworkRules:
    """Of services of the sky and of web addresses.

    Attributes
    ----------
    offline
        Nothing but this computer itself is asked.
    seconds, megabytes
        Of one answer, at most; 0 is what is usual for its kind.
    hips2fits, sesame, cone, simbad
        Addresses of other servers of the same kinds; "" for the usual ones.
    """

    offline: bool = False
    seconds: float = field(default=0.0, metadata={"bounds": (0, 3600)})
    megabytes: float = field(default=0.0, metadata={"bounds": (0, 1e5)})
    hips2fits: str = ""
    sesame: str = ""
    cone: str = ""
    simbad: str = ""


def put_in_force(rules: NetworkRules, before: NetworkRules | None = None) -> None:
    """Into this process's environment. What the user's own environment says stands where the rules
    say nothing, and did not say anything ``before``.
    """
    was = _values(before or NetworkRules())
    for variable, value in _values(rules).items():
        if value:
            os.environ[variable] = value
        elif was[variable]:
            os.environ.pop(variable, None)


def _values(rules: NetworkRules) -> dict[str, str]:
    numbers = (f"{n:g}" if n else "" for n in (rules.seconds, rules.megabytes))
    servers = (rules.hips2fits, rules.sesame, rules.cone, rules.simbad)
    told = ("1" if rules.offline else "", *numbers, *servers)
    return dict(zip((OFFLINE, SECONDS, MEGABYTES, *SERVICES), told, strict=True))


def check(host: str) -> None:
    """Raise Offline unless the host may be asked; this computer always may."""
    if os.environ.get(OFFLINE, "") not in ("", "0") and host not in LOCAL:
        raise Offline


def seconds(usual: float) -> float:
    """How long an answer may take."""
    return _number(SECONDS, usual)


def size(usual: int) -> int:
    """How many bytes an answer may have."""
    return int(_number(MEGABYTES, usual / 1e6) * 1e6)


def _number(variable: str, usual: float) -> float:
    try:
        value = float(os.environ.get(variable, ""))
    except ValueError:
        return usual
    return value if 0 < value < float("inf") else usual
