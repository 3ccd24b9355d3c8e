"""What becomes of codings when the text under them changes: shares right, for review, lost and wrong, and the time.

    python -m benchmarks.reanchoring [--seeds 20] [--edits 60] [--interviews FOLDER]

The interviews and both coders' codings are those of the example project (or those of FOLDER, in the same form). Texts
are changed in two ways: random edits (letters, words, lines joined and split, sentences removed and put in), and names
taken out: every word in the midst of a sentence that begins with a capital letter becomes [navn1] and so on. Where each
coding should stand is not asked of the program: every character carries the place it had, through all edits.
"""

import argparse
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from ipscoding.cli.demo import build
from ipscoding.domain import Span, Transcript
from ipscoding.exchange.into_project import codings_for
from ipscoding.project import Project, codings, documents, open_project, versions
from ipscoding.transcripts.anchor import Anchored, Comparison
from ipscoding.transcripts.read import find_files, read
from ipscoding.transcripts.reading import Reading

Characters = list[tuple[str, int]]
"""A text as its characters, each with the place it had in the old text (-1: it was put in)."""

_NAME = re.compile(r"(?<=[a-zæøå,] )[A-ZÆØÅ][\wæøå]+")
_SENTENCE = re.compile(r"[^.?!\n]+[.?!]+ ?")
_WORD = re.compile(r"\w+")


def carried(text: str) -> Characters:
    return [(letter, place) for place, letter in enumerate(text)]


def put(characters: Characters, start: int, end: int, new: str) -> None:
    """Put `new` in the place of what stands from `start` to `end`; what is the same at its ends stays as it is."""
    while start < end and new and characters[start][0] == new[0]:
        start, new = start + 1, new[1:]
    while start < end and new and characters[end - 1][0] == new[-1]:
        end, new = end - 1, new[:-1]
    characters[start:end] = [(letter, -1) for letter in new]


def edit(characters: Characters, chance: random.Random, others: list[str]) -> None:
    """One change, as somebody makes them who corrects a transcript."""
    text = "".join(letter for letter, _place in characters)
    kind = chance.choice(("letter", "word", "join", "split", "remove", "insert"))
    if kind == "letter":
        at = chance.randrange(len(text))
        put(characters, at, at + chance.choice((0, 1, 1)), chance.choice(("", "e", "r", "å")))
    elif kind == "word":
        word = chance.choice(list(_WORD.finditer(text)))
        new = chance.choice(("", "ikke", "på en måte", word.group().upper(), "poliklinikken"))
        put(characters, word.start(), word.end(), new)
    elif kind == "join":
        breaks = [at for at, letter in enumerate(text) if letter == "\n"]
        if breaks:
            at = chance.choice(breaks)
            put(characters, at, at + 1, " ")
    elif kind == "split":
        at = chance.choice([place for place, letter in enumerate(text) if letter == " "])
        put(characters, at, at + 1, "\n")
    else:
        sentences = list(_SENTENCE.finditer(text))
        one = chance.choice(sentences)
        if kind == "remove":
            put(characters, one.start(), one.end(), "")
        else:
            put(characters, one.start(), one.start(), chance.choice(others))


def truth(characters: Characters, span: Span) -> tuple[Span | None, bool]:
    """Where what is left of a passage stands (None: nothing is left), and whether it is whole and untouched."""
    left = [at for at, (_letter, place) in enumerate(characters) if span.start <= place < span.end]
    if not left:
        return None, False
    whole = len(left) == len(span) and left[-1] - left[0] + 1 == len(span)
    return Span(left[0], left[-1] + 1), whole


def judged(comparison: Comparison, characters: Characters, spans: Iterable[Span]) -> Counter[str]:
    """How many passages are in which case, seen from where each should stand."""
    found: Counter[str] = Counter()
    new = comparison.new
    for span in spans:
        right, whole = truth(characters, span)
        anchor = comparison.anchor(span)
        found["codings"] += 1
        if anchor.status in (Anchored.EXACT, Anchored.SHIFTED):
            # an edit may put back what another one took away: then the words are whole without being untouched
            is_right = right is not None and anchor.span == right and right.of(new) == span.of(comparison.old)
            found[str(anchor.status) if is_right else "wrong"] += 1
            continue
        found[str(anchor.status)] += 1
        if whole:
            found["needless"] += 1
        if anchor.span is not None and right is not None:
            # white space at the ends of a passage is nobody's
            words, place = right.of(new), anchor.span
            begin = right.start + len(words) - len(words.lstrip())
            found["proposed right"] += place == Span(begin, begin + len(words.strip())) if words.strip() else 0
        elif anchor.span is None and right is not None and right.of(new).strip(" .,?!\n"):
            found["lost, something left"] += 1
    return found


