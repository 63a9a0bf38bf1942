"""Corrections: RSA and prime d'activité."""
