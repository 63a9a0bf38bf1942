"""Housing aid (APL, ALF, ALS): which one it is, and the conditions that decide whether it is paid."""

from numpy import append, arange, ceil, flatnonzero, ones, select, where, zeros
from numpy import logical_not as not_
from openfisca_core.model_api import MONTH, Enum, Variable, round_, set_input_dispatch_by_period
from openfisca_france.entities import Famille, Individu
from openfisca_france.model.base import TypesStatutOccupationLogement as Statut

from tznr_rules.corrections.aides_logement import EchelleDesRessources, FamilleSi, montant_au_loyer_maximum, montant_du_bareme

L822_2 = [
    "Article L822-2 du code de la construction et de l'habitation",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000038814944",
]
L822_3 = [
    "Article L822-3 du code de la construction et de l'habitation",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000038814942",
]
L822_5 = [
    "Article L822-5 du code de la construction et de l'habitation",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000038814936",
]
ACCESSION = [
    "Article 126 de la loi n° 2017-1837 de finances pour 2018",
    "https://www.legifrance.gouv.fr/eli/loi/2017/12/30/CPAX1723900L/jo/article_126",
]
ETUDIANTS = [
    "Article 179 de la loi n° 2026-103 du 19 février 2026 de finances pour 2026",
    "https://www.legifrance.gouv.fr/jorf/article_jo/JORFARTI000053509383",
]
D823_16 = [
    "Article D823-16 du code de la construction et de l'habitation",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000038878905",
]
DEGRESSIVITE = [
    "Article 10 de l'arrêté du 27 septembre 2019",
    "https://www.legifrance.gouv.fr/loda/article_lc/LEGIARTI000039160745",
]
D842_2 = [
    "Article D842-2 du code de la construction et de l'habitation",
    "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006074096",
]
ALTERNANCE = ["Conseil d'État, 21 juillet 2017, n° 398563", "https://www.legifrance.gouv.fr/ceta/id/CETATEXT000035260342/"]
L821_1 = [
    "Article L821-1 du code de la construction et de l'habitation",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000038814980",
]


class NatureAideLogement(Enum):
    __order__ = "aucune apl alf als"
    aucune = "Aucune aide au logement"
    apl = "Aide personnalisée au logement"
    alf = "Allocation de logement familiale"
    als = "Allocation de logement sociale"


class aide_logement_nature(Variable):
    value_type = Enum
    possible_values = NatureAideLogement
    default_value = NatureAideLogement.aucune
    entity = Famille
    definition_period = MONTH
    label = "Nature de l'aide au logement"
    reference = L821_1

    def formula(famille, period):
        natures = (NatureAideLogement.apl, NatureAideLogement.alf, NatureAideLogement.als)
        recues = [famille(nature.name, period) > 0 for nature in natures]
        return select(recues, [nature.index for nature in natures], default=NatureAideLogement.aucune.index)


class titre_sejour_etudiant(Variable):
    value_type = bool
    default_value = True
    entity = Individu
    definition_period = MONTH
    set_input = set_input_dispatch_by_period
    label = "Visa ou titre de séjour de la catégorie « étudiant », pour un étudiant d'un pays hors d'Europe"
    reference = ETUDIANTS


