"""Social housing, shared ownership of homes on leased land, the rent cut of social tenants and the rent aid of apprentices."""

from typing import Any

from numpy import array, minimum, ndarray, select

from tznr_rules.corrections import Correction
from tznr_rules.zones import zones_abc


class reduction_loyer_solidarite:
    """The cut of the family that rents the dwelling, not of the families that it houses free of charge."""

    correction = Correction(
        defect="La réduction de loyer était comptée aussi pour une famille hébergée gratuitement par le locataire.",
        since="2018-01-01",
        title="Article 1 du décret n° 2018-136 du 27 février 2018",
        href="https://www.legifrance.gouv.fr/jorf/article_jo/JORFARTI000036649988",
        confidence="high",
    )

    def formula_2018_01_01(famille: Any, period: Any) -> Any:
        from openfisca_france.model.prestations.reduction_loyer_solidarite import reduction_loyer_solidarite as origine

        return origine.formula_2018_01_01(famille, period) * ~famille("heberge", period)


class logement_social_categorie_menage:
    """The category by the dependants and the couple, one more for a disability card."""

    correction = Correction(
        defect="Un couple qui n'est plus jeune et dont l'enfant n'est plus à charge avait le plafond de six personnes ; la carte mobilité "
        "inclusion « invalidité » ne faisait pas monter d'une catégorie ; un enfant à naître comptait.",
        since="2017-01-01",
        title="Arrêté du 29 juillet 1987 relatif aux plafonds de ressources, annexe I",
        href="https://www.legifrance.gouv.fr/loda/article_lc/LEGIARTI000053307202/2026-01-01",
        confidence="medium",
    )

    def formula(famille: Any, period: Any) -> Any:
        from openfisca_france.model.prestations.logement_social import CategorieMenageLogementSocial

        rang = famille("logement_social_rang_categorie", period)
        *premieres, derniere = CategorieMenageLogementSocial
        return select([rang == position for position in range(len(premieres))], premieres, default=derniere)


class logement_social_plafond_ressources:
    """The ceiling of ordinary social homes (PLUS), where OpenFisca-France reads that of the cheapest ones (PLAI)."""

    correction = Correction(
        defect="Le plafond était celui des logements PLAI, réservés aux plus démunis, au lieu de celui des logements PLUS.",
        since="2017-01-01",
        title="Arrêté du 29 juillet 1987 relatif aux plafonds de ressources, annexe I",
        href="https://www.legifrance.gouv.fr/loda/article_lc/LEGIARTI000053307202/2026-01-01",
        confidence="high",
    )

    def formula(famille: Any, period: Any, parameters: Any) -> Any:
        plafonds = parameters(period).prestations_sociales.aides_logement.logement_social.plu
        zone = famille.demandeur.menage("zone_logement_social", period)
        plafond = plafonds.par_categorie_de_menage[famille("logement_social_categorie_menage", period)][zone]
        return plafond + famille("logement_social_personnes_en_plus", period) * plafonds.par_personne_supplementaire[zone]


class logement_social_eligible:
    """The incomes of both members of a couple, and no year that is not over."""

    correction = Correction(
        defect="Le revenu du concubin qui déclare à part ne comptait pas ; le revenu de l'année en cours, incomplet, était comparé à celui "
        "d'une année entière ; une baisse d'exactement 10 % ne comptait pas.",
        since="2017-01-01",
        title="Article 4 de l'arrêté du 29 juillet 1987 relatif aux plafonds de ressources",
        href="https://www.legifrance.gouv.fr/loda/id/JORFTEXT000000294318",
        confidence="medium",
    )

    def formula_2017(famille: Any, period: Any) -> Any:
        age, sejour = famille("logement_social_condition_age", period), famille("logement_social_condition_sejour", period)
        return age * sejour * famille("logement_social_condition_ressources", period)


