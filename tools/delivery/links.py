"""Ask each address outside of this repository that the pages link to: ``make links``.

Links within the repository are held by ``tests/house/test_docs.py``, which needs no network. Ends
with 1 where an address is gone, and with 0, and a sentence, where there is no network.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tools.delivery.address import ROOT, address

ADDRESS = re.compile(r"https?://[^\s<>()\[\]`'\"|]+")
EXAMPLES = ("https://example.org", "https://github.com/OWNER/", "http://localhost", "http://127.")
SECONDS = 20
AGENT = "Mozilla/5.0 (astroview: are the links of its pages alive?)"
# Somebody is there, though not for programs, or not now.
THERE = (401, 403, 405, 406, 418, 429, 503)
NO_ANSWER = "no answer"


def addresses(pages: Iterable[Path]) -> dict[str, str]:
    """What is linked to, and the first page that does; not what stands for something else, nor the
    repository itself, which nobody holds before the first upload.
    """
    found = dict[str, str]()
    for page in pages:
        for match in ADDRESS.findall(page.read_text("utf-8")):
            place = match.rstrip(".,;:")
            if not place.startswith((*EXAMPLES, address())):
                found.setdefault(place, page.name)
    return found


def ask(place: str) -> str:
    """Why an address is of no use; "" where it answers, `NO_ANSWER` where nobody does."""
    try:
        with urlopen(Request(place, headers={"User-Agent": AGENT}), timeout=SECONDS) as answer:
            answer.read(1)
    except HTTPError as refused:
        refused.close()
        return "" if refused.code in THERE else f"answers {refused.code}"
    except (URLError, OSError, HTTPException, ValueError):
        return NO_ANSWER
    return ""


def check(linked: dict[str, str]) -> tuple[list[str], bool]:
    """What is to be said of each dead address; and whether anybody answered at all."""
    with ThreadPoolExecutor(8) as pool:
        answers = dict(zip(linked, pool.map(ask, linked), strict=True))
    dead = [f"{linked[place]}: {place} {why}" for place, why in answers.items() if why]
    return dead, any(why != NO_ANSWER for why in answers.values())


def main(pages: Iterable[Path] = ()) -> int:
    """Ask them all."""
    linked = addresses(pages or sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]))
    dead, online = check(linked)
    if linked and not online:
        print(f"No network here: none of {len(linked)} addresses answered, so none was checked.")
        return 0
    print("\n".join([*dead, f"{len(linked)} addresses asked, {len(dead)} of no use"]))
    return 1 if dead else 0


if __name__ == "__main__":
    sys.exit(main())
