#!/usr/bin/env bash
# Tells many random stories (src/test/stories) on all cores at low priority, or writes dumps of some for the indexer.
#
#   stories.sh [--steps N] [--from SEED] [--each STEPS] [--jobs N]   about N steps in all, from a seed on; 400 a story
#   stories.sh --dump DIR [--each STEPS] SEED...                     these stories as DIR/story-SEED.jsonl
#
# A story that breaks an invariant is named by its seed at the end, and by exit code 1: keep it in KEPT.
# The indexer's fixture: stories.sh --dump indexer/service/src/testing/stories --each 120 43 55 87 (from the root).
set -euo pipefail

steps=1000000 from=1000 each=400 jobs=$(nproc) dump= seeds=()
while [ $# -gt 0 ]; do
  case "$1" in
    --steps) steps=$2 ;;
    --from) from=$2 ;;
    --each) each=$2 ;;
    --jobs) jobs=$2 ;;
    --dump) dump=$(mkdir -p "$2" && cd "$2" && pwd) ;;
    [0-9]*) seeds+=("$1") && shift && continue ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift 2
done

# The test build as it is: the host is optimised in it, and the host is what takes the time.
cd "$(dirname "$0")/.."
test=$(nice -n 10 cargo test --locked -p stellartrain --lib --no-run --message-format=json \
  | sed -n 's/.*"executable":"\([^"]*stellartrain-[^"]*\)".*/\1/p' | tail -n 1)
# Two numbers: from this story, up to but without that one.
tell() { STORY_SEEDS=$1..$2 STORY_STEPS=$each nice -n 15 "$test" stories_keep --nocapture --test-threads 1; }

if [ -n "$dump" ]; then
  export STORY_DUMP=$dump
  for seed in "${seeds[@]}"; do tell "$seed" $((seed + 1)) >/dev/null; done
  exit
fi

logs=$(mktemp -d)
chunk=$((each < 10000 ? 10000 / each : 1))
stories=$(((steps + each - 1) / each))
began=$(date +%s)
export -f tell
end=$((from + stories))
export test each logs chunk end
seq "$from" "$chunk" $((from + stories - 1)) \
  | xargs -P "$jobs" -I {} bash -c 'tell {} $(({} + chunk < end ? {} + chunk : end)) > "$logs/{}" 2>&1 || touch "$logs/broken"'
told=$(sed -n 's/.*\b\([0-9]\{1,\}\) steps; .*/\1/p' "$logs"/[0-9]* | awk '{ sum += $1 } END { print sum + 0 }')
echo "$told steps, $(($(date +%s) - began)) s in $jobs processes; logs in $logs"
if [ -e "$logs/broken" ]; then
  grep -h 'broke an invariant' "$logs"/[0-9]* || tail -n 3 "$logs"/[0-9]*
  exit 1
fi
