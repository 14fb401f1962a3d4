"""Reading the files of the law, and refusing them with every problem found at once."""

import re
from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from gongkai.kernel.written import SafeLoader
from gongkai.statutes.errors import MalformedLaw
from gongkai.statutes.units import UNITS, fits
from gongkai.statutes.values import Cite, Parameter, Statute, Value, freeze

STATUTES_FILE = "statutes.yaml"
NAME = re.compile(r"[a-z][a-z0-9_]*")
CITE = re.compile(r"(?P<statute>[a-z][a-z0-9_]*)(?: (?P<article>\d+)(?:\.(?P<paragraph>\d+))?(?:\((?P<item>\d+)\))?)?")
STATUTE_KEYS = {"title", "number", "issued", "since", "until", "supersedes", "articles", "confirmed"}
STATUTE_DAYS = ("issued", "since", "until")
PARAMETER_KEYS = {"label", "unit", "values", "confirmed", "setting", "free", "cite"}
VALUE_KEYS = {"value", "cite", "confirmed"}


class _OnceLoader(SafeLoader):
    """YAML in which a key, and so a day, may stand only once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                line = key_node.start_mark.line + 1
                raise MalformedLaw([f"{Path(str(key_node.start_mark.name)).name}, line {line}: {key} stands twice"])
            seen.add(key)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path) -> Any:
    """One YAML file, refusing repeated keys."""
    with path.open(encoding="utf-8") as stream:
        loader = _OnceLoader(stream)
        try:
            return loader.get_single_data()
        except yaml.YAMLError as error:
            raise MalformedLaw([f"{path.name}: not YAML: {error}"]) from error
        finally:
            loader.dispose()


def load_files(folder: Path) -> tuple[dict[str, Statute], dict[str, Parameter], dict[str, str]]:
    """Statutes, parameters and topics of a folder, or `MalformedLaw` with every problem."""
    problems: list[str] = []
    statutes = _statutes(read_yaml(folder / STATUTES_FILE), problems)
    parameters: dict[str, Parameter] = {}
    topics: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name == STATUTES_FILE:
            continue
        reader = _Reader(path.stem, statutes, problems)
        content = read_yaml(path) or {}
        topics[path.stem] = str(content.get("title", path.stem))
        for name, entry in (content.get("parameters") or {}).items():
            if name in parameters:
                problems.append(f"{path.name}: {name} stands already in {parameters[name].topic}.yaml")
            elif parameter := reader.parameter(name, entry):
                parameters[name] = parameter
    if problems:
        raise MalformedLaw(problems)
    return statutes, parameters, topics


def _statutes(content: Any, problems: list[str]) -> dict[str, Statute]:
    statutes: dict[str, Statute] = {}
    for key, entry in (content or {}).get("statutes", {}).items():
        if unknown := set(entry) - STATUTE_KEYS:
            problems.append(f"{STATUTES_FILE}: {key} has unknown keys {', '.join(sorted(unknown))}")
        elif not entry.get("title"):
            problems.append(f"{STATUTES_FILE}: {key} has no title")
        elif wrong := [name for name in STATUTE_DAYS if type(entry.get(name)) not in {date, type(None)}]:
            problems.append(f"{STATUTES_FILE}: {key} has no day such as 2019-05-15 in {', '.join(wrong)}")
        else:
            statutes[key] = Statute(key=key, **entry)
    for statute in statutes.values():
        if statute.supersedes and statute.supersedes not in statutes:
            problems.append(f"{STATUTES_FILE}: {statute.key} supersedes the unknown {statute.supersedes}")
        if statute.since and statute.until and statute.until < statute.since:
            problems.append(f"{STATUTES_FILE}: {statute.key} ends on {statute.until}, before it begins")
    return statutes


class _Reader:
    """The parameters of one file, each problem named by file, parameter and day."""

    def __init__(self, topic: str, statutes: dict[str, Statute], problems: list[str]) -> None:
        self.topic, self.statutes, self.problems = topic, statutes, problems

    def parameter(self, name: str, entry: Any) -> Parameter | None:
        """One parameter, or None after noting what is wrong with it."""
        before = len(self.problems)
        self.problems.extend(f"{self.topic}.yaml: {name} {problem}" for problem in self._shape(name, entry))
        if len(self.problems) > before:
            return None
        confirmed = bool(entry.get("confirmed", True))
        values = tuple(self._value(name, entry, day, given, confirmed) for day, given in entry["values"].items())
        return Parameter(
            name=name,
            label=entry["label"],
            unit=entry["unit"],
            topic=self.topic,
            values=values,
            confirmed=confirmed,
            setting=bool(entry.get("setting", False)),
            free=bool(entry.get("free", False)),
        )

    def _shape(self, name: str, entry: Any) -> Iterator[str]:
        if not NAME.fullmatch(str(name)):
            yield "is not a name in lower case with underscores"
        if not isinstance(entry, dict):
            yield "is not a table of label, unit and values"
            return
        if unknown := set(entry) - PARAMETER_KEYS:
            yield f"has unknown keys {', '.join(sorted(map(str, unknown)))}"
        if not entry.get("label"):
            yield "has no Chinese label"
        if entry.get("unit") not in UNITS:
            yield f"has the unknown unit {entry.get('unit')!r}; known are {', '.join(UNITS)}"
            return
        values = entry.get("values")
        if not isinstance(values, dict) or not values:
            yield "has no values by first day"
            return
        yield from self._days(list(values))
        for day, given in values.items():
            yield from (f"on {day} {problem}" for problem in self._given(entry, day, given))

    @staticmethod
    def _days(days: list[Any]) -> Iterator[str]:
        if wrong := [day for day in days if type(day) is not date]:
            yield f"has {wrong[0]!r} where a day such as 2019-05-15 must stand"
        elif days != sorted(days):
            yield "has its days out of order: the earliest stands first"

    def _given(self, entry: dict[str, Any], day: date, given: Any) -> Iterator[str]:
        if not isinstance(given, dict) or "value" not in given or set(given) - VALUE_KEYS:
            yield "must be {value: …, cite: …} and may have confirmed"
            return
        if not fits(entry["unit"], given["value"]):
            yield f"has {given['value']!r}, which is not a value in {entry['unit']}"
        cites = _listed(given.get("cite", entry.get("cite")))
        if not cites:
            yield "has no cite: say the statute and its article, such as `disclosure_regulation 33.2`"
        for cite in cites:
            yield from self._cite_problems(str(cite), day)

    def _cite_problems(self, cite: str, day: Any) -> Iterator[str]:
        match = CITE.fullmatch(cite)
        if not match:
            yield f"cites {cite!r}; write `statute article.paragraph(item)`, such as `disclosure_regulation 33.2`"
            return
        statute = self.statutes.get(match["statute"])
        if statute is None:
            yield f"cites the unknown statute {match['statute']}; add it to {STATUTES_FILE}"
        elif statute.articles and not match["article"]:
            yield f"cites {statute.key} without an article"
        elif type(day) is date and not statute.runs_on(day):
            yield f"cites {statute.key}, which ran from {statute.since} to {statute.until or 'now'}"

    def _value(self, name: str, entry: dict[str, Any], day: date, given: dict[str, Any], confirmed: bool) -> Value:
        checked = confirmed and bool(given.get("confirmed", True))
        given_cites = _listed(given.get("cite", entry.get("cite")))
        cites = tuple(read_cite(str(cite), self.statutes, checked) for cite in given_cites)
        return Value(name, freeze(given["value"]), day, cites, entry["unit"], checked)


def read_cite(cite: str, statutes: Mapping[str, Statute], confirmed: bool = True) -> Cite:
    """`disclosure_regulation 33.2` as a citation; ValueError for another shape, KeyError for an unknown statute."""
    match = CITE.fullmatch(cite)
    if not match:
        raise ValueError(f"{cite!r} is no citation; write `statute article.paragraph(item)`")
    article, paragraph, item = (int(text) if text else None for text in match.group("article", "paragraph", "item"))
    statute = statutes[match["statute"]]
    return Cite(statute, article, paragraph, item, confirmed and statute.confirmed)


def _listed(cite: Any) -> list[Any]:
    if cite is None:
        return []
    return cite if isinstance(cite, list) else [cite]
