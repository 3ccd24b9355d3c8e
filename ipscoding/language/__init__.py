"""Norwegian: norms, lemmas, the bridge from Nynorsk to Bokmål, compounds, pipelines and the trained model.

Nothing here imports spaCy or a dictionary until it is first needed.
"""

from ipscoding.language.keys import Token, Word, keys, tokens, words
from ipscoding.language.lemmas import NORMS, lemma
from ipscoding.language.norm import norm_of

__all__ = ["NORMS", "Token", "Word", "keys", "lemma", "norm_of", "tokens", "words"]
