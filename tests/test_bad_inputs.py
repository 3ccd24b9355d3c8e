"""Whatever is put in: one line for each fault that says what, where and what to do; nothing changed, nothing leaked."""

import ctypes
import os
import resource
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ipscoding.domain import Valence
from ipscoding.project import codings, connect, documents, open_project, schema
from tests.cli_example import contents, held, process, say
from tests.project_example import make, span_of

SECRET = "Sjokoladekake"
"""Stands in every transcript below; no message may hold it."""

TALK = f"I: Hva var det?\nP: {SECRET} på jobben, ærlig talt, det var så godt.\n"
HEAD = 'codebook:\n  id: mine\n  title: {nb: "Min"}\n'
DOMAIN = 'domains:\n  - id: a\n    label: {nb: "A"}\n'
CODE = '  - id: a.b\n    parent: a\n    label: {nb: "B"}\n'
BOMB = "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*{m}, *{m}]\n" for m, n in zip("abcd", "bcde", strict=True))
CODINGS = "document,quote,code,valence\n"
SPANS = "document,start,end,code,valence,strength\n"

Content = str | bytes | Callable[[Path], None]


@dataclass(frozen=True)
class Bad:
    """A command line that must be refused: what stands where, and what each line on standard error says, in order."""

    what: str
    command: str
    says: tuple[str, ...]
    files: dict[str, Content] = field(default_factory=dict)


def sparse(megabytes: int) -> Content:
    def make_file(path: Path) -> None:
        with path.open("wb") as file:
            file.seek(megabytes * 1_000_000)
            file.write(b"x")

    return make_file


def link(target: str) -> Content:
    return lambda path: path.symlink_to(target)


def transcript(what: str, content: Content, *says: str) -> Bad:
    return Bad(f"transcript: {what}", "import studie.ipscoding ny.txt", ("ny.txt", *says), {"ny.txt": content})


def informants(what: str, content: Content, *says: str) -> Bad:
    return Bad(f"informants: {what}", "informants studie.ipscoding i.csv", ("i.csv", *says), {"i.csv": content})


def table(what: str, content: Content, *says: str) -> Bad:
    return Bad(f"codings: {what}", "code studie.ipscoding --from c.csv", ("c.csv", *says), {"c.csv": content})


def codebook(what: str, content: Content, *says: str) -> Bad:
    return Bad(f"codebook: {what}", "codebook import studie.ipscoding c.yaml", ("c.yaml", *says), {"c.yaml": content})


def refused(what: str, command: str, *says: str) -> Bad:
    return Bad(what, command, says)


