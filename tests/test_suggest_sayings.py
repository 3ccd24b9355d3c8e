"""The texts learnt from, packed: they say what reading them again would say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.suggest.features import read
from ipscoding.suggest.sayings import Sayings
from ipscoding.suggest.space import Space
from ipscoding.suggest.texts import sources
from ipscoding.suggest.training import train
from tests.suggest_example import small_bank, small_codebook

_TEXTS = st.lists(st.tuples(st.integers(0, 3), st.lists(st.integers(0, 8), max_size=12)), max_size=12)


@given(_TEXTS, st.lists(st.floats(0, 1, width=32), min_size=9, max_size=9))
def test_a_likeness_is_the_product_of_the_vectors(texts: list[tuple[int, list[int]]], passage: list[float]) -> None:
    idf = np.linspace(1, 5, 9, dtype=np.float32)
    sayings = Sayings.of([said for _code, said in texts], [code for code, _said in texts])
    assert sayings.fits(4, 9)
    mine = np.array(passage, np.float32)
    for code in range(4):
        wanted = []
        for said in (said for of, said in texts if of == code):
            full = np.zeros(9)
            for position in set(said):
                full[position] = (1 + np.log(said.count(position))) * idf[position]
            wanted.append(float(full @ mine) / max(float(np.sqrt(full @ full)), 1e-9))
        assert sayings.of_code(code, idf).to(mine).tolist() == pytest.approx(wanted, abs=1e-5)


def test_a_trained_form_holds_the_words_of_every_text_in_order() -> None:
    codebook, bank = small_codebook(), small_bank(10)
    trained = train(codebook, bank)
    _codes, texts, phrases = sources(codebook, bank)
    space: Space = trained.space
    for column, code in enumerate(trained.codes):
        own = [text for text in texts + phrases if text.code == code]
        near = trained.sayings.of_code(column, space.idf)
        assert near.number == len(own)
        for row, text in enumerate(own):
            full = np.zeros(len(space.names), np.float32)
            for position in space.word_positions(read(text.text, text.norm), text.text):
                full[position] = 1.0
            assert set(near.positions[near.rows == row].tolist()) == set(np.flatnonzero(full).tolist())


def test_what_does_not_fit_together_is_not_taken() -> None:
    sayings = Sayings.of([[1, 2], [3]], [0, 1])
    assert not sayings.fits(1, 9)
    assert not sayings.fits(2, 3)
    assert not Sayings(sayings.codes, sayings.starts[:-1], sayings.positions).fits(2, 9)
    assert not Sayings(sayings.codes, sayings.starts, sayings.positions[:-1]).fits(2, 9)
