"""How good suggestions are, measured against codings that people made.

By passage: a stretch that a coder coded counts once for each coder; a suggestion is right if it is a code that any
coder gave to at least half of the stretch. By sentence: each informant's sentence that any coder coded (at least half
of it); a suggestion is right if it is one of those codes.

What is counted on these units:

- `hit1`, `hit3`, `hit5`: the share with a right code among the first k.
- `micro_f1`, `macro_f1`: of the codes that would be shown (the first three, from the default threshold on) against all
  right ones; over all pairs of unit and code, and as the mean over the codes that somebody gave.
- `ece`: the expected calibration error of the first three scores, shown or not, in ten bins of equal width. By sentence
  those that nobody coded count too, since scores are shown on them as well; there no code is right.
- `valence_macro_f1`: the direction proposed for each right code, against the one its coders gave where they agree on
  barrier or facilitator; the mean of the F1 of both.
- `false_per_100_uncoded`: suggestions, as they are shown by default, that stand only on sentences which nobody coded at
  all, for each hundred such sentences.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from ipscoding.domain import Codebook, Span, Valence
from ipscoding.language.norm import norm_of
from ipscoding.suggest.engine import Engine
from ipscoding.suggest.examples import Coded, Judged
from ipscoding.suggest.keywords import Keywords, keywords
from ipscoding.suggest.suggestion import THRESHOLD

if TYPE_CHECKING:
    from ipscoding.suggest.tally import Tally

__all__ = ["CUTS", "Coded", "Judged", "Ranker", "Row", "Source", "Unit", "evaluate"]

CUTS = (1, 3, 5)
"""How many suggestions are looked at."""
SHOWN = 3
"""How many codes are shown for a sentence unless more are asked for."""

Unit = Literal["passage", "sentence"]
UNITS: tuple[Unit, ...] = ("passage", "sentence")
Source = Literal["engine", "keywords", "second coder"]
"""Who answers: the engine, surface keywords (the floor), another coder (the ceiling)."""

Ranker = Callable[[str, str | None], Sequence[tuple[str, float]]]
"""Ranks codes for a text in a norm, best first; `Engine.rank` is one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of figures.

    `by` says what the line is about (`all`, `code`, `role`, `language`) and `value` which one; `source` who answered.
    `n` is how many units, `hit_at` the share (0 to 1) with a right code among the first k for each k of `CUTS`.
    `values` has the figures by name (`ipscoding.suggest.tally.FIGURES`; None where there is nothing to count),
    `intervals` their 95 % bootstrap intervals over interviews; `directions` and `uncoded` tell what stands behind the
    figures on direction and silence. A line of a code counts the units that have this code, and a hit is this very
    code.
    """

    unit: Unit
    by: str
    value: str
    source: Source
    n: int
    directions: int
    uncoded: int
    values: Mapping[str, float | None]
    intervals: Mapping[str, tuple[float, float] | None]

    @property
    def hit_at(self) -> dict[int, float]:
        """The share of units with a right code among the first k; 0 where there are no units."""
        return {cut: self.values[f"hit{cut}"] or 0.0 for cut in CUTS}


@dataclass(frozen=True, slots=True)
class Case:
    """One unit and what was answered for it.

    `ranked` are the first codes, `shown` those of them that would be shown; `scored` pairs of a code and its score,
    where scores mean something; `directions` the code, the direction given and the one proposed.
    """

    right: frozenset[str]
    ranked: tuple[str, ...]
    shown: tuple[str, ...]
    scored: tuple[tuple[str, float], ...] = ()
    directions: tuple[tuple[str, Valence, Valence], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The answers for one interview.

    `cases` by unit; `uncoded` is how many sentences nobody coded, `false` has the codes that would be shown on these,
    `scored_false` the first codes of each with their scores.
    """

    language: str
    role: str
    cases: Mapping[Unit, Sequence[Case]]
    uncoded: int = 0
    false: Sequence[str] = ()
    scored_false: Sequence[tuple[str, float]] = ()


