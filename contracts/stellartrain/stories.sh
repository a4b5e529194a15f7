#!/usr/bin/env bash
# Tells many random stories (src/test/stories) on all cores at low priority, or writes dumps of a few for the indexer.
#
#   stories.sh [--steps N] [--from SEED] [--each STEPS] [--jobs N]    N steps in all, from a seed on; 400 a story
#   stories.sh --dump DIR [--from SEED] [--stories N] [--each STEPS]  N stories as DIR/story-SEED.jsonl
#
# A story that breaks an invariant is named by its seed at the end, and by exit code 1: keep it in KEPT.
set -euo pipefail
cd "$(dirname "$0")/.."

steps=1000000 from=1000 each=400 jobs=$(nproc) dump= stories=0
while [ $# -gt 0 ]; do
  case "$1" in
    --steps) steps=$2 ;;
    --from) from=$2 ;;
    --each) each=$2 ;;
    --jobs) jobs=$2 ;;
    --dump) dump=$(mkdir -p "$2" && cd "$2" && pwd) ;;
    --stories) stories=$2 ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift 2
done

# The contract's own code optimised as well, with its assertions and overflow checks.
export CARGO_PROFILE_TEST_OPT_LEVEL=2
test=$(nice -n 10 cargo test --locked -p stellartrain --lib --no-run --message-format=json \
  | sed -n 's/.*"executable":"\([^"]*stellartrain-[^"]*\)".*/\1/p' | tail -n 1)
run() { STORY_SEEDS=$1 STORY_STEPS=$each nice -n 19 "$test" stories --nocapture --test-threads 1; }

if [ -n "$dump" ]; then
  export STORY_DUMP=$dump
  run "$from..$((from + (stories > 0 ? stories : 1)))" > "$dump/log" 2>&1 || { cat "$dump/log" >&2; exit 1; }
  rm "$dump/log"
  exit
fi

logs=$(mktemp -d)
chunk=$((10000 / each > 0 ? 10000 / each : 1))
seeds=$(((steps + each - 1) / each))
began=$(date +%s)
export -f run
export test each logs
seq "$from" "$chunk" $((from + seeds - 1)) \
  | xargs -P "$jobs" -I {} bash -c 'run "{}..$(({} + '"$chunk"'))" > "$logs/{}" 2>&1 || echo "failed: $logs/{}"; echo {} >> "$logs/done"'
told=$(sed -n 's/^\([0-9]*\) steps; .*/\1/p' "$logs"/[0-9]* | awk '{ sum += $1 } END { print sum + 0 }')
echo "$told steps in $((seeds)) stories, $(($(date +%s) - began)) s on $jobs cores; logs in $logs"
if broken=$(grep -ho 'broke an invariant (seed, steps): .*' "$logs"/[0-9]*); then
  echo "$broken"
  exit 1
fi
