"""What is added to the grants of collège and lycée: boarding, merit, equipment."""

from numpy import where
from openfisca_france.model.base import MONTH, Individu, Variable

INTERNAT = ["Prime à l'internat (service-public.fr)", "https://www.service-public.gouv.fr/particuliers/vosdroits/F1886"]
MERITE = [
    "Arrêté du 22 mars 2016 fixant le montant de la bourse au mérite, article 1",
    "https://juriblio.fr/arretes/arrete-du-22-mars-2016/166542750/article-1",
]
EQUIPEMENT = [
    "Prime pour l'achat d'équipement de l'élève inscrit dans la voie professionnelle (service-public.fr)",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F32915",
]


class prime_internat_condition_eleve(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être élève au collège ou au lycée, à la charge de sa famille"
    reference = INTERNAT

    def formula(individu, period):
        return individu("bourse_college_eleve", period) + individu("bourse_lycee_eleve", period)


class prime_internat_echelon(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Échelon de la bourse de collège ou de lycée, selon les ressources de la famille"
    reference = INTERNAT

    def formula(individu, period):
        college = individu.famille("bourse_college_echelon", period)
        return where(individu("bourse_college_eleve", period), college, individu.famille("bourse_lycee_echelon", period))


class prime_internat_condition_bourse(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Vivre dans une famille dont les ressources donnent droit à une bourse de collège ou de lycée"
    reference = INTERNAT

    def formula(individu, period):
        return individu("prime_internat_echelon", period) > 0


class prime_internat_condition_interne(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être interne"
    reference = INTERNAT

    def formula(individu, period):
        return individu("eleve_interne", period)


class prime_internat(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prime à l'internat de l'année scolaire"
    reference = INTERNAT

    def formula_2021_09_01(individu, period, parameters):
        conditions = individu("prime_internat_condition_eleve", period) * individu("prime_internat_condition_interne", period)
        montants = parameters(period).aides_nationales.prime_internat.montants
        return conditions * montants.calc(individu("prime_internat_echelon", period))


class bourse_merite_lycee_condition_eleve(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être élève au lycée, à la charge de sa famille"
    reference = MERITE

    def formula(individu, period):
        return individu("bourse_lycee_eleve", period)


class bourse_merite_lycee_condition_bourse(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Vivre dans une famille dont les ressources donnent droit à la bourse de lycée"
    reference = MERITE

    def formula(individu, period):
        return individu.famille("bourse_lycee_echelon", period) > 0


class bourse_merite_lycee_condition_mention(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir eu la mention « bien » ou « très bien » au brevet"
    reference = MERITE

    def formula(individu, period):
        return individu("mention_bien_ou_tres_bien_au_brevet", period)


class bourse_merite_lycee(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Bourse au mérite de l'année scolaire"
    reference = MERITE

    def formula_2016_09_01(individu, period, parameters):
        conditions = individu("bourse_merite_lycee_condition_eleve", period) * individu("bourse_merite_lycee_condition_mention", period)
        montants = parameters(period).aides_nationales.bourse_merite_lycee.montants
        return conditions * montants.calc(individu.famille("bourse_lycee_echelon", period))


class prime_equipement_lycee_condition_eleve(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être élève au lycée, à la charge de sa famille"
    reference = EQUIPEMENT

    def formula(individu, period):
        return individu("bourse_lycee_eleve", period)


class prime_equipement_lycee_condition_bourse(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Vivre dans une famille dont les ressources donnent droit à la bourse de lycée"
    reference = EQUIPEMENT

    def formula(individu, period):
        return individu.famille("bourse_lycee_echelon", period) > 0


class prime_equipement_lycee_condition_formation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être pour la première fois en première année d'une formation qui demande un équipement"
    reference = EQUIPEMENT

    def formula(individu, period):
        return individu("premiere_annee_formation_a_equipement", period)


class prime_equipement_lycee(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prime d'équipement du lycée"
    reference = EQUIPEMENT

    def formula_2009_10_19(individu, period, parameters):
        conditions = (
            individu("prime_equipement_lycee_condition_eleve", period)
            * individu("prime_equipement_lycee_condition_bourse", period)
            * individu("prime_equipement_lycee_condition_formation", period)
        )
        return conditions * parameters(period).aides_nationales.prime_equipement_lycee.montant
