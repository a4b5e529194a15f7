"""Makes the golden vectors of consensus and agreement with crowd-kit, krippendorff, statsmodels and scikit-learn.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install -r consensus-requirements.txt && /tmp/venv/bin/python consensus.py

Nothing here shares code with the engine. Models that stop by a tolerance run a fixed number of rounds, so that both do the same work.
"""

import itertools
import json
import warnings
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
from crowdkit.aggregation import MACE, BradleyTerry, DawidSkene, GLAD, MajorityVote, OneCoinDawidSkene
from crowdkit.aggregation.utils import get_accuracy
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import fleiss_kappa

warnings.simplefilter("ignore")
HERE = Path(__file__).parent
random = np.random.default_rng(20261129)


def crowd(items, labelers, labels, share, spammers):
    """Votes of labelers of different skill; some answer by chance. Every item has at least one vote."""
    truth = random.integers(labels, size=items)
    rows = []
    for labeler in range(labelers):
        skill = 1 / labels if labeler < spammers else random.uniform(0.5, 0.95)
        for item in range(items):
            if random.random() > share and item % labelers != labeler:
                continue
            right = random.random() < skill
            rows.append((f"i{item:03d}", f"w{labeler:02d}", f"l{truth[item] if right else random.integers(labels)}"))
    frame = pd.DataFrame(rows, columns=["task", "worker", "label"])
    return frame.iloc[random.permutation(len(frame))].reset_index(drop=True)


def matrix(frame):
    frame = frame.sort_index().sort_index(axis=1)
    return [[float(x) for x in row] for row in frame.to_numpy()]


def series(values):
    return [float(x) for x in values.sort_index()]


def mace(frame, restarts, iterations, method):
    """MACE with the numbers that it began with in each restart, for they are random."""
    begun = []

    class Told(MACE):
        def _initialize(self, n_workers, n_labels):
            super()._initialize(n_workers, n_labels)
            begun.append({"spamming": self.spamming_.tolist(), "thetas": self.thetas_.tolist()})

    # crowd-kit numbers names by their first arrival: sorted rows give sorted names.
    rows = frame.sort_values(["worker", "task"])
    rows = pd.concat([rows.drop_duplicates("label").sort_values("label"), rows]).drop_duplicates(["task", "worker"])
    model = Told(n_restarts=restarts, n_iter=iterations, method=method, random_state=7).fit(rows)
    workers, labels = pd.factorize(rows.worker)[1], pd.factorize(rows.label)[1]
    order, columns = np.argsort(workers), np.argsort(labels)
    starts = [
        {
            "spamming": np.array(b["spamming"])[order].tolist(),
            "thetas": np.array(b["thetas"])[order][:, columns].tolist(),
        }
        for b in begun
    ]
    return {
        "iterations": iterations,
        "method": method,
        "starts": starts,
        "probabilities": matrix(model.probas_),
        "competence": model.spamming_[order][:, 1].tolist(),
    }


def wawa_skills(frame):
    """As Wawa().fit, but a tie goes to the first label in order: there it goes to the one that pandas happened to see first."""
    labels = MajorityVote().fit(frame).probas_.sort_index(axis=1).idxmax(axis=1)
    return get_accuracy(frame, labels, by="worker")


