#!/usr/bin/env bash
# Shows that the contract's scores are the engine's, on as many random cases as are asked for: the engine writes the cases with its scores,
# the contract's pure functions compute them again, and every one must be the same in units of 1e-7.
#
#   contracts/recount/many-cases.sh [COUNT] [SEED]     1,000,000 and 1 unless said otherwise; prints how many were compared
set -euo pipefail
count=${1:-1000000} seed=${2:-1}
root=$(cd "$(dirname "$0")/../.." && pwd)
cases=$(mktemp)
trap 'rm -f "$cases"' EXIT
cd "$root"
npx node oracle/grade/vectors/recount.main.ts "$cases" "$count" "$seed"
[ "$(wc -l <"$cases")" -eq "$count" ] || { echo "the engine wrote another number of cases" >&2; exit 1; }
cd contracts
RECOUNT_CASES=$cases cargo test -q --release -p stellartrain-recount --lib -- --ignored --nocapture many_more_cases