class Answers(Protocol):
    """Who answers for an interview."""

    def ranked(self, interview: Coded, span: Span) -> Sequence[tuple[str, float]]:
        """The codes for a stretch, best first, with scores from 0 to 1."""

    def directed(self, interview: Coded, span: Span, code: str) -> Valence | None:
        """The direction proposed for a code there; None: none is proposed."""

    def suggested(self, interview: Coded) -> Sequence[tuple[Span, str]]:
        """What would be shown for the whole interview."""


@dataclass(frozen=True)
class ByEngine:
    """The engine answers for passages in their place, and shows what it shows by default."""

    engine: Engine

    def ranked(self, interview: Coded, span: Span) -> Sequence[tuple[str, float]]:
        """See `Answers`."""
        return self.engine.rank_at(interview.transcript, span, norm=_norm(interview), role=interview.role)

    def directed(self, interview: Coded, span: Span, code: str) -> Valence | None:
        """See `Answers`."""
        if code not in self.engine.codebook.by_id:
            return None
        return self.engine.valence_at(interview.transcript, span, code, _norm(interview))[0]

    def suggested(self, interview: Coded) -> Sequence[tuple[Span, str]]:
        """See `Answers`."""
        found = self.engine.suggest(interview.transcript, norm=_norm(interview), role=interview.role)
        return [(suggestion.span, suggestion.code) for suggestion in found]


@dataclass(frozen=True)
class ByText:
    """A ranking of bare texts answers; no directions, and nothing is shown."""

    rank: Ranker

    def ranked(self, interview: Coded, span: Span) -> Sequence[tuple[str, float]]:
        """See `Answers`."""
        text = interview.transcript.text
        return self.rank(span.of(text), _norm(interview) or norm_of(text))

    def directed(self, interview: Coded, span: Span, code: str) -> Valence | None:
        """See `Answers`."""
        return None

    def suggested(self, interview: Coded) -> Sequence[tuple[Span, str]]:
        """See `Answers`."""
        return ()


def _norm(interview: Coded) -> str | None:
    return interview.language if interview.language in ("nb", "nn") else None


def evaluate(rank: Ranker, interviews: Iterable[Coded]) -> list[Row]:
    """Figures of a ranking of bare texts for each unit: in all, then by code, role and language."""
    return rows([sheet(ByText(rank), interview) for interview in interviews], "engine")


def sheet(answers: Answers, interview: Coded) -> Sheet:
    """What is answered for one interview, beside what its coders gave."""
    cases: dict[Unit, list[Case]] = {unit: [] for unit in UNITS}
    asked: dict[Span, Sequence[tuple[str, float]]] = {}
    for unit, found in cases.items():
        for span in _units(unit, interview):
            right = _codes_of(span, interview.codings)
            if not right:
                continue
            if span not in asked:
                asked[span] = answers.ranked(interview, span)[: max(CUTS)]
            ranked = asked[span]
            directions = [
                (code, given, proposed)
                for code, given in _directions(span, interview.codings, right).items()
                if (proposed := answers.directed(interview, span, code)) is not None
            ]
            found.append(
                Case(
                    right,
                    tuple(code for code, _score in ranked),
                    tuple(code for code, score in ranked[:SHOWN] if score >= THRESHOLD),
                    tuple(ranked[:SHOWN]),
                    tuple(directions),
                )
            )
    alone = _uncoded(interview, interview.codings)
    false = [code for span, code in answers.suggested(interview) if _only_on(interview, span, alone)]
    spans = [interview.transcript.sentences[index] for index in sorted(alone)]
    scored_false = [pair for span in spans for pair in answers.ranked(interview, span)[:SHOWN]]
    return Sheet(interview.language, interview.role, cases, len(alone), false, scored_false)


