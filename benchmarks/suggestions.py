"""Figures of the suggestion engine: cross-validation inside the phrase bank, coded interviews, and time.

    python benchmarks/suggestions.py bank
    python benchmarks/suggestions.py interviews [FOLDER]
    python benchmarks/suggestions.py curve [FOLDER]
    python benchmarks/suggestions.py confusions
    python benchmarks/suggestions.py constants
    python benchmarks/suggestions.py speed [FOLDER]

FOLDER holds transcripts (`*.txt`) and codings (`codings-*.csv` with the columns document, quote, code, valence, coder);
without one the development interviews in `benchmarks/interviews` are taken, by which everything was chosen. `constants`
fits what the engine takes from these (calibration); it takes no others, which are to measure something.
"""

import csv
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ipscoding.codebook.catalogue import default_path, phrase_bank_for
from ipscoding.codebook.phrases import Phrase, read_phrases
from ipscoding.codebook.read import read as read_codebook
from ipscoding.domain import Codebook, Span, Transcript, Valence
from ipscoding.suggest import build, calibrate
from ipscoding.suggest.curves import learning_curve
from ipscoding.suggest.engine import Engine, cold
from ipscoding.suggest.evaluate import CUTS, Row, Source
from ipscoding.suggest.examples import Coded, Judged
from ipscoding.suggest.held_out import evaluate_held_out
from ipscoding.suggest.place import Reading
from ipscoding.suggest.taught import right_codes
from ipscoding.suggest.training import train
from ipscoding.transcripts.read import read as read_transcript

FOLDS = 5
DEVELOPMENT = Path(__file__).with_name("interviews")


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
        others = [p for p, f in zip(phrases, fold, strict=True) if f != held]
        engine = cold(codebook, train(codebook, others), others)
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
    for low, high in ((0, 0.15), (0.15, 0.35), (0.35, 0.55), (0.55, 1.01)):
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


def norm_of(interview: Coded) -> str | None:
    return interview.language if interview.language in ("nb", "nn") else None


Unit = tuple[Span, set[str]]


def passages(interview: Coded) -> list[Unit]:
    spans = sorted({(judged.coder, judged.span) for judged in interview.codings})
    return [(span, right_codes(span, interview.codings)) for _coder, span in spans]


def sentences(interview: Coded) -> list[Unit]:
    spans = [span for _index, span in interview.transcript.informant_sentences()]
    return [(span, right_codes(span, interview.codings)) for span in spans]


def hits(
    engines: list[Engine], found: list[Coded], units: Callable[[Coded], list[Unit]], *, placed: bool
) -> list[float]:
    cases = []
    for engine, interview in zip(engines, found, strict=True):
        for span, right in units(interview):
            if right:
                text, norm = span.of(interview.transcript.text), norm_of(interview)
                ranked = engine.rank_at(interview.transcript, span, norm=norm) if placed else engine.rank(text, norm)
                cases.append([bool(right & {code for code, _ in ranked[:cut]}) for cut in CUTS])
    return [sum(case[i] for case in cases) / len(cases) for i in range(len(CUTS))] if cases else [0.0] * len(CUTS)


def counted(found: list[Coded], units: Callable[[Coded], list[Unit]]) -> int:
    return sum(bool(right) for interview in found for _span, right in units(interview))


def silence(engines: list[Engine], found: list[Coded]) -> None:
    """How many uncoded sentences get a suggestion, and how many coded ones, by threshold."""
    for threshold in (0.35, 0.45, 0.5, 0.55, 0.6, 0.65):
        uncoded = false = coded_ = shown = hit = made = right = 0
        for engine, interview in zip(engines, found, strict=True):
            suggested = engine.suggest(interview.transcript, norm=norm_of(interview), threshold=threshold)
            made += len(suggested)
            right += sum(s.code in right_codes(s.span, interview.codings) for s in suggested)
            for span, codes in sentences(interview):
                here = [s for s in suggested if s.span.overlaps(span)]
                if codes:
                    coded_, shown = coded_ + 1, shown + bool(here)
                    hit += any(s.code in codes for s in here)
                elif not any(judged.span.overlaps(span) for judged in interview.codings):
                    uncoded, false = uncoded + 1, false + bool(here)
        print(
            f"threshold {threshold:.2f}: {100 * false / uncoded:5.1f} of 100 uncoded sentences, {shown / coded_:.2f} of"
            f" coded ones ({hit / coded_:.2f} rightly); {made} suggestions, {right / max(made, 1):.2f} right"
        )


def directions(engines: list[Engine], found: list[Coded]) -> list[tuple[bool, bool, float]]:
    """For each coding with a direction under a code that allows both: said facilitator, found facilitator, how sure."""
    cases = []
    for engine, interview in zip(engines, found, strict=True):
        for span, code, valence in sorted({(j.span, j.code, j.valence) for j in interview.codings}):
            known = engine.codebook.by_id.get(code)
            if known and known.valence is Valence.BOTH and valence in (Valence.BARRIER, Valence.FACILITATOR):
                guess, sure = engine.valence_at(interview.transcript, span, code, norm_of(interview))
                cases.append((valence is Valence.FACILITATOR, guess is Valence.FACILITATOR, sure))
    return cases


def macro_f1(cases: list[tuple[bool, bool, float]]) -> float:
    shares = []
    for side in (True, False):
        both = sum(said is side and guess is side for said, guess, _ in cases)
        shares.append(2 * both / max(sum((said is side) + (guess is side) for said, guess, _ in cases), 1))
    return sum(shares) / 2


