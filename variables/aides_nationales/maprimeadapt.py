"""MaPrimeAdapt', the aid to adapt a home to age or disability."""

from numpy import where
from openfisca_france.model.base import MONTH, Menage, Variable
from openfisca_france.model.base import TypesStatutOccupationLogement as Statut

MAPRIMEADAPT = [
    "MaPrimeAdapt', conditions",
    "https://infosmaprimeadapt.fr/conditions-eligibilite-ma-prime-adapt",
    "MaPrimeAdapt' (France Rénov')",
    "https://france-renov.gouv.fr/aides",
]


class maprimeadapt_condition_autonomie(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir, pour soi ou une personne du logement, l'âge requis, une perte d'autonomie évaluée ou un handicap reconnu"
    reference = MAPRIMEADAPT

    def formula_2024_01_01(menage, period, parameters):
        regles = parameters(period).aides_nationales.anah.maprimeadapt
        age = menage.members("age", period)
        gir = menage.members("gir", period)
        evaluee = (age >= regles.age_avec_perte_autonomie) * (gir != gir.possible_values.non_defini)
        handicap = (menage.members("taux_incapacite", period) >= regles.taux_incapacite) + (menage.members("pch", period) > 0)
        return menage.any((age >= regles.age_sans_condition) + evaluee + handicap)


class maprimeadapt_condition_occupation(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Être propriétaire du logement que l'on habite, ou locataire du privé"
    reference = MAPRIMEADAPT

    def formula(menage, period):
        statut = menage("statut_occupation_logement", period)
        proprietaire = (statut == Statut.proprietaire) + (statut == Statut.primo_accedant)
        return proprietaire + (statut == Statut.locataire_vide) + (statut == Statut.locataire_meuble)


class maprimeadapt_condition_ressources(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Avoir un revenu fiscal de référence sous le plafond des revenus modestes"
    reference = MAPRIMEADAPT

    def formula_2025_01_01(menage, period):
        return menage("anah_ressources", period) <= menage("anah_plafond_modeste", period)


class maprimeadapt(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    unit = "currency"
    label = "MaPrimeAdapt', au plus"
    reference = MAPRIMEADAPT

    def formula_2025_01_01(menage, period, parameters):
        regles = parameters(period).aides_nationales.anah.maprimeadapt
        tres_modeste = menage("anah_ressources", period) <= menage("anah_plafond_tres_modeste", period)
        montant = regles.plafond_travaux * where(tres_modeste, regles.taux.tres_modeste, regles.taux.modeste)
        for condition in ("autonomie", "occupation", "ressources"):
            montant = montant * menage(f"maprimeadapt_condition_{condition}", period)
        return montant
