"""What ``learn_doors`` fits: a small network on meaning, ridge regression on words, and weights.

All in numpy, with fixed seeds, so that the same questions and encoder give the same layers.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from chalicelib.knowledge.doors import DOOR_CODES

Matrix = np.ndarray[Any, np.dtype[np.float64]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]

DOORS = len(DOOR_CODES)
HIDDEN, DROPPED, DECAY, ROUNDS, BATCH, STEP, SMOOTH = 96, 0.3, 0.002, 40, 128, 0.003, 0.05
OFTEN, RIDGE = 3, 0.3
"""A word counts from so many questions on."""

WEIGHING, WEIGHING_STEP, KEPT_SMALL = 400, 0.05, 0.01


class Adam:
    """Kingma & Ba (2015): each parameter its own step."""

    def __init__(self, parameters: list[Matrix]) -> None:
        self.parameters, self.count = parameters, 0
        self.mean = [np.zeros_like(one) for one in parameters]
        self.square = [np.zeros_like(one) for one in parameters]

    def step(self, slopes: Sequence[Matrix], size: float) -> None:
        """Go downhill."""
        self.count += 1
        for at, slope in enumerate(slopes):
            self.mean[at] = 0.9 * self.mean[at] + 0.1 * slope
            self.square[at] = 0.999 * self.square[at] + 0.001 * slope**2
            mean = self.mean[at] / (1 - 0.9**self.count)
            square = self.square[at] / (1 - 0.999**self.count)
            self.parameters[at] -= size * mean / (np.sqrt(square) + 1e-8)


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer."""

    inner: Matrix
    first: Matrix
    outer: Matrix
    last: Matrix

    def says(self, given: Matrix) -> Matrix:
        """A score for each door."""
        hidden = np.maximum(given @ self.inner + self.first, 0)
        return np.asarray(hidden @ self.outer + self.last)


def network(given: Matrix, doors: Numbers) -> Network:
    """Learned with dropout and smoothed answers: some hundred questions are few."""
    chance, (many, wide) = np.random.default_rng(0), given.shape
    net = Network(
        chance.normal(0, wide**-0.5, (wide, HIDDEN)),
        np.zeros(HIDDEN),
        chance.normal(0, HIDDEN**-0.5, (HIDDEN, DOORS)),
        np.zeros(DOORS),
    )
    adam = Adam([net.inner, net.first, net.outer, net.last])
    wanted = np.eye(DOORS)[doors] * (1 - SMOOTH) + SMOOTH / DOORS
    for turn in range(ROUNDS):
        order = chance.permutation(many)
        for start in range(0, many, BATCH):
            rows = order[start : start + BATCH]
            kept = (chance.random((len(rows), HIDDEN)) > DROPPED) / (1 - DROPPED)
            adam.step(slopes(net, given[rows], wanted[rows], kept), STEP * (1 - turn / ROUNDS))
    return net


def slopes(net: Network, given: Matrix, wanted: Matrix, kept: Matrix) -> list[Matrix]:
    """How the loss changes with each parameter."""
    before = given @ net.inner + net.first
    hidden = np.maximum(before, 0) * kept
    wrong = (softmax(hidden @ net.outer + net.last) - wanted) / len(given)
    back = (wrong @ net.outer.T) * kept * (before > 0)
    inner, outer = given.T @ back + DECAY * net.inner, hidden.T @ wrong + DECAY * net.outer
    return [inner, back.sum(0), outer, wrong.sum(0)]


@dataclass(frozen=True, slots=True)
class WordRidge:
    """For each known word a weight for each door."""

    known: list[str]
    rarity: Matrix
    weights: Matrix

    def says(self, texts: Sequence[set[str]]) -> Matrix:
        """A score for each door."""
        return np.asarray(counted(texts, self.known, self.rarity) @ self.weights)


def word_ridge(texts: Sequence[set[str]], doors: Numbers) -> WordRidge:
    """Ridge regression, solved over the questions: these are fewer than the words."""
    held = Counter(word for text in texts for word in text)
    known = sorted(word for word, often in held.items() if often >= OFTEN)
    rarity = np.array([math.log(len(texts) / held[word]) for word in known])
    given = counted(texts, known, rarity)
    wanted = np.eye(DOORS)[doors]
    pull = np.linalg.solve(given @ given.T + RIDGE * np.eye(len(texts)), wanted - wanted.mean(0))
    return WordRidge(known, rarity, given.T @ pull)


def counted(texts: Sequence[set[str]], known: Sequence[str], rarity: Matrix) -> Matrix:
    """Each text a row of length one, the rare words heavier."""
    column = {word: at for at, word in enumerate(known)}
    rows = np.zeros((len(texts), len(known)))
    for number, text in enumerate(texts):
        at = [column[word] for word in text if word in column]
        rows[number, at] = rarity[at]
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9))


def weighed(said: Matrix, doors: Numbers) -> tuple[Matrix, Matrix]:
    """How much each voice counts, and what each door has of itself: logistic regression."""
    weights, beside = np.full(said.shape[2], 0.5), np.zeros(DOORS)
    adam, wanted = Adam([weights, beside]), np.eye(DOORS)[doors]
    for turn in range(WEIGHING):
        wrong = (softmax(said @ weights + beside) - wanted) / len(doors)
        down = [np.einsum("qd,qdv->v", wrong, said), wrong.sum(0) + KEPT_SMALL * beside]
        adam.step(down, WEIGHING_STEP * (1 - 0.9 * turn / WEIGHING))
    return weights, beside


def softmax(scores: Matrix) -> Matrix:
    """Scores as chances."""
    each = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(each / each.sum(1, keepdims=True))
