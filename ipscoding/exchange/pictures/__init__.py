"""Figures as pictures: for the terminal, and as SVG, PNG and PDF for papers."""
