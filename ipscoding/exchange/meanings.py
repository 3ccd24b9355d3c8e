"""What the columns of a project's tables mean, for who reads the files without the program."""

from dataclasses import dataclass

from ipscoding.codebook.flat import TEXTS
from ipscoding.domain import ORIGINS, Valence
from ipscoding.i18n import _
from ipscoding.project import coders
from ipscoding.project.documents import CHOICES


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column holds; the unit of its numbers, and its values where there are few."""

    text: str
    unit: str = ""
    values: tuple[str | int, ...] = ()


def meanings() -> dict[str, Meaning]:
    """The meanings of all columns that have a fixed name, in the language in use."""
    characters = _("characters (Unicode code points), counted from 0 in the text of the interview")
    found = {
        "coding_id": Meaning(_("The id of the coding, the same for ever")),
        "project": Meaning(_("The name of the project")),
        "document_id": Meaning(_("The id of the interview")),
        "document": Meaning(_("The name of the interview")),
        "informant": Meaning(_("Who was interviewed (pseudonym)")),
        "role": Meaning(_("The role of the informant, as an id")),
        "speaker": Meaning(_("The label of the speaker where the coding starts")),
        "turn": Meaning(_("The number of the turn in which the coding starts, from 1"), _("turns")),
        "code": Meaning(_("The id of the code")),
        "code_label": Meaning(_("What the code is called")),
        "code_path": Meaning(_("The names of the codes from the top of the tree down to this one")),
        "domain": Meaning(_("The id of the code at the top of the tree")),
        "valence": Meaning(
            _("Whether the passage shows a barrier, a facilitator, both or neither; of a code: which it may show"),
            values=tuple(valence.value for valence in Valence),
        ),
        "strength": Meaning(_("How much it counts, where coders said so"), values=(1, 2)),
        "coder": Meaning(_("Who coded")),
        "coded_at": Meaning(_("When it was coded (ISO 8601, UTC)")),
        "origin": Meaning(_("How the coding came about"), values=tuple(ORIGINS)),
        "codebook_version": Meaning(_("The version of the code that the coding was made under")),
        "start": Meaning(_("Where it begins"), characters),
        "end": Meaning(_("Where it ends; the character there is not included"), characters),
        "text": Meaning(_("What is coded, as it stands in the interview")),
        "context_before": Meaning(_("The text right before")),
        "context_after": Meaning(_("The text right after")),
        "memo": Meaning(_("What the coder noted")),
        "status": Meaning(_("How far the coder has come with the interview; empty: not begun"), values=tuple(CHOICES)),
        "time": Meaning(_("Where the recording stood when the passage began, as 0:12:03")),
        "parent": Meaning(_("The id of the code above; empty at the top")),
        "level": Meaning(_("How deep in the tree the code stands, from 1")),
        "path": Meaning(_("The names of the codes from the top of the tree down to this one")),
        "roles": Meaning(_("Who typically speaks of it: ids of roles, with spaces between them")),
        "colour": Meaning(_("The colour of the code")),
        "codable": Meaning(_("1: used for coding; 0: only groups other codes"), values=(0, 1)),
        "retired": Meaning(_("1: not used for new codings"), values=(0, 1)),
        "merged_into": Meaning(_("The id of the code that took over its codings")),
        "version": Meaning(_("The version of the code: a new one with each change of its meaning")),
        "language": Meaning(_("The language of the interview")),
        "date": Meaning(_("The date of the interview, as it was given")),
        "turns": Meaning(_("How many turns the interview has"), _("turns")),
        "words": Meaning(_("How many words informants said"), _("words")),
        "source": Meaning(_("The name of the file it came from")),
        "coder_role": Meaning(_("What the coder may do in the project"), values=tuple(coders.ROLES)),
        "codings": Meaning(_("How many codings there are"), _("codings")),
        "documents": Meaning(_("How many interviews the informant took part in"), _("interviews")),
        "documents_done": Meaning(_("How many interviews the coder has marked done"), _("interviews")),
        "memo_id": Meaning(_("The id of the memo")),
        "about": Meaning(_("What the memo is about"), values=("coding", "document", "code", "project")),
        "written_at": Meaning(_("When the memo was first written (ISO 8601, UTC)")),
    }
    texts = {
        "label": _("What the code is called"),
        "definition": _("What the code means"),
        "include_when": _("When to use it"),
        "exclude_when": _("When not to use it"),
        "examples": _("Examples, a line for each, after the sign of their direction"),
    }
    for name in (*TEXTS, "examples"):
        for language, said in (("nb", _("in Bokmål")), ("nn", _("in Nynorsk")), ("en", _("in English"))):
            found[f"{name}_{language}"] = Meaning(f"{texts[name]} ({said})")
    return found
