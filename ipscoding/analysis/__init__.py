"""Figures from plain rows: how often codes occur, in whose interviews, in how much of what was said."""

from ipscoding.analysis.frequencies import frequencies
from ipscoding.analysis.question import UNITS
from ipscoding.analysis.select import select
from ipscoding.analysis.table import Cell, Column, Row, Table, Tabular
from ipscoding.domain import CONSENSUS

__all__ = ["CONSENSUS", "UNITS", "Cell", "Column", "Row", "Table", "Tabular", "frequencies", "select"]
