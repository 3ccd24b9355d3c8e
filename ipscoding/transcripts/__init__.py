"""Transcripts in: files to text, turns and sentences."""

from ipscoding.transcripts.read import LARGEST, SUFFIXES, find_files, read, read_many
from ipscoding.transcripts.reading import Reading, Remark

__all__ = ["LARGEST", "SUFFIXES", "Reading", "Remark", "find_files", "read", "read_many"]
