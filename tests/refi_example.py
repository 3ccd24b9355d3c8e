"""Random projects, and what of a project must be the same after a journey through a REFI-QDA file."""

import uuid
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ipscoding.exchange.foreign.landing import line_of
from ipscoding.project import Project, create, documents, journal
from ipscoding.project.texts import keep_text
from ipscoding.transcripts.offsets import trace, transcript_of

WORDS = "aæØ 0\n.:😀é-«»"
ODD = "aæØ 1\n\t\r\x00\x0b<&>\"'☃😀]]>"
IDS = st.uuids(version=4).map(str)
TIMES = st.sampled_from(("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.123456Z", "2025-05-05", ""))


def texts(size: int = 8) -> st.SearchStrategy[str]:
    return st.text(ODD, max_size=size).map(lambda text: text.strip())


def names() -> st.SearchStrategy[str]:
    return st.text("abcæøå ()", min_size=1, max_size=6).map(line_of).filter(bool)


def by_language() -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(("nb", "nn", "en", "se")), texts(), max_size=3)


@st.composite
def codes(draw: st.DrawFn) -> list[tuple[str, dict[str, Any]]]:
    ids = draw(st.lists(IDS, max_size=5, unique=True))
    found = []
    for number, identity in enumerate(ids):
        examples = st.fixed_dictionaries(
            {
                "valence": st.sampled_from(("barrier", "facilitator", "both", "none")),
                "language": st.sampled_from(("nb", "en")),
                "text": texts(),
            }
        )
        values = {
            "code": f"k{number}",
            "parent": draw(st.sampled_from((None, *ids[:number]))),
            "merged_into": draw(st.sampled_from((None, *ids))),
            "position": number,
            "valence": draw(st.sampled_from(("both", "barrier", "none"))),
            "codable": draw(st.integers(0, 1)),
            "retired": draw(st.integers(0, 1)),
            "colour": draw(st.sampled_from(("", "#00aaFF", "red"))),
            "version": draw(st.integers(1, 3)),
            "label": draw(by_language()),
            "definition": draw(by_language()),
            "include_when": draw(by_language()),
            "exclude_when": draw(by_language()),
            "examples": draw(st.lists(examples, max_size=2)),
            "roles": draw(st.lists(st.sampled_from(("patient", "clinician")), max_size=2, unique=True)),
            "links": draw(st.dictionaries(st.sampled_from(("cfir", "fidelity_item")), names(), max_size=2)),
            "extra": draw(st.sampled_from(({}, {"sets": ["En", "To"]}, {"note": "x", "n": 3}))),
        }
        found.append((identity, values))
    return found


@st.composite
def projects(draw: st.DrawFn) -> dict[str, Any]:
    """Everything that is to be in a project; `build` makes it."""
    people = [(draw(IDS), name) for name in draw(st.lists(names(), max_size=2, unique=True))]
    stored = st.text(WORDS, min_size=1, max_size=60).map(lambda text: trace(text).text).filter(bool)
    bodies = draw(st.lists(stored, max_size=2, unique=True))
    coders = [(draw(IDS), name) for name in draw(st.lists(names(), min_size=1, max_size=2, unique=True))]
    return {
        "coders": coders,
        "codes": draw(codes()),
        "informants": people,
        "documents": [
            (draw(IDS), body, draw(st.sampled_from((None, *(one for one, _n in people))))) for body in bodies
        ],
        "draw": draw(st.randoms(use_true_random=False)),
        "memos": draw(st.lists(texts(20).filter(bool), max_size=5)),
        "values": draw(st.lists(texts(), max_size=4)),
        "times": draw(st.lists(TIMES, min_size=1, max_size=3)),
    }


