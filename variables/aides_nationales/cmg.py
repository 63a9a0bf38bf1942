"""The complément de libre choix du mode de garde: parents who employ the carer (rules of September 2025) or who pay a structure.

Both are for a child. The household says how each child is looked after, what it costs in a month and for how many hours.
"""

from numpy import array, clip, floor, minimum, nan, searchsorted, select, where
from numpy import logical_not as not_
from openfisca_france.model.base import MONTH, Famille, Individu, Variable
from openfisca_france.model.caracteristiques_socio_demographiques.demographie import TypesActivite

from tznr_rules.corrections.prestations_familiales import CRDS, net_de_crds

DECRET = "https://www.legifrance.gouv.fr/eli/decret/2025/5/30/2025-515/jo/texte"
L531_5 = ["Articles L531-5, D531-17 et D531-18 du code de la sécurité sociale (décret n° 2025-515 du 30 mai 2025)", DECRET]
L531_6 = [
    "Article D531-23 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000043998999",
    "Service-Public, fiche F33648",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/F33648",
]
L531_6_ET_CRDS = [*L531_6, *CRDS]
EMPLOI_DIRECT = ("assistante_maternelle_employee", "garde_a_domicile_employee")
STRUCTURE = ("assistante_maternelle_structure", "garde_a_domicile_structure", "micro_creche")
CENTIMES = 100
DEMI = 0.5


def garde_par(individu, period, *modes):
    """Whether a person is looked after in one of some ways."""
    mode = individu("mode_garde", period)
    return sum(mode == mode.possible_values[nom] for nom in modes) > 0


