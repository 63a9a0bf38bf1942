"""Social housing, shared ownership of homes on leased land, the rent cut of social tenants and the rent aid of apprentices."""

from typing import Any

from tznr_rules.corrections import Correction


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
