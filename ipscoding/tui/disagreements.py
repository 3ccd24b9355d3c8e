"""What coders differ on, in words: a row of a list, what each of them did, the rules of the code. Knows no widget."""

from textual.content import Content

from ipscoding.analysis.agreement import Compared
from ipscoding.analysis.agreement.disagreements import CHANGED, DISPUTED, state
from ipscoding.domain import Coding, in_language
from ipscoding.i18n import _, language, quoted
from ipscoding.project.adjudications import Adjudication
from ipscoding.tui.adjudication import SIGNS, directions, outcome_name, state_name, with_sign
from ipscoding.tui.desk import Desk

_QUOTE = 70


class DisagreementEntry:
    """A passage that coders differ on, in one row."""

    def __init__(self, one: Compared, *, name: str, colour: str) -> None:
        self.one = one
        self.key = one.id
        self._name = name
        self._colour = colour

    def height(self, width: int) -> int:
        """One row."""
        return 1

    def rows(self, width: int) -> list[Content]:
        """How far it has come, where it is, its code, what each coder has there, what was decided, the words."""
        one = self.one
        decided = f"→ {outcome_name(one.decided)}  " if one.decided is not None else ""
        return [
            Content.assemble(
                (f"{SIGNS[state(one)]} ", "" if one.decided is not None else "bold $text-warning"),
                (f"{one.turn:>4} ", "dim"),
                ("■ ", self._colour),
                (self._name, "dim" if one.decided is not None else ""),
                f"  {directions(one)}  ",
                (decided, "bold"),
                (" ".join(one.text.split()), "italic dim"),
            )
        ]


def halves(one: Compared) -> tuple[tuple[Coding, ...], tuple[Coding, ...]]:
    """What stands in the left margin, the first coder's, and what in the right one, all others'."""
    return one.sides[0], tuple(coding for side in one.sides[1:] for coding in side)


def _decision(title: str, decision: Adjudication) -> Content:
    return Content.assemble(
        (f"→ {title}: {outcome_name(decision)}", "bold"),
        (f" ({decision.coder}, {decision.decided_at[:10]})", "dim"),
        f": {decision.reason}" if decision.reason else "",
    )


def sides(desk: Desk, one: Compared, text: str) -> Content:
    """What each coder made of the passage, with memos, or has there instead; what was decided comes first.

    `text` is that of the whole interview.
    """
    lines = []
    if state(one) in (CHANGED, DISPUTED):
        lines.append(Content.styled(state_name(one), "bold $text-warning"))
    if one.decided is not None:
        lines.append(_decision(_("decided"), one.decided))
    lines += [_decision(_("decided before"), past) for past in one.earlier]
    for number, (coder, made, beside) in enumerate(zip(one.coders, one.sides, one.beside, strict=True), 1):
        key = "ab"[number - 1] if number < 3 else str(number)
        head = [(f"{key} ", "bold $text-accent"), (f"{coder}: ", "bold")]
        lines += [Content.assemble(*(head if not n else ["  "]), *_made(coding, text)) for n, coding in enumerate(made)]
        if not made:
            names = ", ".join(dict.fromkeys(f"{other.valence.sign} {desk.name(other.code)}" for other in beside))
            instead = _("has here instead: {codes}").format(codes=names) if names else _("nothing here")
            lines.append(Content.assemble(*head, (instead, "dim")))
    return Content("\n").join(lines)


def _made(coding: Coding, text: str) -> list[Content | str | tuple[str, str]]:
    words = " ".join(coding.span.of(text).split())
    short = words if len(words) <= _QUOTE else f"{words[:44].rstrip()} … {words[-20:].lstrip()}"
    parts: list[Content | str | tuple[str, str]] = [with_sign(coding.valence) + " ", (quoted(short), "italic")]
    if coding.memo:
        parts.append((f"\n  ✎ {coding.memo}", "$text-accent"))
    return parts


def rules(desk: Desk, code_id: str, sign: Content) -> Content:
    """What the code is for, its rules first, since they are what is decided by; `sign` stands before its name."""
    code = desk.codebook.by_id.get(code_id)
    if code is None:
        return Content(code_id)
    lines = [Content.assemble(sign, (code.name(language()), "bold"))]
    for title, rule in (
        (_("Use when"), code.include_when),
        (_("Not when"), code.exclude_when),
        ("", code.definition),
    ):
        words = in_language(rule, language())
        if words:
            lines.append(Content.assemble((f"{title}: " if title else "", "bold"), words))
    if not code.include_when and not code.exclude_when:
        lines.append(Content.styled(_("No rules yet. A reason can become one (Tab, where it is asked for)."), "dim"))
    return Content("\n").join(lines)