def build(path: Path, told: dict[str, Any]) -> Project:
    """The project that was drawn, made by one act."""
    project = create(path, name="Studie", coder="Kari")
    random = told["draw"]
    taken: set[Any] = {"Kari"}
    numbers = count(1)

    def pick(values: Any) -> Any:
        return random.choice(list(values))

    def new() -> str:
        return str(uuid.UUID(int=next(numbers), version=4))

    with journal.command(project, "import", n=1) as act:
        kari = act.coder
        act.update("coder", kari, {"role": pick(("lead", "coder")), "colour": "#123456", "aliases": {"K": 1}})
        coders = [kari]
        for identity, name in told["coders"]:
            if name not in taken:
                taken.add(name)
                act.create("coder", identity, {"name": name, "role": pick(("coder", "reader", "lead"))})
                coders.append(identity)
        for identity, name in told["informants"]:
            values = {f"a{n}": value for n, value in enumerate(told["values"])}
            act.create("informant", identity, {"name": name, "role": pick(("patient", "")), "attributes": values})
        for identity, values in told["codes"]:
            act.create("code", identity, values)
        act.update("project", project.id, {"settings": {"blind": False, "codebook": {"id": "b", "title": {"nb": "B"}}}})
        targets = [project.id, *(identity for identity, _values in told["codes"])]
        for number, (identity, body, informant) in enumerate(told["documents"]):
            values = {
                "name": f"d {number}",
                "text": keep_text(project, transcript_of(body, "d")),
                "informant": informant,
                "language": pick(("nb", "")),
                "date": pick(("2026-03-01", "")),
                "source": "d.txt",
                "speakers": {"P": "p01"},
                "attributes": {"sets": "En; To"} if pick((0, 1)) else {},
            }
            act.create("document", identity, values)
            targets.append(identity)
            for _n in range(3):
                start = pick(range(len(body)))
                end = pick(range(start, len(body))) + 1
                if body[start].isspace() or body[end - 1].isspace():
                    continue
                where = {"document": identity, "coder": pick(coders), "created_at": pick(told["times"])}
                if told["codes"] and pick((0, 1, 1)):
                    code = pick(told["codes"])[0]
                    coding = new()
                    more = {
                        "valence": pick(("barrier", "facilitator", "both", "none")),
                        "strength": pick((None, 1, 2)),
                        "origin": pick(("manual", "suggestion", "import")),
                        "code_version": pick((1, 2)),
                    }
                    place = (identity, start, end, code, where["coder"])
                    if place in taken:
                        continue
                    taken.add(place)
                    act.create("coding", coding, {**where, "start": start, "end": end, "code": code, **more})
                    targets.append(coding)
                    decision = {"document": identity, "start": start, "end": end, "code": code, "coder": pick(coders)}
                    made = {**decision, "decision": "accepted", "score": 0.5, "engine": "e", "coding": coding}
                    act.create("decision", new(), made)
                    marks = {**decision, "marks": f"{start}-{end} none", "outcome": "one", "side": "Kari"}
                    act.create("adjudication", new(), {**marks, "decided_at": "2026", "codings": {coding: 1}})
                act.create("bookmark", new(), {**where, "offset": start, "note": pick(("", "Her"))})
                if told["memos"]:
                    memo = {"target": identity, "text": pick(told["memos"]), "start": start, "end": end}
                    more = {"coder": pick(coders), "created_at": pick(told["times"])}
                    place = (identity, start, memo["text"])
                    if place not in taken:
                        taken.add(place)
                        act.create("memo", new(), {**memo, **more, "origin": pick((None, "d.docx"))})
            if pick((0, 1)):
                documents.write_status(act, identity, pick(("coding", "done")), pick(coders))
        for text in told["memos"]:
            values = {"target": pick(targets), "coder": pick(coders), "text": text, "created_at": pick(told["times"])}
            if (values["target"], text) not in taken:
                taken.add((values["target"], text))
                act.create("memo", new(), values)
    return project


def held(project: Project) -> dict[str, dict[Any, dict[str, Any]]]:
    """All that a project holds; coders go by their names and the project itself by a word, since those ids differ."""
    state = journal.state(project)
    names = {identity: fields["name"] for identity, fields in state["coder"].items()}
    names[project.id] = "project"

    def told(fields: dict[str, Any]) -> dict[str, Any]:
        return {
            name: names.get(value, value) if name in ("coder", "target") else value for name, value in fields.items()
        }

    found: dict[str, dict[Any, dict[str, Any]]] = {
        kind: {names.get(identity, identity): told(fields) for identity, fields in entities.items()}
        for kind, entities in state.items()
    }
    found["status"] = {(one["document"], one["coder"]): one for one in found["status"].values()}
    found["times"] = {one.id: {"at": documents.transcript(project, one.id).times} for one in documents.all(project)}
    return found


def differences(one: dict[str, dict[Any, dict[str, Any]]], other: dict[str, dict[Any, dict[str, Any]]]) -> list[Any]:
    """Where two projects differ: kind, id, field, both values."""
    found: list[Any] = []
    for kind in one.keys() | other.keys():
        here, there = one.get(kind, {}), other.get(kind, {})
        for key in here.keys() | there.keys():
            a, b = here.get(key, {}), there.get(key, {})
            found += [
                (kind, key, name, a.get(name), b.get(name))
                for name in a.keys() | b.keys()
                if a.get(name) != b.get(name)
            ]
    return found
