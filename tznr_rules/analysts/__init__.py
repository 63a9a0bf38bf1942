"""What goes unclaimed on a sample of households: reading files, estimating, protecting people's secrets, showing it."""
