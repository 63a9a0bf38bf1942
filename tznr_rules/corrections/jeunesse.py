"""Corrections of the rights of young people: sport, culture, holidays, museums, trains, driving licence."""

from tznr_rules.corrections import Correction


class pass_sport:
    correction = Correction(
        defect="Les règles étaient celles de 2022, sans dates de campagne, et un enfant handicapé ouvrait le pass à ses frères et sœurs.",
        since="2024-01-01",
        title="Pass'Sport (ministère des sports)",
        href="https://www.pass.sports.gouv.fr",
        confidence="high",
    )

    def formula_2024_01_01(individu, period, parameters):
        conditions = (
            individu("pass_sport_condition_campagne", period)
            * individu("pass_sport_condition_age", period)
            * individu("pass_sport_condition_situation", period)
        )
        return conditions * parameters(period).prestations_sociales.education.pass_sport.montant


class pass_culture:
    correction = Correction(
        defect="La somme en plus à 18 ans (quotient familial bas ou handicap) manquait.",
        since="2025-03-01",
        title="Décret n° 2025-195 du 27 février 2025 relatif au pass Culture, article 2",
        href="https://www.legifrance.gouv.fr/jorf/article_jo/JORFARTI000051261338",
        confidence="high",
    )

    def formula_2025_03_01(individu, period, parameters):
        regles = parameters(period).prestations_sociales.education.pass_culture
        age = individu("pass_culture_age", period)
        return regles.montants.calc(age) * (age <= regles.age_maximum) + individu("pass_culture_bonus", period)


class gratuite_musees_monuments:
    correction = Correction(
        defect="La résidence dans l'Union européenne était déduite de la nationalité : un jeune étranger qui vit à Rennes était refusé. "
        "Les moins de 18 ans, qui entrent tous sans payer, l'étaient aussi.",
        since="2009-04-04",
        title="Gratuité des musées et monuments nationaux (service-public.fr)",
        href="https://www.service-public.gouv.fr/particuliers/vosdroits/F20348",
        confidence="high",
    )

    def formula_2009_04_04(individu, period, parameters):
        age = individu("age", period)
        return (age >= 0) * (age <= parameters(period).prestations_sociales.education.gratuite_musees_monuments.age_max)


class carte_sncf_eleve_apprenti_eligibilite:
    correction = Correction(
        defect="Un élève du collège ou du lycée n'était compté que si son activité était « étudiant », et jusqu'à l'âge des étudiants ; "
        "un alternant qui n'indique pas la date de son contrat n'était pas compté.",
        since="2019-06-15",
        title="Tarif élèves, étudiants et apprentis (SNCF)",
        href="https://www.sncf.com/fr/offres-voyageurs/cartes-tarifs-grandes-lignes/eleves-apprentis",
        confidence="medium",
    )

    def formula_2019_06_15(individu, period):
        return individu("carte_sncf_eleve_apprenti_condition_statut", period) * individu(
            "carte_sncf_eleve_apprenti_condition_residence", period
        )


class depart1825_eligibilite:
    correction = Correction(
        defect="Un apprenti n'était compté que s'il se disait alternant ; la garantie jeunes, finie en 2022, était encore lue.",
        since="2024-01-01",
        title="Départ 18:25, conditions de l'aide (ANCV)",
        href="https://depart1825.com/eligibilite/",
        confidence="high",
    )

    def formula_2024_01_01(individu, period):
        return individu("depart_18_25_condition_age", period) * individu("depart_18_25_condition_situation_ou_ressources", period)


class aide_permis_demandeur_emploi:
    correction = Correction(
        defect="L'aide est finie depuis le 1er avril 2026 ; elle était encore versée.",
        since="2026-04-01",
        title="Aide au permis de conduire des demandeurs d'emploi (service-public.fr)",
        href="https://www.service-public.gouv.fr/particuliers/vosdroits/F1719",
        confidence="high",
    )

    def formula_2026_04_01(individu, period):
        return individu.filled_array(0)


class aide_permis_pro_btp:
    correction = Correction(
        defect="Le revenu fiscal de référence de l'année en cours, que personne ne connaît encore, était lu ; c'est celui du dernier avis "
        "d'imposition. Être apprenti du bâtiment se lisait dans un code de spécialité de formation que personne ne sait dire.",
        since="2023-01-01",
        title="Aide au permis de conduire des apprentis du bâtiment (PRO BTP)",
        href="https://www.probtp.com/part/apprenti/aide-permis.html",
        confidence="low",
    )

    def formula_2023_01_01(individu, period, parameters):
        conditions = (
            individu("aide_permis_pro_btp_condition_age", period)
            * individu("aide_permis_pro_btp_condition_ressources", period)
            * individu("aide_permis_pro_btp_condition_apprenti", period)
        )
        return conditions * parameters(period).aides_nationales.aide_permis_pro_btp.montant
