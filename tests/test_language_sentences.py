"""Sentences of transcribed Norwegian speech."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.language.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


# the sentences of each text are divided by " | "
TEXTS = [
    "Ja. | Jeg gikk hjem. | Hva? | Nei!",
    "Det var rart?! | Men greit.",
    "Så kom han … og så gikk han igjen.",
    "Jeg vet ikke ... altså, kanskje.",
    "Det var så … | Jeg vet ikke.",
    "Han ba om hjelp … NAV sa nei.",
    "Jeg, eh, tenkte – ja, at det gikk.",
    "Og så slutta han [latter]. | Etter fire måneder.",
    "Og så slutta han. [latter] | Etter fire måneder.",
    "Ja. (ler) | Så gikk det. (lang pause)",
    "[latter] Lurt. | Jeg tenkte det.",
    "Det er … ja. [pause] | Det er mer.",
    "Ja. | [navn2] hadde vært innom. | [sted] er fint.",
    "Ja. | [sted] Kafé ligger der.",
    "Det er bl.a. NAV som f.eks. ringer ca. kl. 12 osv. i uka.",
    "Hun fikk dvs. tre timer, evt. fire, pga. ryggen, jf. brevet fra dr. Hansen på St. Olavs, tlf. 73 00 00 00.",
    "Det kosta 3 mill. kroner, nr. 4 mht. pris, ifm. flytting.",
    "Ho fekk t.d. hjelp, m.a. frå NAV, kaffi o.l. og slikt.",
    "Vi hadde kaffe, kaker osv. | Så gikk vi.",
    "Det var f. eks. sånn, bl. a. NAV var der.",
    "Det var 3. mars kl. 12.30. | Så kom 1. Januar.",
    "Jeg gikk i 2. etasje og 10. klasse.",
    "Det var i 2019. | Så ble jeg syk.",
    "Jeg er 36. | Og sliten.",
    "1. Først ringte jeg. | 2. Så venta jeg.",
    "Det kosta 12.5 kroner. | 3 av dem sa nei.",
    "Per A. Hansen kom. | P. Olsen også.",
    "Jeg hadde en plan B. | Så gikk det bra.",
    "Se www.nav.no eller skriv til kari.n@nav.no. | Greit?",
    "«Ja. Det går.» sa hun. | Så gikk hun.",
    "«Hva er det?» sa hun til meg.",
    "Hva? sa han. | Ingenting.",
    "Hun sa «det er for tidlig.» | Så gikk jeg.",
    '"Kom inn. Sett deg." sa hun. | Så satt jeg.',
    "Han sa: «Nulleksklusjon.» | Det er et fint ord.",
    "Den er min. | Det er din.",
    "det var sånn. | og så gikk jeg hjem. | hva? | nei.",
    "Bra 😀 Nei",
    "Bra. 😀 | Nei.",
    "Ja. … | Og så kom han.",
    "Ja!!! | Nei...",
    "**Ja.** | Så gikk det.",
    "Ja. | – Nei, vent.",
    "Første linje\nAndre linje",
    "Det er noe. | «Du kan komme», sa hun.",
    "Han sa bla bla bla. | Så gikk jeg.",
]


@pytest.mark.parametrize("marked", TEXTS)
def test_speech_is_cut_where_people_would_cut_it(marked: str) -> None:
    expected = [part for line in marked.split("\n") for part in line.split(" | ")]
    assert sentences(marked.replace(" | ", " ")) == expected


def test_a_long_quotation_is_cut_like_other_speech() -> None:
    told = "«" + " ".join(["Og så gikk jeg videre."] * 10) + "»"
    assert len(sentences(told)) == 10


def test_a_stretch_of_a_text_is_cut_with_offsets_in_the_whole() -> None:
    text = "I: Hei. Du?\nP: Ja. Nei."
    assert [span.of(text) for span in split_sentences(text, 15, 22)] == ["Ja.", "Nei"]


SPEECH = st.text(
    st.one_of(st.characters(), st.sampled_from(list("aAæ .…!?\n\t«»\"'()[]–-*_:0123😀\u200d\u0301\x85\u2028"))),
    max_size=120,
)


@given(SPEECH)
def test_every_character_but_white_space_lies_in_exactly_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    covered = [offset for span in spans for offset in range(span.start, span.end)]
    assert covered == sorted(set(covered))
    assert set(range(len(text))) - set(covered) <= {at for at, letter in enumerate(text) if letter.isspace()}


@given(SPEECH)
def test_no_sentence_has_white_space_at_its_ends_or_a_line_break_in_it(text: str) -> None:
    for found in sentences(text):
        assert found == found.strip() != ""
        assert len(found.splitlines()) == 1


@given(SPEECH, st.data())
def test_a_stretch_is_cut_as_if_it_stood_alone(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    alone = split_sentences(text[start:end])
    inside = split_sentences(text, start, end)
    assert [(span.start + start, span.end + start) for span in alone] == [(span.start, span.end) for span in inside]


@pytest.mark.parametrize("piece", [".", ". ", "…", "(", "[", "«", '"', " ", "! a", ". …", "a.", "«a ", "(a) .", "😀 "])
def test_monotonous_text_is_cut_in_linear_time(piece: str) -> None:
    # a quadratic rule would take hours here
    text = piece * 200_000
    assert sum(len(found.replace(" ", "")) for found in sentences(text)) == len(text.replace(" ", ""))
