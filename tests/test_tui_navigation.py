import re

from hypothesis import given
from hypothesis import strategies as st

from ipscoding.domain import Span, Transcript, Turn
from ipscoding.tui.navigation import Navigator, Selection, Unit, following


def transcript(*turns: tuple[str, str]) -> Transcript:
    """Turns as (speaker, speech); `I` is the interviewer; a sentence ends at a full stop or question mark."""
    text, made, sentences = "", [], []
    for number, (speaker, speech) in enumerate(turns, 1):
        start = len(text)
        text += f"{speaker}: {speech}"
        begin = start + len(speaker) + 2
        made.append(Turn(number, speaker, Span(start, len(text)), Span(begin, len(text)), speaker == "I"))
        sentences += [Span(begin + m.start(), begin + m.end()) for m in re.finditer(r"\S[^.?]*[.?]?", speech)]
        text += "\n"
    return Transcript(text.removesuffix("\n"), tuple(made), tuple(sentences))


SPEECH = st.lists(
    st.sampled_from(["ja", "jobb.", "NAV?", "[latter]", "å få til", "–", "👩‍🔬", "IPS-team."]), max_size=8
).map(" ".join)
TRANSCRIPTS = st.lists(st.tuples(st.sampled_from(["I", "P1"]), SPEECH), max_size=6).map(lambda t: transcript(*t))
TALK = transcript(
    ("I", "Hva skjedde?"), ("P1", "Jeg fikk jobb. Det var bra."), ("I", "Ja?"), ("P1", "NAV svarte ikke.")
)


@given(TRANSCRIPTS, st.sampled_from(Unit), st.integers(0, 200))
def test_walking_forward_reaches_the_end_and_back_the_start(talk: Transcript, unit: Unit, offset: int) -> None:
    nav = Navigator(talk)
    for by in (1, -1):
        at = nav.inside(min(offset, len(talk.text)))
        for _ in range(len(talk.text) + 1):
            there = nav.step(at, unit, by)
            if nav.unit_at(there, unit) == nav.unit_at(at, unit):
                break
            assert (there > at) if by > 0 else (there < at)
            at = there
        if not nav.empty:
            edge = nav.last() if by > 0 else nav.inside(0)
            assert nav.unit_at(at, unit) == nav.unit_at(edge, unit)


@given(TRANSCRIPTS, st.sampled_from(Unit), st.integers(0, 200), st.integers(0, 200))
def test_a_selection_covers_whole_units_and_never_a_label_at_its_ends(
    talk: Transcript, unit: Unit, a: int, b: int
) -> None:
    nav = Navigator(talk)
    span = nav.covered(Selection(nav.inside(a), nav.inside(b)), unit)
    assert span.end <= len(talk.text)
    if not nav.empty:
        assert span.end > span.start
        assert any(turn.speech.holds(span.start) for turn in talk.turns)
        assert any(turn.speech.holds(span.end - 1) for turn in talk.turns)


@given(TRANSCRIPTS, st.sampled_from(Unit), st.integers(0, 200))
def test_a_unit_lies_in_one_turn(talk: Transcript, unit: Unit, offset: int) -> None:
    nav = Navigator(talk)
    if not nav.empty:
        span = nav.unit_at(offset, unit)
        assert sum(turn.speech.contains(span) for turn in talk.turns) == 1


def test_the_steps_of_each_unit() -> None:
    nav = Navigator(TALK)
    start = nav.first()
    assert nav.unit_at(start, Unit.WORD).of(TALK.text) == "Jeg"
    assert nav.unit_at(nav.step(start, Unit.WORD, 1), Unit.WORD).of(TALK.text) == "fikk"
    assert nav.unit_at(nav.step(start, Unit.SENTENCE, 1), Unit.SENTENCE).of(TALK.text) == "Det var bra."
    assert nav.unit_at(nav.step(start, Unit.TURN, 1), Unit.TURN).of(TALK.text) == "Ja?"
    assert nav.unit_at(nav.step(start, Unit.TURN, -1), Unit.TURN).of(TALK.text) == "Hva skjedde?"


def test_a_click_on_a_label_is_a_click_on_what_follows() -> None:
    nav = Navigator(TALK)
    label = TALK.turns[1].span.start
    assert nav.unit_at(label, Unit.WORD).of(TALK.text) == "Jeg"


def test_the_cursor_begins_where_the_informant_does() -> None:
    assert TALK.text[Navigator(TALK).first() :].startswith("Jeg fikk jobb")
    only_interviewer = transcript(("I", "Hallo?"))
    assert only_interviewer.text[Navigator(only_interviewer).first() :] == "Hallo?"


def test_one_character_is_one_grapheme() -> None:
    talk = transcript(("P1", "ja 👩‍🔬 nei"))
    nav = Navigator(talk)
    scientist = talk.text.index("👩")
    assert nav.unit_at(scientist + 2, Unit.CHARACTER).of(talk.text) == "👩‍🔬"
    assert talk.text[nav.step(scientist, Unit.CHARACTER, 1)] == " "


def test_uncoded_stretches_are_the_informants_and_skip_what_is_coded() -> None:
    nav = Navigator(TALK)
    job, good, nav_answered = (TALK.sentences[i] for i in (1, 2, 4))
    assert nav.uncoded([], 0) == Span(job.start, good.end)
    assert nav.uncoded([job], 0) == good
    assert nav.uncoded([job], good.start) == nav_answered
    assert nav.uncoded([job, nav_answered], good.start) is None
    assert nav.uncoded([job], nav_answered.start, -1) == good


def test_following_finds_the_neighbours_on_either_side() -> None:
    spans = [Span(5, 9), Span(1, 2), Span(5, 6), Span(20, 30)]
    assert (following(spans, 1), following(spans, 20, -1), following(spans, 20)) == (Span(5, 6), Span(5, 9), None)


def test_a_transcript_where_nobody_speaks_is_harmless() -> None:
    nav = Navigator(Transcript("", (), ()))
    assert (nav.empty, nav.first(), nav.last(), nav.step(0, Unit.WORD, 1)) == (True, 0, 0, 0)
    assert nav.covered(Selection(0, 0), Unit.SENTENCE) == Span(0, 0)