def aggregated(name, frame):
    weights = pd.Series(random.uniform(0.1, 2, size=frame.worker.nunique()), index=sorted(frame.worker.unique()))
    weights.index.name = "worker"
    known = frame.drop_duplicates("task").head(5).set_index("task")["label"]
    ds = DawidSkene(n_iter=12, tol=-1).fit(frame)
    stopped = DawidSkene().fit(frame)
    golden = DawidSkene(n_iter=7, tol=-1).fit(frame, true_labels=known)
    coin = OneCoinDawidSkene(n_iter=12, tol=-1).fit(frame)
    # Climbing to the top in each round, for on the way up two implementations are at different places.
    glad = GLAD(n_iter=3, tol=-1, m_step_tol=1e-9, m_step_max_iter=400).fit(frame) if frame.task.nunique() < 50 else None
    skills = wawa_skills(frame)
    return {
        "name": name,
        "votes": frame.to_numpy().tolist(),
        "majority": matrix(MajorityVote().fit(frame).probas_),
        "weights": series(weights),
        "weighted": matrix(MajorityVote().fit(frame, skills=weights).probas_),
        "wawa": {
            "probabilities": matrix(MajorityVote().fit(frame, skills=skills).probas_),
            "quality": series(skills),
        },
        "dawidSkene": {
            "iterations": 12,
            "probabilities": matrix(ds.probas_),
            "priors": series(ds.priors_),
            "bounds": [float(x) for x in ds.loss_history_],
        },
        "stopped": {"iterations": len(stopped.loss_history_), "probabilities": matrix(stopped.probas_)},
        "known": {
            "iterations": 7,
            "labels": {str(task): str(label) for task, label in known.items()},
            "probabilities": matrix(golden.probas_),
        },
        "oneCoin": {"iterations": 12, "probabilities": matrix(coin.probas_), "quality": series(coin.skills_)},
        "glad": glad
        and {
            "iterations": 3,
            "probabilities": matrix(glad.probas_),
            "alphas": series(glad.alphas_),
            "betas": series(glad.betas_),
        },
        "mace": [mace(frame, 2, 10, "vb"), mace(frame, 2, 10, "em")],
    }


def agreement(name, frame, complete):
    workers, tasks = sorted(frame.worker.unique()), sorted(frame.task.unique())
    labels = sorted(frame.label.unique())
    table = np.full((len(workers), len(tasks)), np.nan)
    for task, worker, label in frame.to_numpy():
        table[workers.index(worker), tasks.index(task)] = labels.index(label)
    alpha = {
        level: float(krippendorff.alpha(reliability_data=table, level_of_measurement=level, value_domain=list(range(len(labels)))))
        for level in ("nominal", "ordinal", "interval")
    }
    both = frame[frame.worker == workers[0]].merge(frame[frame.worker == workers[1]], on="task")
    counts = frame.groupby(["task", "label"]).size().unstack(fill_value=0).to_numpy()
    return {
        "name": name,
        # Labels are their own numbers here, so that their distance is told by them.
        "votes": [[t, w, str(labels.index(l))] for t, w, l in frame.to_numpy()],
        "alpha": alpha,
        "fleiss": float(fleiss_kappa(counts)) if complete else None,
        "cohen": float(cohen_kappa_score(both.label_x, both.label_y)),
    }


def preferences(name, items, comparisons, iterations):
    strength = random.uniform(0.5, 3, size=items)
    rows = [(f"i{a}", f"i{b}", f"i{a}") for a, b in itertools.permutations(range(items), 2) if abs(a - b) == 1]
    for _ in range(comparisons):
        a, b = random.choice(items, size=2, replace=False)
        wins = random.random() < strength[a] / (strength[a] + strength[b])
        rows.append((f"i{a}", f"i{b}", f"i{a if wins else b}"))
    frame = pd.DataFrame(rows, columns=["left", "right", "label"])
    frame["worker"] = "w"
    # Without a tolerance, for crowd-kit compares an array with itself and would stop at the second round.
    fitted = BradleyTerry(n_iter=iterations, tol=-1).fit(frame)
    return {"name": name, "rows": rows, "iterations": iterations, "scores": series(fitted.scores_)}


shapes = [(40, 6, 2, 0.6, 1), (60, 9, 3, 0.4, 3), (30, 5, 5, 1.0, 0), (80, 12, 4, 0.25, 4)]
vectors = {
    "aggregated": [aggregated(f"{i} items, {w} labelers, {k} labels", crowd(i, w, k, s, n)) for i, w, k, s, n in shapes],
    "agreement": [agreement(f"{i} items, {w} labelers, {k} labels", crowd(i, w, k, s, n), s == 1) for i, w, k, s, n in shapes],
    "preferences": [preferences("6 items", 6, 60, 25), preferences("12 items", 12, 200, 60)],
}
(HERE / "consensus.json").write_text(json.dumps(vectors, separators=(",", ":")) + "\n")
