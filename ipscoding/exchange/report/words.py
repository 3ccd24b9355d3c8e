"""Numbers and lists in the sentences of a report, in the language in use."""

from collections.abc import Sequence

from ipscoding.i18n import _, language, percent, with_decimal_sign


def counted(n: int) -> str:
    """A count with its thousands apart."""
    return f"{n:,}" if language() == "en" else f"{n:,}".replace(",", "\u00a0")


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them: a, b and c."""
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def out_of(n: int | None, of: int, hidden: str) -> str:
    """A count out of those there were, with its share; `hidden` where it is not to be told."""
    if n is None:
        return hidden
    return f"{counted(n)}/{counted(of)} ({percent(n / of)})" if of else "–"


def decimal(number: float, *, signed: bool = False) -> str:
    """A number with two decimals."""
    return with_decimal_sign(f"{number:+.2f}" if signed and round(number, 2) else f"{number:.2f}")
