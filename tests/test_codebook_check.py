"""Every fault of a codebook file is told at once, with its line and column."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipscoding.codebook import catalogue
from ipscoding.codebook.check import Fault, check
from ipscoding.codebook.read import read
from ipscoding.errors import FileProblem

HEAD = 'codebook:\n  id: x\n  title: {nb: "X"}\n'
Checked = Callable[[str], list[Fault]]


@pytest.fixture
def checked(tmp_path: Path) -> Checked:
    """Checks a codebook given as text."""

    def of(text: str) -> list[Fault]:
        file = tmp_path / "codebook.yaml"
        file.write_text(text, "utf-8")
        return check(file)

    return of


def code(identity: str, *fields: str) -> str:
    """An entry that has what it needs, and `fields`."""
    lines = [f"  - id: {identity}", f'    label: {{nb: "{identity}"}}', '    definition: {nb: "D"}']
    return "\n".join([*lines, *(f"    {field}" for field in fields)]) + "\n"


def codes(*entries: str) -> str:
    """A codebook of `entries`, which begin in line 5."""
    return HEAD + "codes:\n" + "".join(entries)


def only(faults: list[Fault]) -> Fault:
    (fault,) = faults
    return fault


@pytest.mark.parametrize(
    "file", [*dict(catalogue.shipped()).values(), catalogue.default_path().with_name("informants.yaml")]
)
def test_what_ships_has_no_faults_and_needs_no_advice(file: Path) -> None:
    assert check(file) == []


def test_all_faults_come_at_once_in_the_order_of_the_file(checked: Checked) -> None:
    faults = checked(
        codes(
            code("A"),
            code("b", "parent: nowhere", "valence: good"),
            code("c", "roles: [clinician, plumber]", "cfir: inner.nothing"),
            '  - label: {nb: "no id"}\n',
            "  - id: e\n",
        )
    )
    assert [(fault.line, fault.column, fault.severity) for fault in faults] == [
        (5, 9, "fault"),
        (11, 13, "fault"),
        (12, 14, "fault"),
        (16, 24, "fault"),
        (17, 11, "fault"),
        (18, 5, "fault"),
        (19, 5, "fault"),
        (19, 9, "advice"),
    ]
    assert [fault.message.split(";")[0] for fault in faults] == [
        "the id “A” may hold lower-case letters, digits, full stop, hyphen and underscore only",
        "unknown parent “nowhere”",
        "unknown valence “good”",
        "unknown role “plumber”",
        "“inner.nothing” is not in cfir-2",
        "“id” is missing",
        "“e” has no label",
        "“e” has no definition",
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        (HEAD + 'codes:\n  - id: a\n    label: {nb: "open}\n', 6, 17, "a quotation mark is missing"),
        (HEAD + "codes:\n\t- id: a\n", 5, 1, "a tab stands where spaces must"),
        (HEAD + "codes:\n  - id: a\n    label: {nb: a: b}\n", 6, 18, "a comma or a closing bracket is missing"),
        (HEAD + "codes:\n  - id: a\n    label: one: two\n", 6, 15, "a colon stands where none can be"),
        (HEAD + "codes:\n  - id: a\n   label: b\n", 6, 4, "the indentation does not fit"),
        (HEAD + "codes:\n  - id: a\n    label: @b\n", 6, 12, "a character that must stand in quotation marks"),
        ("codes:\n  - id: a\n", 1, 1, "“codebook:” with id, title and language is missing"),
        ("", 1, 1, "there is no codebook here"),
        ("just words\n", 1, 1, "there is no codebook here"),
        ("- a\n- b\n", 1, 1, "there is no codebook here"),
        (HEAD, 1, 1, "there are no codes"),
        (HEAD + "codes: []\n", 4, 1, "there are no codes"),
    ],
)
def test_broken_files_are_explained_where_they_break(
    checked: Checked, text: str, line: int, column: int, message: str
) -> None:
    first = checked(text)[0]
    assert (first.line, first.severity) == (line, "fault")
    assert first.message.startswith(message)
    assert first.column == column


def test_a_field_given_twice(checked: Checked) -> None:
    fault = only(checked(codes(code("a", 'definition: {nb: "Other"}'))))
    assert fault == Fault(8, 5, "the field “definition” is given twice (first in line 7)")


def test_an_id_given_twice(checked: Checked) -> None:
    faults = checked(codes(code("a"), '  - {id: a, label: {nb: "Other"}, definition: {nb: "D"}}\n'))
    assert only(faults) == Fault(8, 10, "the id “a” is taken (line 5)")


def test_parents_in_a_circle_are_told_once(checked: Checked) -> None:
    faults = checked(
        codes(code("a", "parent: c"), code("b", "parent: a"), code("c", "parent: b"), code("d", "parent: d"))
    )
    assert [fault.message for fault in faults] == [
        "parents run in a circle: a → c → b → a",
        "parents run in a circle: d → d",
    ]


def test_one_label_under_one_parent_is_a_fault_elsewhere_advice(checked: Checked) -> None:
    twin = '  - {id: b, label: {nb: " TILLIT ", en: "Trust"}, definition: {nb: "D"}}\n'
    cousin = '  - {id: c, parent: a, label: {en: "trust"}, definition: {nb: "D"}}\n'
    faults = checked(codes('  - {id: a, label: {nb: "Tillit"}, definition: {nb: "D"}}\n', twin, cousin))
    assert [(fault.line, fault.severity) for fault in faults] == [(6, "fault"), (7, "advice")]


def test_an_example_in_a_direction_that_the_code_does_not_allow(checked: Checked) -> None:
    fault = only(
        checked(
            codes(code("a", "valence: barrier", 'example: {nb: {barrier: "Nei", facilitator: "Ja", neutral: "Tja"}}'))
        )
    )
    assert (fault.line, fault.message) == (9, "an example as facilitator, but “a” allows barrier only")


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("roles: {a: b}", "“roles” must be a list of texts"),
        ("include_when: {nb: [a]}", "“include_when” must be a text in each language"),
        ("retired: perhaps", "“retired” must be true or false"),
        ("version: 0", "“version” must be a whole number from 1"),
        ("parent: [a]", "“parent” must be one text"),
        ('include_when: {"1": x}', "“1” is not a language; “include_when” has nb, nn and en under it"),
        ("example: {nb: hello}", "an example stands under barrier, facilitator, both or neutral"),
        (
            "example: {nb: {bad: x}}",
            "unknown direction “bad”; an example stands under barrier, facilitator, both or neutral",
        ),
        ("example: [{valence: barrier}]", "an example in a list has the fields valence, language and text"),
        ("merged_into: b", "unknown code “b”"),
        ("merged_into: a", "a code cannot be merged into itself"),
        ("ips_principle: 9", "“9” is not in ips-principles"),
        ("fidelity_item: fid.exemplary", "“fid.exemplary” is not in ips-fidelity-25"),
        ("note: *other", "aliases (*other) are not read; write the text out"),
        ("note: !!python/name:os.system x", "tags (tag:yaml.org,2002:python/name:os.system) are not read"),
        ("? [a, b]\n    : c", "a field's name must be one word, not a list or a group of fields"),
    ],
)
def test_a_field_of_the_wrong_kind(checked: Checked, field: str, message: str) -> None:
    assert only(checked(codes(code("a", field)))).message == message


def test_a_language_that_the_program_does_not_show_is_advice(checked: Checked) -> None:
    assert only(checked(codes(code("a", 'include_when: {se: "Go"}')))).severity == "advice"


def test_a_role_of_the_codebooks_own(checked: Checked) -> None:
    roles = 'roles:\n  - {id: plumber, label: {nb: "Rørlegger"}}\n'
    assert checked(HEAD + roles + "codes:\n" + code("a", "roles: [plumber, patient]")) == []


def test_the_phrase_bank_must_lie_beside_the_codebook(checked: Checked) -> None:
    def with_bank(name: str) -> list[Fault]:
        return checked(HEAD + f"  phrases: {name}\ncodes:\n" + code("a"))

    assert only(with_bank("mine.tsv")).severity == "advice"
    assert only(with_bank("../mine.tsv")).severity == "fault"
    assert with_bank("ips-phrases.tsv") == []


def test_a_file_that_is_not_utf8_names_the_place(tmp_path: Path) -> None:
    file = tmp_path / "latin.yaml"
    file.write_bytes('codebook:\n  id: æ\n  title: {nb: "Åå"}\n'.encode("latin-1"))
    assert only(check(file)) == Fault(2, 7, "not UTF-8 from here on; save the file as UTF-8")
    file.write_bytes("codebook:\n".encode("utf-16"))
    assert only(check(file)).message == "the file is UTF-16; save it as UTF-8"


def test_a_control_character_names_the_place(checked: Checked) -> None:
    assert only(checked("codebook:\n  id: a\x00b\n")) == Fault(
        2, 8, "a control character (U+0000) cannot stand in the file"
    )


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "windows.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + codes(code("a")).replace("\n", "\r\n").encode())
    assert check(file) == []
    assert read(file).codes[0].definition == {"nb": "D"}


def test_an_enormous_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "big.yaml"
    with file.open("wb") as big:
        big.truncate(20_000_001)
    assert only(check(file)).message == "the file has 20 million bytes; more than 20 are not read"


def test_a_bomb_of_aliases_is_only_read_once(checked: Checked) -> None:
    levels = "".join(f"l{n + 1}: &l{n + 1} [{', '.join([f'*l{n}'] * 9)}]\n" for n in range(12))
    faults = checked("l0: &l0 [x]\n" + levels)
    assert len(faults) == 12 * 9 + 1


def test_nesting_has_an_end(checked: Checked) -> None:
    assert only(checked("a: " + "[" * 20_000)).message == "nested too deeply"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="cannot be read"):
        check(tmp_path / "none.yaml")
    with pytest.raises(FileProblem, match="cannot be read"):
        check(tmp_path)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    junk=st.lists(
        st.sampled_from([*"{}[]:-,\"'#&*!|> \n\t?%@aæ", "id: ", "codes:\n", "  - ", "codebook:\n", HEAD]), max_size=30
    ).map("".join)
)
def test_no_text_is_too_odd_to_be_checked(junk: str, checked: Checked) -> None:
    assert all(fault.line >= 1 and fault.column >= 1 and fault.message for fault in checked(junk))


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(junk=st.binary(max_size=60))
def test_no_bytes_are_too_odd_to_be_checked(junk: bytes, tmp_path: Path) -> None:
    file = tmp_path / "junk.yaml"
    file.write_bytes(junk)
    assert check(file)


def test_the_example_of_the_documentation_is_a_codebook(checked: Checked) -> None:
    guide = (Path(__file__).parent.parent / "docs" / "codebook-format.md").read_text("utf-8")
    example, own_roles = (block.split("```")[0] for block in guide.split("```yaml\n")[1:])
    assert [fault.severity for fault in checked(example + own_roles)] == ["advice"]
