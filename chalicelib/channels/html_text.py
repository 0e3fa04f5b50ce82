"""HTML as text: ``<br>`` a newline, a paragraph's end a blank line, entities decoded, trimmed.

With ``mark_quotes`` what stands in a quotation begins with ``> ``, as plain mail marks it.
"""

import re
from html.parser import HTMLParser

_NO_WORDS = frozenset({"script", "style", "title", "template"})
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "blockquote"})
_BLOCKS = frozenset(
    {"div", "ul", "ol", "li", "tr", "hr", "section", "article", "header", "footer", "address"}
)
_CONDITIONS = re.compile(r"<!\[[^>]{0,200}>")
"""Microsoft's conditional marks. On one that never ends Python's parser raises: it is text then."""

_DEEPEST_QUOTE = 9

_SPACES = re.compile(r"[ \t\r\n\f]+")


def text_of_html(html: str, *, mark_quotes: bool = False) -> str:
    """The words of a page or a fragment, however badly it is written."""
    reader = _Reader(_DEEPEST_QUOTE if mark_quotes else 0)
    reader.feed(_CONDITIONS.sub("", html).replace("<![", "&lt;!["))
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self, deepest_mark: int) -> None:
        super().__init__(convert_charrefs=True)
        self._deepest_mark = deepest_mark
        self._lines: list[list[str]] = [[]]  # pieces: joined as they come, long lines cost dear
        self._skipped = ""
        self._quoted = 0
        self._preformatted = 0

    def text(self) -> str:
        return "\n".join("".join(pieces).rstrip(" ") for pieces in self._lines).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs  # no attribute holds words of the writer
        if tag in _NO_WORDS:
            self._skipped = tag
        elif tag == "br":
            self._lines.append([])
        else:
            self._break(tag)
        self._quoted += tag == "blockquote"
        self._preformatted += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag == self._skipped:
            self._skipped = ""
        self._break(tag)
        self._quoted = max(0, self._quoted - (tag == "blockquote"))
        self._preformatted = max(0, self._preformatted - (tag == "pre"))

    def handle_data(self, data: str) -> None:
        if self._skipped:
            return
        if self._preformatted:
            self._put_lines(data)
            return
        words, line = _SPACES.sub(" ", data), self._lines[-1]
        self._put(words.removeprefix(" ") if not line or line[-1].endswith(" ") else words)

    def _put_lines(self, data: str) -> None:
        """What keeps its own lines and spaces."""
        for at, words in enumerate(data.split("\n")):
            self._lines += [[]] if at else []
            self._put(words)

    def _put(self, words: str) -> None:
        line = self._lines[-1]
        if words:
            line += [words] if line else ["> " * min(self._quoted, self._deepest_mark), words]

    def _break(self, tag: str) -> None:
        """A block stands on lines of its own, a paragraph apart from what is around it."""
        wanted = 2 if tag in _PARAGRAPHS else int(tag in _BLOCKS)
        standing = 0
        while standing < min(wanted, len(self._lines)) and not self._lines[-1 - standing]:
            standing += 1
        self._lines += [[] for _ in range(wanted - standing)]
