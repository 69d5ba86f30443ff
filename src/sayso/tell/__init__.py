"""Telling a picture: the brief and its faces, and rows for terminals and programs."""
