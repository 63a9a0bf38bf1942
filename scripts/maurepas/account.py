"""The account of a sample, in plain French: what was asked, what was got, and what is not known."""

from collections.abc import Iterable, Sequence

import numpy as np

from maurepas.margins import HOUSEHOLDS, MARGINS, POPULATION, Array, Drawn
from maurepas.take_up import CORRELATION, ENDED, FORGOTTEN, HALF, LATE, RATES, SILENT
from tznr_rules.batch import Results
from tznr_rules.interactions import label_of
from tznr_rules.wording import number, plain

TEXT = """# Échantillon synthétique de Maurepas

**Aucun de ces foyers n'existe.** `{name}` décrit {households} foyers inventés ({persons} personnes), en novembre 2026. Ils servent à
essayer les outils d'analyse, à les enseigner et à les vérifier. Ils imitent quelques grands traits du quartier, lus dans les données
carroyées de l'Insee. Ils ne disent rien du non-recours réel à Maurepas : **aucune étude n'en donne le taux**. Ce qu'on y lit du
non-recours est ce que nous y avons mis.

## Le fichier

Une ligne par personne, séparateur `;`, encodage UTF-8, point décimal. Une case vide veut dire « on ne sait pas », jamais zéro.

| colonnes | ce qu'elles disent |
|---|---|
| `id_menage`, `id`, `lien` | le foyer, la personne, son lien avec le demandeur |
| `poids` | combien de foyers du quartier ce foyer représente ; la somme est de {population} |
| `date_naissance`, `activite`, `salaire_net`, ... | les faits, sous les noms du [contrat d'un foyer](../../docs/household.md) |
| `salaire_net.2026-08` | le salaire d'un mois ; la colonne `salaire_net` est alors vide |
| `avis_imposition.2024.rfr` | l'avis d'imposition du demandeur ; `personne.avis_imposition.2024.rfr`, celui de qui déclare seul |
| `recus.rsa` | ce que la personne, ou sa famille, reçoit : euros par mois, ou par an pour une aide annuelle ; oui ou non pour un droit |

Ce qui vaut pour tout le foyer (`poids`, `depcom`, `loyer`, ...) est répété sur chaque ligne.

## Comment il est fait

1. Des vies sont tirées au sort : qui vit ensemble, à quel âge, de quel travail, dans quel logement. Les revenus sont ceux d'avant les
   aides.
2. Le moteur de `tznr_rules` calcule ce qui est dû à chaque foyer.
3. Chaque foyer reçoit ou non chaque aide, d'après les taux de non-recours publiés. Les tirages d'un même foyer sont liés (copule
   gaussienne à un facteur, corrélation {correlation}) : qui ne demande pas une aide en oublie souvent d'autres.
4. Les montants reçus sont ceux que le moteur calcule, une fois connu ce que le foyer reçoit d'autre. Pour le RSA et la prime d'activité,
   {late} % sont ceux d'un autre trimestre, et {ended} % des foyers sans droit en reçoivent encore.
5. Les poids sont calés sur les marges mesurées par la méthode du *raking ratio* (Deville et Särndal, 1992).
6. Des réponses manquent, comme dans une enquête : {silent} % des foyers en laissent {half} % vides, les autres {forgotten} %.

Graine du tirage : `{seed}`. Elle a été choisie parmi sept, parce que les marges qui ne sont pas calées y sont proches de ce qui était
demandé ; les taux de non-recours n'y sont pour rien. Le même code, les mêmes règles de droit et la même graine donnent le même fichier :

```sh
python scripts/build_sample.py
```

## Ce qui était demandé, ce qui est obtenu

*Mesuré* : lu dans Filosofi 2021 (Insee), carreaux de 200 m, huit carreaux autour des stations Gros-Chêne et Les Gayeulles, {population}
foyers. Ce n'est pas le périmètre du quartier prioritaire. *Déduit* : calculé à partir de chiffres mesurés. *Supposé* : une hypothèse,
qu'aucune source locale ne confirme. Les poids sont calés sur les lignes mesurées ; les autres ne font que guider le tirage.

| marge | demandé | obtenu | écart | origine |
|---|---:|---:|---:|---|
{margins}

Le niveau de vie est le revenu du foyer, aides reçues comprises et avant impôt, divisé par ses unités de consommation. Sont pauvres les
foyers sous le seuil de pauvreté, {line} € par mois pour une personne seule : c'est le dernier seuil publié, celui des revenus de 2023. Le
niveau de vie de 2021 est donc repris en part du seuil de 2021 (1 158 €), et non en euros.

Les poids vont de {lightest} à {heaviest} ; à précision égale, un tirage sans calage aurait {effective} foyers.

## Le non-recours qui y a été mis

Taux demandé : la moyenne des taux des foyers qui ont droit à l'aide. Taux obtenu : la part de ces foyers qui ne la reçoivent pas, sans
les poids. Un petit nombre de foyers suffit à les écarter l'un de l'autre.

| aide | foyers qui y ont droit | demandé | obtenu | origine |
|---|---:|---:|---:|---|
{rates}

Ces taux sont nationaux, d'années et de champs différents : ils ne se comparent pas entre eux.

## Ce qu'il ne faut pas en faire

- Citer un de ses chiffres comme un résultat sur Maurepas, Rennes ou leurs habitants.
- En tirer le nombre de foyers qui manquent plusieurs droits : ce nombre dépend de la corrélation supposée.
- Lire les revenus comme une mesure : seuls le niveau de vie moyen et la part de foyers pauvres sont calés.
"""


