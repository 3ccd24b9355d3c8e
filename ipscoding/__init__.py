"""ipscoding: qualitative coding of interviews about Individual Placement and Support (IPS)."""

__version__ = "0.1.0"