TRANSCRIPTS = [
    transcript("empty", b"", "is empty", "Save the transcript again"),
    transcript("white space", " \n\t\r\n \u00a0 ", "holds no text", "Check that it is the right file"),
    transcript("only a head", "---\nid: P09\nrole: patient\n---\n\n", "holds no text"),
    transcript("binary", bytes(range(256)) * 20, "not plain text", "Save the transcript as plain text"),
    transcript("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "looks like a picture", "plain text"),
    transcript("Word", b"PK\x03\x04\x14\0word/document.xml" + SECRET.encode(), "looks like a Word document"),
    transcript("old Word", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word"),
    transcript("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "looks like a PDF"),
    transcript("NUL in text", TALK.encode() + b"\0", "not plain text"),
    transcript("Cyrillic code page", "И: Как дела?\nП: Хорошо, спасибо".encode("cp1251"), "cannot be told"),
    transcript("damaged UTF-8", TALK.replace("var så", "var \udcc3").encode("utf-8", "surrogateescape"), "line 2"),
    transcript("UTF-8 cut off", TALK.encode() + "Det er på sjøen".encode()[:-3] + b"\xc3", "line 3, column", "damaged"),
    transcript("half a character", TALK.encode() + b"P: \xed\xa0\x80\n", "line 3, column 4", "lone surrogate"),
    transcript("odd UTF-16", TALK.encode("utf-16") + b"A", "UTF-16", "Save it again"),
    transcript("50 MB", sparse(50), "larger than 20 MB", "split it"),
    transcript("hundreds of accents", f"P: {SECRET} a{chr(0x301) * 400}\n", "line 1", "accents"),
    transcript("a device that never ends", link("/dev/zero"), "is not a file"),
    transcript("the empty device", link("/dev/null"), "is not a file"),
    transcript("a pipe", os.mkfifo, "is not a file"),
    transcript("a link to itself", link("ny.txt"), "does not exist"),
    Bad("import: a folder without interviews", "import studie.ipscoding x", ("x holds no transcripts", ".txt"),
        {"x/README.md": "Les meg", "x/bilde.png": b"\x89PNG"}),
    Bad("import: a name taken by another text", "import studie.ipscoding p01.txt", ("p01.txt", "p01", "another name"),
        {"p01.txt": TALK}),
    Bad("import: a file of another kind", "import studie.ipscoding a.doc", ("a.doc", "cannot be read", ".txt"),
        {"a.doc": b"PK\x03\x04"}),
    refused("import: a missing file", "import studie.ipscoding borte.txt", "borte.txt does not exist", "Check"),
    refused("import: a device", "import studie.ipscoding /dev/zero", "zero", "cannot be read", ".txt"),
    refused("import: a name too long", f"import studie.ipscoding {'n' * 300}.txt", "File name too long"),
    refused("import: nothing named", "import studie.ipscoding", "Missing argument 'PATHS...'", "import --help"),
]  # fmt: skip

TABLES = [
    informants("empty", "", "is empty", "The first line must name the columns"),
    informants("white space", " \n\n", "is empty"),
    informants("twice", "informant,role\nP01,patient\np01,patient\n", "line 3", "stands on line 2 already"),
    informants("without a name", "informant,role\nP01,patient\n,patient\n", "line 3", "has no name"),
    informants("no column of names", "role,site\npatient,S01\n", "no column with the informants' names"),
    informants("no name for the first column", ",role\nP01,patient\n", "first column has no name"),
    informants("a column twice", "informant,site,site\nP01,a,b\n", "line 1, site", "2 times"),
    informants("too many cells", "informant,role\nP01,patient,a,b\n", "line 2", "4 cells where the header has 2"),
    informants("semicolons below commas", "informant,role\nP01;patient\n", "line 2", "“;”", "“,”"),
    informants("commas and semicolons", "informant;role,site\nP01;patient,S01\n", "both “,” and “;”"),
    informants("an open quotation mark", 'informant,role\nP01,"patient\nP02,patient\n', "line 2", "quotation marks"),
    informants("NUL", b"informant,role\nP01,pat\0ient\n", "is not a text file", "CSV UTF-8"),
    informants("a picture", b"\x89PNG\r\n\x1a\n\0\0", "is not a text file"),
    informants("Excel", b"PK\x03\x04xl/workbook.xml", "is an Excel file", "Save it as CSV"),
    informants("60 MB", sparse(60), "larger than 50 MB", "must be divided"),
    informants("a device that never ends", link("/dev/zero"), "larger than 50 MB"),
    informants("the empty device", link("/dev/null"), "is empty"),
    refused("informants: missing file", "informants studie.ipscoding x.csv", "x.csv", "No such file", "Check the name"),
    refused("informants: a folder", "informants studie.ipscoding .", "Is a directory", "Check the name"),
    table("empty", "", "is empty"),
    table("no such document", CODINGS + "p1,Det går bra.,org.nær,none\n", "line 2, document", "is “p01” meant?"),
    table("no such code", SPANS + "p01,24,27,org.nar,none,\n", "line 2, code", "org.nar", "Near it: org.nær"),
    table("a quote that is not there", CODINGS + f"p01,{SECRET},org.nær,none\n", "line 2, quote", "is not in the"),
    table("a quote that is there twice", CODINGS + "p01,det,org.nær,none\n", "line 2, quote", "give “start” too"),
    table("a direction that is none", SPANS + "p01,24,27,org.nær,vond,\n", "line 2, valence", "none of barrier"),
    table("a direction the code has not", SPANS + "p01,24,27,gen.forslag,barrier,\n", "line 2", "codebook allows none"),
    table("a domain", SPANS + "p01,24,27,org,none,\n", "line 2", "org is a domain", "one of the codes under it"),
    table("start after end", SPANS + "p01,27,24,org.nær,none,\n", "line 2, end", "must be greater than start"),
    table("beyond the text", SPANS + "p01,24,2700,org.nær,none,\n", "line 2, start", "the document ends at"),
    table("a negative start", SPANS + "p01,-4,27,org.nær,none,\n", "line 2, start", "not a whole number"),
    table("no words in the passage", SPANS + "p01,10,11,org.nær,none,\n", "line 2, start", "holds no text"),
    table("strength 3", SPANS + "p01,24,27,org.nær,none,3\n", "line 2, strength", "must be 1 or 2"),
    table("strength in words", SPANS + "p01,24,27,org.nær,none,sterk\n", "line 2, strength", "not a whole number"),
    table("two directions for one passage", SPANS + "p01,24,27,org.nær,barrier,\np01,24,27,org.nær,facilitator,\n",
          "line 3, valence", "already has this code", "barrier"),
    table("another direction than before", SPANS + "p01,31,34,org.nær,barrier,\n", "line 2, valence", "facilitator"),
    table("a missing column", "document,quote,cod\np01,Ja,x\n", "column “code” is missing", "is “cod” meant"),
    table("no place", "document,code\np01,org.nær\n", "must be a column “quote”, or “start” and “end”"),
    table("a misspelt column", SPANS.replace("strength", "strenght") + "p01,24,27,org.nær,none,1\n", "is “strength”"),
    table("NUL", SPANS.encode() + b"p01,2\0,27,org.leiing,none,\n", "is not a text file"),
    table("semicolons below commas", CODINGS + f"p01;{SECRET};org.nær;none\n", "line 2", "“;”", "“,”"),
    table("an open quotation mark", CODINGS + f'p01,"{SECRET},org.nær,none\n', "line 2", "quotation marks"),
    table("a device that never ends", link("/dev/zero"), "larger than 50 MB"),
    refused("codings: missing file", "code studie.ipscoding --from x.csv", "x.csv", "No such file", "Check the name"),
]  # fmt: skip

CODEBOOKS = [
    codebook("empty", "", "line 1, column 1", "begins with “codebook:”"),
    codebook("a list", "- a\n- b\n", "line 1, column 1", "begins with “codebook:”"),
    codebook("no YAML", HEAD + "codes: [a, b\n", "line 5, column 1", "comma or a closing bracket is missing"),
    codebook("an open quotation mark", HEAD + 'codes:\n  - id: "a\n', "line 5, column 9", "quotation mark is missing"),
    codebook("a tab", HEAD + "codes:\n\t- id: a.b\n", "line 5, column 1", "a tab stands where spaces must"),
    codebook("a field twice", HEAD + DOMAIN + "codes:\n" + CODE + "    parent: a\n", "line 11, column 5", "twice"),
    codebook("an id twice", HEAD + DOMAIN + "codes:\n" + CODE + CODE, "line 11, column 9", "is taken (line 8)"),
    codebook("an unknown parent", HEAD + "codes:\n" + CODE, "line 6, column 13", "unknown parent “a”"),
    codebook("a circle", HEAD + DOMAIN + "codes:\n" + CODE.replace("parent: a", "parent: a.b"), "line 9, column 13"),
    codebook("a bomb of aliases", BOMB, "line 1, column 1", "more faults", "codebook check c.yaml"),
    codebook("an alias", HEAD.replace("mine", "&x mine") + DOMAIN + "codes:\n" + CODE + "    colour: *x\n", "line 11",
             "aliases (*x) are not read"),
    codebook("a tag", HEAD + DOMAIN + "codes:\n" + CODE + "    colour: !!python/name:os.system x\n", "line 11", "tags"),
    codebook("no codes", HEAD + "codes: []\n", "line 4, column 1", "there are no codes"),
    codebook("two documents", HEAD + DOMAIN + "codes:\n" + CODE + "---\n" + HEAD, "line 11, column 1", "second"),
    codebook("UTF-16", (HEAD + DOMAIN).encode("utf-16"), "UTF-16", "save it as UTF-8"),
    codebook("Latin-1", HEAD.encode() + b'  x: "\xe6"\n', "line 4, column 7", "not UTF-8"),
    codebook("a control character", HEAD + 'codes: "\x01"\n', "line 4, column 9", "control character (U+0001)"),
    codebook("nested too deeply", "[" * 3000, "line 1, column 41", "nested too deeply"),
    codebook("30 MB", sparse(30), "30 million bytes; more than 20 are not read"),
    codebook("binary", b"\x89PNG\r\n\x1a\n\0\0", "line 1, column 1", "not UTF-8"),
    refused("codebook: missing", "codebook import studie.ipscoding x.yaml", "x.yaml", "neither a file nor", "cfir-2"),
    refused("codebook: a folder", "codebook check .", "neither a file nor a codebook"),
    Bad("codebook: people, no codes", "codebook import studie.ipscoding r.yaml", ("not a codebook", "that has codes"),
        {"r.yaml": HEAD + 'roles:\n  - id: patient\n    label: {nb: "Jobbsøker"}\n'}),
    refused("codebook: an unknown code", "codebook show studie.ipscoding --code org.nar", "Near it: org.nær"),
    Bad("new: a codebook with faults", "new ny.ipscoding --codebook c.yaml", ("c.yaml, line 1", "“codebook:”"),
        {"c.yaml": "codes: []\n"}),
    refused("new: an unknown codebook", "new ny.ipscoding --codebook x", "neither a file nor", "ips-principles"),
    refused("new: there already", "new studie.ipscoding", "already a file with this name", "Choose another name"),
    refused("new: a missing folder", "new borte/ny", "borte/ny.ipscoding", "cannot be made", "folder that exists"),
]  # fmt: skip

OUTPUTS = [
    refused("output: a missing folder", "freq studie.ipscoding -o borte/f.csv", "borte/f.csv", "Make the folder first"),
    refused("output: a folder", "freq studie.ipscoding -o . --format csv", "is a folder", "a file in it"),
    refused("output: an unknown suffix", "freq studie.ipscoding -o f.xml", "f.xml", "End it in .csv"),
    refused("output: an unknown form", "freq studie.ipscoding --format xml", "'xml' is not one of", "freq --help"),
    refused("output: no room", "freq studie.ipscoding --format csv -o /dev/full", "/dev/full", "Make room on the disk"),
    refused("output: two forms", "freq studie.ipscoding --excel-no --format json", "form of CSV", "freq --help"),
    refused("output: CSV called Excel", "freq studie.ipscoding --excel-no -o f.xlsx", "form of CSV", ".csv"),
    refused(
        "output: over the project", "excerpts studie.ipscoding --format csv -o studie.ipscoding", "not overwritten"
    ),
    refused("export: over the project", "codebook export studie.ipscoding -o studie.ipscoding", "which format"),
    refused(
        "export: a missing folder", "codebook export studie.ipscoding -o x/y.yaml", "x/y.yaml", "the folder exists"
    ),
    refused("export: a folder", "codebook export studie.ipscoding -o .", "which format", "End it in one of .yaml"),
    refused("export: a device", "codebook export studie.ipscoding -o /dev/full", "/dev/full", "End it in one of .yaml"),
    refused("backup: there already", "backup studie.ipscoding studie.ipscoding", "File exists", "Choose a new name"),
    refused("backup: a missing folder", "backup studie.ipscoding borte/x", "borte/x", "Choose a new name"),
    Bad("demo: a file in the way", "demo fil", ("fil: the folder cannot be made", "Name a folder"), {"fil": "x"}),
]

PROJECTS = [
    refused("project: missing", "documents borte.ipscoding", "no such project", 'Make one with "ipscoding new'),
    refused("project: missing, to write", "undo borte.ipscoding", "no such project"),
    refused("project: a folder", "freq .", "this is a folder", "ends in .ipscoding"),
    refused("project: the empty device", "freq /dev/null", "not an ipscoding project"),
    refused("project: a device that never ends", "freq /dev/zero", "not an ipscoding project"),
    Bad("project: text", "freq t.txt", ("t.txt: this is not an ipscoding project", "left as it is"), {"t.txt": TALK}),
    Bad("project: empty", "freq t.txt", ("this is not an ipscoding project",), {"t.txt": b""}),
    Bad("project: a demo that is none", "demo d --no-open", ("not an ipscoding project",), {"d/demo.ipscoding": TALK}),
]

QUESTIONS = [
    refused("freq: unknown group", "freq studie.ipscoding --by rolle", "grouped by rolle", "Close to it: role"),
    refused("freq: unknown unit", "freq studie.ipscoding --units segment", "No such unit", "segments"),
    refused("freq: unknown coder", "freq studie.ipscoding --coders Ola", "No codings by: Ola", "There is: Kari"),
    refused("freq: unknown code", "freq studie.ipscoding --code org.nar", "No such code: org.nar", "org.nær"),
    refused("freq: unknown role", "freq studie.ipscoding --role lege", "No such role: lege", "There is"),
    refused("freq: unknown document", "freq studie.ipscoding --document p02", "No such document: p02", "p01"),
    refused("freq: fewer than none", "freq studie.ipscoding --min-cell -1", "-1 is not in the range", "freq --help"),
    refused("freq: coders at once", "freq studie.ipscoding --pooled --by coder", "taken together", "Leave one"),
    refused("excerpts: no value", "excerpts studie.ipscoding --where site:", "A value is missing", "FIELD:VALUE"),
    refused("excerpts: open quotation", 'excerpts studie.ipscoding --where "bra', "mark is not closed"),
    refused("excerpts: unknown attribute", "excerpts studie.ipscoding -q stad:S01", "called “stad”", "site"),
    refused("excerpts: almost a field", "excerpts studie.ipscoding -q documents:p01", "called “documents”", "document"),
    refused("excerpts: no date", "excerpts studie.ipscoding -q after:2026-13", "2026-13 is not a date", "2026-01"),
    refused(
        "freq: no such code in a query", "freq studie.ipscoding -q near:org.nar", "No such code: org.nar", "org.nær"
    ),
    refused("excerpts: unknown value", "excerpts studie.ipscoding --where site=S09", "no such value: S09", "S01"),
    refused("excerpts: unknown direction", "excerpts studie.ipscoding --valence good", "No such direction: good"),
    refused(
        "excerpts: unknown domain", "excerpts studie.ipscoding --domain orgg", "No such domain", "Close to it: org"
    ),
    refused("excerpts: unknown person", "excerpts studie.ipscoding --informant P02", "No such informant: P02", "P01"),
    refused("search: a bad expression", "search studie.ipscoding ( --regex", "character 1", "Put a backslash"),
    refused("search: nothing", "search studie.ipscoding ''", "no word to search for", "Give one word"),
    refused("search: only marks", "search studie.ipscoding ?! --lemma", "no word to search for"),
    refused("search: an empty expression", "search studie.ipscoding '' --regex", "no word to search for"),
    refused("suggest: threshold", "suggest studie.ipscoding --threshold 7", "7.0 is not in the range 0<=x<=1"),
    refused("suggest: no codes wanted", "suggest studie.ipscoding --per-sentence 0", "0 is not in the range"),
    refused("suggest: unknown document", "suggest studie.ipscoding p1", "no document called p1", "Near it: p01"),
    refused("suggest: unknown coder", "suggest evaluate studie.ipscoding --coders Ola", "No such coder: Ola", "Kari"),
    refused("history: unknown coder", "history studie.ipscoding --coder Ola", "No such coder: Ola", "Kari"),
    refused("history: unknown code", "history studie.ipscoding --code org.nar", "no code org.nar", "org.nær"),
    refused("history: fewer than none", "history studie.ipscoding -n -1", "-1 is not in the range"),
    refused("undo: no times", "undo studie.ipscoding -n 0", "0 is not in the range"),
]

CODING = [
    refused("code: unknown document", "code studie.ipscoding p0 org.nær --sentence 1", "no document called p0", "p01"),
    refused("code: unknown code", "code studie.ipscoding p01 org.nar --sentence 1", "no code org.nar", "org.nær"),
    refused("code: a domain", "code studie.ipscoding p01 org --sentence 1", "is a domain", "Choose one of the codes"),
    refused("code: no place", "code studie.ipscoding p01 org.nær", "--quote, --sentence, or --start and --end"),
    refused("code: two places", "code studie.ipscoding p01 org.nær --sentence 1 --start 4", "Say where with one of"),
    refused("code: half a place", "code studie.ipscoding p01 org.nær --start 4", "--start and --end go together"),
    refused("code: nothing", "code studie.ipscoding", "Name a document and a code", "code --help"),
    refused("code: no such sentence", "code studie.ipscoding p01 org.nær --sentence 99", "no sentence 99", "sentences"),
    refused("code: sentence 0", "code studie.ipscoding p01 org.nær --sentence 0", "no sentence 0"),
    refused("code: beyond the text", "code studie.ipscoding p01 org.nær --start 3 --end 999", "goes beyond the text"),
    refused("code: quote not there", f"code studie.ipscoding p01 org.nær --quote {SECRET}", "0 times", "exactly once"),
    refused("code: quote twice", "code studie.ipscoding p01 org.nær --quote det", "times", "exactly once"),
    refused("code: direction", "code studie.ipscoding p01 gen.forslag --sentence 1 --valence both", "allows none"),
    refused("code: strength", "code studie.ipscoding p01 org.nær --sentence 1 --strength 3", "3 is not in the range"),
    refused("uncode: unknown", "uncode studie.ipscoding zzz", "no single coding zzz", "coding_id"),
    refused("uncode: nothing", "uncode studie.ipscoding ''", "no single coding"),
    refused("uncode: everything", "uncode studie.ipscoding %", "no single coding %"),
    refused(
        "status: unknown", "status studie.ipscoding p01 halv", "'halv' is not one of 'not-started', 'coding', 'done'"
    ),
    refused(
        "settings: unknown", "settings studie.ipscoding farge", "no setting farge", "The settings are coder, blind"
    ),
    refused("settings: unknown, to set", "settings studie.ipscoding farge rød", "no setting farge"),
    refused(
        "settings: neither", "settings studie.ipscoding blind kanskje", "either true or false", "Give true or false"
    ),
    refused("open: no terminal", "open studie.ipscoding", "needs a terminal", "--help"),
    refused("open: no terminal, by the project", "studie.ipscoding", "needs a terminal", "--help"),
    refused("unknown command", "frek studie.ipscoding", "no command frek", "Did you mean freq?", "ipscoding --help"),
    refused("unknown option", "freq studie.ipscoding --rolle x", "No such option '--rolle'", "freq --help"),
    refused("unknown subcommand", "codebook mend", "No such command 'mend'", "codebook --help"),
    refused("missing argument", "freq", "Missing argument 'PROJECT'", "freq --help"),
    refused("an argument too many", "documents studie.ipscoding p01", "unexpected extra argument (p01). See"),
    refused("unknown language", "freq studie.ipscoding --lang sv", "--lang sv", "nb, nn or en"),
    refused("language without a name", "freq studie.ipscoding --lang", "nb, nn or en"),
]

EVERY = [*TRANSCRIPTS, *TABLES, *CODEBOOKS, *OUTPUTS, *PROJECTS, *QUESTIONS, *CODING]


@pytest.fixture
def studie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two interviews and one coding, in the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IPSCODING_CODER", "Kari")
    with make(tmp_path) as project:
        document = documents.find(project, "p01")
        codings.add(project, document.id, span_of(project, document.id, "bra"), "org.nær", Valence.FACILITATOR)
        return project.path


def words(command: str) -> list[str]:
    """The arguments of a command line; `''` is an empty one."""
    return ["" if word == "''" else word for word in command.split()]


def faults(err: str) -> list[str]:
    """The lines that name a fault; beside them may stand the count after a table, and carets under a query."""
    lines = [line for line in err.splitlines() if not line.startswith("  ")]
    if lines and lines[-1].endswith("nothing was coded."):
        lines = lines[:-1]
    assert all(line.startswith("ipscoding: ") for line in lines), err
    return [line.removeprefix("ipscoding: ") for line in lines]


def clean(err: str) -> None:
    """Nothing in what was said is for programmers or from an interview."""
    for word in ("Traceback", "fault in ipscoding", SECRET, "Døra hans", "sjefen", "Errno", "NoneType", "sqlite"):
        assert word not in err


@pytest.mark.parametrize("bad", EVERY, ids=lambda bad: bad.what)
def test_it_is_refused_in_one_line_and_nothing_changes(
    bad: Bad, studie: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, content in bad.files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        if callable(content):
            content(path)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    before, files = held(studie), contents(tmp_path)
    said = say(capsys, *words(bad.command))
    assert said.code == 2
    assert said.out == ""
    lines = faults(said.err)
    assert len(lines) == 1, said.err
    assert len(lines[0]) < 600
    for part in bad.says:
        assert part in lines[0]
    clean(said.err)
    assert held(studie) == before
    assert contents(tmp_path) == files
    assert {path.name for path in tmp_path.glob("*.ipscoding*")} == {"studie.ipscoding"}


def test_there_are_many() -> None:
    assert len({bad.what for bad in EVERY}) == len(EVERY) > 150


def test_every_line_of_a_table_that_is_wrong_is_named_at_once(
    studie: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["p01,24,27,org.nær,barrier,", "p02,1,2,org.nær,,", "p01,9,3,org.nær,,", "p01,24,27,org,,", "p01,1,5,nei,,9"]
    (tmp_path / "c.csv").write_text(SPANS + "\n".join(rows))
    before = held(studie)
    said = say(capsys, "code", studie, "--from", "c.csv")
    assert said.code == 2
    assert [line.partition(":")[0] for line in faults(said.err)] == [
        "c.csv, line 3, document", "c.csv, line 4, end", "c.csv, line 5, code", "c.csv, line 6, strength",
    ]  # fmt: skip
    assert said.err.endswith("4 faults; nothing was coded.\n")
    assert held(studie) == before


def test_one_line_can_have_two_faults(studie: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "c.csv").write_text(CODINGS + f"p01,{SECRET},org.nar,none\n")
    said = say(capsys, "code", studie, "--from", "c.csv")
    assert [line.partition(":")[0] for line in faults(said.err)] == ["c.csv, line 2, quote", "c.csv, line 2, code"]


def test_of_good_and_bad_the_good_come_in_and_the_bad_are_named(
    studie: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "inn"
    folder.mkdir()
    (folder / "god.txt").write_text(TALK)
    (folder / "bilde.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "tom.txt").write_bytes(b"")
    (folder / "p01.txt").write_text(TALK + "P: Noe annet.\n")
    said = say(capsys, "import", studie, folder, "borte.txt")
    assert said.code == 1
    lines = faults(said.err)
    assert len(lines) == 4
    for name in ("borte.txt", "bilde.txt", "tom.txt", "p01.txt"):
        assert sum(name in line for line in lines) == 1
    assert said.out.endswith("\n1 interview imported.\n4 files were left out (named above).\n")
    with open_project(studie) as project:
        assert [document.name for document in documents.all(project)] == ["god", "n01", "p01"]
    clean(said.err)


def test_two_bad_files_of_one_name_are_told_apart(
    studie: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("a", "b"):
        (tmp_path / "inn" / folder).mkdir(parents=True)
        (tmp_path / "inn" / folder / "x.txt").write_bytes(b"")
    said = say(capsys, "import", studie, "inn")
    assert [line.partition(" is empty")[0] for line in faults(said.err)] == ["inn/a: x.txt", "inn/b: x.txt"]


def test_faults_of_a_codebook_are_told_all_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(HEAD + "codes:\n" + CODE + CODE.replace('"B"', '"C"'))
    said = say(capsys, "codebook", "check", path)
    assert said.code == 1
    assert said.err == ""
    found = [line for line in said.out.splitlines() if ": fault: " in line]
    assert [line.partition(": fault")[0] for line in found] == [
        f"{path}, line 6, column 13", f"{path}, line 8, column 9", f"{path}, line 9, column 13",
    ]  # fmt: skip


def break_it(path: Path, kind: str) -> bytes:
    content = bytearray(path.read_bytes())
    match kind:
        case "newer":
            content[60:64] = (schema.version() + 1).to_bytes(4)
        case "cut short":
            content = content[: len(content) // 2]
        case "cut by one byte":
            content = content[:-1]
        case "overwritten":
            content[100:4096] = b"\xff" * 3996
        case "other program's":
            content[68:72] = bytes(4)
    path.write_bytes(bytes(content))
    return bytes(content)


@pytest.mark.parametrize("command", ["documents", "freq", "undo", "doctor", "settings", "excerpts"])
@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("newer", ("newer version of ipscoding", "Update ipscoding")),
        ("cut short", ("is damaged", "backup")),
        ("cut by one byte", ("is damaged", "backup")),
        ("overwritten", ("is damaged", "backup")),
        ("other program's", ("not an ipscoding project",)),
    ],
)
def test_a_project_that_is_not_whole_is_refused_and_left(
    studie: Path, kind: str, says: tuple[str, ...], command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    content = break_it(studie, kind)
    said = say(capsys, command, studie)
    assert (said.code, said.out) == (2, "")
    (line,) = faults(said.err)
    assert all(part in line for part in (str(studie), *says))
    clean(said.err)
    assert studie.read_bytes() == content


@pytest.mark.parametrize(
    "command",
    [
        "import {} ny.txt",
        "code {} p01 org.leiing --sentence 1",
        "undo {}",
        "settings {} blind true",
        "status {} p01 done",
    ],
)
def test_a_locked_project_is_read_but_not_written(
    studie: Path, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(connect, "_BUSY_SECONDS", 0.05)
    (tmp_path / "ny.txt").write_text(TALK)
    before = held(studie)
    other = sqlite3.connect(studie, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        said = say(capsys, *words(command.format(studie.name)))
        assert say(capsys, "documents", studie).code == 0
    finally:
        other.close()
    assert said.code == 2
    (line,) = faults(said.err)
    assert "another program is writing" in line
    assert "try again; nothing was changed" in line
    clean(said.err)
    assert held(studie) == before


def bound_by_file_modes() -> None:
    """In a child of the superuser: give up the right to pass over file modes, so that `chmod` binds it too."""
    if os.geteuid() == 0:
        drop, rights = 24, (1, 2)  # PR_CAPBSET_DROP; CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        libc = ctypes.CDLL(None, use_errno=True)
        for right in rights:
            if libc.prctl(drop, right, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "prctl")


linux = pytest.mark.skipif(sys.platform != "linux", reason="file modes and limits as on Linux")


@linux
def test_a_project_that_cannot_be_written_is_read_and_left(studie: Path, tmp_path: Path) -> None:
    before, content = held(studie), studie.read_bytes()
    studie.chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        read = process("documents", studie, preexec_fn=bound_by_file_modes)
        written = process("status", studie, "p01", "done", preexec_fn=bound_by_file_modes)
        output = process("freq", studie, "-o", tmp_path / "f.csv", preexec_fn=bound_by_file_modes)
        copied = process("backup", studie, preexec_fn=bound_by_file_modes)
        made = process("new", tmp_path / "ny", preexec_fn=bound_by_file_modes)
    finally:
        tmp_path.chmod(0o700)
        studie.chmod(0o600)
    assert (read.code, read.err) == (0, "")
    assert "p01" in read.out
    for said, says in (
        (written, ("cannot be written here", "Copy it to a folder where you may write")),
        (output, ("f.csv: Permission denied", "Choose a folder that you may write to")),
        (copied, ("the copy cannot be made here", "where you may write")),
        (made, ("the project cannot be made here", "where you may write")),
    ):
        assert said.code == 2
        (line,) = faults(said.err)
        assert all(part in line for part in says), line
        clean(said.err)
    assert studie.read_bytes() == content
    assert held(studie) == before
    assert [path.name for path in tmp_path.iterdir()] == ["studie.ipscoding"]


@linux
@pytest.mark.parametrize(
    "command",
    ["documents {}", "import {} ny.txt", "informants {} i.csv", "code {} --from i.csv", "codebook check c.yaml"],
)
def test_a_file_that_may_not_be_read_is_named(studie: Path, tmp_path: Path, command: str) -> None:
    before = held(studie)
    unreadable = [tmp_path / name for name in ("ny.txt", "i.csv", "c.yaml")]
    for path in unreadable:
        path.write_text(TALK)
        path.chmod(0o000)
    if command.startswith("documents"):
        studie.chmod(0o000)
    said = process(*words(command.format(studie)), cwd=tmp_path, preexec_fn=bound_by_file_modes)
    studie.chmod(0o600)
    assert (said.code, said.out) == (2, "")
    (line,) = faults(said.err)
    assert "Permission denied" in line
    assert "access" in line or "may read" in line or "readable" in line
    clean(said.err)
    assert held(studie) == before


@linux
def test_a_full_disk_loses_nothing(studie: Path, tmp_path: Path) -> None:
    before = held(studie)
    folder = tmp_path / "mange"
    folder.mkdir()
    for number in range(10):
        (folder / f"i{number}.txt").write_text(TALK + f"P: {number} ganger mer. " * 4000)
    table = tmp_path / "c.csv"
    table.write_text("before")
    room = studie.stat().st_size + 60_000

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))

    imported = process("import", studie, folder, preexec_fn=little_room)
    written = process("documents", studie, "-o", table, preexec_fn=no_room)
    for said in (imported, written):
        assert (said.code, said.out) == (2, "")
        (line,) = faults(said.err)
        assert "ree some space" in line or "Make room on the disk" in line, line
        clean(said.err)
    assert held(studie) == before
    assert table.read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c.csv", "mange", "studie.ipscoding"]


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("freq borte.ipscoding", "no such project"),
        ("frek", "Did you mean freq?"),
        ("import {} borte.txt", "does not exist"),
        ("informants {} /dev/zero", "larger than 50 MB"),
        ("excerpts {} -o borte/x.csv", "Make the folder first"),
        ("--lang nb freq borte.ipscoding", "borte.ipscoding"),
    ],
)
def test_the_installed_command_does_the_same(studie: Path, command: str, says: str) -> None:
    before = held(studie)
    said = process(*words(command.format(studie)), cwd=studie.parent)
    assert (said.code, said.out) == (2, "")
    (line,) = faults(said.err)
    assert says in line
    clean(said.err)
    assert held(studie) == before


def test_a_fault_of_ours_is_one_line_without_the_words_of_the_error(
    studie: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(documents, "all", fail)
    said = say(capsys, "documents", studie)
    assert said.code == 2
    (line,) = faults(said.err)
    assert "fault in ipscoding (RuntimeError at test_bad_inputs.py:" in line
    assert SECRET not in line
