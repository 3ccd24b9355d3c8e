"""The language of a text is told as one of the two norms, English or another, and not where it is too short."""

import pytest

from ipscoding.language.which import OTHER, language_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Jeg syntes det var vanskelig å komme i gang, men så ringte hun meg hver uke og da gikk det bedre. Vi "
         "snakket om hva jeg kunne tenke meg å gjøre."),
        ("nn", "Eg syntest det var vanskeleg å kome i gang, men så ringde ho meg kvar veke, og då gjekk det betre. Vi "
         "snakka om kva eg kunne tenkje meg å gjere."),
        ("nb", "Æ syns det va vanskelig å kom i gang, men så ringt ho mæ kvar uke og da gikk det bedre. Vi snakka om "
         "ka æ kunne tenk mæ å gjør."),
        ("en", "I thought it was hard to get started, but then she called me every week and it went better. We talked "
         "about what I would like to do and when."),
        (OTHER, "Jag tyckte att det var svårt att komma igång, men sedan ringde hon mig varje vecka och då gick det "
         "bättre. Vi pratade om vad jag skulle vilja göra."),
        (OTHER, "Jeg synes at det var svært at komme i gang, men så ringede hun til mig hver uge, og så gik det bedre. "
         "Vi talte om hvad jeg godt kunne tænke mig at lave af arbejde."),
        (OTHER, "Minusta oli vaikea aloittaa, mutta sitten hän soitti minulle joka viikko ja se meni paremmin. "
         "Puhuimme siitä, mitä haluaisin tehdä työkseni ja milloin aloittaisin."),
        ("", "Ja. Nei. Jo."),
    ],
)  # fmt: skip
def test_the_language_of_a_text(language: str, text: str) -> None:
    assert language_of(text) == language
