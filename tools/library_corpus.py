"""A library of any size to measure with: N documents as JSON lines, the same for the same seed. All of it is made up.

    .venv/bin/python -m tools.library_corpus 200000 --out corpus.jsonl          # the form `gongkai search index --from` reads
    .venv/bin/python -m tools.library_corpus 20000 --form items --out items.jsonl   # the form `gongkai catalogue import` reads

Titles are topics (whose thing, what thing, what is done with it: over a million of them, drawn by Zipf's law in each
theme), organs and numbers. Bodies are sentences of the demo content in the official register, sentences about the
topic, and rarer words drawn by Zipf's law from a dictionary of phrases, in an order of its own for each theme. One
document in ten may be found only by its organ.
"""

import argparse
import contextlib
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, TextIO

from pypinyin.phrases_dict import phrases_dict

from gongkai.catalogue.demo import contents
from gongkai.kernel.written import from_yaml

POOL = 1 << 16  # words, topics and sentences drawn beforehand for each theme; a document begins anywhere in them
DAYS = 365 * 14
FIRST_YEAR = 2012
TOLD = from_yaml(Path(__file__).with_name("library_words.yaml").read_text(encoding="utf-8"))
OWNERS, OBJECTS, ACTS, DISTRICTS, BUREAUS, WORDS_OF_ORGANS, KINDS, VALIDITIES = (
    TOLD[name].split()
    for name in ("owners", "objects", "acts", "districts", "bureaus", "words_of_organs", "kinds", "validities")
)
GENRES, SENTENCES = TOLD["genres"], TOLD["sentences"]
THEMES = tuple(from_yaml((Path(contents.__file__).parent.parent / "data" / "themes.yaml").read_text(encoding="utf-8")))
Row = dict[str, Any]


def zipf(rng: random.Random, words: Sequence[str], count: int, flat: float = 2.7) -> list[str]:
    """Words drawn with weights of one over their rank, the ranks shuffled."""
    order = list(words)
    rng.shuffle(order)
    weights = list(accumulate(1 / (rank + flat) for rank in range(len(order))))
    return rng.choices(order, cum_weights=weights, k=count)


class Theme:
    """What documents of one theme are made of."""

    def __init__(self, rng: random.Random, code: str, rare: Sequence[str], demo: Sequence[str]) -> None:
        self.code = code
        self.words = zipf(rng, rare, POOL)
        owners, objects, acts = (zipf(rng, words, POOL, flat=8.0) for words in (OWNERS, OBJECTS, ACTS))
        self.topics = [owner + thing + act for owner, thing, act in zip(owners, objects, acts, strict=True)]
        self.sentences = zipf(rng, demo, POOL, flat=30.0)


