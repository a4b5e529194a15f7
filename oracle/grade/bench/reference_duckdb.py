"""A reference: DuckDB reads, joins and counts; the area under the curve is from the ranks of the positive rows."""

import sys

import duckdb
from measured import f1_macro, report

metric, truth, submission = sys.argv[1:]
joined = f"from read_csv('{truth}') t join read_csv('{submission}') s using (id)"
if metric == "f1_macro":
    report(f1_macro(duckdb.sql(f"select t.label, s.label, count(*) {joined} group by all").fetchall()))
else:
    ranks, positive, rows = duckdb.sql(f"""
        with scores as (select s.score, count(*) rows, sum(t.label) positive {joined} group by all),
        placed as (select *, coalesce(sum(rows) over (order by score rows between unbounded preceding and 1 preceding), 0) below from scores)
        select sum(positive * (below + (rows + 1) / 2)), sum(positive), sum(rows) from placed
    """).fetchall()[0]
    positive, rows = int(positive), int(rows)
    report((float(ranks) - positive * (positive + 1) / 2) / (positive * (rows - positive)))
