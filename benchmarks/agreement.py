"""How much processor time the table of agreement takes, with and without intervals, on codings made up here.

    python benchmarks/agreement.py [INTERVIEWS]

4 coders, 60 codes, 1000 codings an interview; the project file is not read.
"""

import random
import sys
import time
from collections.abc import Callable

from ipscoding.analysis.agreement import DEFAULT, MEASURES, Question, Reading, agreement
from ipscoding.domain import Code, Codebook, Coding, Document, Span, Transcript, Turn, Valence

VALENCES = tuple(Valence)
SENTENCE = "ja så det var jo egentlig veldig fint at hun satt rett borti gangen. "
SENTENCES = 400


def codebook() -> Codebook:
    domains = [Code(id=f"d{number}", label={}, codable=False) for number in range(8)]
    return Codebook("b", {}, codes=(*domains, *(Code(f"d{n % 8}.c{n}", {}, f"d{n % 8}") for n in range(60))))


def readings(number: int) -> list[Reading]:
    chance = random.Random(3)
    size = len(SENTENCE)
    text = SENTENCE * SENTENCES
    sentences = tuple(Span(place * size, (place + 1) * size - 1) for place in range(SENTENCES))
    whole = Span(0, len(text))
    transcript = Transcript(text, (Turn(1, "P", whole, whole),), sentences)
    found = []
    for document in range(number):
        sides: tuple[list[Coding], ...] = ([], [], [], [])
        for passage in range(250):
            first, code, valence = chance.randrange(SENTENCES - 3), chance.randrange(60), chance.choice(VALENCES)
            for coder, side in enumerate(sides):
                last = first + chance.choice((0, 0, 1))
                given = code if chance.random() > 0.15 else chance.randrange(60)
                span = Span(sentences[first].start, sentences[last].end)
                name = f"{document}/{passage}/{coder}"
                side.append(Coding(name, f"d{document}", span, f"d{given % 8}.c{given}", "", valence))
        found.append(Reading(Document(f"d{document}", f"d{document}", ""), transcript, sides))
    return found


def seconds(act: Callable[[], object], times: int = 3) -> float:
    taken = []
    for _turn in range(times):
        before = time.process_time()
        act()
        taken.append(time.process_time() - before)
    return min(taken)


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    given, book = readings(number), codebook()
    print(f"{number} interviews, {sum(len(side or ()) for one in given for side in one.sides)} codings by 4 coders")
    for name, measures in (("usual measures", DEFAULT), ("all measures", tuple(MEASURES))):
        for draws in (0, 1000):
            question = Question(measures=measures, bootstrap=draws)
            taken = seconds(lambda question=question: agreement(given, "ABCD", book, question))  # type: ignore[misc]
            print(f"{name:<16} {draws:>5} draws {taken:7.2f} s")


if __name__ == "__main__":
    main()
