"""Informants from files."""

from pathlib import Path

import pytest

from ipscoding.errors import FileProblem
from ipscoding.exchange.informants_in import InformantLine, read_informants


def read(folder: Path, text: str, encoding: str = "utf-8") -> tuple[list[InformantLine], list[str]]:
    path = folder / "informants.csv"
    path.write_bytes(text.encode(encoding))
    informants, faults = read_informants(path)
    return informants, [str(fault) for fault in faults]


def test_a_name_a_role_and_attributes(tmp_path: Path) -> None:
    informants, faults = read(tmp_path, "informant,role,site,years\nP01,patient,S1,3\nB01,behandler,,\n")
    assert faults == []
    assert informants == [
        InformantLine(2, "P01", "patient", {"site": "S1", "years": "3"}),
        InformantLine(3, "B01", "behandler", {"site": "", "years": ""}),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_as_a_norwegian_excel_saves_it(tmp_path: Path, encoding: str) -> None:
    informants, faults = read(tmp_path, "Deltaker;Rolle;Sted\r\nP01;jobbsøker;Tromsø\r\nP02;'=x;'-\r\n", encoding)
    assert faults == []
    assert informants[0] == InformantLine(2, "P01", "jobbsøker", {"Sted": "Tromsø"})
    assert informants[1] == InformantLine(3, "P02", "=x", {"Sted": "-"})


@pytest.mark.parametrize(
    ("header", "attributes"),
    [("id,name,role", {"name": "x"}), ("nummer,x,rolle", {"x": "x"}), ("ID,note,Role", {"note": "x"})],
)
def test_the_name_is_in_the_column_called_so_or_else_the_first(
    tmp_path: Path, header: str, attributes: dict[str, str]
) -> None:
    informants, faults = read(tmp_path, f"{header}\nP1,x,patient\n")
    assert faults == []
    assert informants == [InformantLine(2, "P1", "patient", attributes)]


def test_a_column_called_informant_need_not_be_the_first(tmp_path: Path) -> None:
    informants, _faults = read(tmp_path, "role,informant\npatient,P1\n")
    assert informants == [InformantLine(2, "P1", "patient", {})]


def test_one_column_is_enough(tmp_path: Path) -> None:
    informants, faults = read(tmp_path, "informant\nP1\n\nP2\n")
    assert faults == []
    assert [(one.name, one.line) for one in informants] == [("P1", 2), ("P2", 4)]


def test_all_faults_at_once_with_their_lines(tmp_path: Path) -> None:
    informants, faults = read(tmp_path, "informant,site,,site\nP1,a,,b\n,a\np1,a\nP2,a,x,\nP3,a,,b,c\n")
    assert [one.name for one in informants] == ["P1", "P2"]
    assert faults == [
        "line 1, site: the column stands there 2 times",
        "line 3, informant: the informant has no name",
        "line 4, informant: p1 stands on line 2 already",
        "line 5: column 3 has no name but holds something",
        "line 6: 5 cells where the header has 4",
    ]


def test_a_first_column_without_a_name_is_a_fault(tmp_path: Path) -> None:
    informants, faults = read(tmp_path, ",role\nP1,patient\n")
    assert informants == []
    assert "line 1: the first column has no name" in faults


def test_an_empty_file_is_a_file_problem_and_a_header_alone_is_not(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="empty"):
        read(tmp_path, "")
    assert read(tmp_path, "informant,role\n") == ([], [])
