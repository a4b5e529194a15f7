#!/usr/bin/env bash
# Plays many random stories to the contract and to its model (src/test/model) on all cores at low priority, and compares after each
# call; about 450 calls a story.
#
#   stories.sh [N] [--from SEED] [--jobs N]   about N calls in all (100,000), from a seed on (1000)
#
# STELLARTRAIN_WASM=1 plays them to the committed wasm. A story that differs is named by its seed at the end, and by exit code 1:
# keep it in KEPT.
set -euo pipefail

calls=100000 from=1000 jobs=$(nproc)
while [ $# -gt 0 ]; do
  case "$1" in
    --from) from=$2 && shift 2 ;;
    --jobs) jobs=$2 && shift 2 ;;
    [0-9]*) calls=$1 && shift ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done

# The test build as it is: the host is optimised in it, and the host is what takes the time.
cd "$(dirname "$0")/.."
test=$(nice -n 10 cargo test --locked -p stellartrain --lib --no-run --message-format=json \
  | sed -n 's/.*"executable":"\([^"]*stellartrain-[^"]*\)".*/\1/p' | tail -n 1)
# Two numbers: from this story, up to but without that one.
tell() { STORY_SEEDS=$1..$2 nice -n 15 "$test" the_contract_does_what_the_model_does --nocapture --test-threads 1; }

logs=$(mktemp -d)
# A copy, for another build may replace it meanwhile.
cp "$test" "$logs/test" && test=$logs/test
chunk=20
end=$((from + (calls + 449) / 450))
began=$(date +%s)
export -f tell
export test logs chunk end
seq "$from" "$chunk" $((end - 1)) \
  | xargs -P "$jobs" -I {} bash -c 'tell {} $(({} + chunk < end ? {} + chunk : end)) > "$logs/{}" 2>&1 || touch "$logs/broken"'
told=$(sed -n 's/.*\b\([0-9]\{1,\}\) calls compared.*/\1/p' "$logs"/[0-9]* | awk '{ sum += $1 } END { print sum + 0 }')
echo "$told calls compared in stories $from to $((end - 1)), $(($(date +%s) - began)) s in $jobs processes; logs in $logs"
if [ -e "$logs/broken" ]; then
  grep -h 'differs from the model' "$logs"/[0-9]* || tail -n 3 "$logs"/[0-9]*
  exit 1
fi
