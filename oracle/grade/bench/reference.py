"""A reference: pandas reads both files and joins them by id, scikit-learn scores."""

import sys

import pandas
from measured import report
from sklearn import metrics

metric, truth, submission = sys.argv[1:]
joined = pandas.read_csv(truth).merge(pandas.read_csv(submission), on="id", suffixes=("_truth", ""))
actual, predicted = joined.iloc[:, 1], joined.iloc[:, 2]
if metric == "f1_macro":
    report(metrics.f1_score(actual, predicted, average="macro", zero_division=0))
else:
    report(metrics.roc_auc_score(actual, predicted))
