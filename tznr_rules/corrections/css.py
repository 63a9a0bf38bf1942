"""Corrections: css."""
