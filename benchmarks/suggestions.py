"""Figures of the suggestion engine: cross-validation inside the phrase bank, coded interviews, and time.

    python benchmarks/suggestions.py bank
    python benchmarks/suggestions.py interviews FOLDER
    python benchmarks/suggestions.py speed FOLDER

FOLDER holds transcripts (`*.txt`) and codings (`codings-*.csv` with the columns document, quote, code, valence, coder).
Whatever is chosen in the engine is chosen by `bank`; `interviews` is for looking, not for choosing.
"""

import csv
import resource
import sys
import time
from pathlib import Path

from ipscoding.codebook.catalogue import default_path, phrase_bank_for
from ipscoding.codebook.phrases import Phrase, read_phrases
from ipscoding.codebook.read import read as read_codebook
from ipscoding.domain import Codebook, Span, Transcript, Valence
from ipscoding.suggest import build
from ipscoding.suggest.engine import Engine
from ipscoding.suggest.evaluate import CUTS, Coded, Judged, evaluate
from ipscoding.suggest.training import train
from ipscoding.transcripts import read as read_transcript

FOLDS = 5


def shipped() -> tuple[Codebook, list[Phrase]]:
    path = default_path()
    bank = phrase_bank_for(path) or path.with_name("ips-phrases.tsv")
    return read_codebook(path), read_phrases(bank)


