"""What a reader sees as one sign: a letter with its accents, a flag, a family of joined emoji.

Where those begin and end is Unicode's business (UAX 29, extended grapheme clusters), and its
tables change every year: ``regex`` keeps them. Imported only when something is split or counted.
"""


def graphemes(text: str) -> list[str]:
    """The signs of a text, in order; joined they are the text."""
    import regex  # type: ignore[import-untyped]  # noqa: PLC0415  50 ms that few requests need

    found: list[str] = regex.findall(r"\X", text)
    return found
