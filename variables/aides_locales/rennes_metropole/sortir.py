"""Sortir !: the yearly aid for a regular activity of sport, culture or leisure."""

from numpy import choose, isin, logical_not, minimum
from openfisca_france.model.base import MONTH, Individu, Variable

SORTIR = [
    "Page sur la carte Sortir (Unidivers, septembre 2023)",
    "https://www.unidivers.fr/rennes-carte-sortir-culture-sport-loisirs/",
]
SEUILS = [
    "Délibération de Rennes Métropole du 13 mars 2025, rapportée par la presse locale",
    "https://faireamanger.cluster1.easy-hebergement.net/rs/article/313-reseau-star-la-metropole-annonce-une-revalorisation-des-ressources-pour-beneficier-des-tarifs-reduits",
]
ETUDIANTS = [
    "Les étudiants boursiers peuvent enfin profiter de réductions (20 Minutes, 6 septembre 2019)",
    "https://www.20minutes.fr/rennes/2598355-20190906-rennes-etudiants-boursiers-peuvent-enfin-profiter-reductions-transports-culture",
]
SEUILS_ET_ETUDIANTS = [*SEUILS, *ETUDIANTS]


def taux_par_tranche(tranche, taux, inconnu):
    """The rate of each tier; ``inconnu`` stands for the one of the second tier as long as it is not published."""
    return choose(tranche, [0, taux.tranche_1, getattr(taux, "tranche_2", inconnu), taux.tranche_3])


class rennes_metropole_sortir_condition_residence(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Habiter une commune dont l'adhésion à Sortir ! est connue"
    reference = SORTIR

    def formula_2017_01_01(individu, period, parameters):
        """A child to be born lives nowhere yet."""
        communes = [commune.encode() for commune in parameters(period).aides_locales.rennes_metropole.sortir.communes]
        return (individu("age", period) >= 0) * isin(individu.menage("depcom", period), communes)


class rennes_metropole_sortir_condition_ressources_ou_bourse(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir des ressources (aides reçues ou supposées reçues comprises) sous le plafond, ou une bourse étudiante suffisante"
    reference = SEUILS_ET_ETUDIANTS

    def formula_2019_09_01(individu, period):
        ressources = individu("rennes_metropole_tarification_solidaire_ressources", period)
        plafond = individu("rennes_metropole_tarification_solidaire_plafond_ressources", period)
        bourse = individu("rennes_metropole_tarification_solidaire_tranche_bourse", period)
        return (ressources <= plafond) + (bourse > 0)

    def formula_2017_01_01(individu, period):
        ressources = individu("rennes_metropole_tarification_solidaire_ressources", period)
        return ressources <= individu("rennes_metropole_tarification_solidaire_plafond_ressources", period)


class rennes_metropole_sortir_condition_foyer_etudiant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir une bourse étudiante suffisante quand le foyer ne compte que des étudiants"
    reference = ETUDIANTS

    def formula_2019_09_01(individu, period):
        foyer_etudiant = individu("rennes_metropole_tarification_solidaire_foyer_etudiant", period)
        return logical_not(foyer_etudiant) + (individu("rennes_metropole_tarification_solidaire_tranche_bourse", period) > 0)

    def formula_2017_01_01(individu, period):
        return logical_not(individu("rennes_metropole_tarification_solidaire_foyer_etudiant", period))


class rennes_metropole_sortir_tranche(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Tranche Sortir !"
    reference = SEUILS_ET_ETUDIANTS

    def formula_2019_09_01(individu, period):
        residence = individu("rennes_metropole_sortir_condition_residence", period)
        return residence * individu("rennes_metropole_tarification_solidaire_tranche", period)

    def formula_2017_01_01(individu, period):
        residence = individu("rennes_metropole_sortir_condition_residence", period)
        return residence * individu("rennes_metropole_tarification_solidaire_tranche_foyer", period)


class rennes_metropole_sortir_taux_aide(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Part du prix d'une activité régulière que Sortir ! paie au moins, en pourcentage"
    reference = SORTIR

    def formula_2017_01_01(individu, period, parameters):
        taux = parameters(period).aides_locales.rennes_metropole.sortir.taux_aide
        return taux_par_tranche(individu("rennes_metropole_sortir_tranche", period), taux, inconnu=taux.tranche_3)


class rennes_metropole_sortir_plafond_annuel(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Aide Sortir ! la plus haute possible pour la personne, par an"
    reference = SORTIR

    def formula_2017_01_01(individu, period, parameters):
        regles = parameters(period).aides_locales.rennes_metropole
        sortir = regles.sortir
        taux = taux_par_tranche(individu("rennes_metropole_sortir_tranche", period), sortir.taux_aide, inconnu=sortir.taux_aide.tranche_1)
        return minimum(sortir.plafond_depense * taux / regles.prise_en_charge_totale, sortir.plafond_aide)


class rennes_metropole_sortir(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Sortir ! : aide annuelle maximale pour une activité régulière"
    reference = SORTIR

    def formula_2017_01_01(individu, period, parameters):
        """The aid that is certain, for a year: the lowest published rate stands for the one of the second tier, which is not."""
        regles = parameters(period).aides_locales.rennes_metropole
        conditions = (
            individu("rennes_metropole_sortir_condition_residence", period)
            * individu("rennes_metropole_sortir_condition_ressources_ou_bourse", period)
            * individu("rennes_metropole_sortir_condition_foyer_etudiant", period)
        )
        taux = individu("rennes_metropole_sortir_taux_aide", period)
        return conditions * minimum(regles.sortir.plafond_depense * taux / regles.prise_en_charge_totale, regles.sortir.plafond_aide)
