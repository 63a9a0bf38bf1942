"""Corrections: asi_aspa."""
