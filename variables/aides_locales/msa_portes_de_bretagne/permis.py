"""The aid of the farm scheme (MSA Portes de Bretagne) to the driving licence of young people."""

from openfisca_france.model.base import MONTH, Famille, Individu, Variable

MSA = [
    "Aide au permis de conduire (MSA Portes de Bretagne)",
    "https://portesdebretagne.msa.fr/lfy/aide-au-permis-de-conduire",
]


class msa_portes_de_bretagne_permis_condition_age(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir l'âge de passer le permis, sans dépasser l'âge limite de la MSA"
    reference = MSA

    def formula_2020_01_20(individu, period, parameters):
        loi = parameters(period)
        age = individu("age", period)
        conduite = loi.prestations_sociales.transport.permis_de_conduire.pret_formation_permis.age.minimum
        return (conduite <= age) * (age <= loi.aides_locales.msa_portes_de_bretagne.permis.age_maximum)


class msa_portes_de_bretagne_permis_condition_affiliation(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Dépendre du régime agricole (MSA)"
    reference = MSA

    def formula(individu, period):
        return individu("affilie_msa", period)


class msa_portes_de_bretagne_permis_salaire(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Salaire brut moyen des derniers mois"
    unit = "currency"
    reference = MSA

    def formula_2020_01_20(individu, period, parameters):
        nombre = int(parameters(period).aides_locales.msa_portes_de_bretagne.permis.mois_de_salaire)
        mois = [period.offset(-rang, "month") for rang in range(1, nombre + 1)]
        return sum(individu("salaire_de_base", chacun) for chacun in mois) / nombre


class msa_portes_de_bretagne_permis_plafond_salaire(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Salaire brut moyen à ne pas dépasser"
    unit = "currency"
    reference = MSA

    def formula_2020_01_20(individu, period, parameters):
        loi = parameters(period)
        smic = loi.marche_travail.salaire_minimum.smic.smic_b_mensuel
        return individu.filled_array(smic * loi.aides_locales.msa_portes_de_bretagne.permis.part_smic)


class msa_portes_de_bretagne_permis_condition_ressources(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir de petits salaires, ou être à la charge d'une famille au revenu sous le plafond de la MSA"
    reference = MSA

    def formula_2020_01_20(individu, period, parameters):
        """A young person is at the charge of a family when the family counts them as a child."""
        plafond = parameters(period).aides_locales.msa_portes_de_bretagne.permis.plafond_quotient_familial
        salaire = individu("msa_portes_de_bretagne_permis_salaire", period)
        petits_salaires = salaire <= individu("msa_portes_de_bretagne_permis_plafond_salaire", period)
        annee = period.n_2
        revenus, parts = individu.foyer_fiscal("rfr", annee), individu.foyer_fiscal("nbptr", annee)
        return petits_salaires + individu.has_role(Famille.ENFANT) * (revenus <= plafond * 12 * parts)


class msa_portes_de_bretagne_permis(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Aide de la MSA au permis de conduire"
    reference = MSA

    def formula_2020_01_20(individu, period, parameters):
        conditions = (
            individu("habite_ille_et_vilaine", period)
            * individu("msa_portes_de_bretagne_permis_condition_age", period)
            * individu("msa_portes_de_bretagne_permis_condition_affiliation", period)
            * individu("msa_portes_de_bretagne_permis_condition_ressources", period)
        )
        return conditions * parameters(period).aides_locales.msa_portes_de_bretagne.permis.montant
