"""Corrections: age in whole years and months, counted on the calendar."""

from typing import Any

from numpy import datetime64, ndarray

from tznr_rules.corrections import Correction

CALENDAR = Correction(
    defect="L'âge est une durée en jours divisée par la durée moyenne d'une année : un anniversaire compte parfois un jour trop tôt.",
    since="1900-01-01",
    title="Âge au premier jour du mois, en années et en mois révolus (article 641 du code de procédure civile, computation des délais)",
    href="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006070716/",
    confidence="high",
)


def mois_revolus(individu: Any, period: Any) -> ndarray:
    """Whole months from the birth to the first day of a period; negative before the birth."""
    veille = individu("date_naissance", period).astype("datetime64[D]", copy=False) - 1
    ecart: ndarray = (datetime64(period.start, "M") - veille.astype("datetime64[M]")).astype(int) - 1
    return ecart


def connait_la_naissance(individu: Any) -> bool:
    return bool(individu.get_holder("date_naissance").get_known_periods())


class age:
    correction = CALENDAR

    def formula(individu, period, parameters):
        if connait_la_naissance(individu):
            return mois_revolus(individu, period) // 12
        return formule_d_origine("age")(individu, period, parameters)


class age_en_mois:
    correction = CALENDAR

    def formula(individu, period, parameters):
        if connait_la_naissance(individu):
            return mois_revolus(individu, period)
        return formule_d_origine("age_en_mois")(individu, period, parameters)


def formule_d_origine(nom: str) -> Any:
    """OpenFisca-France's formula, for scenarios that give an age and no birth date."""
    from openfisca_france.model.prelevements_obligatoires.impot_revenu import ir

    return getattr(ir, nom).formula