def folds(bank: list[Phrase]) -> list[int]:
    """A fold for each phrase: every run of one code, direction and norm is cut into five stretches."""
    fold: list[int] = []
    run = 0
    while len(fold) < len(bank):
        start = len(fold)
        kind = (bank[start].code, bank[start].valence, bank[start].norm)
        length = 0
        while start + length < len(bank) and (p := bank[start + length]) and (p.code, p.valence, p.norm) == kind:
            length += 1
        fold += [(offset * FOLDS // length + run) % FOLDS for offset in range(length)]
        run += 1
    return fold


def line(name: str, n: int, hits: list[float], more: str = "") -> None:
    shares = "  ".join(f"hit@{cut} {hit:.3f}" for cut, hit in zip(CUTS, hits, strict=True))
    print(f"{name:<34} n {n:5}  {shares}  {more}")


def bank() -> None:
    codebook, phrases = shipped()
    fold = folds(phrases)
    ranks: list[tuple[Phrase, int, float]] = []
    right = directed = 0
    for held in range(FOLDS):
        trained = train(codebook, [p for p, f in zip(phrases, fold, strict=True) if f != held])
        engine = Engine(codebook, trained)
        for phrase, _ in (pair for pair in zip(phrases, fold, strict=True) if pair[1] == held):
            ranked = engine.rank(phrase.text, phrase.norm if phrase.norm in ("nb", "nn") else None)
            codes = [code for code, _ in ranked]
            ranks.append(
                (
                    phrase,
                    codes.index(phrase.code) if phrase.code in codes else len(codes),
                    ranked[0][1] if ranked else 0.0,
                )
            )
            if phrase.valence in (Valence.BARRIER, Valence.FACILITATOR):
                directed += 1
                right += engine.valence(phrase.text, phrase.code) is phrase.valence
    for norm in ("", "nb", "nn", "dia"):
        chosen = [rank for phrase, rank, _ in ranks if norm in ("", phrase.norm)]
        line(f"bank {norm or 'all'}", len(chosen), [sum(r < cut for r in chosen) / len(chosen) for cut in CUTS])
    print(f"direction right {right / directed:.3f} of {directed}")
    for low, high in ((0, 0.12), (0.12, 0.25), (0.25, 0.45), (0.45, 1.01)):
        chosen = [rank for _, rank, score in ranks if low <= score < high]
        if chosen:
            line(
                f"first suggestion {low:.2f}-{high:.2f}",
                len(chosen),
                [sum(r < c for r in chosen) / len(chosen) for c in CUTS],
            )


def interviews(folder: Path) -> list[Coded]:
    given: dict[str, list[dict[str, str]]] = {}
    for file in sorted(folder.glob("codings-*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as opened:
            for row in csv.DictReader(opened):
                given.setdefault(row["document"], []).append(row)
    found = []
    for name, rows in sorted(given.items()):
        reading = read_transcript(folder / f"{name}.txt")
        text = reading.transcript.text
        codings = []
        for row in rows:
            start = text.find(row["quote"])
            if start < 0:
                print(f"{name}: a quote is not in the text")
                continue
            span = Span(start, start + len(row["quote"]))
            codings.append(Judged(span, row["code"], row["coder"], Valence(row["valence"])))
        found.append(
            Coded(
                name,
                reading.header.get("language", ""),
                reading.header.get("role", ""),
                reading.transcript,
                tuple(codings),
            )
        )
    return found


def coded(folder: Path) -> None:
    codebook, phrases = shipped()
    for what, engine in (("", build(codebook, phrases)), ("codebook alone: ", build(codebook))):
        for row in evaluate(engine.rank, interviews(folder)):
            if row.by != "code":
                line(f"{what}{row.unit} {row.by} {row.value}", row.n, [row.hit_at[cut] for cut in CUTS])
    engine = build(codebook, phrases)
    right = directed = shown = found = first = 0
    for interview in interviews(folder):
        text = interview.transcript.text
        for judged in interview.codings:
            if judged.valence in (Valence.BARRIER, Valence.FACILITATOR) and judged.code in codebook.by_id:
                directed += 1
                right += engine.valence(judged.span.of(text), judged.code, interview.language) is judged.valence
        for suggestion in engine.suggest(interview.transcript, per_sentence=1):
            shown += 1
            first += any(
                judged.code == suggestion.code and judged.span.overlaps(suggestion.span) for judged in interview.codings
            )
        found += sum(1 for _ in interview.transcript.informant_sentences())
    print(f"direction right {right / directed:.3f} of {directed}")
    print(f"a suggestion at {shown} of {found} sentences, the first of them right at {first}")


def speed(folder: Path) -> None:
    codebook, phrases = shipped()
    began, cpu = time.perf_counter(), time.process_time()
    train(codebook, phrases)
    print(f"learn {time.perf_counter() - began:.1f} s, {time.process_time() - cpu:.1f} s CPU")
    build(codebook, phrases)
    began = time.perf_counter()
    engine = build(codebook, phrases)
    print(f"from the cache {time.perf_counter() - began:.2f} s")
    long = joined([interview.transcript for interview in interviews(folder)][:6])
    began = time.perf_counter()
    suggested = engine.suggest(long)
    spent = time.perf_counter() - began
    sentences = sum(1 for _ in long.informant_sentences())
    each = 1000 * spent / sentences
    print(f"{long.informant_words} words in {sentences} sentences: {spent:.2f} s, {each:.2f} ms a sentence")
    began = time.perf_counter()
    for suggestion in suggested[:200]:
        engine.explain(long, suggestion)
    first = time.perf_counter() - began
    began = time.perf_counter()
    for suggestion in suggested[:200]:
        engine.explain(long, suggestion)
    print(f"explain {first * 5:.1f} ms at first, {(time.perf_counter() - began) * 5:.1f} ms again")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def joined(transcripts: list[Transcript]) -> Transcript:
    from dataclasses import replace

    text, turns, sentences = "", [], []
    for transcript in transcripts:
        shift = len(text) + 1 if text else 0
        text = f"{text}\n{transcript.text}" if text else transcript.text

        def moved(span: Span, by: int = shift) -> Span:
            return Span(span.start + by, span.end + by)

        turns += [
            replace(t, number=len(turns) + i, span=moved(t.span), speech=moved(t.speech))
            for i, t in enumerate(transcript.turns, 1)
        ]
        sentences += [moved(s) for s in transcript.sentences]
    return Transcript(text, tuple(turns), tuple(sentences))


if __name__ == "__main__":
    if sys.argv[1:] == ["bank"]:
        bank()
    elif len(sys.argv) == 3 and sys.argv[1] == "interviews":
        coded(Path(sys.argv[2]))
    elif len(sys.argv) == 3 and sys.argv[1] == "speed":
        speed(Path(sys.argv[2]))
    else:
        sys.exit(__doc__)
