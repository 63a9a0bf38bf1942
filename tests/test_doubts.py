"""What may change for a batch, found as bits, is what each household's own walk through the rules finds."""

import random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.households import AS_DRAWN, households
from tests.test_unknowns import forgetful
from tznr_rules.batch import compute
from tznr_rules.catalogue import cards
from tznr_rules.columns import entity_of
from tznr_rules.doubts import Doubts, law_reads, mask
from tznr_rules.household import parse
from tznr_rules.reads import Behind
from tznr_rules.unknowns import _Unsaid


@given(st.lists(households(), min_size=12, max_size=12), st.integers(0, 2**32 - 1))
@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck), phases=AS_DRAWN)
def test_the_bits_of_a_batch_say_what_the_walk_of_each_household_finds(documents: list[dict[str, Any]], seed: int) -> None:
    silent = [parse(document) for document in forgetful(documents, random.Random(seed))]
    computed = compute(silent, cards(), reports=False)
    base, doubts = computed.worlds.base, Doubts(computed.worlds.base, computed.cards)
    compared = 0
    for card in computed.cards:
        entity = entity_of(card.variable)
        owner = base.situation.owner(entity)
        for name in (card.variable, *(condition.variable for condition in card.conditions)):
            found = [bool(_Unsaid(base, int(owner[row]), doubts).behind(name, entity, row)) for row in range(len(owner))]
            assert doubts.may_change(name, entity).tolist() == found, name
            compared += sum(found)
    assert compared > 100


def test_a_benefit_that_a_known_condition_refuses_puts_nothing_in_doubt() -> None:
    young, old = ({"date": "2026-11", "personnes": [{"date_naissance": born}]} for born in ("1990-01-01", "1950-01-01"))
    computed = compute([parse(young), parse(old)], cards(["aspa"]), reports=False)
    assert Doubts(computed.worlds.base, computed.cards).rows_of(cards(["aspa"])[0]).tolist() == [False, True]


def test_a_mask_tells_what_is_read_of_the_very_row_from_what_is_read_around() -> None:
    bits = {name: place for place, name in enumerate(f"fact_{number}" for number in range(70))}
    read = mask(Behind(own=frozenset({"fact_1"}), shared=frozenset({"fact_69", "elsewhere"})), bits)
    assert read == ((0, 2), (3, 1 << 5))


def test_what_the_law_reads_is_looked_up_once() -> None:
    assert law_reads("2026-11") is law_reads("2026-11")
