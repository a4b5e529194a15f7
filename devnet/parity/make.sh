#!/usr/bin/env bash
# Writes generated/*.json: what the official libraries, called natively, make of the stories in ../src/test/parity.
# Needs cargo (4 minutes the first time) and `npm install`:  CARGO_TARGET_DIR=/tmp/parity ./make.sh [STORY…]
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo build -q --release --locked
target=${CARGO_TARGET_DIR:-$PWD/target}
[ $# -gt 0 ] || set -- probe stellartrain
for story in "$@"; do
  npx node "$PWD/../src/test/parity/plan.ts" "$story" >"$work/plan.json"
  "$target/release/golden" "$work/plan.json" >"$work/golden.json" 2>"$work/log" || { tail -20 "$work/log" >&2; exit 1; }
  npx node "$PWD/check.js" --record "$story" "$work/plan.json" "$work/golden.json"
done
