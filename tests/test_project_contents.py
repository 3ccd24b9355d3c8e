"""Documents, informants, codebook, codings, memos and search in a project."""

from pathlib import Path

import pytest

from ipscoding.domain import Code, Span, Valence
from ipscoding.errors import IpscodingError, NotAllowed, NotFound
from ipscoding.project import (
    Project,
    codebooks,
    codings,
    decisions,
    documents,
    excerpts,
    informants,
    memos,
    open_project,
    search,
)
from ipscoding.project import settings as project_settings
from ipscoding.project.patterns import Matcher
from tests.project_example import CODEBOOK, LINES, make, reading, span_of, transcript


@pytest.fixture
def project(tmp_path: Path):
    with make(tmp_path) as opened:
        yield opened


def first(project: Project) -> str:
    return documents.find(project, "p01").id


def test_what_was_imported_comes_back_whole(project: Project) -> None:
    document = documents.find(project, "p01")
    assert documents.transcript(project, document.id) == transcript()
    assert (document.informant, document.role, document.language, document.turns) == ("P01", "patient", "nb", 4)
    assert document.words == transcript().informant_words
    assert documents.speech(project)[document.id] == [turn.speech for turn in transcript().informant_turns()]


def test_an_interview_without_a_head_is_its_own_informant_and_roles_are_recognised(project: Project) -> None:
    document = documents.find(project, "n01")
    assert (document.informant, document.role) == ("n01", "nav-counsellor")


def test_the_same_text_twice_changes_nothing(project: Project) -> None:
    acts = project.value("SELECT count(*) FROM commands")
    done = documents.add_all(project, [reading("p01"), reading("annet navn")])
    assert (done.added, done.unchanged) == ([], ["p01", "annet navn"])
    assert project.value("SELECT count(*) FROM commands") == acts


def test_a_name_taken_by_another_text_is_refused_and_the_rest_imported(project: Project) -> None:
    done = documents.add_all(project, [reading("p01", ("I: Ny.", "P: Tekst.")), reading("p02", ("I: B.", "P: To."))])
    assert done.added == ["p02"]
    assert [name for name, _error in done.refused] == ["p01"]
    assert documents.text(project, first(project)) == "\n".join(LINES)


def test_a_dry_run_leaves_no_trace(project: Project) -> None:
    before = project.data_version(), project.value("SELECT count(*) FROM texts")
    done = documents.add_all(project, [reading("p02", ("I: B.", "P: To."))], dry_run=True)
    assert done.added == ["p02"]
    assert (project.data_version(), project.value("SELECT count(*) FROM texts")) == before
    assert informants.set_all(project, [informants.InformantRow("Ny")], dry_run=True).added == ["Ny"]
    assert len(informants.all(project)) == 2


def test_a_document_is_removed_with_its_codings_and_comes_back(project: Project) -> None:
    from ipscoding.project import journal

    coding = codings.add(project, first(project), Span(24, 30), "org.nær", Valence.NONE, memo="notat")
    before = journal.state(project)
    assert documents.remove(project, first(project)) == 1
    assert [document.name for document in documents.all(project)] == ["n01"]
    journal.undo(project)
    assert journal.state(project) == before
    assert codings.get(project, coding.id).memo == "notat"


def test_unknown_names_are_answered_with_near_ones(project: Project) -> None:
    with pytest.raises(NotFound, match="p01"):
        documents.find(project, "p02")
    with pytest.raises(NotFound, match=r"org\.nær"):
        codebooks.find(project, "org.naer")


def test_informants_keep_what_a_table_leaves_out(project: Project) -> None:
    rows = [
        informants.InformantRow("P01", "", {"gender": "woman", "site": ""}),
        informants.InformantRow("B09", "sjaman", {"site": "S02"}),
    ]
    done = informants.set_all(project, rows)
    assert (done.changed, done.added, done.unknown_roles) == (["P01"], ["B09"], ["sjaman"])
    people = {person.name: person for person in informants.all(project)}
    assert (people["P01"].role, dict(people["P01"].attributes)) == ("patient", {"gender": "woman", "site": "S01"})
    assert informants.set_all(project, rows).unchanged == ["P01", "B09"]


def test_the_codebook_comes_back_as_it_was(project: Project) -> None:
    loaded = codebooks.load(project)
    assert loaded.id == "liten"
    assert [(code.id, dict(code.label), code.parent, code.valence) for code in loaded.codes] == [
        (code.id, dict(code.label), code.parent, code.valence) for code in CODEBOOK.codes
    ]


