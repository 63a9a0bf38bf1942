"""Of whom a fact is asked: the others need not answer, for it cannot be theirs."""

from openfisca_france.model.base import MONTH, FoyerFiscal, Individu, Menage, Variable
from openfisca_france.model.caracteristiques_socio_demographiques.demographie import TypesActivite
from openfisca_france.model.caracteristiques_socio_demographiques.logement import TypesStatutOccupationLogement as Statut
from openfisca_france.model.prestations.education import TypesScolarite


class fait_des_etudes(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Suivre des études au lycée, dans l'enseignement supérieur ou en apprentissage"

    def formula(individu, period):
        scolarite = individu("scolarite", period)
        ecole = (scolarite == TypesScolarite.lycee) + (scolarite == TypesScolarite.enseignement_superieur)
        return ecole + (individu("activite", period) == TypesActivite.etudiant) + individu("apprenti", period)


class va_a_l_ecole(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge de l'école, du collège ou du lycée, ou faire des études"

    def formula(individu, period, parameters):
        """From the age at which schools may take a child, as for the school canteen."""
        age = individu("age", period)
        loi = parameters(period)
        en_age = (age >= loi.aides_locales.rennes.periscolaire.age_minimum) * (age < loi.geopolitique.age_majorite)
        return en_age + individu("fait_des_etudes", period)


class peut_etre_alternant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Travailler, ou étudier et avoir un salaire, à l'âge des contrats en alternance"

    def formula(individu, period, parameters):
        """The age is that of the housing aids of those in such a contract, the widest that a rule looks at."""
        oldest = parameters(period).aides_nationales.action_logement.loca_pass.age_maximum
        paye = individu("fait_des_etudes", period) * (individu("salaire_net", period) > 0)
        return ((individu("activite", period) == TypesActivite.actif) + paye) * (individu("age", period) <= oldest)


class declare_les_impots(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être le premier déclarant d'un foyer fiscal, qui répond pour tous les siens"

    def formula(individu, period):
        return individu.has_role(FoyerFiscal.DECLARANT_PRINCIPAL)


class vient_de_hors_d_europe(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir la nationalité d'un pays hors d'Europe"

    def formula(individu, period):
        return (individu("ressortissant_eee", period) == 0) * (individu("nationalite", period) != b"CH")


class peut_payer_un_loyer(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Payer un loyer, une redevance ou un prêt, ou ne pas avoir dit comment on est logé"

    def formula(menage, period):
        statut = menage("statut_occupation_logement", period)
        return (statut != Statut.proprietaire) * (statut != Statut.loge_gratuitement) * (statut != Statut.sans_domicile)
