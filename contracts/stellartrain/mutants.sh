#!/usr/bin/env bash
# Changes the rules that move money, one small change at a time, and asks whether a test notices.
#
#   mutants.sh                     all of them (about two hours on two cores)
#   mutants.sh flows/release.rs    those of some files, named from src/
#
# What survives is printed at the end and kept in mutants.out; what may survive, and why, stands in mutants.toml. The stories,
# costs and the longest scenario are left out: a mutant that only they would catch is one that no test explains.
set -euo pipefail
version=27.1.0
here=$(cd "$(dirname "$0")" && pwd)
root=${CARGO_MUTANTS_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/stellartrain/cargo-mutants-$version}
[ -x "$root/bin/cargo-mutants" ] || cargo install --locked --version "$version" --root "$root" cargo-mutants
PATH=$root/bin:$PATH
cd "$here/.."

files=("$@")
if [ ${#files[@]} = 0 ]; then
  files=(money.rs flows/{settlement,release,closing,expiry,earnings,ranking,submission,creation}.rs)
  for file in "$here"/src/rules/*.rs; do files+=("rules/$(basename "$file")"); done
fi
of=()
for file in "${files[@]}"; do of+=(--file "stellartrain/src/$file"); done
nice -n 10 cargo mutants --config "$here/mutants.toml" --package stellartrain --no-shuffle --timeout 120 \
  --cargo-arg=--config=profile.test.package.stellartrain.debug=0 --output "$here" "${of[@]}" \
  -- --lib -- --skip test::stories --skip test::costs --skip five_hundred --skip test::fuzz