def keyword_sheet(words: Keywords, interview: Coded) -> Sheet:
    """What surface keywords answer for one interview: the floor."""
    cases: dict[Unit, list[Case]] = {unit: [] for unit in UNITS}
    text = interview.transcript.text
    for unit, found in cases.items():
        for span in _units(unit, interview):
            right = _codes_of(span, interview.codings)
            if right:
                ranked = tuple(code for code, _weight in words.rank(span.of(text))[: max(CUTS)])
                found.append(Case(right, ranked, ranked[:SHOWN]))
    alone = _uncoded(interview, interview.codings)
    spans = [interview.transcript.sentences[index] for index in sorted(alone)]
    false = [code for span in spans for code, _weight in words.rank(span.of(text))[:SHOWN]]
    return Sheet(interview.language, interview.role, cases, len(alone), false)


def coder_sheet(interview: Coded) -> Sheet | None:
    """How the other coders answer for each coder, where both coded something: the ceiling; None for a single coder."""
    coders = sorted({coding.coder for coding in interview.codings})
    if len(coders) < 2:
        return None
    cases: dict[Unit, list[Case]] = {unit: [] for unit in UNITS}
    uncoded = 0
    false: list[str] = []
    for coder in coders:
        own = [coding for coding in interview.codings if coding.coder == coder]
        others = [coding for coding in interview.codings if coding.coder != coder]
        for unit, found in cases.items():
            for span in _units(unit, interview, own):
                right, given = _codes_of(span, own), _covering(span, others)
                if right and given:
                    theirs = _directions(span, others, given)
                    directions = tuple(
                        (code, valence, theirs[code])
                        for code, valence in _directions(span, own, right).items()
                        if code in theirs
                    )
                    found.append(Case(right, tuple(given), tuple(given), (), directions))
        alone = _uncoded(interview, own)
        uncoded += len(alone)
        placed = sorted({(coding.span, coding.code) for coding in others})
        false += [code for span, code in placed if _only_on(interview, span, alone)]
    return Sheet(interview.language, interview.role, cases, uncoded, false)


def _units(unit: Unit, interview: Coded, codings: Sequence[Judged] | None = None) -> list[Span]:
    if unit == "sentence":
        return [span for _index, span in interview.transcript.informant_sentences()]
    passages = {(coding.coder, coding.span) for coding in (interview.codings if codings is None else codings)}
    return [span for _coder, span in sorted(passages)]


def _covering(span: Span, codings: Iterable[Judged]) -> list[str]:
    """The codes that some coder gave to at least half of `span`, the most covering first, then by name."""
    covered: dict[tuple[str, str], int] = {}
    for coding in codings:
        shared = coding.span.shared(span)
        if shared:
            given = (coding.coder, coding.code)
            covered[given] = covered.get(given, 0) + shared
    most: dict[str, int] = {}
    for (_coder, code), length in covered.items():
        if 2 * length >= len(span):
            most[code] = max(most.get(code, 0), length)
    return sorted(most, key=lambda code: (-most[code], code))


def _codes_of(span: Span, codings: Iterable[Judged]) -> frozenset[str]:
    return frozenset(_covering(span, codings))


def _directions(span: Span, codings: Iterable[Judged], codes: Collection[str]) -> dict[str, Valence]:
    """Barrier or facilitator for those of `codes` whose codings on `span` all say the same one of these."""
    given: dict[str, set[Valence]] = {}
    for coding in codings:
        if coding.code in codes and coding.span.overlaps(span):
            given.setdefault(coding.code, set()).add(coding.valence)
    return {
        code: next(iter(valences))
        for code, valences in sorted(given.items())
        if len(valences) == 1 and valences <= {Valence.BARRIER, Valence.FACILITATOR}
    }


def _uncoded(interview: Coded, codings: Sequence[Judged]) -> frozenset[int]:
    """The informants' sentences that no coding touches."""
    touched = {index for coding in codings for index in interview.transcript.sentences_in(coding.span)}
    return frozenset(index for index, _span in interview.transcript.informant_sentences()) - touched


