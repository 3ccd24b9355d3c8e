"""Transcripts in: files to text, turns and sentences."""
