"""The checklists for papers: what the project knows is filled in, what a person must write is marked.

COREQ: Tong, Sainsbury and Craig 2007; SRQR: O'Brien and others 2014. The items are told in our own short words, under
their numbers.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ipscoding.exchange.prose import Block, Grid, Paragraph
from ipscoding.exchange.report.about import (
    codebook_in_words,
    dates_in_words,
    duration_in_words,
    informants_in_words,
)
from ipscoding.exchange.report.figures import ALL
from ipscoding.exchange.report.method import Told, codes_made, number_of_coders
from ipscoding.exchange.report.study import Study
from ipscoding.exchange.report.wanted import PARTS
from ipscoding.exchange.report.words import counted
from ipscoding.i18n import N_, _, ngettext

COREQ: Mapping[int, str] = {
    1: N_("Who interviewed or led the groups"),
    2: N_("The researchers' degrees"),
    3: N_("Their occupation at the time"),
    4: N_("Their gender"),
    5: N_("Their experience and training"),
    6: N_("Whether they knew the participants before"),
    7: N_("What participants knew of the interviewer"),
    8: N_("What is told of the interviewer: interests, assumptions, possible bias"),
    9: N_("The methodological orientation behind the study"),
    10: N_("How participants were selected"),
    11: N_("How they were approached"),
    12: N_("How many took part"),
    13: N_("How many declined or dropped out, and why"),
    14: N_("Where data were collected"),
    15: N_("Whether others were present"),
    16: N_("What characterises the sample"),
    17: N_("The interview guide: questions, prompts, pilot"),
    18: N_("Whether interviews were repeated"),
    19: N_("Sound or video recording"),
    20: N_("Field notes"),
    21: N_("How long interviews lasted"),
    22: N_("Whether saturation was considered"),
    23: N_("Whether transcripts went back to participants"),
    24: N_("How many people coded"),
    25: N_("A description of the coding tree"),
    26: N_("Where themes come from: given beforehand or from the data"),
    27: N_("Which software was used"),
    28: N_("Whether participants commented on findings"),
    29: N_("Quotations that illustrate findings, each with who said it"),
    30: N_("Whether data and findings agree"),
    31: N_("Whether major themes are clear"),
    32: N_("Diverse cases and minor themes"),
}

SRQR: Mapping[int, str] = {
    1: N_("Title: the topic, and that the study is qualitative"),
    2: N_("Abstract with the main elements"),
    3: N_("The problem and why it matters"),
    4: N_("Purpose and research question"),
    5: N_("Qualitative approach and paradigm, with reasons"),
    6: N_("The researchers: who they are, and how that shaped the study"),
    7: N_("Context: setting and place"),
    8: N_("Sampling: who was chosen and why; when it was enough"),
    9: N_("Ethics: approval, consent, protection of data"),
    10: N_("How data were collected: methods, dates, changes on the way"),
    11: N_("Instruments: guides and recorders"),
    12: N_("The units studied: how many participants, documents, events; their characteristics"),
    13: N_("Processing: transcription, management, security, coding, de-identification"),
    14: N_("Analysis: how inferences and themes came about, by whom"),
    15: N_("What was done for trustworthiness"),
    16: N_("Main findings: interpretations, themes, theory"),
    17: N_("Evidence: quotes and excerpts that bear the findings"),
    18: N_("How findings relate to earlier work; contribution and transfer"),
    19: N_("Limitations"),
    20: N_("Conflicts of interest"),
    21: N_("Funding"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the project knows of an item, the part of the report it comes from, and what a person must add."""

    text: str
    part: str = ""
    missing: str = ""


def coreq_part(study: Study, told: Told, quotes: int, quoted: int) -> Iterator[Block]:
    """COREQ, item by item. `quotes` are in the report, from `quoted` informants."""
    yield from _checklist(_("COREQ, 32 items"), COREQ, _coreq(study, told, quotes, quoted))


def srqr_part(study: Study, told: Told, quotes: int, quoted: int) -> Iterator[Block]:
    """SRQR, item by item; arguments as for COREQ."""
    yield from _checklist(_("SRQR, 21 items"), SRQR, _srqr(study, told, quotes, quoted))


def _checklist(caption: str, items: Mapping[int, str], answers: Mapping[int, Answer]) -> Iterator[Block]:
    known = {number: answer for number, answer in answers.items() if answer.text}
    whole = sum(not answer.missing for answer in known.values())
    yield Paragraph(
        _(
            "{whole} of {all} items are filled in from the project, {part} in part; {write} are for you to write "
            "(marked ✎). The items are told in short; the checklist itself says more."
        ).format(whole=whole, all=len(items), part=len(known) - whole, write=len(items) - len(known)),
        quiet=True,
    )
    rows = []
    for number, item in items.items():
        answer = known.get(number)
        write = _("✎ to be written")
        if answer is None:
            rows.append((f"{number}. {_(item)}", write, _("You")))
            continue
        text = f"{answer.text} ✎ {answer.missing}" if answer.missing else answer.text
        source = _("Project: {part}").format(part=_(PARTS[answer.part]))
        rows.append(
            (f"{number}. {_(item)}", text, _("{source}; you").format(source=source) if answer.missing else source)
        )
    yield Grid(caption, (_("Item"), _("In this study"), _("From")), tuple(rows))


