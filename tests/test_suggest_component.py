"""The engine in a spaCy pipeline, as spaCy's users expect a component to be."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

from ipscoding.codebook import write as codebook_file
from ipscoding.domain import Codebook, Span, Valence
from ipscoding.project import codebooks, codings, create, documents
from ipscoding.suggest.component import NAME, CodeSuggester, transcript_of
from ipscoding.transcripts.reading import Reading
from tests.suggest_example import small_bank, small_codebook, transcript, whole_codebook

TEXT = (
    "I: Hva med taushetsplikten?\n"
    "P: Taushetsplikten hindrer oss i å dele opplysninger. Bussen går sjelden her ute.\n"
    "I: Ja?\n"
    "P: Kona mi heier på meg."
)


@pytest.fixture
def codebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small codebook with its bank beside it, and a home of its own."""
    monkeypatch.setenv("IPSCODING_HOME", str(tmp_path / "home"))
    book = with_domains()
    codebook_file.write(replace(book, extra={"phrases": "bank.tsv"}), tmp_path / "bok.yaml")
    rows = ["code\tvalence\tnorm\ttext", *(f"{p.code}\t{p.valence}\t{p.norm}\t{p.text}" for p in small_bank())]
    (tmp_path / "bank.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path / "bok.yaml"


def with_domains() -> Codebook:
    """The small codebook with what stands above its codes."""
    whole, small = whole_codebook(), small_codebook()
    above = dict.fromkeys(code.parent or "" for code in small.codes)
    return replace(small, codes=(*(whole.by_id[parent] for parent in above), *small.codes))


def pipeline(codebook: Path, **config: object) -> Language:
    nlp = spacy.blank("nb")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe(NAME, config={"codebook": str(codebook), "threshold": 0.0, **config})
    return nlp


def test_spans_with_scores_lie_on_the_sentences_of_informants(codebook: Path) -> None:
    doc = pipeline(codebook)(TEXT)
    group = doc.spans["codes"]
    assert len(group) == len(group.attrs["scores"]) == len(group.attrs["valences"]) > 0
    best = {span.text: span.label_ for span in reversed(list(group))}
    assert best["Taushetsplikten hindrer oss i å dele opplysninger."] == "col.confidentiality"
    assert best["Kona mi heier på meg."] == "per.family"
    assert not any("?" in span.text for span in group), "the interviewer gets none"
    assert len({(span.start, span.end) for span in group}) < len(group), "spans may overlap"
    assert all(0 <= score <= 1 for score in group.attrs["scores"])
    assert set(group.attrs["valences"]) <= {str(valence) for valence in Valence}


def test_the_settings_are_those_of_the_engine(codebook: Path) -> None:
    every = pipeline(codebook)(TEXT).spans["codes"]
    one = pipeline(codebook, per_sentence=1, spans_key="forslag")(TEXT)
    assert "codes" not in one.spans
    assert len({(s.start, s.end) for s in one.spans["forslag"]}) == len(one.spans["forslag"]) < len(every)
    high = pipeline(codebook, threshold=0.9)(TEXT).spans["codes"]
    assert all(score >= 0.9 for score in high.attrs["scores"])
    assert len(pipeline(codebook, threshold=None)(TEXT).spans["codes"]) <= len(every)


def test_a_text_without_sentences_or_speakers_or_words_is_borne(codebook: Path) -> None:
    nlp = spacy.blank("nb")
    component = nlp.add_pipe(NAME, config={"codebook": str(codebook), "threshold": 0.0})
    assert isinstance(component, CodeSuggester)
    doc = nlp("Taushetsplikten hindrer oss. Kona mi heier på meg.")
    assert {span.text for span in doc.spans["codes"]} == {"Taushetsplikten hindrer oss.", "Kona mi heier på meg."}
    for text in ("", " ", "\n", "😀"):
        assert list(nlp(text).spans["codes"]) == []
    assert "per.family" in component.labels


def test_sentences_of_the_pipeline_end_where_a_turn_ends() -> None:
    nlp = spacy.blank("nb")
    nlp.add_pipe("sentencizer")
    doc = nlp("I: Hva med det\nP: Det går bra. Ja\nI: Så fint\nP: Ja visst\nI: Takk.")
    assert len(list(doc.sents)) == 2
    found = transcript_of(doc)
    assert [span.of(found.text) for span in found.sentences] == [
        "Hva med det",
        "Det går bra.",
        "Ja",
        "Så fint",
        "Ja visst",
        "Takk.",
    ]


def test_what_is_read_back_says_the_same(codebook: Path, tmp_path: Path) -> None:
    nlp = pipeline(codebook)
    before = told(nlp(TEXT))
    nlp.to_disk(tmp_path / "pipeline")
    codebook.unlink()
    assert told(spacy.load(tmp_path / "pipeline")(TEXT)) == before
    fresh = spacy.blank("nb")
    component = fresh.add_pipe(NAME)
    assert isinstance(component, CodeSuggester)
    component.from_bytes(nlp.get_pipe(NAME).to_bytes())
    fresh.add_pipe("sentencizer", first=True)
    assert told(fresh(TEXT)) == before
    docs = list(DocBin().from_bytes(DocBin(docs=[nlp(TEXT)]).to_bytes()).get_docs(nlp.vocab))
    assert told(docs[0]) == before


def told(doc: Doc) -> list[tuple[str, str, float, str]]:
    group = doc.spans["codes"]
    return [
        (span.text, span.label_, round(float(score), 5), valence)
        for span, score, valence in zip(group, group.attrs["scores"], group.attrs["valences"], strict=True)
    ]


def test_a_project_teaches_it_and_its_interviews_are_not_written(codebook: Path, tmp_path: Path) -> None:
    secret = "Hemmeligordet står her."
    with create(tmp_path / "studie", coder="Kari") as project:
        codebooks.adopt(project, with_domains(), small_bank())
        said = transcript(("P", secret))
        documents.add_all(project, [Reading("p01", said, {}, "p01", "0" * 64, "utf-8", [])])
        span = Span(3, 3 + len(secret))
        codings.add(project, documents.find(project, "p01").id, span, "per.family", Valence.NONE)
        path = project.path
    nlp = spacy.blank("nb")
    component = nlp.add_pipe(NAME, config={"project": str(path)})
    assert isinstance(component, CodeSuggester)
    assert component.engine.learnt_from == 1
    nlp.to_disk(tmp_path / "pipeline")
    held = b"".join(file.read_bytes() for file in (tmp_path / "pipeline").rglob("*") if file.is_file())
    assert b"emmeligord" not in held
    again = spacy.load(tmp_path / "pipeline").get_pipe(NAME)
    assert again.engine.learnt_from == 1
    path.unlink()
    alone = spacy.load(tmp_path / "pipeline").get_pipe(NAME)
    with pytest.warns(UserWarning, match="there is no such project"):
        assert alone.engine.learnt_from == 0


def test_it_is_scored_like_a_span_categorizer(codebook: Path) -> None:
    nlp = pipeline(codebook)
    reference = nlp(TEXT)
    scores = nlp.evaluate([Example(nlp.make_doc(TEXT), reference)])
    assert scores["spans_codes_f"] == pytest.approx(1.0)


def test_spacy_finds_it_without_our_help(tmp_path: Path) -> None:
    script = f"import spacy; nlp = spacy.blank('nb'); nlp.add_pipe('{NAME}'); print(nlp.pipe_names)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stdout.strip() == f"['{NAME}']", done.stderr
