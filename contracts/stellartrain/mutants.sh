#!/usr/bin/env bash
# Changes the rules that move money, one small change at a time, and asks whether a test notices.
#
#   mutants.sh                     all of them (some hours on two cores)
#   mutants.sh flows/release.rs    those of some files, named from src/
#
# What survives is printed at the end and kept in mutants.out; what may survive, and why, is in mutants.toml. Of the random stories
# beside the model a few are played, for the model is what the rules are; costs and random arguments explain nothing and are left out.
set -euo pipefail
version=27.1.0
here=$(cd "$(dirname "$0")" && pwd)
root=${CARGO_MUTANTS_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/stellartrain/cargo-mutants-$version}
[ -x "$root/bin/cargo-mutants" ] || cargo install --locked --version "$version" --root "$root" cargo-mutants
PATH=$root/bin:$PATH
cd "$here/.."

files=("$@")
if [ ${#files[@]} = 0 ]; then
  files=(money.rs gate.rs board.rs entry.rs)
  for file in "$here"/src/flows/*.rs; do files+=("flows/$(basename "$file")"); done
  for file in "$here"/src/rules/*.rs; do files+=("rules/$(basename "$file")"); done
fi
of=()
for file in "${files[@]}"; do of+=(--file "stellartrain/src/$file"); done
export STORY_SEEDS=1..9 REPLAY_SEEDS=1..4
nice -n 10 cargo mutants --config "$here/mutants.toml" --package stellartrain --no-shuffle --timeout 120 \
  --cargo-arg=--config=profile.test.package.stellartrain.debug=0 --output "$here" "${of[@]}" \
  -- --lib -- --skip test::limits --skip test::fuzz