def _coreq(study: Study, told: Told, quotes: int, quoted: int) -> dict[int, Answer]:
    n = number_of_coders(study)
    sites = sorted({person.attributes.get("site", "") for person in study.people} - {""})
    repeated = [count for count in _interviews_by_person(study).values() if count > 1]
    attributes = sorted({name for person in study.people for name, value in person.attributes.items() if value})
    return {
        12: Answer(f"{informants_in_words(study)}.", "study") if study.people else Answer(""),
        14: Answer(
            ngettext("{n} site is recorded.", "{n} sites are recorded.", len(sites)).format(n=counted(len(sites)))
            if sites
            else "",
            "study",
            _("which kinds of places"),
        ),
        16: Answer(
            _("By role ({roles} roles) and by {attributes}.").format(
                roles=len({person.role for person in study.people if person.role}), attributes=", ".join(attributes)
            )
            if attributes
            else _("By role."),
            "informants",
            _("what else matters"),
        )
        if any(person.role for person in study.people) or attributes
        else Answer(""),
        18: Answer(
            ngettext(
                "{n} informant has more than one interview.",
                "{n} informants have more than one interview.",
                len(repeated),
            ).format(n=counted(len(repeated)))
            if study.people
            else "",
            "informants",
        ),
        21: Answer(duration_in_words(study), "study"),
        22: Answer(told.saturation, "saturation", _("what you make of it")),
        24: Answer(f"{told.coders} {told.independent}" if n else "", "method"),
        25: Answer(_("{codebook}; every code with its rules.").format(codebook=codebook_in_words(study)), "codebook")
        if study.book.codes
        else Answer(""),
        26: Answer(_derivation(study), "method", _("where the first codebook came from")),
        27: Answer(told.software, "settings"),
        29: Answer(_quoted(quotes, quoted), "quotes"),
        30: Answer(_consistency(study), "frequencies", _("whether your conclusions agree with them")),
        31: Answer(_themes(study, major=True), "frequencies", _("which of them are themes of your paper")),
        32: Answer(_themes(study, major=False), "triangulation", _("which diverse cases you discuss")),
    }


def _srqr(study: Study, told: Told, quotes: int, quoted: int) -> dict[int, Answer]:
    dates = dates_in_words(study) if any(document.date for document in study.documents) else ""
    coded = number_of_coders(study) > 0
    trust = " ".join((told.independent, told.blind, told.agreement, told.decided))
    return {
        8: Answer(told.saturation, "saturation", _("who was chosen, and why")),
        10: Answer(
            _("Dates of the interviews: {dates}.").format(dates=dates) if dates else "", "study", _("how, and changes")
        ),
        12: Answer(told.sample if study.documents else "", "informants"),
        13: Answer(
            f"{told.software} {told.coders}" if coded else "", "method", _("transcription, storage, de-identification")
        ),
        14: Answer(
            f"{told.codebook} {told.changes} {told.suggestions}" if coded else "",
            "method",
            _("how themes were made of codes"),
        ),
        15: Answer(
            f"{trust} {_('Every change is kept in the history of the project file.')}" if coded else "",
            "agreement",
            _("other techniques"),
        ),
        16: Answer(_consistency(study), "frequencies", _("the interpretation")),
        17: Answer(_quoted(quotes, quoted), "quotes"),
    }


def _interviews_by_person(study: Study) -> Counter[str]:
    return Counter(
        person for person, _document in {(one.person, one.document.id) for one in study.material.interviews.all}
    )


def _quoted(quotes: int, quoted: int) -> str:
    if not quotes:
        return ""
    said = ngettext(
        "{n} quote, said by {people} informants, each under a pseudonym with role and turn.",
        "{n} quotes, said by {people} informants, each under a pseudonym with role and turn.",
        quotes,
    )
    return said.format(n=counted(quotes), people=counted(quoted))


def _consistency(study: Study) -> str:
    if not study.rows:
        return ""
    return _(
        "Every figure is given with its denominator, code by code and group by group, and rests on coded passages."
    )


def _derivation(study: Study) -> str:
    if not study.book.codes:
        return ""
    counts = codes_made(study)
    made = counts["code-new"] + counts["code-split"]
    said = ngettext(
        "{n} code was made or split off in the project; the others came with its codebook.",
        "{n} codes were made or split off in the project; the others came with its codebook.",
        made,
    )
    return said.format(n=counted(made))


def _themes(study: Study, *, major: bool) -> str:
    """How many codes many informants name, or few: only of figures that are shown."""
    if not study.rows:
        return ""
    told = []
    for figures in study.figures:
        of = figures.of.get(None, 0)
        numbers = [n for n in (figures.number(code, None, ALL) for code in figures.codes) if n]
        if major:
            n = sum(2 * number >= of for number in numbers)
            said = ngettext(
                "{n} code was named by at least half of the informants",
                "{n} codes were named by at least half of the informants",
                n,
            )
        else:
            n = sum(4 * number < of for number in numbers)
            said = ngettext(
                "{n} code was named by somebody, but by fewer than a quarter of the informants",
                "{n} codes were named by somebody, but by fewer than a quarter of the informants",
                n,
            )
        beside = f" ({figures.coder})" if len(study.figures) > 1 else ""
        told.append(said.format(n=counted(n)) + beside)
    return "; ".join(told) + "."