def expected_error(engines: list[Engine], found: list[Coded]) -> float:
    """Expected calibration error of the first three suggestions of every sentence, in ten bins."""
    pairs = []
    for engine, interview in zip(engines, found, strict=True):
        for span, right in sentences(interview):
            ranked = engine.rank_at(interview.transcript, span, norm=norm_of(interview))
            pairs += [(score, code in right) for code, score in ranked[:3]]
    error = 0.0
    for low in range(10):
        chosen = [(score, right) for score, right in pairs if low <= min(score * 10, 9.999) < low + 1]
        error += abs(sum(score - right for score, right in chosen)) / len(pairs)
    return error


def coded(folder: Path) -> None:
    codebook, phrases = shipped()
    found = interviews(folder)
    alone, full = build(codebook), build(codebook, phrases)
    taught = [full.learn([other for other in found if other is not held]) for held in found]
    n = counted(found, passages)
    line("passages, codebook alone, text", n, hits([alone] * len(found), found, passages, placed=False))
    for name, engines in (
        ("codebook alone", [alone] * len(found)), ("with bank", [full] * len(found)), ("taught by the others", taught)
    ):  # fmt: skip
        line(f"passages, {name}, in place", n, hits(engines, found, passages, placed=True))
        for language in sorted({interview.language for interview in found}):
            chosen = [(e, i) for e, i in zip(engines, found, strict=True) if i.language == language]
            of = [i for _, i in chosen]
            line(f"  {language}", counted(of, passages), hits([e for e, _ in chosen], of, passages, placed=True))
        line(f"sentences, {name}, in place", counted(found, sentences), hits(engines, found, sentences, placed=True))
        cases = directions(engines, found)
        print(f"direction: macro F1 {macro_f1(cases):.3f} of {len(cases)}; ECE {expected_error(engines, found):.3f}")
        silence(engines, found)
    line("passages, with bank, text alone", n, hits([full] * len(found), found, passages, placed=False))


def curve(folder: Path) -> None:
    """What more phrases, and then more codings, bring by passage; beside it keywords and the second coder."""
    codebook, phrases = shipped()
    found = interviews(folder)
    for point in learning_curve(codebook, phrases, found):
        size = "all" if point.size is None else point.size
        told(f"{point.of} {size}", point.rows, "engine")
    ends = evaluate_held_out(codebook, phrases, found, "cold")
    told("keywords", ends, "keywords")
    told("second coder", ends, "second coder")


def told(name: str, found: Sequence[Row], source: Source) -> None:
    for row in found:
        if (row.source, row.unit, row.by) == (source, "passage", "all"):
            line(name, row.n, [row.hit_at[cut] for cut in CUTS])


def confusions() -> None:
    """The pairs of codes that are taken for each other most often in the phrase bank, held out by folds."""
    codebook, phrases = shipped()
    fold = folds(phrases)
    mistaken: Counter[tuple[str, str]] = Counter()
    for held in range(FOLDS):
        others = [p for p, f in zip(phrases, fold, strict=True) if f != held]
        engine = cold(codebook, train(codebook, others), others)
        for phrase in (p for p, f in zip(phrases, fold, strict=True) if f == held):
            ranked = engine.rank(phrase.text, phrase.norm if phrase.norm in ("nb", "nn") else None)
            if ranked and ranked[0][0] != phrase.code:
                first, second = sorted((ranked[0][0], phrase.code))
                mistaken[first, second] += 1
    each = Counter(phrase.code for phrase in phrases)
    for (first, second), times in mistaken.most_common(10):
        print(f"{times:4} of {each[first] + each[second]}  {first}  {second}")


def constants() -> None:
    codebook, phrases = shipped()
    found = interviews(DEVELOPMENT)
    for name, engine in (("with bank", build(codebook, phrases)), ("without", build(codebook))):
        totals, rights = [], []
        for interview in found:
            reading = Reading(engine.trained.space, interview.transcript, norm_of(interview))
            for span, right in sentences(interview):
                parts = engine.weights.in_place(reading, span)
                if parts:
                    totals.append(engine.weights.total(parts))
                    rights.append(np.array([code in right for code in engine.trained.codes]))
        start = calibrate.Calibration(0.1, 0.5, -1.0)
        print(name, calibrate.calibrated(totals, rights, 3, start, trust=1e-3))


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
    found = interviews(folder)
    many = [replace(found[i % len(found)], document=f"{i}") for i in range(100)]
    began, cpu = time.perf_counter(), time.process_time()
    some = many[: max(1, 2000 * len(found) // max(1, sum(len(one.codings) for one in found)))]
    taught = engine.learn(some)
    print(f"learn from {taught.learnt_from} codings {time.process_time() - cpu:.1f} s CPU")
    cpu = time.process_time()
    engine.learn(some)
    print(f"once more {time.process_time() - cpu:.1f} s CPU")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def joined(transcripts: list[Transcript]) -> Transcript:
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


def main(arguments: list[str]) -> None:
    what, *rest = arguments or [""]
    folder = Path(rest[0]) if rest else DEVELOPMENT
    acts: dict[str, Callable[[], None]] = {
        "bank": bank,
        "confusions": confusions,
        "constants": constants,
        "interviews": lambda: coded(folder),
        "curve": lambda: curve(folder),
        "speed": lambda: speed(folder),
    }
    if what not in acts or len(rest) > (what in ("interviews", "curve", "speed")):
        sys.exit(__doc__)
    acts[what]()


if __name__ == "__main__":
    main(sys.argv[1:])
