"""Makes the golden vectors of pooled Dawid-Skene, of the votes in consensus.json. Needs Python alone:

    python3 pooled.py

Nothing here shares code with the engine: probabilities are multiplied as logarithms, and matrices are whole.
"""

import json
from math import exp, fsum, log
from pathlib import Path

HERE = Path(__file__).parent
ROUNDS = 12
WEIGHT = 1
SMALLEST = 1e-10


def normal(row):
    total = fsum(row)
    return [x / total for x in row]


def fitted(name, votes, **_):
    items, labelers, labels = (sorted({vote[at] for vote in votes}) for at in range(3))
    of = {item: [(labelers.index(w), labels.index(said)) for i, w, said in votes if i == item] for item in items}
    every = range(len(labels))
    posterior = [normal([sum(said == label for _, said in of[item]) for label in every]) for item in items]

    def matrices():
        counts = [[[0.0] * len(labels) for _ in every] for _ in labelers]
        for item, p in zip(items, posterior):
            for w, said in of[item]:
                for label in every:
                    counts[w][label][said] += p[label]
        pool = [normal([1 / len(labels) + fsum(c[label][said] for c in counts) for said in every]) for label in every]
        return [
            [
                [(c[label][said] + WEIGHT * pool[label][said]) / (fsum(c[label]) + WEIGHT) for said in every]
                for label in every
            ]
            for c in counts
        ]

    def priors():
        return [max(SMALLEST, fsum(p[label] for p in posterior) / len(items)) for label in every]

    shares, confusion = priors(), matrices()
    for _ in range(ROUNDS):
        for at, item in enumerate(items):
            logs = [log(shares[label]) + fsum(log(confusion[w][label][said]) for w, said in of[item]) for label in every]
            posterior[at] = normal([exp(x - max(logs)) for x in logs])
        shares, confusion = priors(), matrices()
    quality = [fsum(shares[label] * c[label][label] for label in every) for c in confusion]
    return {"name": name, "iterations": ROUNDS, "probabilities": posterior, "quality": quality, "confusion": confusion}


if __name__ == "__main__":
    votes = json.loads((HERE / "consensus.json").read_text())["aggregated"]
    (HERE / "pooled.json").write_text(json.dumps([fitted(**one) for one in votes]) + "\n")