def test_a_redefined_code_gets_a_new_version_and_codings_remember_theirs(project: Project) -> None:
    old = codings.add(project, first(project), Span(24, 30), "org.nær", Valence.NONE)
    renamed = Code("org.nær", {"nb": "Samlokalisering"}, parent="org", definition={"nb": "Avstand mellom folk."})
    done = codebooks.adopt(project, replaced(renamed))
    assert (done.changed, codebooks.find(project, "org.nær").version) == (["org.nær"], 1)
    redefined = Code("org.nær", {"nb": "Samlokalisering"}, parent="org", definition={"nb": "Samme bygg."})
    codebooks.adopt(project, replaced(redefined))
    new = codings.add(project, first(project), Span(35, 40), "org.nær", Valence.NONE)
    assert (codings.get(project, old.id).code_version, new.code_version) == (1, 2)


def replaced(code: Code):
    from dataclasses import replace

    return replace(CODEBOOK, codes=tuple(code if known.id == code.id else known for known in CODEBOOK.codes))


def test_codes_that_only_the_project_has_stay(project: Project) -> None:
    from dataclasses import replace

    done = codebooks.adopt(project, replace(CODEBOOK, codes=CODEBOOK.codes[:2]))
    assert done.kept == ["gen", "gen.forslag", "org.leiing"]
    assert len(codebooks.load(project).codes) == 5
    assert done.added == done.changed == []


def test_a_coding_has_no_white_space_at_its_ends_and_is_made_once(project: Project) -> None:
    made = codings.add(project, first(project), Span(29, 36), "org.nær", Valence.BARRIER)
    text = documents.text(project, first(project))
    assert made.span.of(text) == made.span.of(text).strip()
    assert codings.add(project, first(project), made.span, "org.nær", Valence.BARRIER) == made
    with pytest.raises(NotAllowed, match="another valence"):
        codings.add(project, first(project), made.span, "org.nær", Valence.FACILITATOR)


@pytest.mark.parametrize(
    ("code", "valence", "span"),
    [
        ("org", Valence.NONE, Span(24, 30)),
        ("gen.forslag", Valence.BARRIER, Span(24, 30)),
        ("org.nær", Valence.NONE, Span(24, 24)),
        ("org.nær", Valence.NONE, Span(19, 20)),
        ("org.nær", Valence.NONE, Span(24, 9999)),
    ],
)
def test_what_the_codebook_or_the_text_does_not_allow_is_refused(
    project: Project, code: str, valence: Valence, span: Span
) -> None:
    with pytest.raises(NotAllowed):
        codings.add(project, first(project), span, code, valence)
    assert codings.of_document(project, first(project)) == []


def test_a_coder_changes_only_their_own_codings_but_may_write_memos_on_all(project: Project) -> None:
    made = codings.add(project, first(project), Span(24, 30), "org.nær", Valence.BARRIER, memo="mitt")
    with open_project(project.path, coder="Ola") as other:
        for act in (
            lambda: codings.change(other, made.id, valence=Valence.BOTH),
            lambda: codings.remove(other, made.id),
        ):
            with pytest.raises(NotAllowed, match="Kari"):
                act()
        codings.change(other, made.id, memo="hans")
        assert [(memo.coder, memo.text) for memo in memos.of(other, made.id)] == [("Kari", "mitt"), ("Ola", "hans")]
    changed = codings.change(project, made.id, valence=Valence.BOTH, strength=2, span=Span(24, 40), code="org.leiing")
    assert (changed.valence, changed.strength, changed.code) == (Valence.BOTH, 2, "org.leiing")
    assert codings.change(project, made.id, strength=None).strength is None


def test_accepting_a_suggestion_is_one_act_and_keeps_its_origin(project: Project) -> None:
    from ipscoding.project import journal

    before = journal.state(project)
    made = decisions.accept(
        project, first(project), Span(24, 30), "org.nær", Valence.BARRIER, score=0.7, engine="1", suggested="org.leiing"
    )
    decisions.reject(project, first(project), Span(35, 40), "org.nær", score=0.1, engine="1")
    assert made.origin == "suggestion"
    ledger = [(one.code, one.decision) for one in decisions.of_document(project, first(project))]
    assert ledger == [("org.leiing", "changed"), ("org.nær", "rejected")]
    journal.undo(project)
    journal.undo(project)
    after = journal.state(project)
    assert (after["coding"], after["decision"], after["status"]) == (before["coding"], {}, {})


def test_recent_codes_are_the_coders_own(project: Project) -> None:
    for span, code in ((Span(24, 30), "org.nær"), (Span(35, 40), "org.leiing")):
        codings.add(project, first(project), span, code, Valence.NONE)
    assert set(codings.recent_codes(project)) == {"org.nær", "org.leiing"}
    assert codings.counts(project) == {"org.nær": 1, "org.leiing": 1}
    with open_project(project.path, coder="Ola") as other:
        assert codings.recent_codes(other) == []