def _only_on(interview: Coded, span: Span, sentences: Collection[int]) -> bool:
    held = interview.transcript.sentences_in(span)
    return bool(held) and all(index in sentences for index in held)


def rows(sheets: Sequence[Sheet], source: Source) -> list[Row]:
    """Figures for each unit: in all, then by code, role and language, each group in alphabetical order."""
    return [row for unit in UNITS for row in _rows_of(unit, sheets, source)]


def _rows_of(unit: Unit, sheets: Sequence[Sheet], source: Source) -> list[Row]:
    codes = sorted({code for sheet in sheets for case in sheet.cases[unit] for code in case.right})
    known = sorted({*codes, *(code for sheet in sheets for case in sheet.cases[unit] for code in case.shown)})
    found = [_row(unit, "all", "", source, [_tally(unit, sheet, known) for sheet in sheets])]
    found += [
        _row(unit, "code", code, source, [_tally(unit, sheet, [code], code) for sheet in sheets]) for code in codes
    ]
    coded = [sheet for sheet in sheets if sheet.cases[unit]]
    for value in sorted({sheet.role for sheet in coded}):
        group = [_tally(unit, sheet, known) for sheet in sheets if sheet.role == value]
        found.append(_row(unit, "role", value, source, group))
    for value in sorted({sheet.language for sheet in coded}):
        group = [_tally(unit, sheet, known) for sheet in sheets if sheet.language == value]
        found.append(_row(unit, "language", value, source, group))
    return found


def _row(unit: Unit, by: str, value: str, source: Source, tallies: "Sequence[Tally]") -> Row:
    from ipscoding.suggest.tally import Tally, figures

    made = figures(tallies or [Tally.empty(0)])
    return Row(unit, by, value, source, made.n, made.directions, made.uncoded, made.values, made.intervals)


def _tally(unit: Unit, sheet: Sheet, codes: Sequence[str], only: str | None = None) -> "Tally":
    """The counts of one interview for `codes`; `only`: those units, scores and directions that concern this code."""
    from ipscoding.suggest.tally import BINS, Tally

    tally = Tally.empty(len(codes))
    place = {code: number for number, code in enumerate(codes)}
    for case in sheet.cases[unit]:
        wanted = case.right if only is None else case.right & {only}
        if wanted:
            tally.hits += [1, *(bool(wanted & set(case.ranked[:cut])) for cut in CUTS)]
        for code in {*case.right, *case.shown} & place.keys():
            shown, right = code in case.shown, code in case.right
            tally.codes[place[code], 0 if shown and right else 1 if shown else 2] += 1
        for code, score in case.scored:
            if only in (None, code):
                tally.bins[min(int(score * BINS), BINS - 1)] += [1, score, code in case.right]
        for code, given, proposed in case.directions:
            if only in (None, code):
                tally.directions[2 * (given is Valence.FACILITATOR) + (proposed is Valence.FACILITATOR)] += 1
    for code, score in sheet.scored_false if unit == "sentence" else ():
        if only in (None, code):
            tally.bins[min(int(score * BINS), BINS - 1)] += [1, score, 0]
    tally.silence += [sheet.uncoded, sum(only in (None, code) for code in sheet.false)]
    return tally


def compared(sheets: Sequence[Sheet], interviews: Sequence[Coded], codebook: Codebook) -> list[Row]:
    """The engine's figures, and for each line what surface keywords and the other coders would have reached."""
    words = keywords(codebook)
    floor = {_key(row): row for row in rows([keyword_sheet(words, interview) for interview in interviews], "keywords")}
    by_coders = [found for interview in interviews if (found := coder_sheet(interview)) is not None]
    ceiling = {_key(row): row for row in rows(by_coders, "second coder")} if by_coders else {}
    return [
        beside
        for row in rows(sheets, "engine")
        for beside in (row, floor.get(_key(row)), ceiling.get(_key(row)))
        if beside is not None
    ]


def _key(row: Row) -> tuple[str, str, str]:
    return row.unit, row.by, row.value
