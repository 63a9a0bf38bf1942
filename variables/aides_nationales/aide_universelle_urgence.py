"""The emergency aid for someone who suffers violence from the person they live or lived with as a couple."""

from numpy import maximum, where
from openfisca_france.model.base import MONTH, Famille, Individu, Variable

DECRET = "https://www.legifrance.gouv.fr/eli/decret/2023/11/24/2023-1088/jo/texte"
L214_9 = ["Articles L214-9 et D214-11 du code de l'action sociale et des familles (décret n° 2023-1088 du 24 novembre 2023)", DECRET]
D214_13 = ["Article D214-13 du code de l'action sociale et des familles (décret n° 2023-1088 du 24 novembre 2023)", DECRET]
D214_14 = ["Article D214-14 du code de l'action sociale et des familles (décret n° 2023-1088 du 24 novembre 2023)", DECRET]
RESSOURCES = ("salaire_net", "chomage_net", "rpns_auto_entrepreneur_benefice")


class aide_universelle_urgence_ressources(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Ressources de la personne dans le mois, pour l'aide universelle d'urgence"
    unit = "EUR/mois"
    reference = D214_14

    def formula(individu, period):
        return maximum(sum(individu(nom, period) for nom in RESSOURCES), 0)


class aide_universelle_urgence_enfants(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Enfants à charge, pour l'aide universelle d'urgence"
    reference = D214_13

    def formula(individu, period):
        return individu.has_role(Famille.PARENT) * individu.famille("rsa_nb_enfants", period)


class aide_universelle_urgence_condition_majorite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être adulte, ou mineur parent"
    reference = L214_9

    def formula(individu, period):
        return individu("majeur", period) + individu.has_role(Famille.PARENT)


class aide_universelle_urgence_condition_preuve(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un document récent qui atteste les violences (ordonnance de protection, plainte ou signalement au procureur)"
    reference = L214_9

    def formula(individu, period):
        return individu("violences_couple_attestees", period)


class aide_universelle_urgence_pret(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "L'aide est un prêt sans intérêt, et non un don"
    reference = D214_13

    def formula(individu, period, parameters):
        regle = parameters(period).aides_nationales.aide_universelle_urgence
        plafond = regle.plafond_don.calc(individu("aide_universelle_urgence_enfants", period))
        return individu("aide_universelle_urgence_ressources", period) > plafond * regle.smic_net


class aide_universelle_urgence(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Aide universelle d'urgence"
    reference = D214_14

    def formula(individu, period, parameters):
        """The RSA of someone alone with these children, less a part that grows with their own income."""
        regle = parameters(period).aides_nationales.aide_universelle_urgence
        rsa = parameters(period).prestations_sociales.solidarite_insertion.minima_sociaux.rsa
        majoration = rsa.rsa_maj.maj_montant_max
        enfants = individu("aide_universelle_urgence_enfants", period)
        famille = (
            1
            + majoration.couples_celibataire_avec_enfant * (enfants > 0)
            + majoration.couple_1_enfant_ou_2e_enfant * (enfants > 1)
            + majoration.par_enfant_supplementaire * maximum(enfants - 1 - 1, 0)
        )
        smic = individu("aide_universelle_urgence_ressources", period) / regle.smic_net
        part = where(smic > 0, regle.part_du_rsa.calc(smic, right=True), regle.part_du_rsa.calc(smic))
        conditions = individu("aide_universelle_urgence_condition_majorite", period) * individu(
            "aide_universelle_urgence_condition_preuve", period
        )
        return conditions * part * famille * rsa.rsa_m.montant_de_base_du_rsa
