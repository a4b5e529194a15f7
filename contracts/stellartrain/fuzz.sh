#!/usr/bin/env bash
# Random arguments against every entry point, for as long as you like.
#
#   fuzz.sh [--calls N] [--seed N] [--wasm]     100,000 calls from seed 1, natively, unless said otherwise
#
# A fault is printed with the FUZZ_SEED and FUZZ_CALLS that bring it about again.
set -euo pipefail
cd "$(dirname "$0")/.."
export FUZZ_CALLS=100000 FUZZ_SEED=1
while [ $# -gt 0 ]; do
  case $1 in
    --calls) FUZZ_CALLS=$2; shift 2 ;;
    --seed) FUZZ_SEED=$2; shift 2 ;;
    --wasm) export STELLARTRAIN_WASM=1; shift ;;
    *) sed -n '2,6s/^# \{0,1\}//p' stellartrain/fuzz.sh >&2; exit 2 ;;
  esac
done
cargo test --locked -p stellartrain --lib -- --nocapture random_arguments_break_nothing 2>&1 |
  grep -vE '^(thread|HostError|Event log|note:| +[0-9]+: \[|$)'