def test_an_excerpt_knows_its_place_and_people(project: Project) -> None:
    codings.add(project, first(project), span_of(project, first(project), "Døra hans"), "org.nær", Valence.BARRIER)
    (row,) = excerpts.rows(project, "nb")
    assert (row.project, row.document, row.informant, row.role) == ("Studie", "p01", "P01", "patient")
    assert (row.speaker, row.turn, row.interviewer) == ("P", 2, False)
    assert (row.code_label, row.code_path, row.domain) == ("Nærhet", "Organisering > Nærhet", "org")
    assert (row.text, row.context_after) == ("Døra hans", " står åpen.\nI: Ja?\nP: Æ trur det")
    assert row.attributes == {"site": "S01"}
    assert row.status == "coding"


def test_settings_are_kept_and_checked(project: Project) -> None:
    project_settings.change(project, "blind", "ja")
    assert project_settings.get(project, "blind") is True
    with pytest.raises(NotAllowed, match="blind"):
        project_settings.change(project, "blind", "kanskje")
    with pytest.raises(NotAllowed, match="coder"):
        project_settings.change(project, "farge", "blå")
    project_settings.change(project, "coder", "Åse")
    with open_project(project.path) as again:
        assert again.coder == "Åse"


def found(hits) -> list[tuple[str, int, str]]:
    return [(hit.document.name, hit.turn, hit.text) for hit in hits]


def test_search_for_words(project: Project) -> None:
    assert found(search.words(project, "døra hans")) == [("p01", 2, "Døra hans")]
    assert found(search.words(project, "dør*")) == [("n01", 2, "Dørene"), ("p01", 2, "Døra")]
    assert found(search.words(project, "dor*")) == []
    assert found(search.words(project, "går* det")) == [("p01", 1, "går det"), ("p01", 2, "går bra")][:1]
    assert found(search.words(project, '"; DROP')) == []
    with pytest.raises(IpscodingError):
        list(search.words(project, "?!"))


def test_search_for_lemmas_crosses_norms(project: Project) -> None:
    assert found(search.lemmas(project, "dør")) == [("n01", 2, "Dørene"), ("p01", 2, "Døra")]
    assert found(search.lemmas(project, "veileder")) == [("n01", 2, "rettleiar")]


def test_search_with_an_expression(project: Project) -> None:
    assert found(search.regex(project, r"sjef\w+")) == [("p01", 4, "sjefen")]
    with pytest.raises(IpscodingError, match="character 2"):
        list(search.regex(project, "a(b"))


def test_an_expression_in_a_process_of_its_own_finds_the_same(project: Project) -> None:
    for pattern in (r"\bd\w+", "Æ|å", "x?", "borte$"):
        assert list(search.regex_apart(project, pattern)) == list(search.regex(project, pattern))
    with pytest.raises(IpscodingError, match="character 2"):
        list(search.regex_apart(project, "a(b"))
    with pytest.raises(IpscodingError, match="too large"):
        list(search.regex_apart(project, "a{99999999999}"))


def test_an_expression_that_never_ends_is_ended(project: Project) -> None:
    class Enough(Exception):
        pass

    told = []

    def stop(number: int, of: int) -> None:
        told.append((number, of))
        if told.count((number, of)) > 1:
            raise Enough

    endless = r"(\w+\s?)+\d"
    documents.add_all(project, [reading("langt", ("P: " + "ja " * 40,))])
    with pytest.raises(Enough):
        list(search.regex_apart(project, endless, on_document=stop))
    with Matcher(endless, seconds=0.2) as matcher, pytest.raises(IpscodingError, match="too long"):
        matcher.find("a" * 60, [Span(0, 60)], lambda: None)


def test_a_search_tells_how_far_it_is_and_can_be_ended(project: Project) -> None:
    class Enough(Exception):
        pass

    def stop(_number: int, _of: int) -> None:
        raise Enough

    for find, query in ((search.words, "dør*"), (search.lemmas, "dør"), (search.regex, "dør")):
        told: list[tuple[int, int]] = []
        list(find(project, query, on_document=lambda number, of, told=told: told.append((number, of))))
        assert told == [(0, 2), (1, 2)]
        with pytest.raises(Enough):
            list(find(project, query, on_document=stop))


def test_hits_stand_where_they_say(project: Project) -> None:
    for hit in search.words(project, "døra"):
        assert hit.span.of(documents.text(project, hit.document.id)) == hit.text


def test_who_coded_how_much_where(project: Project) -> None:
    place = first(project)
    assert codings.made_by(project) == {}
    span = span_of(project, place, "Døra hans")
    codings.add(project, place, span, "org.nær", Valence.BARRIER)
    with open_project(project.path, coder="Ola") as other:
        codings.add(other, place, span, "org.nær", Valence.BARRIER)
        codings.add(other, place, span, "org.leiing", Valence.BARRIER)
    assert codings.made_by(project) == {(place, project.coder): 1, (place, "Ola"): 2}
