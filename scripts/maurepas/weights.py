"""Weights fitted to margins by raking ratio: the weights nearest to equal ones, in the sense of raking, that give every target."""

import numpy as np

from maurepas.margins import MARGINS, POPULATION, Array, Drawn

STEPS, ENOUGH = 100, 1e-10


def raked(drawn: Drawn) -> Array:
    """Weights that sum up to the population and give the raked margins.

    Raking ratio is iterative proportional fitting written for margins of households and of persons at once (Deville and Särndal,
    Calibration estimators in survey sampling, 1992): weights are ``exp(x . lambda)`` times equal ones; Newton's method finds ``lambda``.

    Raises:
        RuntimeError: no weights give the margins: the households drawn are too far from them.
    """
    columns = [np.ones(len(drawn.size))]
    for margin in MARGINS:
        if margin.raked:
            scale = 100.0 if margin.unit == "%" else 1.0
            columns.append(margin.of(drawn) - margin.target / scale * margin.among(drawn))
    constraints = np.column_stack(columns)
    totals = np.zeros(constraints.shape[1])
    totals[0] = POPULATION
    start = np.full(len(constraints), POPULATION / len(constraints))
    multipliers = np.zeros(constraints.shape[1])
    for _ in range(STEPS):
        weights = start * np.exp(constraints @ multipliers)
        missed = totals - constraints.T @ weights
        if np.abs(missed).max() < ENOUGH * POPULATION:
            return weights
        multipliers += np.linalg.lstsq(constraints.T @ (constraints * weights[:, None]), missed, rcond=1e-12)[0]
    raise RuntimeError("The margins cannot be reached: draw households nearer to them.")
