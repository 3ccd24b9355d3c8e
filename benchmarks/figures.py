"""How much processor time the frequency tables take, as a multiple of a bare loop over the same rows.

    python benchmarks/figures.py [CODINGS]

The rows are made up here: 2 coders, 60 codes in 8 domains, one document for every 50 codings.
"""

import random
import sys
import time
from collections.abc import Callable

from ipscoding.analysis import frequencies
from ipscoding.domain import Code, Codebook, Document, Excerpt, Informant, Valence

ROLES = ("patient", "clinician", "employment-specialist", "nav-counsellor")
VALENCES = (Valence.BARRIER, Valence.FACILITATOR, Valence.BOTH, Valence.NONE)
SENTENCE = (
    "ja så det var jo egentlig veldig fint at hun satt rett borti gangen for da kunne jeg bare gå og spørre om det "
)


def codebook() -> Codebook:
    domains = [Code(id=f"d{number}", label={"en": f"Domain {number}"}, codable=False) for number in range(8)]
    codes = [Code(id=f"d{n % 8}.c{n}", label={"en": f"Code {n}"}, parent=f"d{n % 8}") for n in range(60)]
    return Codebook(id="b", title={}, codes=(*domains, *codes))


def rows(number: int) -> tuple[list[Excerpt], list[Document], list[Informant]]:
    chance = random.Random(7)
    text = SENTENCE * 400
    count = max(number // 50, 1)
    informants = [
        Informant(id=str(n), name=f"P{n}", role=ROLES[n % 4], attributes={"site": f"S{n % 6}"}) for n in range(count)
    ]
    documents = [
        Document(id=f"d{n}", name=f"interview {n}", text_sha256="", informant=f"P{n}", role=ROLES[n % 4], words=6000)
        for n in range(count)
    ]
    excerpts = []
    for index in range(number):
        n = chance.randrange(count)
        code = chance.randrange(60)
        start = chance.randrange(len(text) - 600)
        end = start + chance.randrange(40, 240)
        excerpts.append(
            Excerpt(
                coding_id=str(index), project="p", document_id=f"d{n}", document=f"interview {n}", informant=f"P{n}",
                role=ROLES[n % 4], speaker="P", turn=1, code=f"d{code % 8}.c{code}", code_label=f"Code {code}",
                code_path="", domain=f"d{code % 8}", valence=chance.choice(VALENCES), strength=None,
                coder="AB"[index % 2], coded_at="", origin="manual", codebook_version=1, start=start, end=end,
                text=text[start:end], context_before="", context_after="", memo="", status="done",
                attributes={"site": f"S{n % 6}"},
            )
        )  # fmt: skip
    return excerpts, documents, informants


def bare(excerpts: list[Excerpt]) -> int:
    """Touch what any count must touch: code, coder, document, offsets, and the words by splitting at spaces."""
    seen: dict[tuple[str, str, str], int] = {}
    for row in excerpts:
        key = (row.coder, row.code, row.document_id)
        seen[key] = seen.get(key, 0) + row.end - row.start + len(row.text.split())
    return len(seen)


def seconds(act: Callable[[], object], times: int = 5) -> float:
    taken = []
    for _turn in range(times):
        before = time.process_time()
        act()
        taken.append(time.process_time() - before)
    return min(taken)


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    excerpts, documents, informants = rows(number)
    book = codebook()
    floor = seconds(lambda: bare(excerpts))
    print(f"{number} codings, {len(documents)} documents; bare loop {floor * 1000:.0f} ms")
    cases = {
        "by code": {},
        "by code, segments and informants": {"units": ("segments", "informants")},
        "by code and role": {"by": ("code", "role")},
        "by domain, role, valence": {"by": ("domain", "role", "valence")},
        "by code and site, pooled": {"by": ("code", "site"), "pooled": True},
        "by role": {"by": ("role",)},
        "by code and document": {"by": ("code", "document"), "units": ("segments",)},
    }
    for name, options in cases.items():
        taken = seconds(lambda options=options: frequencies(excerpts, documents, informants, book, **options))
        print(f"{name:<36} {taken * 1000:7.0f} ms  {taken / floor:5.1f} x")


if __name__ == "__main__":
    main()
