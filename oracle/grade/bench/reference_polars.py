"""A reference: polars reads, joins and counts; the area under the curve is from the ranks of the positive rows."""

import sys

import polars
from measured import f1_macro, report

metric, truth, submission = sys.argv[1:]
joined = polars.scan_csv(truth).rename({"label": "truth"}).join(polars.scan_csv(submission), on="id")
if metric == "f1_macro":
    report(f1_macro(joined.group_by("truth", "label").len().collect(engine="streaming").iter_rows()))
else:
    rows = joined.select("truth", polars.col("score")).collect().with_columns(polars.col("score").rank())
    positive = int(rows["truth"].sum())
    ranks = rows.filter(polars.col("truth") == 1)["score"].sum()
    report((ranks - positive * (positive + 1) / 2) / (positive * (rows.height - positive)))
