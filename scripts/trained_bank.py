"""Learn the default codebook and its phrase bank, and keep what was learnt beside them, so that it ships.

    python scripts/trained_bank.py

To be run whenever codebook, bank or engine change; a test says when. Takes about a minute.
"""

from ipscoding import shipped
from ipscoding.codebook.catalogue import default_path, shipped_phrase_bank
from ipscoding.codebook.phrases import read_phrases
from ipscoding.codebook.read import read
from ipscoding.suggest import cache
from ipscoding.suggest.training import train


def main() -> None:
    codebook = read(default_path())
    bank = shipped_phrase_bank(codebook)
    phrases = read_phrases(bank) if bank else []
    trained = train(codebook, phrases, progress=lambda share, what: print(f"{share:4.0%} {what}"))
    target = shipped.codebooks() / cache.SHIPPED
    cache.write(target, cache.key(codebook, phrases), trained)
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
