"""Merging: what several copies of a project did, as one project.

A copy of a project is a set of acts. Merging is the union of two such sets (`log`), and the tables are what a set of
acts says (`fold`), whichever copy looks at it: so merging twice changes nothing, and the order does not matter.
An act knows which acts it had seen (`ancestry`); of two that had not seen each other the later one stands, and where
they say different things of one field, that is a conflict for people to decide (`conflicts`).
"""
