"""Who says what."""

import pytest

from ipscoding.transcripts.speakers import find_turns


def heard(text: str) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.speech.of(text)) for turn in find_turns(text).turns]


def interviewers(text: str) -> set[str]:
    return {turn.speaker for turn in find_turns(text).turns if turn.interviewer}


def kinds(text: str) -> list[str]:
    return [remark.kind for remark in find_turns(text).remarks]


LABELS = {
    "I:": "I",
    "i:": "i",
    "Intervjuer:": "Intervjuer",
    "INTERVJUER:": "INTERVJUER",
    "Intervjuar :": "Intervjuar",
    "Intervjuer 2:": "Intervjuer 2",
    "[Kari]": "Kari",
    "[Kari]:": "Kari",
    "[I]:": "I",
    "P1:": "P1",
    "p1:": "p1",
    "IP2:": "IP2",
    "B:": "B",
    "M?:": "M?",
    "**Kari:**": "Kari",
    "**Kari**:": "Kari",
    "**Kari**": "Kari",
    "*Kari:*": "Kari",
    "__I__:": "I",
    "_I:_": "I",
    "Kari:": "Kari",
    "Kari Nordmann:": "Kari Nordmann",
    "KARI NORDMANN:": "KARI NORDMANN",
    "Anne-Grethe Å.:": "Anne-Grethe Å.",
    "Kari fra NAV:": "Kari fra NAV",
    "Informant 2:": "Informant 2",
    "Jobbspesialist:": "Jobbspesialist",
    "NAV-veileder:": "NAV-veileder",
    "Speaker 1:": "Speaker 1",
    "SPEAKER_00:": "SPEAKER_00",
    "Kari (NAV):": "Kari (NAV)",
    "[00:01:23] I:": "I",
    "00:01:23 I:": "I",
    "(01:23) Kari:": "Kari",
    "#00:01:23-4# I:": "I",
    "I (00:12):": "I",
    "I [00:12]:": "I",
    "Kari 00:01:23:": "Kari",
    "I: [00:12]": "I",
    "- I:": "I",
}


@pytest.mark.parametrize(("label", "name"), LABELS.items())
def test_every_form_of_label_is_known_and_stays_out_of_the_speech(label: str, name: str) -> None:
    text = f"{label} Har du det bra?\nOle: Ja, altså: det går.\n{label} Fint.\nOle: Ja.\nOle: Nei."
    assert heard(text) == [
        (name, "Har du det bra?"),
        ("Ole", "Ja, altså: det går."),
        (name, "Fint."),
        ("Ole", "Ja."),
        ("Ole", "Nei."),
    ]


NOT_LABELS = [
    "Og så sa han: kom inn.",
    "Han sa: kom inn.",
    "Men altså: det gikk.",
    "Altså: nei.",
    "Ja: sånn var det.",
    "Spørsmålet er: hva nå?",
    "For eksempel: NAV.",
    "NB: husk dette.",
    "OBS: viktig.",
    "Kl. 12:30: møte.",
    "12:30 kom bussen.",
    "Klokka 12:30 kom bussen.",
    "http://nav.no sto det.",
    "https://nav.no: der sto det.",
    "Dato: i går.",
    "Konklusjon: det går.",
    "Det viktigste for meg i den tida der: å sove.",
    "[latter] Ja.",
    "[navn1] kom.",
    "[uhørlig] der.",
    "[pause]",
    "(ler) Ja.",
    "**Viktig** å si.",
    "Forholdet 3:1 er greit.",
    "3: en ting.",
    "Hjemme: stille.",
]


@pytest.mark.parametrize("line", NOT_LABELS)
def test_a_colon_in_ordinary_speech_makes_no_speaker(line: str) -> None:
    text = (
        f"I: Hva skjedde?\nP: Det var sånn.\nDet gikk greit.\n{line}\nSå gikk jeg.\nI: Ja?\nP: Ja.\nI: Og så?\nP: Nei."
    )
    assert {speaker for speaker, _speech in heard(text)} == {"I", "P"}
    assert heard(text)[1] == ("P", f"Det var sånn.\nDet gikk greit.\n{line}\nSå gikk jeg.")


@pytest.mark.parametrize("line", NOT_LABELS)
def test_a_colon_in_a_text_without_speakers_makes_none(line: str) -> None:
    text = f"Det var en dag i mars.\n{line}\nSå gikk jeg hjem.\nDet var alt."
    assert {speaker for speaker, _speech in heard(text)} == {""}
    assert kinds(text) == ["speakers"]


def test_a_paragraph_without_label_goes_on_with_the_turn() -> None:
    text = "I: Hei.\nP: Ja.\nOg så mer.\nI: Fint."
    assert heard(text)[1] == ("P", "Ja.\nOg så mer.")


def test_a_label_on_a_line_of_its_own_takes_the_lines_after_it() -> None:
    text = "Kari Nordmann   0:12\nHei du.\nOla   0:15\nHei.\nKari Nordmann   0:20\nHa det.\nOla   0:22\nJa."
    assert heard(text) == [("Kari Nordmann", "Hei du."), ("Ola", "Hei."), ("Kari Nordmann", "Ha det."), ("Ola", "Ja.")]
    assert heard("I:\nHei du.\nP:\nHei.")[0] == ("I", "Hei du.")


def test_without_speakers_each_paragraph_is_a_turn_of_nobody() -> None:
    assert heard("[00:00:01] Hei du.\nDet var det.") == [("", "Hei du."), ("", "Det var det.")]
    assert heard("[00:00.000 --> 00:05.000]  Hei du.\n00:00:06 Ja.") == [("", "Hei du."), ("", "Ja.")]
    assert interviewers("Hei du?\nDet var det.") == set()


