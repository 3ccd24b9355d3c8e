"""An interview line by line, and all that can be done on it without a screen."""

import re
import unicodedata
from pathlib import Path

import pytest

from ipscoding.project import bookmarks, codings, documents, journal, memos, open_project
from tests.cli_example import good, held, say

SIGNS = "▲▼◆·■┏┃┗│─«»"


@pytest.fixture(autouse=True)
def coder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPSCODING_CODER", "Kari")


def coding_id(said: str) -> str:
    found = re.search(r"\(coding (\w{8})\)", said)
    assert found is not None, said
    return found[1]


def span_and_code(path: Path, prefix: str) -> tuple[int, int, str, str]:
    with open_project(path) as project:
        one = codings.get(project, prefix)
        return one.span.start, one.span.end, one.code, str(one.valence)


def test_every_word_of_the_interview_is_shown_once_and_in_order(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_project(demo) as project:
        document = documents.find(project, "p01-jobbsoker")
        transcript = documents.transcript(project, document.id)
    shown = good(capsys, "show", demo, "p01-jobbsoker", "--coders", "A", "--plain")
    said = re.findall(r"^Sentence \d+: (.*)$", shown, re.MULTILINE)
    speech = [turn.speech.of(transcript.text) for turn in transcript.turns]
    assert " ".join(" ".join(said).split()) == " ".join(" ".join(speech).split())
    assert re.findall(r"^Turn (\d+)", shown, re.MULTILINE) == [str(turn.number) for turn in transcript.turns]


def test_the_number_of_a_sentence_is_the_one_that_code_takes(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = good(capsys, "show", demo, "p02-jobbsoker", "--plain")
    number, text = re.findall(r"^Sentence (\d+): (.*)$", shown, re.MULTILINE)[30]
    made = coding_id(good(capsys, "code", demo, "p02-jobbsoker", "org.colocation", "--sentence", number))
    start, end, _code, _valence = span_and_code(demo, made)
    with open_project(demo) as project:
        whole = documents.text(project, documents.find(project, "p02-jobbsoker").id)
    assert whole[start:end] == text


def test_all_codings_are_shown_in_the_turn_they_begin_in(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_project(demo) as project:
        document = documents.find(project, "b01-behandler")
        transcript = documents.transcript(project, document.id)
        wanted = {
            (one.id[:8], turn.number)
            for one in codings.of_document(project, document.id)
            if (turn := transcript.turn_at(one.span.start))
        }
    shown = set()
    turn = 0
    for line in good(capsys, "show", demo, "b01-behandler", "--codings-only").splitlines():
        heading = re.match(r"Turn (\d+)", line)
        turn = int(heading[1]) if heading else turn
        shown |= {(found, turn) for found in re.findall(r"coding (\w{8})\. Words:", line)}
    assert shown == wanted


def test_the_plain_form_has_words_for_everything_and_no_signs(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("code", demo, "p01-jobbsoker", "org.colocation", "--sentence", 20, "--valence", "facilitator")
    made = coding_id(good(capsys, *options, "--strength", 2, "--memo", "Ser dette\nogså andre steder"))
    shown = good(capsys, "show", demo, "p01-jobbsoker", "--plain", "--coders", "Kari")
    [line] = [line for line in shown.splitlines() if made in line]
    assert line == (
        "Coded: Co-location and proximity, org.colocation, facilitator, strength 2, sentence 20, by Kari, "
        f"by a command, coding {made}. Memo: Ser dette også andre steder"
    )
    program = "\n".join(line for line in shown.splitlines() if not line.startswith("Sentence"))
    assert not set(program) & set(SIGNS)
    assert not [sign for sign in shown if unicodedata.category(sign) in ("Cc", "Cf") and sign != "\n"]
    assert not any(line.startswith(" ") for line in shown.splitlines())


def test_turns_and_coders_can_be_chosen(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = good(capsys, "show", demo, "p01-jobbsoker", "--from-turn", 6, "--to-turn", 8, "--coders", "B")
    assert re.findall(r"^Turn (\d+)", shown, re.MULTILINE) == ["6", "7", "8"]
    assert set(re.findall(r"by (\w+)", shown)) == {"B"}
    none = say(capsys, "show", demo, "p01-jobbsoker", "--from-turn", 500)
    assert (none.code, none.out) == (2, "")
    assert "44 turns" in none.err


def test_a_coding_that_began_before_the_first_turn_shown_is_not_lost(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = coding_id(good(capsys, "code", demo, "p01-jobbsoker", "org.colocation", "--sentence", "8-20"))
    shown = good(capsys, "show", demo, "p01-jobbsoker", "--from-turn", 6, "--coders", "Kari", "--codings-only")
    assert f"sentences 8 to 20, by Kari, by a command, coding {made}" in shown


def test_a_blind_coder_sees_no_codings_of_others_before_being_done(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good(capsys, "settings", demo, "blind", "true")
    good(capsys, "status", demo, "p01-jobbsoker", "coding")
    shown = good(capsys, "show", demo, "p01-jobbsoker")
    assert "by A" not in shown
    assert "Blind coding" in shown
    assert "codings by others are hidden" in good(capsys, "excerpts", demo, "--document", "p01-jobbsoker")
    good(capsys, "status", demo, "p01-jobbsoker", "done")
    assert "by A" in good(capsys, "show", demo, "p01-jobbsoker")


def test_an_interview_can_be_written_to_a_file(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = good(capsys, "show", demo, "n01-nav")
    done = say(capsys, "show", demo, "n01-nav", "-o", tmp_path / "n01.txt")
    assert (done.code, done.out) == (0, "")
    assert (tmp_path / "n01.txt").read_text(encoding="utf-8") == shown


def test_several_sentences_are_one_passage_and_nonsense_is_wrong_use(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_project(demo) as project:
        sentences = documents.transcript(project, documents.find(project, "p01-jobbsoker").id).sentences
    made = coding_id(good(capsys, "code", demo, "p01-jobbsoker", "org.colocation", "--sentence", "9-11"))
    assert span_and_code(demo, made)[:2] == (sentences[8].start, sentences[10].end)
    before = held(demo)
    for nonsense in ("11-9", "ni", "9-", "0", "9-900"):
        assert say(capsys, "code", demo, "p01-jobbsoker", "org.colocation", "--sentence", nonsense).code == 2
    assert held(demo) == before


def test_recode_changes_what_is_named_and_nothing_else(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = coding_id(
        good(capsys, "code", demo, "p01-jobbsoker", "org.colocation", "--sentence", 9, "--valence", "barrier")
    )
    start, end, *_rest = span_and_code(demo, made)
    good(capsys, "recode", demo, made, "--code", "per.hope")
    assert span_and_code(demo, made) == (start, end, "per.hope", "barrier")
    good(capsys, "recode", demo, made, "--valence", "both", "--strength", 2)
    assert span_and_code(demo, made) == (start, end, "per.hope", "both")
    good(capsys, "recode", demo, made, "--end", end - 5)
    assert span_and_code(demo, made)[0] == start
    assert span_and_code(demo, made)[1] < end
    good(capsys, "recode", demo, made, "--strength", 0, "--sentence", "9-10")
    with open_project(demo) as project:
        assert codings.get(project, made).strength is None
    good(capsys, "undo", demo, "-n", 4)
    assert span_and_code(demo, made) == (start, end, "org.colocation", "barrier")


def test_recode_refuses_others_codings_and_wants_to_know_what_to_change(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_project(demo) as project:
        theirs = codings.of_document(project, documents.find(project, "p01-jobbsoker").id)[0].id
    before = held(demo)
    said = say(capsys, "recode", demo, theirs, "--valence", "none")
    assert (said.code, said.out) == (2, "")
    assert say(capsys, "recode", demo, theirs).code == 2
    assert say(capsys, "recode", demo, "ffffffff-none", "--valence", "none").code == 2
    assert held(demo) == before


def test_a_coding_that_is_split_and_united_again_is_as_before(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = coding_id(good(capsys, "code", demo, "p01-jobbsoker", "per.hope", "--sentence", "9-12"))
    before = span_and_code(demo, made)
    first, second = good(capsys, "cut", demo, made, "--sentence", 11).splitlines()
    assert span_and_code(demo, coding_id(first))[1] < span_and_code(demo, coding_id(second))[0]
    united = coding_id(good(capsys, "unite", demo, coding_id(first), coding_id(second)))
    assert span_and_code(demo, united) == before
    assert say(capsys, "cut", demo, united, "--sentence", 30).code == 2
    assert say(capsys, "unite", demo, united, united).code == 2


def test_memos_go_on_all_four_kinds_of_things(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = coding_id(good(capsys, "code", demo, "p01-jobbsoker", "per.hope", "--sentence", 9))
    for target in (made, "p01-jobbsoker", "per.hope", "project"):
        good(capsys, "memo", demo, target, f"Om {target}")
        assert good(capsys, "memo", demo, target).rstrip().endswith(f"Om {target}")
    with open_project(demo) as project:
        whole = codings.get(project, made)
        ids = (whole.id, whole.document_id, project.id)
        assert all(len(memos.of(project, one)) == 1 for one in ids)
    assert "Memo of Kari: Om p01-jobbsoker" in good(capsys, "show", demo, "p01-jobbsoker")
    good(capsys, "memo", demo, "project", "")
    assert "no memo" in good(capsys, "memo", demo, "project")
    unknown = say(capsys, "memo", demo, "p99", "Hei")
    assert (unknown.code, unknown.out) == (2, "")


def test_bookmarks_are_set_listed_and_taken_away(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no bookmarks" in good(capsys, "bookmarks", demo)
    good(capsys, "bookmarks", demo, "p01-jobbsoker", "--sentence", 20, "--note", "Les igjen")
    good(capsys, "bookmarks", demo, "b01-behandler", "--turn", 4)
    listed = good(capsys, "bookmarks", demo, "--format", "csv").splitlines()
    assert [line.split(",")[0] for line in listed[1:]] == ["b01-behandler", "p01-jobbsoker"]
    assert "Bookmark before sentence 20. Les igjen" in good(capsys, "show", demo, "p01-jobbsoker", "--plain")
    good(capsys, "bookmarks", demo, "p01-jobbsoker", "--sentence", 20, "--note", "Les enda en gang")
    assert "Les enda en gang" in good(capsys, "bookmarks", demo)
    good(capsys, "bookmarks", demo, "p01-jobbsoker", "--sentence", 20)
    with open_project(demo) as project:
        assert len(bookmarks.all(project)) == 1
    assert say(capsys, "bookmarks", demo, "p01-jobbsoker").code == 2
    assert say(capsys, "bookmarks", demo, "p01-jobbsoker", "--turn", 900).code == 2


def test_each_act_is_one_undo(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = coding_id(good(capsys, "code", demo, "p01-jobbsoker", "per.hope", "--sentence", "9-12"))
    for arguments in (
        ("recode", demo, made, "--code", "org.colocation", "--valence", "barrier", "--sentence", "9-11"),
        ("cut", demo, made, "--sentence", 10),
        ("memo", demo, made, "Tanke"),
        ("bookmarks", demo, "p01-jobbsoker", "--turn", 4),
    ):
        with open_project(demo) as project:
            before = journal.state(project)
        good(capsys, *arguments)
        good(capsys, "undo", demo)
        with open_project(demo) as project:
            assert journal.state(project) == before, arguments[0]
