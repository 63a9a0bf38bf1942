"""MaPrimeRénov', the aid for the energy renovation of homes: who may ask, and in which bracket of income."""

from numpy import full, nan, select
from openfisca_france.model.base import MONTH, Enum, Menage, Variable
from openfisca_france.model.base import TypesStatutOccupationLogement as Statut

MAPRIMERENOV = ["MaPrimeRénov' (France Rénov')", "https://france-renov.gouv.fr/aides"]


class CategorieMaPrimeRenov(Enum):
    __order__ = "bleu jaune violet rose"
    bleu = "Bleu : revenus très modestes"
    jaune = "Jaune : revenus modestes"
    violet = "Violet : revenus intermédiaires"
    rose = "Rose : revenus supérieurs"


class maprimerenov_condition_proprietaire(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Être propriétaire du logement que l'on habite"
    reference = MAPRIMERENOV

    def formula(menage, period):
        statut = menage("statut_occupation_logement", period)
        return (statut == Statut.proprietaire) + (statut == Statut.primo_accedant)


class maprimerenov_condition_majorite(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "Être majeur ou émancipé"
    reference = MAPRIMERENOV

    def formula(menage, period):
        return menage.personne_de_reference("majeur", period)


class maprimerenov_categorie(Variable):
    value_type = Enum
    possible_values = CategorieMaPrimeRenov
    default_value = CategorieMaPrimeRenov.rose
    entity = Menage
    definition_period = MONTH
    label = "Couleur du ménage pour MaPrimeRénov'"
    reference = MAPRIMERENOV

    def formula_2025_01_01(menage, period):
        ressources = menage("anah_ressources", period)
        couleurs = CategorieMaPrimeRenov
        plafonds = ("anah_plafond_tres_modeste", "anah_plafond_modeste", "anah_plafond_intermediaire")
        return select(
            [ressources <= menage(plafond, period) for plafond in plafonds],
            [couleurs.bleu.index, couleurs.jaune.index, couleurs.violet.index],
            default=couleurs.rose.index,
        )


class maprimerenov_taux_renovation_ampleur(Variable):
    value_type = float
    entity = Menage
    definition_period = MONTH
    unit = "percent"
    label = "Part des travaux payée pour une rénovation d'ampleur"
    reference = MAPRIMERENOV

    def formula_2025_10_01(menage, period, parameters):
        taux = parameters(period).aides_nationales.anah.renovation_ampleur.taux
        couleur = menage("maprimerenov_categorie", period)
        couleurs = CategorieMaPrimeRenov
        return select(
            [couleur == couleurs.bleu, couleur == couleurs.jaune, couleur == couleurs.violet],
            [taux.tres_modeste, taux.modeste, taux.intermediaire],
            default=taux.superieur,
        )

    def formula(menage, period):
        return full(menage.count, nan)


class maprimerenov(Variable):
    value_type = bool
    entity = Menage
    definition_period = MONTH
    label = "MaPrimeRénov'"
    reference = MAPRIMERENOV

    def formula_2025_01_01(menage, period):
        return menage("maprimerenov_condition_majorite", period) * menage("maprimerenov_condition_proprietaire", period)
