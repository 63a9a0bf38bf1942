"""Corrections: bourses."""
