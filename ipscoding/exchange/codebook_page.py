"""A codebook as a page for reading and printing, the tree seen in its headings."""

from collections.abc import Iterator, Mapping, Sequence

from ipscoding.codebook.frameworks import FRAMEWORKS, framework
from ipscoding.codebook.informants import shipped_scheme
from ipscoding.domain import Code, Codebook, Valence, in_language
from ipscoding.exchange.codebook_table import examples, in_order
from ipscoding.exchange.prose import Block, Facts, Heading, Items, Page, Paragraph
from ipscoding.i18n import _, language, ngettext


def codebook_page(book: Codebook, languages: Sequence[str] = ()) -> Page:
    """The page of `book` with every field of every code.

    Texts are in the language in use (where a code has none in it, in the nearest one), or with `languages` in each of
    these.
    """
    spoken = language()
    title = in_language(book.title, spoken) or book.id or _("Codebook")
    return Page(title, spoken, codebook_blocks(book, spoken, tuple(languages)), contents=True)


def codebook_blocks(book: Codebook, spoken: str, languages: tuple[str, ...] = ()) -> Iterator[Block]:
    """What stands on the page of `book`: texts in `spoken`, or with `languages` in each of these."""
    codes = sum(code.codable for code in book.codes)
    about = [ngettext("{n} code", "{n} codes", codes).format(n=codes)]
    if book.version:
        about.insert(0, _("version {version}").format(version=book.version))
    if book.id:
        about.insert(0, book.id)
    yield Paragraph(" · ".join(about), quiet=True)
    for one in languages or (spoken,):
        rules = book.rules.get(one) or (() if languages else next(iter(book.rules.values()), ()))
        if rules:
            yield Heading(1, _named(_("Rules for coding"), one if languages else ""))
            yield Items(tuple(rules))
    for code in in_order(book):
        level = max(len(book.path(code.id)), 1)
        yield Heading(level, code.name(spoken), code.id)
        facts = [pair for pair in _facts(book, code, spoken, languages) if pair[1]]
        yield Facts(tuple(facts))


def _facts(book: Codebook, code: Code, spoken: str, languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield _("Code"), code.id
    for one in languages:
        yield _named(_("Label"), one), code.label.get(one, "")
    for title, text in (
        (_("Definition"), code.definition),
        (_("Use when"), code.include_when),
        (_("Not when"), code.exclude_when),
    ):
        yield from _texts(title, text, spoken, languages)
    if code.codable:
        yield _("Direction"), _allowed(code.valence)
    if languages:
        for one in languages:
            yield _named(_("Examples"), one), examples(code, one, only=True)
    else:
        yield _("Examples"), examples(code, spoken)
    for link, target in code.links.items():
        yield _framework_name(link, spoken), _target(link, target, spoken)
    roles = {role.id: role.name(spoken) for role in shipped_scheme().roles}
    yield _("Said mostly by"), ", ".join(roles.get(role, role) for role in code.roles)
    if code.retired:
        yield _("Retired"), _("is not used for new codings")
    if code.merged_into:
        heir = book.by_id.get(code.merged_into)
        yield _("Merged into"), f"{heir.name(spoken)} ({heir.id})" if heir else code.merged_into
    if code.version != 1:
        yield _("Version"), str(code.version)


def _texts(title: str, text: Mapping[str, str], spoken: str, languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if not languages:
        yield title, in_language(text, spoken)
    for one in languages:
        yield _named(title, one), text.get(one, "")


def _named(title: str, one: str) -> str:
    return f"{title} ({one})" if one else title


def _framework_name(link: str, spoken: str) -> str:
    return in_language(framework(link).title, spoken) if link in FRAMEWORKS else link


def _target(link: str, target: str, spoken: str) -> str:
    """What a code is mapped to: its name and id where the framework ships, else the id."""
    known = framework(link).by_id.get(target) if link in FRAMEWORKS else None
    return f"{known.name(spoken)} ({target})" if known else target


def _allowed(valence: Valence) -> str:
    return {
        Valence.BOTH: _("barrier or facilitator"),
        Valence.BARRIER: _("barrier"),
        Valence.FACILITATOR: _("facilitator"),
        Valence.NONE: _("without direction"),
    }[valence]
