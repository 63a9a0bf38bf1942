"""Correction of the allowance of asylum seekers: who it is for, and what is added without lodging."""

from typing import Any

from numpy import logical_not

from tznr_rules.corrections import Correction


class ada:
    """The addition without lodging goes to each adult, not once to the family; a French family does not seek asylum in France."""

    correction = Correction(
        defect="Le supplément sans hébergement était compté une fois par famille, non par adulte ; la nationalité n'était pas regardée.",
        since="2018-06-02",
        title="Décret n° 2018-426 du 31 mai 2018, montants additionnels par adulte",
        href="https://www.legifrance.gouv.fr/eli/decret/2018/5/31/2018-426/jo/texte",
        confidence="high",
    )

    def formula_2018_06_02(famille: Any, period: Any, parameters: Any) -> Any:
        ada = parameters(period).prestations_sociales.solidarite_insertion.autre_solidarite.ada
        adultes = famille("nb_parents", period)
        personnes = adultes + famille("af_nbenf", period)
        par_jour = ada.montant_journalier_pour_une_personne + (personnes - 1) * ada.majoration_pers_supp
        sans_place = logical_not(famille("place_hebergement", period))
        etranger = logical_not(famille.demandeur("ressortissant_eee", period))
        demandeur = famille("asile_demandeur", period) * etranger * (adultes > 0)
        return demandeur * period.days * (par_jour + adultes * ada.supplement_non_hebergement * sans_place)
