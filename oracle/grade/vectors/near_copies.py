"""How often honest classifiers go wrong alike: why near-copies are shown from so many errors on (`oracle/grade/src/copies/likeness.ts`).

pip install scikit-learn==1.9.1; OPENBLAS_NUM_THREADS=1 python near_copies.py

Twelve models of usual kinds are fitted to the same rows of three data sets, over many splits. Each pair is measured as `likeness.ts`
does; a line tells of the pairs that are wrong in so many rows between them how many would be shown, and how many go wrong in exactly
the same way.
"""

import itertools
import warnings

from sklearn.datasets import load_breast_cancer, load_digits, load_wine
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

SHOWN = 0.8
RANGES = [(1, 2), (3, 4), (5, 6), (7, 9), (10, 14), (15, 24), (25, 10**9)]
# Data sets, in how many splits, and which shares of their rows are predicted.
DATA = [
    (load_digits, 2, (0.1, 0.3)),
    (load_breast_cancer, 24, (0.2, 0.35, 0.5)),
    (load_wine, 24, (0.35, 0.5)),
]


def models(seed):
    scaled = lambda model: make_pipeline(StandardScaler(), model)
    return {
        ("logistic", 1): scaled(LogisticRegression(C=1, max_iter=100)),
        ("logistic", 2): scaled(LogisticRegression(C=0.3, max_iter=100)),
        ("svm", 1): scaled(SVC(C=1)),
        ("svm", 2): scaled(SVC(C=10)),
        ("neighbors", 1): scaled(KNeighborsClassifier(3)),
        ("neighbors", 2): scaled(KNeighborsClassifier(7)),
        ("forest", 1): RandomForestClassifier(25, random_state=seed),
        ("forest", 2): RandomForestClassifier(25, random_state=seed + 1),
        ("trees", 1): ExtraTreesClassifier(25, random_state=seed),
        ("bayes", 1): GaussianNB(),
        ("discriminant", 1): LinearDiscriminantAnalysis(),
        ("tree", 1): DecisionTreeClassifier(random_state=seed),
    }


def likeness(one, other, truth):
    """Rows where either is wrong, and the share of equal wrong labels among them, beyond chance."""
    wrong, also = one != truth, other != truth
    either = int((wrong | also).sum())
    if either == 0:
        return 0, 0.0
    same = int((wrong & also & (one == other)).sum()) / either
    shared = int(wrong.sum()) * int(also.sum()) / len(truth)
    chance = shared / (int(wrong.sum()) + int(also.sum()) - shared)
    return either, (same - chance) / (1 - chance) if chance < 1 else 0.0


def main():
    warnings.filterwarnings("ignore")
    pairs = []
    for load, splits, shares in DATA:
        rows, labels = load(return_X_y=True)
        for split, share in itertools.product(range(splits), shares):
            train, test, known, truth = train_test_split(
                rows, labels, test_size=share, random_state=split, stratify=labels
            )
            said = {name: model.fit(train, known).predict(test) for name, model in models(split * 10).items()}
            for (a, one), (b, other) in itertools.combinations(said.items(), 2):
                pairs.append((*likeness(one, other, truth), a[0] == b[0]))
    for least, most in RANGES:
        for alike in (False, True):
            found = [value for either, value, kind in pairs if least <= either <= most and kind == alike]
            if not found:
                continue
            shown, equal = sum(v >= SHOWN for v in found), sum(v > 0.99999 for v in found)
            print(
                f"{least} to {most} wrong, {'one kind' if alike else 'two kinds'} of model: "
                f"{len(found)} pairs, {shown} from {SHOWN} on, {equal} equal"
            )


main()
