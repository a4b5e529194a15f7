#!/usr/bin/env bash
# Changes the rules, one at a time, and asks whether a test notices.
#
#   mutants.sh             all of them
#   mutants.sh 3 7         these, by their place in the list
#
# Works on a copy; CARGO_TARGET_DIR is kept if set. Exits with 1 and says which, if one is not noticed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

# file | what is replaced | by what | what the rule would be then
mutants=(
  'queue|decision.by_quorum() \|\| over|true|a ballot is carried out before the end'
  'queue|view.submitted + 2 \* p|view.submitted + p|passed over after one patience'
  'queue|view.now >= m_th + p|true|passed over without waiting for who has not voted'
  'queue|if view.passed \&\& decision.by_quorum()|if false|a verdict whose turn has come is void'
  'queue|view.number != view.head + 1|false|no queue'
  'board|winners.saturating_sub(claims)|winners|kept places hold nothing back'
  'board|other.number > row.number|false|who waits is sorted by time'
  'board|place >= self.due \&\& self.rows|false \&\& self.rows|a lower number does not replace its own that waits'
  'world/grading|            \&\& !self.ended$|            \&\& !self.ended \&\& matches!(self.terms.payout, crate::terms::Payout::Bounty { winners, .. } if self.kept + self.board.rows.len() < winners)|no more places are kept than there are'
  'world/grading|^        self.keep_place(number);|        |a place is kept only when somebody settles'
  'world/grading|if !takes_part(challenge, \*number) \|\| theirs|if theirs|the judge rules what is void'
  'world/grading|let theirs = it.votes|let theirs = false \&\& it.votes|a ballot on what a quorum decided fails the batch'
  'close|() if over => decided|() if over => open|silence holds the prize after the end'
  'close|() if ended => kept|() if ended => 0|kept places hold no prize'
  'close|scored + contenders|scored|a ranking keeps nothing for what is open'
  'challenge|if self.ended \|\| !self.is_over(now)|if !self.is_over(now)|after the end a kept place holds nothing back'
  'fees|if faulty {|if true {|every verdict costs the deposit'
  'fees|paid.carry.min(verdict_fee)|0|the budget pays though the solver carries'
  'world/settling|if quorum.is_empty() { 0 } else { fee }|fee|a fee without a quorum'
  'world/settling|purse.budget += fee;|purse.budget += 0;|what was held is lost'
  'world/settling|self.purse.escrow += all - paid;|self.purse.escrow += all;|an accepted unit stays in the escrow'
  'world/settling|\&\& !self.is_over(now);|;|a board that fills at the end ends the challenge'
  'world/submitting|own.all(Submission::is_concluded)|true|two ungraded batches'
  'verdict|Some(_) if self.decision.is_some() =>|Some(_) if false =>|Unavailable gives way after the verdict'
  'verdict|self.graded() < terms.m() \|\| among|true|the judge overrules a quorum that graded'
  'verdict|vote.is_graded() \|\| now >= submitted + terms.patience|true|Unavailable at once'
  'ranking|None if decided == 0 =>|None =>|the running table pays before all is in it'
  'ranking|count() < 2|count() < 1|only the best public attempt counts'
  'ranking|_ if self.placed.is_some() \|\| !over => None|_ if self.placed.is_some() => None|a judge ranks before the end'
  'earnings|if increase > 0|if increase >= 0|a fee for an epoch that pays nothing'
  'earnings|self.paid() + amount <= self.total|true|claims beyond the total'
  'earnings|(self.total..=self.total + escrow)|(0..=self.total + escrow)|totals fall'
  'records|quorum.is_none() \&\& \*ending != Ending::Void|*ending == Ending::Unsettled|a judge hides silence'
  'records|u32::from(!folded \&\& |u32::from(|what is open for ever is missing twice'
  'world/ending|if !challenge.folded {|if !first {|what comes after the first close reaches no record'
  'world/ending|let unopened = challenge.may_open(now) \&\& |let unopened = challenge.terms.opens_truth \&\& |a truth counts as not opened that may not be opened yet'
  'challenge|self.passed \&\& it.by_quorum()|false \&\& it.by_quorum()|a late vote counts only if someone has settled before'
  'play/honest|takes(own) \&\& last =>|takes(own) =>|an undecided lower number takes its content at once'
  'play/honest|takes(own) \|\| !own.is_graded() \&\& !last|takes(own)|an oracle votes on a copy when it could not open the original'
)

mkdir "$copy/model"
cp "$here/Cargo.toml" "$copy/model/"
cp -r "$here/tests" "$here/examples" "$copy/model/"
# Compiling takes longer than a few stories without optimisation.
sed -e 's/^members = .*/members = ["model"]/' -e '/^\[profile.test.package.stellartrain-model\]/,$d' "$here/../Cargo.toml" >"$copy/Cargo.toml"
export STORIES=${STORIES:-300} CARGO_PROFILE_TEST_DEBUG=0 RUST_BACKTRACE=0
survivors=() wanted=("$@")
[ ${#wanted[@]} -gt 0 ] || mapfile -t wanted < <(seq ${#mutants[@]})
for number in "${wanted[@]}"; do
  IFS='|' read -r file from to what <<<"${mutants[number - 1]//\\|/$'\x01'}"
  from=${from//$'\x01'/|}
  rm -rf "$copy/model/src"
  cp -r "$here/src" "$copy/model/"
  sed -i "s#$from#$to#" "$copy/model/src/$file.rs"
  if cmp -s "$here/src/$file.rs" "$copy/model/src/$file.rs"; then
    echo "$number does not apply: $what"
    survivors+=("$number")
    continue
  fi
  # A mutant need not compile without warnings.
  if (cd "$copy" && RUSTFLAGS=-Awarnings timeout 900 cargo test -q -p stellartrain-model -- --test-threads 1) >"$copy/log" 2>&1; then
    echo "$number NOT NOTICED: $what"
    survivors+=("$number")
  elif grep -q '^error\[E' "$copy/log"; then
    grep -m1 -A4 '^error' "$copy/log"
    echo "$number does not compile: $what"
    survivors+=("$number")
  else
    echo "$number noticed: $what"
  fi
done
[ ${#survivors[@]} = 0 ] || { echo "look at: ${survivors[*]}"; exit 1; }
