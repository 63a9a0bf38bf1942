"""Every card says something at every month of the law that is modelled, or says why it cannot."""

from typing import Any

import pytest

from tznr_rules.catalogue import cards, catalogue
from tznr_rules.evaluation import entitlements
from tznr_rules.system import MODELLED

FAMILY: dict[str, Any] = {
    "depcom": "35238",
    "logement": {"statut_occupation_logement": "locataire_hlm", "loyer": 420},
    "personnes": [
        {"id": "nadia", "date_naissance": "1984-05-12", "activite": "actif", "salaire_net": 850},
        {"id": "omar", "lien": "conjoint", "date_naissance": "1957-02-03", "activite": "retraite", "retraite_nette": 600},
        {"id": "lea", "lien": "enfant", "date_naissance": "2015-03-02"},
        {"id": "sami", "lien": "enfant", "date_naissance": "2008-06-20"},
        {"id": "ines", "lien": "autre", "date_naissance": "2004-01-15", "activite": "etudiant"},
    ],
}


def months(first: str, last: str) -> list[str]:
    years = range(int(first[:4]), int(last[:4]) + 1)
    return [month for month in (f"{year}-{number:02d}" for year in years for number in range(1, 13)) if first <= month <= last]


@pytest.mark.parametrize("month", months(*MODELLED))
def test_every_card_is_evaluated_in_every_month_that_it_models(month: str) -> None:
    report = entitlements(FAMILY, date=month)
    assert [benefit.id for benefit in report] == list(catalogue())
    wrong = [benefit.id for benefit in report if (benefit.not_modelled is None) != catalogue()[benefit.id].models(month)]
    assert wrong == []


def test_a_card_outside_its_dates_is_neither_due_nor_refused_and_the_report_says_why() -> None:
    dated = [card for card in cards() if card.since and card.since > MODELLED[0]]
    assert dated
    report = entitlements(FAMILY, date=MODELLED[0], benefits=[dated[0].id, "rsa"])
    benefit = report[dated[0].id]
    assert (benefit.status, benefit.amount, benefit.reasons) == ("undetermined", None, ())
    assert benefit.not_modelled is not None
    assert benefit.not_modelled in [each.why for each in report.not_assessed]
    assert report["rsa"].not_modelled is None
    assert benefit.label in report.to_text()
    assert not any(benefit.id in question.benefits for question in report.questions)