class Corpus:
    """Documents one after another; the same seed gives the same ones, whatever their number."""

    def __init__(self, seed: int = 1) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - chance that can be repeated is what is wanted
        rare = sorted(phrase for phrase in phrases_dict if 2 <= len(phrase) <= 4 and phrase.isalpha())
        lines = [line for row in contents.written() if row.get("language") != "en" for line in row["body"].split("\n")]
        demo = [line for line in lines if len(line) > 18 and not line.startswith(("|", "#", "-", "第"))]
        self.themes = [Theme(self.rng, code, rare, demo) for code in THEMES]
        self.order = zipf(self.rng, [str(at) for at in range(len(self.themes))], POOL, flat=4.0)
        self.organs = [(f"o{at}", name) for at, name in enumerate(_organs())]

    def entries(self, count: int) -> Iterator[Row]:
        """Documents in the form of an entry of the search."""
        for at in range(count):
            row = self._document(at)
            code, name = row["organ"]
            yield {
                "id": f"corpus:{at}",
                "kind": row["kind"],
                "title": row["title"],
                "document_number": row["number"],
                "index_number": f"{code}/{row['day'][:4]}-{at:05}",
                "organ": code,
                "organ_name": name,
                "theme": row["theme"],
                "level": row["level"],
                "validity": row["validity"],
                "language": "zh-hans",
                "date": row["day"],
                "url": f"/library/{at}/",
                "summary": row["summary"],
                "keywords": row["keywords"],
                "body": row["body"],
                "attachments": row["attachments"],
                "scope": [f"organ:{code}"] if at % 10 == 9 else ["public"],
                "weight": 1.0,
            }

    def items(self, count: int) -> Iterator[Row]:
        """Documents in the interchange form of the library, of the organs of the demo."""
        organs = list(from_yaml(contents.PATTERNS.read_text(encoding="utf-8"))["organs"])
        for at in range(count):
            row = self._document(at)
            yield {
                "kind": "other_document" if row["kind"] == "normative_document" else row["kind"],
                "title": f"{row['title']}（{at + 1}）",
                "document_number": "",
                "issuing_organ": organs[at % len(organs)],
                "theme": row["theme"],
                "genre": row["genre"],
                "signed_on": row["day"],
                "published_on": row["day"],
                "summary": row["summary"],
                "keywords": row["keywords"],
                "body": row["body"],
                "attachments": [{"name": "附件", "text": text} for text in row["attachments"]],
                "state": "published",
                "key": f"corpus-{at + 1}",
            }

    def _document(self, at: int) -> Row:
        chance = self.rng.random
        theme = self.themes[int(self.order[at % POOL])]
        here, there = int(chance() * (POOL - 64)), int(chance() * (POOL - 64))
        topic, words = theme.topics[here], theme.words[there : there + 40]
        organ = self.organs[int(chance() ** 1.7 * len(self.organs))]
        year = FIRST_YEAR + int(chance() ** 0.6 * 14)
        day = f"{year}-{1 + int(chance() * 12):02}-{1 + int(chance() * 28):02}"
        genre, told = GENRES[int(chance() * len(GENRES))]
        serial = 1 + int(chance() * 180)
        body = self._body(theme, topic, organ[1], words, here)
        return {
            "kind": KINDS[int(chance() * len(KINDS))],
            "title": told % {"organ": organ[1], "topic": topic, "year": year, "word": words[0]},
            "number": f"{WORDS_OF_ORGANS[serial % len(WORDS_OF_ORGANS)]}〔{year}〕{serial}号" if serial % 3 else "",
            "organ": organ,
            "theme": theme.code,
            "genre": genre,
            "level": "city" if serial % 9 == 0 else "district",
            "validity": VALIDITIES[int(chance() * len(VALIDITIES))],
            "day": day,
            "summary": f"{organ[1]}就{topic}作出安排，涉及{words[1]}、{words[2]}。",
            "keywords": [topic, words[0], words[3]],
            "body": body,
            "attachments": [f"{topic}明细表：{'、'.join(words[20:40])}。"] if serial % 5 == 0 else [],
        }

    def _body(self, theme: Theme, topic: str, organ: str, words: Sequence[str], here: int) -> str:
        """Eight to twenty sentences: about half of them of the topic, the others of the register."""
        chance = self.rng.random
        count = 4 + int(chance() * 7)
        first = int(chance() * (POOL - 16))
        register = theme.sentences[first : first + count]
        lines = []
        for at in range(count):
            form = SENTENCES[int(chance() * len(SENTENCES))]
            lines.append(register[at])
            lines.append(
                form
                % {
                    "topic": topic,
                    "organ": organ,
                    "a": words[(at * 3 + 4) % 40],
                    "b": words[(at * 3 + 5) % 40],
                    "c": words[(at * 3 + 6) % 40],
                    "n": 2 + int(chance() * 97),
                    "other": theme.topics[here + at + 1],
                }
            )
        return "\n".join(lines)


def _organs() -> Iterator[str]:
    """The district's own organs first: most documents are theirs."""
    yield from ("虹口区人民政府", "虹口区人民政府办公室")
    for district in DISTRICTS:
        yield from (f"{district}{bureau}" for bureau in BUREAUS)


def write(rows: Iterator[Row], out: TextIO) -> int:
    """Write rows as JSON lines; how many bytes."""
    size = 0
    for row in rows:
        size += out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    return size


def main() -> None:
    """Write the corpus, and say how fast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--form", choices=("entries", "items"), default="entries")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", default="-", help="a file; - is the standard output")
    asked = parser.parse_args()
    began = time.perf_counter()
    corpus = Corpus(asked.seed)
    ready = time.perf_counter()
    with contextlib.ExitStack() as stack:
        out = sys.stdout if asked.out == "-" else stack.enter_context(Path(asked.out).open("w", encoding="utf-8"))
        size = write(getattr(corpus, asked.form)(asked.count), out)
    seconds = time.perf_counter() - ready
    print(
        f"{asked.count} documents, {size / max(asked.count, 1):.0f} characters each, in {seconds:.1f} s: "
        f"{asked.count / seconds:.0f} a second after {ready - began:.1f} s of preparing",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