class aide_logement_condition_occupation(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Être locataire, habiter en foyer ou acheter son logement"
    reference = L822_2

    def formula(famille, period):
        statut = famille.demandeur.menage("statut_occupation_logement", period)
        locataire = (statut == Statut.locataire_hlm) + (statut == Statut.locataire_vide) + (statut == Statut.locataire_meuble)
        foyer = (statut == Statut.locataire_foyer) + famille.demandeur.menage("logement_crous", period)
        return locataire + foyer + (statut == Statut.primo_accedant)


class aide_logement_condition_pret(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Pour un logement que l'on achète, avoir un prêt assez ancien"
    reference = ACCESSION

    def formula(famille, period):
        acheteur = famille.demandeur.menage("statut_occupation_logement", period) == Statut.primo_accedant
        pret_ancien = famille.demandeur.menage("aides_logement_primo_accedant_eligibilite", period)
        return not_(acheteur) + pret_ancien + famille.demandeur.menage("logement_crous", period)


class aide_logement_condition_hebergement(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Ne pas être hébergé ni logé gratuitement"
    reference = L822_2

    def formula(famille, period):
        statut = famille.demandeur.menage("statut_occupation_logement", period)
        return not_(famille("heberge", period)) * (statut != Statut.loge_gratuitement)


class aide_logement_condition_bailleur(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Ne pas louer un logement qui appartient à un parent, un enfant ou au conjoint"
    reference = L822_3

    def formula(famille, period):
        return not_(famille("proprietaire_proche_famille", period))


class aide_logement_condition_etudiant(Variable):
    value_type = bool
    default_value = True
    entity = Famille
    definition_period = MONTH
    label = "Pour un étudiant étranger, être d'un pays européen, avoir une bourse, ou avoir un titre de séjour autre qu'« étudiant »"
    reference = ETUDIANTS + L822_2

    def formula_2026_07_01(famille, period):
        """In a couple one adult who may claim is enough: the spouses choose who claims, and article L822-2 speaks of that person alone."""
        europeen = famille.members("ressortissant_eee", period) + (famille.members("nationalite", period) == b"CH")
        titre_etudiant = famille.members("etudiant", period) * famille.members("titre_sejour_etudiant", period)
        bourse_scolaire = (famille("bourse_college", period) > 0) + (famille("bourse_lycee", period) > 0)
        bourse = (famille.members("bourse_criteres_sociaux", period) > 0) + (
            famille.members("boursier", period) * not_(famille.project(bourse_scolaire))
        )
        return famille.any(europeen + not_(titre_etudiant) + bourse, role=Famille.PARENT)


class aide_logement_condition_loyer(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Habiter un logement dont le loyer, la redevance ou le prêt est à payer"
    reference = L822_5

    def formula(famille, period):
        return famille.demandeur.menage("loyer", period) > 0


class aide_logement_handicap_reconnu(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Recevoir l'allocation aux adultes handicapés ou l'allocation d'éducation de l'enfant handicapé"
    reference = D823_16

    def formula(famille, period):
        return famille.any(famille.members("aah", period) > 0, role=Famille.PARENT) + (famille("aeeh", period) > 0)


class aide_logement_loyer_compare(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    unit = "currency"
    label = "Loyer comparé au loyer maximum (zéro quand aucun maximum ne s'applique)"
    reference = D823_16 + DEGRESSIVITE

    def formula(famille, period):
        return where(famille("aide_logement_loyer_sans_maximum", period), 0, famille("aide_logement_loyer_reel", period))


class aide_logement_part_gardee(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    unit = "/1"
    label = "Part de l'aide que laisse le loyer, qui la fait baisser à partir d'un certain montant"
    reference = D823_16 + DEGRESSIVITE

    def formula_2016_07_01(famille, period, parameters):
        locatif = parameters(period).prestations_sociales.aides_logement.allocations_logement.locatif
        coefficients = locatif.coefficients_degressivite_suppression[famille.demandeur.menage("zone_apl", period)]
        plafond, loyer = famille("aide_logement_loyer_plafond", period), famille("aide_logement_loyer_reel", period)
        debut, fin = round_(plafond * coefficients.degressivite, 2), round_(plafond * coefficients.suppression, 2)
        part = select([loyer <= debut, loyer <= fin], [1, 1 - ((loyer - debut) / (fin - debut))], 0)
        return where(famille("aide_logement_loyer_sans_maximum", period), 1, part)


class aide_logement_loyer_sans_maximum(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Aide que le loyer ne fait pas baisser : en foyer, pour un achat, ou avec l'AAH ou l'AEEH"
    reference = D823_16 + DEGRESSIVITE

    def formula(famille, period):
        statut = famille.demandeur.menage("statut_occupation_logement", period)
        sans_maximum = (statut == Statut.primo_accedant) + (statut == Statut.locataire_foyer)
        return sans_maximum + famille("aide_logement_handicap_reconnu", period)


class aide_logement_loyer_maximum(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    unit = "currency"
    label = "Loyer à partir duquel l'aide n'est plus versée"
    reference = D823_16 + DEGRESSIVITE

    def formula_2016_07_01(famille, period, parameters):
        locatif = parameters(period).prestations_sociales.aides_logement.allocations_logement.locatif
        coefficient = locatif.coefficients_degressivite_suppression[famille.demandeur.menage("zone_apl", period)].suppression
        return round_(famille("aide_logement_loyer_plafond", period) * coefficient, 2)


class aide_logement_loyer_plein(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    unit = "currency"
    label = "Loyer payé à partir duquel l'aide n'augmente plus"
    reference = D823_16 + D842_2

    def formula(famille, period, parameters):
        statut = famille.demandeur.menage("statut_occupation_logement", period)
        meuble = (statut == Statut.locataire_meuble) + (statut == Statut.non_renseigne)
        part = where(meuble, parameters(period).aides_nationales.aide_logement.part_loyer_meuble, 1)
        return famille("aide_logement_loyer_plafond", period) / part


class aide_logement_condition_loyer_maximum(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir un loyer sous le niveau où l'aide s'arrête, sauf en foyer, pour un achat, ou avec l'AAH ou l'AEEH"
    reference = D823_16 + DEGRESSIVITE

    def formula(famille, period):
        return famille("aide_logement_loyer_compare", period) < famille("aide_logement_loyer_maximum", period)


class aide_logement_montant_bareme(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    unit = "currency"
    label = "Aide au logement d'après le loyer, les ressources et la famille, avant les cas où elle n'est pas due"
    reference = D823_16 + ALTERNANCE

    def formula(famille, period, parameters):
        return montant_du_bareme(famille, period, parameters)


class aide_logement_logement_retenu(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Logement et loyer d'après lesquels l'aide se calcule (sinon, le loyer le plus haut pris en compte)"
    reference = D823_16

    def formula(famille, period):
        conditions = ("occupation", "pret", "loyer", "loyer_maximum")
        retenu = ones(famille.count, dtype=bool)
        for condition in conditions:
            retenu = retenu * famille(f"aide_logement_condition_{condition}", period)
        return retenu


class aide_logement_condition_ressources(Variable):
    value_type = bool
    entity = Famille
    definition_period = MONTH
    label = "Avoir des ressources sous le niveau où l'aide s'arrête pour ce logement"
    reference = D823_16

    def formula(famille, period, parameters):
        montant = famille("aide_logement_montant_bareme", period).copy()
        autres = flatnonzero(not_(famille("aide_logement_logement_retenu", period)))
        if len(autres):
            montant[autres] = montant_au_loyer_maximum(FamilleSi(famille, parameters, {}).parmi(autres), period, parameters)
        return montant > 0


class aide_logement_reduction_possible(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    unit = "currency"
    label = "Réduction de loyer de solidarité du logement, quand les ressources y donnent droit"
    reference = D823_16

    def formula(famille, period):
        foyer = famille.demandeur.menage("statut_occupation_logement", period) == Statut.locataire_foyer
        conventionne = famille.demandeur.menage("logement_conventionne", period)
        return famille("reduction_loyer_solidarite_montant", period) * conventionne * not_(foyer)


class aide_logement_ressources_maximum(Variable):
    value_type = float
    entity = Famille
    definition_period = MONTH
    unit = "currency"
    label = "Ressources annuelles à partir desquelles l'aide n'est plus versée"
    reference = D823_16

    def formula(famille, period, parameters):
        """The first step of resources at which nothing is paid: with the cut of the rent, unless it ends before the aid does."""
        pas = parameters(period).aides_nationales.aide_logement.arrondi_ressources
        echelle = EchelleDesRessources(FamilleSi(famille, parameters, {}), period, parameters, pas)
        reduction = famille("aide_logement_reduction_possible", period)
        toutes, reduites = arange(famille.count), flatnonzero(reduction)
        premiers = echelle.premier_pas_sans_aide(append(toutes, reduites), append(zeros(famille.count), reduction[reduites]))
        sans, avec = premiers[toutes], premiers[famille.count :]
        fin = ceil(famille("reduction_loyer_solidarite_plafond_ressources", period)[reduites] * 12 / pas)
        sans_reduction = famille("reduction_loyer_solidarite", period)[reduites] == 0
        continue_sans = (avec > fin - 1) + sans_reduction * (sans[reduites] > fin)
        sans[reduites] = where(continue_sans, sans[reduites], avec)
        return sans * pas


class aide_logement_enfants_en_alternance(Variable):
    value_type = int
    entity = Famille
    definition_period = MONTH
    label = "Nombre d'enfants à charge qui vivent en alternance chez chacun de leurs parents"
    reference = ALTERNANCE

    def formula(famille, period, parameters):
        prestations = parameters(period).prestations_sociales.prestations_familiales.prestations_generales
        age = famille.members("age", period)
        compte = (age >= prestations.af.af_cm.age1) * (age < prestations.cf.cf_cm.age_max)
        compte = compte * not_(famille.members("autonomie_financiere", period)) * famille.members("garde_alternee", period)
        return famille.sum(compte, role=Famille.ENFANT)
