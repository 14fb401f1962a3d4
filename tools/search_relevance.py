"""How well the search ranks: MRR@10 over known items by class of question, nDCG@10 over judged topics, beside plain BM25.

    .venv/bin/python -m tools.search_relevance

Over the sample library, with the questions of src/gongkai/search/tests/cases. Plain BM25 asks for any of the same words
in the same tokens, without title, phrases, numbers, synonyms or spelling.
"""

import json
import math
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tantivy

from gongkai.kernel.written import from_yaml

os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"

if TYPE_CHECKING:
    from gongkai.search.embedded import EmbeddedEngine
    from gongkai.search.rules import Entry

CASES = Path(__file__).resolve().parents[1] / "src" / "gongkai" / "search" / "tests" / "cases"
DEPTH = 10
Ranker = Callable[[str], list[str]]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="gongkai-relevance-") as folder:
        os.environ |= {"GONGKAI_DATA_DIR": folder, "GONGKAI_ENV": "demo", "DATABASE_URL": ""}
        import django

        django.setup()
        from django.core.management import call_command

        from gongkai.search.embedded import EmbeddedEngine

        call_command("migrate", verbosity=0)
        entries = sample_entries()
        engine = EmbeddedEngine(Path(folder) / "index")
        with engine.rebuilding() as writer:
            writer.write(entries.values())
        print(f"{len(entries)} public items of the sample library")
        rankers = {"gongkai": own(engine, entries), "plain BM25": plain(engine)}
        known(rankers)
        judged(rankers)


def sample_entries() -> "dict[str, Entry]":
    """The sample library as the search tells it, by key."""
    from gongkai.catalogue.demo import contents
    from gongkai.search.rules import Entry

    found = {}
    for row in contents.items():
        if row["state"] in {"published", "withdrawn", "archived"}:
            found[row["key"]] = Entry(
                id=row["key"],
                kind=row["kind"],
                title=row["title"],
                url="/",
                document_number=row.get("document_number") or "",
                index_number=row.get("index_number") or "",
                organ=row["issuing_organ"],
                theme=row.get("theme") or "",
                date=row.get("published_on") or "",
                summary=row.get("summary") or "",
                keywords=tuple(row.get("keywords") or ()),
                body=row.get("body") or "",
                attachments=tuple(
                    f"{paper['name']}\n{paper.get('text', '')}" for paper in row.get("attachments") or ()
                ),
            )
    return found


def own(engine: "EmbeddedEngine", entries: "dict[str, Entry]") -> Ranker:
    """As a page answers, other spellings looked for where nothing is found."""
    from gongkai.search.rules.ask import Ask
    from gongkai.search.selectors import find

    def rank(text: str) -> list[str]:
        answer = find(Ask(text), engine=engine, entries=lambda ids: {told: entries[told] for told in ids})
        return [hit.entry.id for hit in answer.results]

    return rank


def plain(engine: "EmbeddedEngine") -> Ranker:
    """Any of the words, ranked by BM25 over the whole text, and nothing else."""
    from gongkai.search.embedded.schema import register
    from gongkai.search.rules.folding import fold
    from gongkai.search.rules.tokens import words

    folder = engine.folder / (engine.folder / "current").read_text(encoding="ascii").strip()
    index = register(tantivy.Index.open(str(folder)))

    def rank(text: str) -> list[str]:
        terms = [tantivy.Query.term_query(index.schema, "words", word) for word in dict.fromkeys(words(fold(text)))]
        searcher = index.searcher()
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        return [str(searcher.doc(at).get_first("id")) for _score, at in searcher.search(query, DEPTH).hits]

    return rank


def known(rankers: dict[str, Ranker]) -> None:
    """MRR@10 by class of question."""
    scores = known_scores(rankers)
    kinds = sorted(next(iter(scores.values())), key=lambda name: (name == "all", name))
    print(f"\nMRR@{DEPTH}, known items     " + "".join(f"{name:>14}" for name in rankers))
    for kind in kinds:
        values = [scores[name][kind] for name in rankers]
        print(f"  {kind:14}{len(values[0]):5}      " + "".join(f"{sum(one) / len(one):14.3f}" for one in values))


def known_scores(rankers: dict[str, Ranker], *, step: int = 1) -> dict[str, dict[str, list[float]]]:
    """The reciprocal rank of each known item, or of each `step`-th, by ranker and class of question."""
    lines = (CASES / "known_items.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines[::step]]
    scores: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in rankers}
    for case in cases:
        for name, rank in rankers.items():
            found = rank(case["query"])[:DEPTH]
            score = 1 / (found.index(case["key"]) + 1) if case["key"] in found else 0.0
            scores[name][case["class"]].append(score)
            scores[name]["all"].append(score)
    return scores


def judged(rankers: dict[str, Ranker]) -> None:
    """nDCG@10 over the judged topics; weights were chosen by the first of every two, and checked by the second."""
    scores = topic_scores(rankers)
    first = next(iter(scores.values()))
    print()
    for label, part in (("topics", slice(None)), ("chosen by", slice(0, None, 2)), ("checked by", slice(1, None, 2))):
        values = [found[part] for found in scores.values()]
        print(f"nDCG@{DEPTH}, {label:11}{len(first[part]):5}  " + "".join(f"{sum(v) / len(v):14.3f}" for v in values))


def topic_scores(rankers: dict[str, Ranker]) -> dict[str, list[float]]:
    """nDCG@10 of each judged topic, by ranker."""
    topics: list[dict[str, Any]] = from_yaml((CASES / "topics.yaml").read_text(encoding="utf-8"))["topics"]
    return {name: [ndcg(rank(topic["query"]), topic["judged"]) for topic in topics] for name, rank in rankers.items()}


def ndcg(found: Sequence[str], graded: dict[int, list[str]]) -> float:
    grades = {key: grade for grade, keys in graded.items() for key in keys}
    best = gain(sorted(grades.values(), reverse=True))
    return gain([grades.get(key, 0) for key in found]) / best


def gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1.0) / math.log2(place + 2) for place, grade in enumerate(grades[:DEPTH]))


if __name__ == "__main__":
    main()
