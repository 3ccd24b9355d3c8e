"""The words around the figures: titles of columns, and sentences that say how it was counted."""

from ipscoding.analysis.coders import Coders
from ipscoding.analysis.counting import Counts
from ipscoding.analysis.hiding import Hidden
from ipscoding.analysis.interviews import Interviews
from ipscoding.analysis.query import Query
from ipscoding.analysis.question import Question
from ipscoding.analysis.table import Column
from ipscoding.i18n import _, ngettext


def _titles() -> dict[str, str]:
    return {
        "code": _("Code"),
        "code_label": _("Label"),
        "domain": _("Domain id"),
        "domain_label": _("Domain"),
        "valence": _("Direction"),
        "strength": _("Strength"),
        "coder": _("Coder"),
        "role": _("Role"),
        "document": _("Document"),
        "informant": _("Informant"),
        "language": _("Language"),
        "date": _("Date"),
        "segments": _("Segments"),
        "informants": _("Informants"),
        "documents": _("Documents"),
        "words": _("Words"),
        "barrier": _("▼ Barrier"),
        "facilitator": _("▲ Facilitator"),
        "barrier_informants": _("▼ Informants"),
        "facilitator_informants": _("▲ Informants"),
        "balance": _("Balance"),
        "hidden": _("Hidden"),
    }


def title_of(name: str) -> str:
    """What readers call a column or a dimension; its own name where it is an attribute of informants."""
    return _titles().get(name, name)


def title_of_valence(valence: str) -> str:
    """What readers call a direction, with its sign."""
    return {
        "barrier": _("▼ Barrier"),
        "facilitator": _("▲ Facilitator"),
        "both": _("◆ Both"),
        "none": _("· No direction"),
    }.get(valence, valence)


def columns(question: Question, by: tuple[str, ...]) -> list[Column]:
    """The columns for `question`, whose rows differ in what `by` names: keys first, then the figures."""
    titles = _titles()
    made: list[Column] = []
    for name in by:
        title = titles.get(name, name)
        if name in ("code", "domain"):
            made.append(Column(name, "text", title, detail=True))
            made.append(Column(f"{name}_label", "text", titles[f"{name}_label"]))
        else:
            made.append(Column(name, "text", title))
    for unit in question.units:
        of = _("{unit}: out of").format(unit=titles[unit])
        share = _("{unit}: share").format(unit=titles[unit])
        made.append(Column(unit, "int", titles[unit], of=f"{unit}_of", share=f"{unit}_share"))
        made += [Column(f"{unit}_of", "int", of), Column(f"{unit}_share", "share", share)]
    if question.balance:
        made += [Column(name, "int", titles[name]) for name in ("barrier", "facilitator")]
        made.append(Column("balance", "number", titles["balance"]))
    if question.sides:
        made += [Column(name, "int", titles[name]) for name in ("barrier_informants", "facilitator_informants")]
    if question.min_cell:
        made.append(Column("hidden", "text", titles["hidden"]))
    return made


def about(query: Query) -> list[str]:
    """What was asked for, as a sentence for the reader of a table; nothing where everything was."""
    if not query.text.strip():
        return []
    text = _("Asked for: {query}. What it says of interviews limits the denominators too; the rest does not.")
    return [text.format(query=" ".join(query.text.split()))]


def notes(
    question: Question, counts: Counts, coders: Coders, interviews: Interviews, hidden: Hidden, speech_known: bool
) -> list[str]:
    """How it was counted, as sentences, the most important first."""
    whole = interviews.whole()
    said = [coders.note]
    for coder in coders.names:
        coded = len(counts.coded_documents[coder])
        if coded < whole.documents:
            text = _("{coder} has codings in {n} of the {all} documents; the shares are of all {all}.")
            said.append(text.format(coder=coder, n=coded, all=whole.documents))
    said += _denominators(question, interviews)
    if question.balance:
        said.append(
            _(
                "Balance = (facilitator − barrier) / (facilitator + barrier), in segments; one that is both counts on "
                "each side; empty where there is neither."
            )
        )
    if "words" in question.units and not speech_known and counts.several_turns:
        text = ngettext(
            "{n} coding runs over several turns: all words in it are counted, the interviewer's too.",
            "{n} codings run over several turns: all words in them are counted, the interviewer's too.",
            counts.several_turns,
        )
        said.append(text.format(n=counts.several_turns))
    return said + _left_out(counts, interviews) + _hidden(question, hidden)


def _denominators(question: Question, interviews: Interviews) -> list[str]:
    whole = interviews.whole()
    said = []
    if {"informants", "documents", "words"} & set(question.units):
        text = _("Shares are of those interviewed: {informants}, {documents}, {words}.")
        if question.of_people:
            text = _("Shares are of those interviewed in each group; in all {informants}, {documents}, {words}.")
        n = whole.informants
        people = ngettext("{n} informant", "{n} informants", n).format(n=n)
        n = whole.documents
        talks = ngettext("{n} interview", "{n} interviews", n).format(n=n)
        n = whole.words or 0
        words = ngettext("{n} word", "{n} words", n).format(n="–" if whole.words is None else n)
        said.append(text.format(informants=people, documents=talks, words=words))
    if "segments" in question.units:
        if question.within_groups and question.of_people:
            said.append(
                _("Segments: overlapping codings of one code count once; shares are of all segments of the group.")
            )
        else:
            said.append(_("Segments: overlapping codings of one code count once; shares are of all segments."))
    return said


def _left_out(counts: Counts, interviews: Interviews) -> list[str]:
    said = []
    if counts.interviewer:
        text = ngettext(
            "{n} coding of what the interviewer says is left out.",
            "{n} codings of what the interviewer says are left out.",
            counts.interviewer,
        )
        said.append(text.format(n=counts.interviewer))
    if counts.elsewhere:
        text = ngettext(
            "{n} coding in a document that is not among those counted is left out.",
            "{n} codings in documents that are not among those counted are left out.",
            counts.elsewhere,
        )
        said.append(text.format(n=counts.elsewhere))
    if interviews.unnamed:
        text = ngettext(
            "{n} interview names no informant and counts as one person of its own.",
            "{n} interviews name no informant; each counts as one person of its own.",
            interviews.unnamed,
        )
        said.append(text.format(n=interviews.unnamed))
    return said


def _hidden(question: Question, hidden: Hidden) -> list[str]:
    if not question.min_cell:
        return []
    text = ngettext(
        "{n} row is hidden (x) because it rests on fewer than {least} informants.",
        "{n} rows are hidden (x) because they rest on fewer than {least} informants.",
        hidden.few,
    )
    said = [text.format(n=hidden.few, least=question.min_cell)]
    more = len(hidden.places) - hidden.few
    if more or hidden.totals:
        text = _("So that they cannot be worked out, {n} more rows and {totals} totals of segments are hidden.")
        said.append(text.format(n=more, totals=len(hidden.totals)))
    return said
