"""Finding by a few letters: the best places of a query's letters in a text."""

from __future__ import annotations

START, NEXT, ELSEWHERE = 8, 5, 1  # worth of a letter at a word's start, after the last one, else
WHOLE = 0.5  # of a word that is written to its end; it turns the scale between equals


def score(query: str, text: str) -> float | None:
    """How well a text answers a query; None when its letters are not all there, in order.

    Words of the query may stand in any order. Letters at the start of words and in a row count
    more ("sbs" finds "Side by side"), most of all the beginning of a word as it is written, and all
    of it still more; among equals the shorter text wins.
    """
    total = 0.0
    plain = text.casefold()
    for word in query.casefold().split():
        worth = _worth(word, plain)
        if worth is None:
            return None
        total += worth
    return total - len(text) / 1000


def _worth(word: str, text: str) -> float | None:
    """The best sum over all ways to find the letters in order (dynamic programming); more than any
    of them where a word of the text begins so.
    """
    beginnings = [part for part in _words(text) if part.startswith(word)]
    if beginnings:
        return START * (len(word) + 1) + (WHOLE if word in beginnings else 0.0)
    # best[i]: the best worth so far with the last letter found at text[i]
    best: list[float | None] = []
    for n, letter in enumerate(word):
        now: list[float | None] = []
        reach: float | None = None if n else 0.0  # best of any place before i
        for i, there in enumerate(text):
            found = None
            if there == letter:
                start = i == 0 or not text[i - 1].isalnum()
                if reach is not None:
                    found = reach + (START if start else ELSEWHERE)
                before = best[i - 1] if n and i else None
                if before is not None:
                    found = max(found or 0.0, before + (START if start else NEXT))
            now.append(found)
            if n and best[i] is not None:
                reach = max(reach or 0.0, best[i] or 0.0)
        best = now
    found = [worth for worth in best if worth is not None]
    return max(found) if found else None


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text).split()
