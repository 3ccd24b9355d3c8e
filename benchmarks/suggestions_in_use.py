"""What the suggestions cost in a project: learning from its codings, opening an interview, reasons, memory.

    python benchmarks/suggestions_in_use.py [INTERVIEWS [CODINGS]]

The interviews (default: 100, with 2 000 codings) are put together from the phrase bank that ships, so that words, norms
and codes are as varied as they get; the figures say nothing about how good suggestions are.
"""

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ipscoding.codebook.catalogue import default_path, phrase_bank_for
from ipscoding.codebook.phrases import Phrase, read_phrases
from ipscoding.codebook.read import read as read_codebook
from ipscoding.domain import Span, Transcript, Turn
from ipscoding.language.sentences import split_sentences
from ipscoding.project import Project, codebooks, codings, create, documents
from ipscoding.suggest.likeness import like_code, missed, uncertain
from ipscoding.suggest.of_project import engine_of, note_shown, suggest_for, taught_again
from ipscoding.transcripts.reading import Reading

Found = TypeVar("Found")

WORDS = 6_000
LONG = 10_000
LOW = 0.02


def told(what: str, act: Callable[[], Found]) -> Found:
    wall, cpu = time.perf_counter(), time.process_time()
    found = act()
    taken, spent = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{what:<58} {spent:7.2f} s CPU {taken:7.2f} s  peak {peak():.0f} MB", flush=True)
    return found


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def interview(bank: list[Phrase], words: int, chance: random.Random) -> tuple[Transcript, list[tuple[Span, Phrase]]]:
    text, turns, sentences, placed = "", [], [], []
    while len(text.split()) < words:
        for speaker in ("I", "P"):
            said = chance.sample(bank, 1 if speaker == "I" else 4)
            start = len(text)
            text += f"{speaker}: "
            speech = len(text)
            for phrase in said:
                if speaker == "P":
                    placed.append((Span(len(text), len(text) + len(phrase.text)), phrase))
                text += f"{phrase.text} "
            text = text.rstrip() + "\n"
            end = len(text) - 1
            turns.append(Turn(len(turns) + 1, speaker, Span(start, end), Span(speech, end), speaker == "I"))
            sentences += split_sentences(text, speech, end)
    return Transcript(text.rstrip("\n"), tuple(turns), tuple(sentences)), placed


def build(folder: Path, number: int, coded: int) -> Project:
    chance = random.Random(5)
    codebook = read_codebook(default_path())
    bank = read_phrases(phrase_bank_for(default_path()) or default_path().with_name("ips-phrases.tsv"))
    project = create(folder / "study", coder="A")
    codebooks.adopt(project, codebook)
    made = {f"p{index:03}": interview(bank, WORDS, chance) for index in range(number)}
    documents.add_all(
        project,
        [
            Reading(name, said, {"language": "nb"}, name, "0" * 64, "utf-8", [])
            for name, (said, _placed) in made.items()
        ],
    )
    wanted = []
    for document in documents.all(project):
        for span, phrase in chance.sample(made[document.name][1], coded // number):
            wanted.append(codings.NewCoding(document.id, span, phrase.code, phrase.valence))
    codings.add_many(project, wanted, done=True)
    return project


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    coded = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    with tempfile.TemporaryDirectory() as folder, build(Path(folder), number, coded) as project:
        print(f"{number} interviews of {WORDS} words, {coded} codings; made, {peak():.0f} MB")
        engine = told("the engine of the project, interviews read first", lambda: engine_of(project))
        again = told("learning again after some codings", lambda: taught_again(project, engine))
        assert again is not None
        chance = random.Random(6)
        bank = read_phrases(default_path().with_name("ips-phrases.tsv"))
        long, _placed = interview(bank, LONG, chance)
        documents.add_all(project, [Reading("long", long, {"language": "nb"}, "long", "0" * 64, "utf-8", [])])
        document = documents.find(project, "long")
        transcript = documents.transcript(project, document.id)
        n = sum(1 for _ in transcript.informant_sentences())
        found = told(
            f"suggestions of a fresh interview, {LONG} words, {n} sentences",
            lambda: suggest_for(engine, document, transcript, threshold=LOW),
        )
        told("the same once more", lambda: suggest_for(engine, document, transcript, threshold=LOW))
        told(f"noting {len(found)} of them in the ledger", lambda: note_shown(project, document.id, found))
        first = told(
            "reasons of 200 suggestions", lambda: [engine.explain(transcript, one, norm="nb") for one in found[:200]]
        )
        told(
            f"the same once more ({len(first)})",
            lambda: [engine.explain(transcript, one, norm="nb") for one in found[:200]],
        )
        told("more like a code, all interviews", lambda: like_code(project, engine, "org.colocation"))
        told("what it is least sure of, all interviews", lambda: uncertain(project, engine))
        told("what was missed, all interviews", lambda: missed(project, engine))


if __name__ == "__main__":
    main()
