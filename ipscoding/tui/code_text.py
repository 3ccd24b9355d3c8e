"""What a code means, as text to read."""

from textual.content import Content

from ipscoding.domain import Code, Codebook, Valence, in_language
from ipscoding.i18n import _, language, quoted
from ipscoding.tui.words import valences_allowed


def about(code: Code, codebook: Codebook) -> Content:
    """What `code` means: where it stands, definition, rules, valences, examples."""
    spoken = language()
    path = " › ".join(step.name(spoken) for step in codebook.path(code.id)[:-1])
    parts: list[Content | tuple[str, str]] = []
    if path:
        parts.append((path + "\n", "dim"))
    parts += [(code.name(spoken), "bold"), ("  " + code.id + "\n", "dim")]
    for title, text in (
        ("", code.definition),
        (_("Use when"), code.include_when),
        (_("Not when"), code.exclude_when),
    ):
        words = in_language(text, spoken)
        if words:
            parts.append(("\n" + (title + "\n" if title else ""), "bold"))
            parts.append((words + "\n", ""))
    parts.append(("\n" + valences_allowed(code) + "\n", "dim"))
    for example in code.examples:
        sign = example.valence.sign if example.valence is not Valence.NONE else "·"
        parts.append((f"\n{sign} {quoted(example.text)}\n", "italic"))
    return Content.assemble(*parts)