def test_a_label_without_speech_is_an_empty_turn() -> None:
    assert heard("I: Hei\nP:\nI: Ja") == [("I", "Hei"), ("P", ""), ("I", "Ja")]


def test_a_speaker_who_says_one_thing_in_a_group_is_heard() -> None:
    text = "Moderator: Hva mener dere?\nKari: Ja.\nOla: Nei.\nKari: Jo.\nOla: Nei.\nPetter: Enig.\nKari: Ja.\nOla: Ja."
    assert ("Petter", "Enig.") in heard(text)


def test_a_short_group_talk_under_a_title_is_heard_whole() -> None:
    text = (
        "Gruppe 2\nModerator: Hva?\nKari (NAV): Ja.\nOla: Nei.\nModerator: Ok.\nKari (NAV): Ja.\nP4: Enig.\nLege: Jo."
    )
    assert [name for name, _speech in heard(text)[1:]] == [
        "Moderator",
        "Kari (NAV)",
        "Ola",
        "Moderator",
        "Kari (NAV)",
        "P4",
        "Lege",
    ]


def test_a_doubtful_name_is_told_with_its_line() -> None:
    text = "I: Hva skjedde?\nP: Det var sånn.\nMer.\nMer.\nHjemme: stille.\nI: Ja?\nP: Ja."
    doubts = [remark.line for remark in find_turns(text).remarks]
    assert doubts == [5]


@pytest.mark.parametrize(
    "label",
    [
        "I",
        "Int",
        "Int.",
        "Intervjuer",
        "INTERVJUER",
        "Interviewer",
        "Intervjuar",
        "Forskar",
        "Moderator",
        "Q",
        "spørsmål",
    ],
)
def test_the_usual_names_for_an_interviewer_are_known(label: str) -> None:
    assert interviewers(f"{label}: Hei?\nKari: Ja.\n{label}: Hva?\nKari: Nei.") == {label}


@pytest.mark.parametrize(
    ("speakers", "expected"),
    [
        (["I1", "I2", "Kari"], {"I1", "I2"}),
        (["Intervjuer", "I1", "I2"], {"Intervjuer"}),
        (["I", "I1", "I2"], {"I"}),
        (["M", "P1", "P2"], {"M"}),
        (["M", "K"], set()),
        (["Kari (intervjuer)", "Ola"], {"Kari (intervjuer)"}),
        (["Intervjuer Kari", "Ola"], {"Intervjuer Kari"}),
        (["Informant 1", "Informant 2"], set()),
    ],
)
def test_doubtful_interviewers_are_judged_by_who_else_speaks(speakers: list[str], expected: set[str]) -> None:
    text = "\n".join(f"{speaker}: Hei du." for speaker in speakers * 2)
    assert interviewers(text) == expected


def test_who_asks_most_is_told_where_nobody_is_called_interviewer() -> None:
    text = "Ola: Ja.\nKari: Hvordan går det?\nOla: Bra.\nKari: Og så?\nOla: Nei.\nKari: Hva da?"
    found = find_turns(text)
    assert [(remark.kind, remark.line) for remark in found.remarks] == [("interviewer", 2)]
    assert not any(turn.interviewer for turn in found.turns)
    assert "Kari" not in found.remarks[0].message


def test_everybody_counts_where_nobody_asks() -> None:
    found = find_turns("Ola: Ja.\nKari: Ja.\nOla: Nei.\nKari: Nei.")
    assert [(remark.kind, remark.line) for remark in found.remarks] == [("interviewer", None)]


def test_a_form_above_the_interview_is_nobodys_speech() -> None:
    text = "Intervju 3\nIntervjuer: Kari\nInformant: P03\nDato: 12.3.2026\nI: Hei?\nP: Ja.\nI: Så?\nP: Nei."
    turns = find_turns(text).turns
    assert (turns[0].speaker, turns[0].interviewer) == ("", True)
    assert turns[0].span.of(text).endswith("2026")
    assert [turn.speaker for turn in turns[1:]] == ["I", "P", "I", "P"]
    assert kinds(text) == ["preamble"]


def test_a_long_text_before_the_first_speaker_is_counted() -> None:
    text = "Jeg fortalte lenge. " * 100 + "\nI: Hei?\nP: Ja.\nI: Så?\nP: Nei."
    assert not find_turns(text).turns[0].interviewer
    assert kinds(text) == ["preamble"]


def test_answers_without_a_label_are_the_informants() -> None:
    text = "Spørsmål: Hva skjedde?\nJeg slutta.\nOg så venta jeg.\nSpørsmål: Og så?\nIngenting."
    turns = find_turns(text).turns
    assert [(turn.speaker, turn.interviewer) for turn in turns] == [
        ("Spørsmål", True),
        ("", False),
        ("Spørsmål", True),
        ("", False),
    ]
    assert turns[1].speech.of(text) == "Jeg slutta.\nOg så venta jeg."
    assert kinds(text) == ["speakers"]


@pytest.mark.parametrize("piece", ["(", "[", ":", "*", "I (", "[a] ", "A b ", "12:30 ", "**I:** "])
def test_monotonous_lines_are_judged_in_linear_time(piece: str) -> None:
    # a rule that looks at a whole line again and again would take hours here
    text = "\n".join([piece * 100_000] * 3).strip()
    assert sum(len(turn.span) for turn in find_turns(text).turns) <= len(text)
