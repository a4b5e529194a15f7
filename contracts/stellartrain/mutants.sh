#!/usr/bin/env bash
# Changes the rules that move money, one small change at a time, and asks whether a test notices.
#
#   mutants.sh                     all of them, about 1,100 (half an hour on two cores)
#   mutants.sh flows/release.rs    those of some files, named from src/
#   mutants.sh --apart FILE...     each in a build of its own, by cargo-mutants alone (about a minute each)
#
# The changes are those that cargo-mutants lists. Building each would take most of the time, so all are written into one build, each
# behind its number (contracts/toolchain/mutants), and each is then run with the cheapest tests first, up to the first failure. What does
# not compile is left out and told as `unviable`; what a constant is made of cannot be chosen when tests run and is told as `lost`: build
# it with --apart. Results are in mutants.out; what may survive, and why, is in mutants.toml. Of the random stories beside the model a few
# are played, for the model is what the rules are; costs and random arguments explain nothing and are left out.
set -euo pipefail
version=27.1.0
here=$(cd "$(dirname "$0")" && pwd)
root=${CARGO_MUTANTS_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/stellartrain/cargo-mutants-$version}
[ -x "$root/bin/cargo-mutants" ] || cargo install --locked --version "$version" --root "$root" cargo-mutants
PATH=$root/bin:$PATH
cd "$here/.."
export STORY_SEEDS=${STORY_SEEDS:-1..5} REPLAY_SEEDS=${REPLAY_SEEDS:-1..4}

apart=
[ "${1:-}" != --apart ] || { apart=1 && shift; }
files=("$@")
if [ ${#files[@]} = 0 ]; then
  files=(money.rs gate.rs board.rs entry.rs)
  for file in "$here"/src/flows/*.rs; do files+=("flows/$(basename "$file")"); done
  for file in "$here"/src/rules/*.rs; do files+=("rules/$(basename "$file")"); done
fi
of=()
for file in "${files[@]}"; do of+=(--file "stellartrain/src/$file"); done
mutants=(--config "$here/mutants.toml" --package stellartrain "${of[@]}")
small=--config=profile.test.package.stellartrain.debug=0
if [ -n "$apart" ]; then
  exec nice -n 10 cargo mutants "${mutants[@]}" --no-shuffle --timeout 120 --cargo-arg="$small" --output "$here" \
    -- --lib -- --skip test::limits --skip test::fuzz
fi

out=$here/mutants.out
target=${CARGO_TARGET_DIR:-$here/../target}
copy=$target/mutants
rm -rf "$out" && mkdir -p "$out" "$copy"
cargo mutants "${mutants[@]}" --list --json >"$out/list.json"
(cd toolchain/mutants && CARGO_TARGET_DIR=$target/mutants-in-one cargo build --quiet --locked)

# All in one, again without those that do not compile, until it does.
unviable=()
while true; do
  rm -rf "${copy:?}"/*
  tar cf - --exclude ./target . | tar xf - -C "$copy"
  sed -i 's/^#!\[deny(unsafe_code)\]/#![allow(warnings)]/; s/^mod money;/mod money;\nmod mutant;/' "$copy/stellartrain/src/lib.rs"
  cp toolchain/mutants/chosen.rs "$copy/stellartrain/src/mutant.rs"
  "$target/mutants-in-one/debug/mutants-in-one" "$copy" ${unviable[@]+"${unviable[@]}"} <"$out/list.json" >"$out/table"
  if (cd "$copy" && CARGO_TARGET_DIR=$target nice -n 10 cargo test --locked -p stellartrain --lib --no-run "$small" \
    --message-format=json >"$out/build.json" 2>"$out/build.log"); then break; fi
  more=$(node toolchain/mutants/unviable.mjs "$out/build.json" "$copy")
  [ -n "$more" ] || { cat "$out/build.log" >&2 && exit 1; }
  # shellcheck disable=SC2206 # numbers
  unviable+=($more)
done
tests=$(sed -n 's/.*"executable":"\([^"]*stellartrain-[^"]*\)".*/\1/p' "$out/build.json" | tail -n 1)
cp "$tests" "$out/tests"
nice -n 10 npx node toolchain/mutants/run.mjs "$out/tests" "$out/table" "$out/results" "$copy/stellartrain" "$(nproc)"