def told(name: str, found: Counter[str], seconds: list[float]) -> None:
    n = found["codings"]
    print(f"\n{name}: {n} codings")
    for case in ("exact", "shifted", "changed", "lost", "wrong", "needless", "proposed right", "lost, something left"):
        print(f"  {case:22} {found[case]:7}  {found[case] / n:8.2%}")
    seconds.sort()
    median, worst = seconds[len(seconds) // 2] * 1000, seconds[-1] * 1000
    print(f"  time an interview (both texts compared, all codings placed): median {median:.1f} ms, most {worst:.1f} ms")


def judge_all(
    talks: dict[str, Transcript], coded: dict[str, list[Span]], changed: Iterable[tuple[str, Characters]]
) -> tuple[Counter[str], list[float]]:
    found: Counter[str] = Counter()
    seconds: list[float] = []
    for document, characters in changed:
        new = "".join(letter for letter, _place in characters)
        begun = time.perf_counter()
        comparison = Comparison(talks[document].text, new)
        for span in coded[document]:
            comparison.anchor(span)
        seconds.append(time.perf_counter() - begun)
        found += judged(comparison, characters, coded[document])
    return found, seconds


def without_names(text: str) -> Characters:
    names: dict[str, str] = {}
    characters = carried(text)
    for found in reversed(list(_NAME.finditer(text))):
        name = names.setdefault(found.group(), f"[navn{len(names) + 1}]")
        put(characters, found.start(), found.end(), name)
    return characters


def through_the_project(project: Project, talks: dict[str, Transcript]) -> None:
    """The same through `versions.revise_all`, as somebody would do it."""
    wanted = []
    for document, talk in talks.items():
        new = "".join(letter for letter, _place in without_names(talk.text))
        wanted.append((document, Reading(document, Transcript(new, (), ()), {}, "ny.txt", "", "utf-8", [])))
    begun = time.perf_counter()
    done = versions.revise_all(project, wanted)
    seconds = time.perf_counter() - begun
    total = sum((Counter(one.codings) for one in done), Counter[str]())
    print(
        f"\nthrough the project file, names taken out of {len(done)} interviews at once: {seconds:.2f} s, {dict(total)}"
    )


def opened(folder: Path | None, place: Path) -> Project:
    path = place / "demo.ipscoding"
    build(path, "A")
    project = open_project(path, coder="A")
    if folder is not None:
        for document in documents.all(project):
            documents.remove(project, document.id)
        documents.add_all(project, [read(file) for file in find_files([folder]) if "README" not in file.name])
        for table in sorted(folder.glob("codings-*.csv")):
            codings.add_many(project, codings_for(project, table)[0])
    return project


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=20)
    options.add_argument("--edits", type=int, default=60)
    options.add_argument("--interviews", type=Path)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as place, opened(chosen.interviews, Path(place)) as project:
        talks = {one.id: documents.transcript(project, one.id) for one in documents.all(project)}
        coded = {one: [coding.span for coding in codings.of_document(project, one)] for one in talks}
        sentences = [found.group() for talk in talks.values() for found in _SENTENCE.finditer(talk.text)]
        letters = sum(len(talk.text) for talk in talks.values())
        print(f"{len(talks)} interviews, {letters} characters, {sum(map(len, coded.values()))} codings by two coders")

        def edited() -> Iterable[tuple[str, Characters]]:
            for seed in range(1, chosen.seeds + 1):
                chance = random.Random(seed)
                for document, talk in talks.items():
                    characters = carried(talk.text)
                    for _edit in range(chosen.edits):
                        edit(characters, chance, sentences)
                    yield document, characters

        told(f"{chosen.edits} random edits an interview, seeds 1-{chosen.seeds}", *judge_all(talks, coded, edited()))
        names = ((document, without_names(talk.text)) for document, talk in talks.items())
        told("names taken out", *judge_all(talks, coded, names))
        through_the_project(project, talks)


if __name__ == "__main__":
    main()
