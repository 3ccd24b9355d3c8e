"""Which codings are drawn beside the text: all, one code, one domain, one coder, the most used, or only how many."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ipscoding.domain import Codebook, Coding
from ipscoding.i18n import _, language

MOST = 5
"""How many codes are drawn of those used most."""


class Stripes(StrEnum):
    """The kinds of choice."""

    ALL = "all"
    CODE = "code"
    DOMAIN = "domain"
    MINE = "mine"
    CODER = "coder"
    MOST = "most"
    DENSITY = "density"


@dataclass(frozen=True, slots=True)
class StripeFilter:
    """One choice; `value` is the code, the domain or the coder where the kind asks for one."""

    kind: Stripes = Stripes.ALL
    value: str = ""

    def choose(self, codings: Sequence[Coding], codebook: Codebook, me: str) -> Sequence[Coding]:
        """Those of `codings` that are drawn for the coder called `me`."""
        match self.kind:
            case Stripes.CODE:
                return [coding for coding in codings if coding.code == self.value]
            case Stripes.DOMAIN:
                inside = {code.id for code in codebook.codes if codebook.path(code.id)[0].id == self.value}
                return [coding for coding in codings if coding.code in inside]
            case Stripes.MINE:
                return [coding for coding in codings if coding.coder == me]
            case Stripes.CODER:
                return [coding for coding in codings if coding.coder == self.value]
            case Stripes.MOST:
                most = set(most_used(codings))
                return [coding for coding in codings if coding.code in most]
            case _:
                return codings

    def name(self, codebook: Codebook) -> str:
        """The choice in words; empty where everything is drawn."""
        code = codebook.by_id.get(self.value)
        value = code.name(language()) if code else self.value
        return {
            Stripes.ALL: "",
            Stripes.CODE: _("only {name}").format(name=value),
            Stripes.DOMAIN: _("only {name}").format(name=value),
            Stripes.MINE: _("only my codings"),
            Stripes.CODER: _("only {name}").format(name=value),
            Stripes.MOST: _("only the most used codes"),
            Stripes.DENSITY: _("only how many codes"),
        }[self.kind]


def most_used(codings: Iterable[Coding]) -> list[str]:
    """The codes used most, the most used first; of two used equally often, the one that comes first in the alphabet."""
    counts = Counter(coding.code for coding in codings)
    return sorted(counts, key=lambda code: (-counts[code], code))[:MOST]


def choices(codings: Sequence[Coding], codebook: Codebook, me: str, here: Iterable[str]) -> list[StripeFilter]:
    """What can be chosen in an interview with these codings: first what concerns the codes `here`, at the cursor."""
    used = {coding.code for coding in codings}
    here = [code for code in dict.fromkeys(here) if code in used]
    found = [StripeFilter()]
    found += [StripeFilter(Stripes.CODE, code) for code in here]
    coders = sorted({coding.coder for coding in codings} - {me})
    if coders:
        found.append(StripeFilter(Stripes.MINE))
        found += [StripeFilter(Stripes.CODER, coder) for coder in coders]
    found += [StripeFilter(Stripes.MOST), StripeFilter(Stripes.DENSITY)]
    tops = dict.fromkeys(codebook.path(code)[0].id for code in sorted(used) if code in codebook.by_id)
    found += [StripeFilter(Stripes.DOMAIN, top) for top in tops]
    rest = [code for code in most_used(codings) if code not in here]
    return found + [StripeFilter(Stripes.CODE, code) for code in rest]
