"""What a codebook file holds comes in whole."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ipscoding.codebook import catalogue, frameworks
from ipscoding.codebook.read import read
from ipscoding.domain import Codebook, Example, Valence
from ipscoding.errors import FileProblem, NotFound


@pytest.fixture(scope="module")
def default() -> Codebook:
    return read(catalogue.default_path())


def test_the_default_codebook_has_60_codes_in_9_domains(default: Codebook) -> None:
    assert (default.id, default.version, len(default.active())) == ("ips-barriers-facilitators", "1.0.0", 60)
    domains = default.children(None)
    assert [domain.id for domain in domains] == ["org", "col", "sys", "att", "mod", "spec", "emp", "per", "gen"]
    assert not any(domain.codable for domain in domains)
    assert {code.parent for code in default.active()} == {domain.id for domain in domains}


def test_a_code_comes_with_everything_it_has(default: Codebook) -> None:
    code = default.by_id["org.colocation"]
    assert code.label == {
        "nb": "Samlokalisering og korte avstander",
        "nn": "Samlokalisering og korte avstandar",
        "en": "Co-location and proximity",
    }
    assert set(code.definition) == {"nb", "nn", "en"}
    assert code.include_when["nb"].startswith("Kontorplass")
    assert code.exclude_when["nb"].startswith("Ikke formell")
    assert [(example.valence, example.language) for example in code.examples] == [
        ("barrier", "nb"),
        ("facilitator", "nb"),
    ]
    assert code.valence is Valence.BOTH
    assert code.roles == ("clinician", "employment-specialist", "nav-counsellor")
    assert code.links == {
        "cfir": "inner.physical-infrastructure",
        "ips_principle": "ips.integration",
        "fidelity_item": "fid.team-contact",
    }
    assert default.by_id["gen.suggestion"].valence is Valence.NONE
    assert default.by_id["gen.suggestion"].examples[0].valence is Valence.NONE


def test_rules_and_further_fields_of_the_head_are_kept(default: Codebook) -> None:
    assert {language: len(rules) for language, rules in default.rules.items()} == {"nb": 6, "nn": 6, "en": 6}
    assert default.extra["kind"] == "codes"
    assert default.extra["valence_labels"]["none"]["en"] == "No direction"
    bands = read(catalogue.find("ips-fidelity-25")).extra["sections"]["score_bands"]
    assert [(band["min"], band["max"]) for band in bands] == [(115, 125), (100, 114), (74, 99), (25, 73)]


@pytest.mark.parametrize(
    ("identity", "headings", "codes"),
    [("ips-barriers-facilitators", 9, 60), ("cfir-2", 5, 67), ("ips-fidelity-25", 3, 25), ("ips-principles", 0, 8)],
)
def test_what_ships_is_complete_in_three_languages(identity: str, headings: int, codes: int) -> None:
    book = read(catalogue.find(identity))
    assert book.id == identity
    assert (sum(not code.codable for code in book.codes), sum(code.codable for code in book.codes)) == (headings, codes)
    assert set(book.title) == {"nb", "nn", "en"}
    for code in book.codes:
        assert set(code.label) == {"nb", "nn", "en"}, code.id
        assert code.definition["nb"], code.id
        if not code.codable or identity in ("ips-barriers-facilitators", "ips-principles"):
            assert set(code.definition) == {"nb", "nn", "en"}, code.id


def test_every_link_of_the_default_codebook_leads_somewhere(default: Codebook) -> None:
    for link, minimum in (("cfir", 58), ("ips_principle", 30), ("fidelity_item", 20)):
        found = [code.links[link] for code in default.codes if link in code.links]
        known = frameworks.framework(link).by_id
        assert len(found) >= minimum
        assert [target for target in found if target not in known] == []


@pytest.mark.parametrize("link", frameworks.FRAMEWORKS)
def test_ids_found_by_scanning_are_those_found_by_reading(link: str) -> None:
    assert frameworks.known_ids(link) == set(frameworks.framework(link).by_id)


def test_rules_of_exclusion_name_codes_that_exist(default: Codebook) -> None:
    for code in default.codes:
        for text in code.exclude_when.values():
            named = set(re.findall(r"\b(?:org|col|sys|att|mod|spec|emp|per|gen)\.[a-z-]+", text))
            assert named <= set(default.by_id), code.id


def test_a_small_codebook_may_be_written_in_short(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(
        "codebook: {id: small, language: nn, version: 1.10}\n"
        "codes:\n"
        "  - id: tillit\n"
        "    label: Tillit\n"
        "    definition: no\n"
        "    ips_principle: 3\n"
        "    roles: clinician\n"
        "    example: {nb: {barrier: [En, To], neutral: Tre}}\n"
        "    number: 007\n"
        "    weight: 1.5\n",
        "utf-8",
    )
    book = read(file)
    (code,) = book.codes
    assert book.version == "1.10"
    assert (code.label, code.definition, code.roles) == ({"nn": "Tillit"}, {"nn": "no"}, ("clinician",))
    assert code.links == {"ips_principle": "ips.integration"}
    assert code.extra == {"number": "007", "weight": 1.5}
    assert code.examples == (
        Example(Valence.BARRIER, "nb", "En"),
        Example(Valence.BARRIER, "nb", "To"),
        Example(Valence.NONE, "nb", "Tre"),
    )


def test_texts_come_in_composed(tmp_path: Path) -> None:
    file = tmp_path / "nfd.yaml"
    file.write_text('codebook: {id: x}\ncodes:\n  - {id: a, label: "Ba\u030at"}\n', "utf-8")
    assert read(file).codes[0].label == {"nb": "B\u00e5t"}


def test_a_faulty_file_is_refused_with_the_first_fault_and_their_number(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("codebook: {id: x}\ncodes:\n  - {id: a, label: A, valence: good}\n  - {id: a, label: B}\n", "utf-8")
    with pytest.raises(FileProblem) as caught:
        read(file)
    assert caught.value.what.startswith(f"{file}, line 3, column 32: unknown valence “good”")
    assert caught.value.what.endswith("(and 1 more fault)")
    assert caught.value.hint == f'Run "ipscoding codebook check {file}" to see all 2 faults'


def test_informants_are_no_codebook() -> None:
    with pytest.raises(FileProblem, match="not a codebook"):
        read(catalogue.default_path().with_name("informants.yaml"))


def test_codebooks_are_found_by_id_and_by_path(tmp_path: Path) -> None:
    assert [identity for identity, _path in catalogue.shipped()] == [
        "ips-barriers-facilitators",
        "cfir-2",
        "ips-fidelity-25",
        "ips-principles",
    ]
    assert catalogue.find("cfir-2").name == "cfir-2.yaml"
    (tmp_path / "own.yaml").write_text("", "utf-8")
    assert catalogue.find(str(tmp_path / "own.yaml")) == tmp_path / "own.yaml"
    with pytest.raises(NotFound, match="cfir-2, ips-fidelity-25, ips-principles"):
        catalogue.find("ips")


def test_a_codebook_names_its_phrase_bank(tmp_path: Path) -> None:
    bank = catalogue.phrase_bank_for(catalogue.default_path())
    assert bank == catalogue.default_path().with_name("ips-phrases.tsv")
    assert catalogue.phrase_bank_for(catalogue.find("cfir-2")) is None
    own = tmp_path / "own.yaml"
    own.write_text("codebook: {id: own, phrases: ips-phrases.tsv}\ncodes: [broken", "utf-8")
    assert catalogue.phrase_bank_for(own) == bank
    (tmp_path / "ips-phrases.tsv").write_text("", "utf-8")
    assert catalogue.phrase_bank_for(own) == tmp_path / "ips-phrases.tsv"
    own.write_text("codebook: {id: own, phrases: /etc/passwd}\n", "utf-8")
    assert catalogue.phrase_bank_for(own) is None


def test_only_a_shipped_codebook_has_a_shipped_phrase_bank(default: Codebook) -> None:
    assert catalogue.shipped_phrase_bank(default) == catalogue.phrase_bank_for(catalogue.default_path())
    assert catalogue.shipped_phrase_bank(Codebook("own", {}, extra={"phrases": "ips-phrases.tsv"})) is None


def test_the_room_is_entered_without_the_yaml_reader() -> None:
    rooms = "catalogue, check, frameworks, informants, phrases, read, write"
    script = f"from ipscoding.codebook import {rooms}; import sys; sys.exit('ruamel.yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
