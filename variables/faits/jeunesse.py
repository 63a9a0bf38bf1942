"""What pupils, apprentices and young people say of themselves, and the age that they reach in the calendar year."""

from numpy import datetime64
from openfisca_core.indexed_enums import Enum
from openfisca_france.model.base import MONTH, Individu, Variable, set_input_dispatch_by_period
from openfisca_france.model.prestations.education import TypesScolarite

ANNEE_DE_NAISSANCE = [
    "Article R543-2 du code de la sécurité sociale",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000019281627",
]


class age_dans_l_annee(Variable):
    value_type = int
    entity = Individu
    definition_period = MONTH
    label = "Âge que la personne atteint dans l'année civile"
    unit = "years"
    reference = ANNEE_DE_NAISSANCE

    def formula(individu, period):
        naissance = individu("date_naissance", period).astype("datetime64[Y]")
        return (datetime64(str(period.start), "Y") - naissance).astype(int)


class eleve_interne(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Élève interne (il dort au collège ou au lycée)"
    set_input = set_input_dispatch_by_period


class mention_bien_ou_tres_bien_au_brevet(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "A eu la mention « bien » ou « très bien » au brevet"
    set_input = set_input_dispatch_by_period


class premiere_annee_formation_a_equipement(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Première année d'une formation professionnelle ou technologique qui demande un équipement"
    set_input = set_input_dispatch_by_period


class FormationAnimation(Enum):
    __order__ = "aucune bafa_generale bafa_derniere_session bafd"
    aucune = "Aucune"
    bafa_generale = "BAFA, formation générale"
    bafa_derniere_session = "BAFA, approfondissement ou qualification"
    bafd = "BAFD, formation générale"


class formation_animation(Variable):
    value_type = Enum
    possible_values = FormationAnimation
    default_value = FormationAnimation.aucune
    entity = Individu
    definition_period = MONTH
    label = "Session du BAFA ou du BAFD à laquelle la personne est inscrite"
    set_input = set_input_dispatch_by_period


class boursier_etudes_superieures(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "A une bourse ou une aide annuelle pour ses études supérieures, ou n'étudie pas dans l'enseignement supérieur"
    set_input = set_input_dispatch_by_period

    def formula(individu, period):
        """Nothing is to be asked of those who are not students, or who said that they hold a grant."""
        return (individu("scolarite", period) != TypesScolarite.enseignement_superieur) + individu("boursier", period)


class cout_club_sport(Variable):
    value_type = float
    entity = Individu
    definition_period = MONTH
    label = "Coût de l'adhésion et de la licence dans un club de sport affilié à une fédération"
    unit = "currency"
    set_input = set_input_dispatch_by_period


class apprenti_du_batiment(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Apprenti ou alternant dans une entreprise du bâtiment ou des travaux publics"
    set_input = set_input_dispatch_by_period


class affilie_msa(Variable):
    value_type = bool
    entity = Individu
    definition_period = MONTH
    label = "Affilié au régime agricole (MSA)"
    set_input = set_input_dispatch_by_period
