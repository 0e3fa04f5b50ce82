"""A plain report as PDF: headings and paragraphs, tagged, so that a screen reader reads it too.

pydyf writes the objects; what stands where is told here (ISO 32000-1, 14.7 and 14.8: structure).
The letters are Helvetica, which every reader has, and it knows those of western Europe only: the
whole text goes along inside as an attached file, in which nothing is left out.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import pydyf

Tag = Literal["H1", "H2", "P"]

WIDTH, HEIGHT, MARGIN = 595, 842, 57
"""A4 in points; a margin of two centimetres."""

SIZES: dict[Tag, float] = {"H1": 20, "H2": 14, "P": 11}
ABOVE: dict[Tag, float] = {"H1": 0, "H2": 14, "P": 4}
LEADING = 1.4
ENCODING = "cp1252"

NARROW, BROAD = "fijlrtI1 .,:;!'|()[]/-", "mwMWGOQ@%"
SHARES = (0.33, 0.58, 0.95)
"""How broad a letter is at most, as a share of its size: narrow, others, broad (Helvetica's own
metrics, rounded up, so that a line never runs over)."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph."""

    tag: Tag
    text: str


def pdf_of(title: str, lang: str, blocks: Iterable[Block]) -> bytes:
    """The bytes of a PDF. The same blocks give the same bytes."""
    told = list(blocks)
    sheets = Sheets(pydyf.PDF(), lang)
    for block in told:
        sheets.write(block)
    whole = "\n".join(block.text for block in told)
    sheets.close(title, attached=whole.encode())
    out = io.BytesIO()
    sheets.pdf.write(out, compress=True)
    return out.getvalue()


@dataclass(slots=True)
class Sheets:
    """The pages so far, how far down the last one is, and what stands in which structure."""

    pdf: pydyf.PDF
    lang: str
    streams: list[pydyf.Stream] = field(default_factory=list)
    pages: list[pydyf.Dictionary] = field(default_factory=list)
    marks: list[list[pydyf.Dictionary]] = field(default_factory=list)
    elements: list[pydyf.Dictionary] = field(default_factory=list)
    document: pydyf.Dictionary = field(init=False)
    fonts: pydyf.Dictionary = field(init=False)
    down: float = HEIGHT

    def __post_init__(self) -> None:
        self.document = self.added({"Type": "/StructElem", "S": "/Document"})
        plain, bold = self.font("/Helvetica"), self.font("/Helvetica-Bold")
        self.fonts = pydyf.Dictionary({"P": plain.reference, "B": bold.reference})

    def added(self, facts: dict[str, object]) -> pydyf.Dictionary:
        made = pydyf.Dictionary(facts)
        self.pdf.add_object(made)
        return made

    def font(self, name: str) -> pydyf.Dictionary:
        kind = {"Type": "/Font", "Subtype": "/Type1", "BaseFont": name}
        return self.added({**kind, "Encoding": "/WinAnsiEncoding"})

    def write(self, block: Block) -> None:
        """One block, on the next page too where it is long."""
        element = self.added(
            {"Type": "/StructElem", "S": f"/{block.tag}", "P": self.document.reference}
        )
        self.elements.append(element)
        self.down += ABOVE[block.tag]
        element["K"] = pydyf.Array(
            [self.line(block.tag, row, element) for row in rows(block.text, SIZES[block.tag])]
        )

    def line(self, tag: Tag, text: str, element: pydyf.Dictionary) -> pydyf.Dictionary:
        """One line of text; how the structure refers to it."""
        size = SIZES[tag]
        self.down += size * LEADING
        if self.down > HEIGHT - MARGIN:
            self.turn()
            self.down = MARGIN + size
        stream, marks = self.streams[-1], self.marks[-1]
        number = len(marks)
        marks.append(element)
        stream.begin_marked_content(tag, pydyf.Dictionary({"MCID": number}))
        stream.begin_text()
        stream.set_font_size("P" if tag == "P" else "B", size)
        stream.set_text_matrix(1, 0, 0, 1, MARGIN, HEIGHT - self.down)
        stream.show_text_string(text.encode(ENCODING, "replace"))
        stream.end_text()
        stream.end_marked_content()
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self.pages[-1].reference, "MCID": number})

    def turn(self) -> None:
        """A new page."""
        stream = pydyf.Stream(compress=True)
        self.pdf.add_object(stream)
        page = pydyf.Dictionary({
            "Type": "/Page",
            "Parent": self.pdf.pages.reference,
            "MediaBox": pydyf.Array([0, 0, WIDTH, HEIGHT]),
            "Contents": stream.reference,
            "Resources": pydyf.Dictionary({"Font": self.fonts}),
            "StructParents": len(self.pages),
            "Tabs": "/S",
        })  # fmt: skip
        self.pdf.add_page(page)
        self.streams.append(stream)
        self.pages.append(page)
        self.marks.append([])

    def close(self, title: str, attached: bytes) -> None:
        """What the whole document says of itself."""
        parents: list[object] = []
        for number, marks in enumerate(self.marks):
            parents += [number, pydyf.Array([one.reference for one in marks])]
        tree = self.added({"Nums": pydyf.Array(parents)})
        root = self.added({
            "Type": "/StructTreeRoot",
            "K": self.document.reference,
            "ParentTree": tree.reference,
            "ParentTreeNextKey": len(self.pages),
        })  # fmt: skip
        self.document["P"] = root.reference
        self.document["K"] = pydyf.Array([one.reference for one in self.elements])
        self.pdf.info["Title"] = pydyf.String(title)
        self.pdf.catalog.update({
            "Lang": pydyf.String(self.lang),
            "MarkInfo": pydyf.Dictionary({"Marked": "true"}),
            "StructTreeRoot": root.reference,
            "ViewerPreferences": pydyf.Dictionary({"DisplayDocTitle": "true"}),
            "Names": self.with_file("tekst.txt", attached),
        })  # fmt: skip

    def with_file(self, name: str, body: bytes) -> pydyf.Dictionary:
        """The whole text, as an attached file."""
        stream = pydyf.Stream([body], {"Type": "/EmbeddedFile", "Subtype": "/text#2Fplain"})
        self.pdf.add_object(stream)
        kept = pydyf.Dictionary({"F": stream.reference})
        spec = self.added({
            "Type": "/Filespec",
            "F": pydyf.String(name),
            "UF": pydyf.String(name),
            "EF": kept,
        })  # fmt: skip
        names = pydyf.Array([pydyf.String(name), spec.reference])
        return pydyf.Dictionary({"EmbeddedFiles": pydyf.Dictionary({"Names": names})})


def rows(text: str, size: float) -> Iterator[str]:
    """The text in lines that fit between the margins."""
    for paragraph in text.splitlines() or [""]:
        row = ""
        for word in pieces(paragraph, size):
            longer = f"{row} {word}".strip()
            if row and breadth(longer, size) > WIDTH - 2 * MARGIN:
                yield row
                longer = word
            row = longer
        yield row


def pieces(paragraph: str, size: float) -> Iterator[str]:
    """Its words; one that is longer than a line in parts of forty signs."""
    for word in paragraph.split():
        fits = breadth(word, size) <= WIDTH - 2 * MARGIN
        yield from ([word] if fits else [word[at : at + 40] for at in range(0, len(word), 40)])


def breadth(text: str, size: float) -> float:
    """How broad it is at most, in points."""
    narrow, other, broad = SHARES
    shares = (narrow if one in NARROW else broad if one in BROAD else other for one in text)
    return size * sum(shares)
