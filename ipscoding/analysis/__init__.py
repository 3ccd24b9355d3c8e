"""Figures from plain rows."""
