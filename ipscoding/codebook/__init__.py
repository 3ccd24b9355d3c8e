"""Codebook files and what can be done to a codebook."""
