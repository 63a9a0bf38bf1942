"""Corrections: prestations_familiales."""
