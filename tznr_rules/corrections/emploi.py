"""Correction of the contrat d'engagement jeune: studies, and the RSA or the prime d'activité of parents."""

from typing import Any

from numpy import logical_not

from tznr_rules.corrections import Correction

R5131_24 = "Article R5131-24 du code du travail : le cumul est refusé avec le RSA et la prime d'activité, sauf pour les personnes à charge"
LIEN = "https://www.legifrance.gouv.fr/eli/decret/2022/2/18/MTRD2201230D/jo/texte"


class contrat_engagement_jeune_eligibilite:
    """Pupils and apprentices are in training; someone who depends on a family with RSA keeps the allowance."""

    correction = Correction(
        defect="Le RSA ou la prime d'activité des parents écartait leurs enfants ; les élèves et les apprentis étaient admis.",
        since="2022-03-01",
        title=R5131_24,
        href=LIEN,
        confidence="high",
    )

    def formula_2022_03_01(individu: Any, period: Any, parameters: Any) -> Any:
        from openfisca_france.model.base import ADD, Famille, TypesActivite
        from openfisca_france.model.prestations.education import TypesScolarite

        ages = parameters(period).prestations_sociales.education.contrat_engagement_jeune.critere_age
        age = individu("age", period)
        age_requis = (age >= ages.minimum) * ((age <= ages.maximum) + (age <= ages.maximum_handicap) * individu("handicap", period))
        scolarite = individu("scolarite", period)
        en_formation = (
            (individu("activite", period) == TypesActivite.etudiant)
            + (scolarite == TypesScolarite.college)
            + (scolarite == TypesScolarite.lycee)
            + (scolarite == TypesScolarite.enseignement_superieur)
            + individu("apprenti", period)
            + individu("alternant", period)
        )
        peu_impose = individu.foyer_fiscal("ir_tranche", period.n_2) <= 1
        parent = individu.has_role(Famille.PARENT)
        rsa = parent * individu.famille("rsa", period.last_3_months, options=[ADD])
        ppa = parent * individu.famille("ppa", period.last_3_months, options=[ADD])
        sans_volontariat = individu("indemnites_volontariat", period) == 0
        return age_requis * logical_not(en_formation) * peu_impose * (rsa <= 0) * (ppa <= 0) * sans_volontariat
