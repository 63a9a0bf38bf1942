"""B-Monde: the grant of the Region for studies or a traineeship abroad."""

from numpy import where
from openfisca_france.model.base import MONTH, Individu, Variable
from openfisca_france.model.prestations.education import TypesClasse, TypesScolarite

B_MONDE = ["Bourse B-Monde, mobilité individuelle (Région Bretagne)", "https://europe.bzh/aides/fiches/b-monde-mobilite-individuelle/"]


class bretagne_b_monde_condition_formation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être étudiant, lycéen ou stagiaire de la formation professionnelle"
    reference = B_MONDE

    def formula(individu, period):
        scolarite = individu("scolarite", period)
        eleve = (scolarite == TypesScolarite.lycee) + (scolarite == TypesScolarite.enseignement_superieur)
        return eleve + (individu("revenus_stage_formation_pro", period) > 0)


class bretagne_b_monde_quotient(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Revenu fiscal de référence par part"
    unit = "currency"
    reference = B_MONDE

    def formula(individu, period):
        return individu.foyer_fiscal("rfr", period.n_2) / individu.foyer_fiscal("nbptr", period.n_2)


class bretagne_b_monde_condition_ressources(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un revenu fiscal de référence par part sous le plafond"
    reference = B_MONDE

    def formula(individu, period, parameters):
        return individu("bretagne_b_monde_quotient", period) <= parameters(period).aides_locales.bretagne.b_monde.quotient_maximal


class bretagne_b_monde_jours_minimum(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Durée la plus courte du séjour, en jours"
    reference = B_MONDE

    def formula(individu, period, parameters):
        jours = parameters(period).aides_locales.bretagne.b_monde
        classe = individu("annee_etude", period)
        cap = (classe == TypesClasse.cap_1) + (classe == TypesClasse.cap_2)
        return where(cap, jours.jours_minimum_cap, jours.jours_minimum)


class bretagne_b_monde_condition_duree_minimum(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Faire un séjour d'études ou de stage à l'étranger assez long"
    reference = B_MONDE

    def formula(individu, period):
        return individu("jours_sejour_etudes_etranger", period) >= individu("bretagne_b_monde_jours_minimum", period)


class bretagne_b_monde_condition_duree_maximum(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Ne pas partir plus longtemps que la durée prévue par la Région"
    reference = B_MONDE

    def formula(individu, period, parameters):
        return individu("jours_sejour_etudes_etranger", period) <= parameters(period).aides_locales.bretagne.b_monde.jours_maximum


class bretagne_b_monde(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Bourse B-Monde"
    reference = B_MONDE

    def formula(individu, period):
        residence = individu("habite_bretagne", period)
        formation = individu("bretagne_b_monde_condition_formation", period)
        ressources = individu("bretagne_b_monde_condition_ressources", period)
        minimum = individu("bretagne_b_monde_condition_duree_minimum", period)
        return residence * formation * ressources * minimum * individu("bretagne_b_monde_condition_duree_maximum", period)


class bretagne_b_monde_par_jour(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Montant moyen de la bourse B-Monde par jour de séjour"
    unit = "currency"
    reference = B_MONDE

    def formula(individu, period, parameters):
        return individu.filled_array(parameters(period).aides_locales.bretagne.b_monde.montant_par_jour)