def written(name: str, seed: str, drawn: Drawn, weights: Array, due: Results, asked: Array, receipts: Array) -> str:
    """The account, in Markdown.

    Args:
        asked: the rate of non-take-up that each household (row) was drawn with for each benefit (column).
        receipts: what each household receives of each benefit, before some answers are left out.
    """
    return (
        plain(
            TEXT.format(
                name=name,
                seed=seed,
                households=HOUSEHOLDS,
                persons=int(drawn.size.sum()),
                population=number(POPULATION),
                correlation=number(CORRELATION, 1),
                late=number(100 * LATE, 0),
                ended=number(100 * ENDED, 1),
                silent=number(100 * SILENT, 0),
                half=number(100 * HALF, 0),
                forgotten=number(100 * FORGOTTEN, 1),
                margins=_rows(_margins(drawn, weights)),
                line=number(drawn.line, 0),
                lightest=number(weights.min(), 1),
                heaviest=number(weights.max(), 1),
                effective=number(weights.sum() ** 2 / np.sum(weights**2), 0),
                rates=_rows(_rates(due, asked, receipts)),
            )
        ).rstrip()
        + "\n"
    )


def _margins(drawn: Drawn, weights: Array) -> Iterable[Sequence[str]]:
    for margin in MARGINS:
        got = margin.found(drawn, weights)
        decimals = 1 if margin.unit == "%" else 2
        unit = {"%": " %", "seuil": "", "personnes": ""}[margin.unit]
        difference = round(got, decimals) - round(margin.target, decimals)
        told = [
            number(margin.target, decimals) + unit,
            number(got, decimals) + unit,
            f"{'+' if difference > 0 else ''}{number(difference, decimals)}",
        ]
        yield margin.label, *told, margin.tag


def _rates(due: Results, asked: Array, receipts: Array) -> Iterable[Sequence[str]]:
    for column, card in enumerate(due.cards):
        entitled = due.low[:, column] > 0
        count = int(entitled.sum())
        known = RATES[card.id]
        shares = [asked[entitled, column].mean(), (receipts[entitled, column] == 0).mean()] if count else []
        told = [f"{number(100 * share, 0)} %" for share in shares] or ["", ""]
        yield label_of(card.id), str(count), *told, f"{known.tag}{f' : {known.source}' if known.source else ''}"


def _rows(lines: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