class bail_reel_solidaire_zones_menage:
    """The zone of each dwelling, from a table read once instead of once for each dwelling."""

    correction = Correction(
        defect="Le fichier des zones des 35 000 communes était relu pour chaque logement.",
        since="2024-07-01",
        title="Article R255-1 du code de la construction et de l'habitation",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000050009519/",
        confidence="high",
    )

    def formula(menage: Any, period: Any) -> Any:
        zones = zones_abc()
        communes = menage("depcom", period).astype(str)
        return array([zones.get(commune, "") for commune in communes], dtype="<U4")


class bail_reel_solidaire_plafond_total:
    """The ceiling by category of household, as the State's own simulator says."""

    correction = Correction(
        defect="Le plafond suivait le nombre d'habitants du logement, hébergés et enfants à naître compris, au lieu de la catégorie "
        "de ménage (un jeune couple ou un parent seul avec un enfant a le plafond de la catégorie 3).",
        since="2024-07-01",
        title="BoRiS, plafonds du bail réel solidaire (État, beta.gouv.fr)",
        href="https://boris.beta.gouv.fr/simulateur-eligibilite",
        confidence="medium",
    )

    def formula(menage: Any, period: Any, parameters: Any) -> Any:
        zones = parameters(period).prestations_sociales.bail_reel_solidaire.plafonds_par_zones
        rang = menage.personne_de_reference.famille("logement_social_rang_categorie", period)
        personnes = menage.personne_de_reference.famille("logement_social_personnes_en_plus", period)
        ici = menage("bail_reel_solidaire_zones_menage", period)
        noms = parameters(period).prestations_sociales.bail_reel_solidaire.parametres_generaux.zones_abc_eligibles
        return select([ici == nom for nom in noms], [_plafond_brs(zones[f"zone_{nom}"], rang, personnes) for nom in noms])


class bail_reel_solidaire:
    """Every condition of the law that can be computed."""

    correction = Correction(
        defect="L'âge et, depuis 2025, le fait de ne pas posséder déjà un logement adapté n'étaient pas demandés ; le revenu de toutes les "
        "personnes du logement était compté, hébergées comprises.",
        since="2024-07-01",
        title="Article R255-1 du code de la construction et de l'habitation",
        href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000050009519/",
        confidence="medium",
    )

    def formula(menage: Any, period: Any) -> Any:
        droit = menage("bail_reel_solidaire_condition_age", period)
        for condition in ("sans_logement", "ressources"):
            droit = droit * menage(f"bail_reel_solidaire_condition_{condition}", period)
        return droit


def _plafond_brs(zone: Any, rang: ndarray, personnes: ndarray) -> ndarray:
    """The ceiling of a zone for a rank of category that starts at zero; its nodes are numbered from one."""
    plafonds = [zone[name] for name in sorted(name for name in zone if name.startswith("nb_personnes_") and name[-1].isdigit())]
    *premiers, dernier = plafonds
    base: ndarray = select([rang == position for position in range(len(premiers))], premiers, default=dernier)
    return base + personnes * zone.nb_personnes_supplementaires


class mobili_jeune:
    """The aid of who rents away from the parents, up to the pay of the rules in force, in any private firm."""

    correction = Correction(
        defect="Le salaire maximal était resté à un Smic (0,8 Smic en février 2024, 1,2 Smic depuis le 29 octobre 2024), réduit à tort "
        "pour un temps partiel ; l'aide était comptée pour un jeune qui vit chez ses parents locataires ou qui est hébergé, et pour l'aide "
        "du secteur agricole, qui est une autre ; l'employeur devait cotiser au 1 % logement.",
        since="2024-02-15",
        title="L'aide Mobili-Jeune (CLLAJ de Saint-Lô)",
        href="https://cllaj-saint-lo.fr/comment-fonctionne-laide-mobili-jeune-apprentis-guide-complet/",
        confidence="medium",
    )

    def formula_2022_06_01(individu: Any, period: Any, parameters: Any) -> Any:
        maximum = parameters(period).prestations_sociales.education.mobilite.mobili_jeune.montant.maximum.autres_secteurs
        montant = minimum(individu("mobili_jeune_reste_a_charge", period), maximum)
        for condition in ("age", "activite", "alternance", "employeur", "remuneration", "location", "reste_a_charge"):
            montant = montant * individu(f"mobili_jeune_condition_{condition}", period)
        return montant