class cmg_parent_actif(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Un parent au moins travaille, étudie ou est dans un cas où le travail n'est pas demandé"
    reference = L531_5

    def formula(famille, period):
        """One parent is enough for a couple, as the official guide of rights says."""
        activite = famille.members("activite", period)
        travaille = (activite == TypesActivite.actif) + (activite == TypesActivite.etudiant) + famille.members("service_civique", period)
        allocations = famille.members("chomage_net", period) + famille.members("aah", period) + famille.members("ass", period)
        return famille.any(travaille + (allocations > 0), role=Famille.PARENT) + (famille("rsa", period) > 0)


class cmg_emploi_direct_condition_enfant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être un enfant à charge qui n'a pas atteint l'âge limite"
    reference = L531_5

    def formula(individu, period, parameters):
        limites = parameters(period).aides_nationales.cmg_emploi_direct.age_enfant
        age = individu("age", period)
        limite = where(individu.famille("en_couple", period), limites.cas_general, limites.parent_isole)
        return individu("prestations_familiales_enfant_a_charge", period) * (age >= 0) * (age < limite)


class cmg_emploi_direct_condition_activite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être dans une famille où un parent au moins travaille, étudie ou reçoit une allocation qui en dispense"
    reference = L531_5

    def formula(individu, period):
        return individu.famille("cmg_parent_actif", period)


class cmg_emploi_direct_condition_mode(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être gardé par une assistante maternelle ou une garde à domicile que les parents emploient"
    reference = L531_5

    def formula(individu, period):
        return garde_par(individu, period, *EMPLOI_DIRECT)


class cmg_emploi_direct_ressources(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    label = "Ressources mensuelles retenues pour le CMG"
    reference = L531_5

    def formula(famille, period, parameters):
        """No floor as long as its amount is not published."""
        regle = parameters(period).aides_nationales.cmg_emploi_direct
        mensuelles = famille("prestations_familiales_base_ressources", period) / 12
        return clip(mensuelles, getattr(regle, "plancher_ressources", 0), regle.plafond_ressources)


class cmg_emploi_direct_part_famille(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Part du coût de la garde qui reste à la famille, avant les cotisations"
    reference = L531_5

    def formula(individu, period, parameters):
        """A child with the AEEH gives the next lower rate."""
        regle = parameters(period).aides_nationales.cmg_emploi_direct
        enfants = clip(individu.famille("af_nbenf", period), 1, None)
        beneficiaires = individu.famille.members("aeeh_enfant_beneficiaire", period)
        handicapes = individu.famille.sum(beneficiaires, role=Famille.ENFANT)
        chez_elle = garde_par(individu, period, EMPLOI_DIRECT[0])

        def taux(bareme):
            tranche = searchsorted(array(bareme.thresholds), enfants, side="right") - 1 + handicapes
            return array(bareme.amounts)[minimum(tranche, len(bareme.amounts) - 1).astype(int)]

        effort = where(chez_elle, taux(regle.taux_effort_assistante_maternelle), taux(regle.taux_effort_garde_a_domicile))
        reference = where(chez_elle, regle.cout_reference.assistante_maternelle, regle.cout_reference.garde_a_domicile)
        return individu.famille("cmg_emploi_direct_ressources", period) * effort / reference


class cmg_emploi_direct_cout_retenu(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Coût mensuel de la garde, dans la limite du coût horaire retenu au plus"
    unit = "EUR/mois"
    reference = L531_5

    def formula(individu, period, parameters):
        maximum = parameters(period).aides_nationales.cmg_emploi_direct.cout_maximum
        chez_elle = garde_par(individu, period, EMPLOI_DIRECT[0])
        plafond = where(chez_elle, maximum.assistante_maternelle, maximum.garde_a_domicile) * individu("heures_garde", period)
        return minimum(individu("cout_garde", period), plafond)


def montant_emploi_direct(individu, period):
    """What the CAF pays of the cost, to the cent."""
    montant = individu("cmg_emploi_direct_cout_retenu", period) * (1 - individu("cmg_emploi_direct_part_famille", period))
    return floor(CENTIMES * montant + DEMI) / CENTIMES


class cmg_emploi_direct_condition_heures(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Avoir un coût et des heures de garde dans le mois"
    reference = L531_5

    def formula(individu, period):
        return individu("cmg_emploi_direct_cout_retenu", period) > 0


class cmg_emploi_direct_condition_ressources(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être dans une famille dont les ressources laissent une part du coût à la CAF"
    reference = L531_5

    def formula(individu, period):
        """To the cent for a cost that is known, else by the share alone."""
        connu = individu("cmg_emploi_direct_cout_retenu", period) > 0
        return where(connu, montant_emploi_direct(individu, period) > 0, individu("cmg_emploi_direct_part_famille", period) < 1)


class cmg_emploi_direct_part_cotisations(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Part des cotisations d'une assistante maternelle prise en charge"
    unit = "/1"
    reference = L531_5

    def formula(individu, period):
        """All of them, less what goes beyond the highest hourly cost; nothing is said of home care, which has a ceiling in euros."""
        cout = individu("cout_garde", period)
        chez_elle = garde_par(individu, period, EMPLOI_DIRECT[0])
        part = individu("cmg_emploi_direct_cout_retenu", period) / where(cout > 0, cout, 1)
        return where(chez_elle * (cout > 0), part, nan)


class cmg_emploi_direct(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Complément de libre choix du mode de garde (emploi direct), part du salaire"
    reference = L531_5

    def formula_2025_09_01(individu, period):
        conditions = (
            individu("cmg_emploi_direct_condition_enfant", period)
            * individu("cmg_emploi_direct_condition_activite", period)
            * individu("cmg_emploi_direct_condition_mode", period)
            * individu("cmg_emploi_direct_condition_heures", period)
            * individu("cmg_emploi_direct_condition_ressources", period)
        )
        return conditions * montant_emploi_direct(individu, period)


class cmg_structure_condition_enfant(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être un enfant à charge qui n'a pas atteint l'âge limite"
    reference = L531_6

    def formula(individu, period, parameters):
        limite = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.paje_cmg.limite_age.reduite
        age = individu("age", period)
        return individu("prestations_familiales_enfant_a_charge", period) * (age >= 0) * (age < limite)


class cmg_structure_condition_activite(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être dans une famille où un parent au moins travaille, étudie ou reçoit une allocation qui en dispense"
    reference = L531_6

    def formula(individu, period):
        return individu.famille("cmg_parent_actif", period)


class cmg_structure_condition_mode(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être gardé par une micro-crèche, ou par quelqu'un qu'emploie une association ou une entreprise"
    reference = L531_6

    def formula(individu, period):
        return garde_par(individu, period, *STRUCTURE)


class cmg_structure_condition_heures(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Être gardé assez d'heures dans le mois"
    reference = L531_6

    def formula(individu, period, parameters):
        return individu("heures_garde", period) >= parameters(period).aides_nationales.cmg_structure.heures_minimum


class cmg_structure_prix_horaire(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Prix d'une heure de garde"
    reference = L531_6

    def formula(individu, period):
        heures = individu("heures_garde", period)
        return individu("cout_garde", period) / where(heures > 0, heures, 1)


def montant_structure(individu, period, parameters):
    """What the CAF pays of the bill, to the cent."""
    part = parameters(period).aides_nationales.cmg_structure.part_prise_en_charge
    montant = minimum(individu("cmg_structure_montant_maximum", period), part * individu("cout_garde", period))
    return floor(CENTIMES * montant + DEMI) / CENTIMES


class cmg_structure_condition_prix(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Payer la garde, sans dépasser le prix de l'heure permis en micro-crèche"
    reference = L531_6

    def formula(individu, period, parameters):
        prix = individu("cmg_structure_prix_horaire", period)
        micro_creche = garde_par(individu, period, STRUCTURE[-1])
        trop_cher = micro_creche * (prix > parameters(period).aides_nationales.cmg_structure.prix_horaire_maximum)
        return not_(trop_cher) * (montant_structure(individu, period, parameters) > 0)


class cmg_structure_montant_maximum(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Montant mensuel du CMG structure au plus, selon les ressources, l'âge et le mode de garde"
    unit = "EUR/mois"
    reference = L531_6_ET_CRDS

    def formula(individu, period, parameters):
        regle = parameters(period).prestations_sociales.prestations_familiales
        paje, bmaf = regle.petite_enfance.paje, regle.bmaf.bmaf
        famille = individu.famille
        enfants, ressources = famille("af_nbenf", period), famille("prestations_familiales_base_ressources", period)
        isole = not_(famille("en_couple", period))
        premiers = regle.prestations_generales.af.af_cm.taux.nb_enf2

        def seuil(plafond):
            au_dela = clip(enfants - premiers, 0, None) * plafond.majoration_enfant_supp
            base = where(enfants < premiers, plafond.enfant, plafond.deux_enfants + au_dela)
            return base * (1 + isole * paje.paje_cmg.majoration_plafond_une_personne_isolee)

        bas = ressources < seuil(paje.plaf_cmg.premier_plafond_ne_adopte_apres_04_2014)
        moyen = ressources <= seuil(paje.plaf_cmg.deuxieme_plafond_ne_adopte_apres_04_2014)

        def part(bareme):
            return select([bas, moyen], [bareme.sous_premier_plafond, bareme.sous_second_plafond], bareme.apres_second_plafond)

        domicile = garde_par(individu, period, STRUCTURE[1])
        entiere = where(domicile, part(paje.paje_cmg.garde_domicile), part(paje.paje_cmg.assistante_mat_asso_entreprise_microcreche))
        petit = individu("age", period) < paje.paje_cmg.limite_age.pleine
        aah = famille.sum(famille.members("aah", period), role=Famille.PARENT) > 0
        aeeh = famille.any(famille.members("aeeh_enfant_beneficiaire", period), role=Famille.ENFANT)
        majoration = 1 + parameters(period).aides_nationales.cmg_structure.majoration * (isole + aah + aeeh > 0)
        brut = bmaf * entiere * where(petit, 1, paje.paje_cmg.taux_reduit) * majoration
        return net_de_crds(brut, parameters(period).prelevements_sociaux.contributions_sociales.crds)


class cmg_structure_cout_plein(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Coût de la garde à partir duquel le CMG structure n'augmente plus"
    unit = "EUR/mois"
    reference = L531_6

    def formula(individu, period, parameters):
        part = parameters(period).aides_nationales.cmg_structure.part_prise_en_charge
        return individu("cmg_structure_montant_maximum", period) / part


class cmg_structure_cout_permis(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Coût de la garde au-delà duquel une micro-crèche est trop chère pour le CMG structure, d'après les heures"
    unit = "EUR/mois"
    reference = L531_6

    def formula(individu, period, parameters):
        return parameters(period).aides_nationales.cmg_structure.prix_horaire_maximum * individu("heures_garde", period)


class cmg_structure(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Complément de libre choix du mode de garde (micro-crèche, association ou entreprise)"
    reference = L531_6

    def formula(individu, period, parameters):
        conditions = (
            individu("cmg_structure_condition_enfant", period)
            * individu("cmg_structure_condition_activite", period)
            * individu("cmg_structure_condition_mode", period)
            * individu("cmg_structure_condition_heures", period)
            * individu("cmg_structure_condition_prix", period)
        )
        return conditions * montant_structure(individu, period, parameters)
