"""Codebook files and what can be done to a codebook: read, check, write, find; phrase banks and informants' roles."""
