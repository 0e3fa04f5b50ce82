"""``python -m infra.learn_meanings``: what each way of asking for our articles means, in a file."""

import json

from chalicelib.detection.encoder import Encoder
from chalicelib.detection.meaning import packed
from chalicelib.knowledge import article_meanings
from chalicelib.knowledge.articles import articles
from chalicelib.knowledge.learned import PROBE
from infra.encoder.command import FOLDER, ROOT

OUT = ROOT / "chalicelib" / "knowledge" / article_meanings.FILE


def main() -> None:
    """Read and write."""
    encoder = Encoder(FOLDER)
    texts = sorted({PROBE, *(way for one in articles() for way in article_meanings.ways(one))})
    found = {text: packed(encoder.read(text).meaning) for text in texts}
    OUT.write_text(json.dumps(found, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
