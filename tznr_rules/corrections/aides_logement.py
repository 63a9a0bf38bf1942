"""Corrections: aides_logement."""
