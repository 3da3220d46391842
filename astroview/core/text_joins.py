"""How problems are put on a line of text."""


def sentences(message: str, hint: str = "") -> str:
    """Message and hint as sentences: full stops where they are missing, no empty parts."""
    parts = (part if part[-1] in ".!?)" else f"{part}." for part in (message, hint) if part)
    return " ".join(parts)
