"""Seeded chance, from nothing but the generator whose numbers Python keeps from one version to the next."""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from statistics import NormalDist
from typing import Generic, TypeVar

T = TypeVar("T")
NORMAL = NormalDist()


class Chance:
    """Draws, all made from ``Random.random``: the same seed gives the same draws with every version of Python and of numpy."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def uniform(self) -> float:
        """A number strictly between 0 and 1."""
        return min(max(self._random.random(), 1e-12), 1 - 1e-12)

    def happens(self, probability: float) -> bool:
        return self.uniform() < probability

    def normal(self) -> float:
        return NORMAL.inv_cdf(self.uniform())

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.uniform()

    def whole(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both possible."""
        return low + int(self.uniform() * (high - low + 1))

    def pick(self, among: Sequence[T]) -> T:
        return among[int(self.uniform() * len(among))]

    def of(self, shares: Mapping[T, float]) -> T:
        """A key, as often as its share of the total says."""
        left = self.uniform() * sum(shares.values())
        for key, share in shares.items():
            left -= share
            if left < 0:
                return key
        return key

    def spread(self, median: float, sigma: float, low: float, high: float) -> float:
        """A log-normal amount, cut at both ends."""
        return min(max(median * 2.718281828459045 ** (sigma * self.normal()), low), high)

    def shuffled(self, items: Sequence[T]) -> list[T]:
        return [item for _, item in sorted(((self.uniform(), at), item) for at, item in enumerate(items))]


class Deck(Generic[T]):
    """Cards in the proportions of some shares, dealt without being put back: small samples then stay near the shares."""

    def __init__(self, shares: Mapping[T, float], size: int, chance: Chance) -> None:
        self._shares, self._size, self._chance = shares, size, chance
        self._left: list[T] = []

    def deal(self, fits: Callable[[T], bool] = lambda _: True) -> T:
        """The next card that fits; a new pack is opened when none does."""
        for _ in range(2):
            for at, card in enumerate(self._left):
                if fits(card):
                    return self._left.pop(at)
            self._left += self._chance.shuffled(quotas(self._shares, self._size))
        return self._chance.pick([card for card in self._shares if fits(card)])


def quotas(shares: Mapping[T, float], count: int) -> list[T]:
    """``count`` keys, as many of each as its share says, the largest remainders rounded up.

    >>> quotas({"a": 58, "b": 42}, 10)
    ['a', 'a', 'a', 'a', 'a', 'a', 'b', 'b', 'b', 'b']
    """
    total = sum(shares.values())
    exact = {key: count * share / total for key, share in shares.items()}
    kept = {key: int(value) for key, value in exact.items()}
    for key in sorted(exact, key=lambda each: kept[each] - exact[each])[: count - sum(kept.values())]:
        kept[key] += 1
    return [key for key, number in kept.items() for _ in range(number)]
