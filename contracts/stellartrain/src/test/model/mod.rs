//! The contract beside its executable specification: random stories of the model's own generator are played to both, and after
//! each call everything is compared: what came of it, each part of the money, each counter, each submission, everybody's balance.
//!
//! `STORY_SEEDS=from..to` plays other stories, `stories.sh` many. A story that differs is named by its seed: keep it in `KEPT`.
extern crate std;
mod calls;
mod records;
mod refusals;
mod sight;
pub mod stage;
mod token;

use refusals::{expected, Came};
use stage::Stage;
use std::panic::{catch_unwind, AssertUnwindSafe};
use stellartrain_model::basics::Address;
use stellartrain_model::play::coalition;
use stellartrain_model::play::wild::{self, Seen};
use stellartrain_model::play::witness::Witness;
use stellartrain_model::world::{Answer, Call, World};

/// Seeds of stories in which contract and model once differed, or nearly did; the sentence says how.
const KEPT: [u64; 1] = [
    // A ballot `Unavailable` on what has its verdict: which of the two reasons comes first.
    5701,
];

/// Stories of what seldom happens: a ranking of the judge that pays.
const RARE: [u64; 1] = [98];

/// The hash of a content that the model names by a number.
fn content(number: u64) -> [u8; 32] {
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&number.to_le_bytes());
    hash
}

struct Comparison {
    stage: Stage,
    calls: u64,
}

impl Witness for Comparison {
    fn called(&mut self, before: &World, by: Address, call: &Call, answer: &Answer, after: &World) {
        let Comparison { stage, calls } = self;
        *calls += 1;
        stage.follow(before);
        let came = stage.call(before, by, call);
        let same = match answer {
            Ok(_) => came == Came::Through || came == Came::Idle,
            Err(refusal) => expected(call, *refusal).contains(&came),
        };
        assert!(same, "call {calls} at {}, {call:?} by {by:?}: {answer:?} in the model, {came:?} here", before.now);
        if matches!(call, Call::Close(_) | Call::Settle(..)) && answer.is_ok() {
            assert_eq!(came == Came::Idle, before == after, "call {calls}, {call:?}: whether there was nothing to do");
        }
        let compared = catch_unwind(AssertUnwindSafe(|| {
            stage.check_books(after);
            if let Some(id) = challenge_of(call) {
                stage.check_submissions(after, id);
                for number in owed_to(after, id, *calls) {
                    stage.check_owed(after, id, number);
                }
                stage.check_attempts(after, id, by);
            }
            if matches!(call, Call::Close(_) | Call::Reveal(_) | Call::Cancel(_) | Call::Accept(..)) {
                stage.check_records(after);
            }
        }));
        if let Err(panic) = compared {
            std::eprintln!("after call {calls} at {}, {call:?} by {by:?}: {answer:?}", before.now);
            std::panic::resume_unwind(panic);
        }
    }
}

fn challenge_of(call: &Call) -> Option<usize> {
    match call {
        Call::RegisterOracle(_) | Call::Create(..) => None,
        Call::Accept(id, ..)
        | Call::Cancel(id)
        | Call::TopUp(id, ..)
        | Call::Submit(id, ..)
        | Call::PostScores(id, ..)
        | Call::Settle(id, _)
        | Call::Rule(id, ..)
        | Call::ReleasePayment(id, _)
        | Call::PostRanking(id, _)
        | Call::Close(id)
        | Call::PostEarnings(id, ..)
        | Call::Claim(id, ..)
        | Call::WithdrawFees(id, _)
        | Call::Reveal(id) => Some(*id),
    }
}

/// Two submissions at each call, another two at the next.
fn owed_to(world: &World, id: usize, calls: u64) -> std::vec::Vec<u32> {
    let count = world.challenges.get(id).map_or(0, |it| it.submissions.len() as u64);
    (0..count.min(2)).map(|more| ((2 * calls + more) % count) as u32 + 1).collect()
}

fn comparison() -> Comparison {
    let wasm = std::env::var("STELLARTRAIN_WASM").is_ok_and(|value| value == "1");
    Comparison { stage: Stage::new(wasm), calls: 0 }
}

/// Plays a wild story to both, and a game of a coalition against honest oracles with how it goes in the open; returns how many
/// calls were compared, and what the wild story reached.
fn play(seed: u64) -> (u64, Seen) {
    let (mut wild, mut game, mut open) = (comparison(), comparison(), comparison());
    let seen = wild::told(seed, &mut wild);
    coalition::told(seed, &mut game, &mut open);
    (wild.calls + game.calls + open.calls, seen)
}

#[test]
fn the_contract_does_what_the_model_does() {
    let asked = std::env::var("STORY_SEEDS").ok();
    let (from, to) = asked.as_deref().unwrap_or("1..31").split_once("..").expect("STORY_SEEDS=from..to");
    let (from, to): (u64, u64) = (from.parse().expect("a number"), to.parse().expect("a number"));
    let kept = KEPT.into_iter().chain(RARE).filter(|_| asked.is_none());
    let (mut calls, mut all, mut differ) = (0, Seen::default(), std::vec![]);
    for seed in kept.chain(from..to) {
        match catch_unwind(|| play(seed)) {
            Ok((compared, seen)) => {
                calls += compared;
                all.add(seen);
            }
            Err(_) => differ.push(seed),
        }
    }
    std::println!("{calls} calls compared in the stories {from}..{to}");
    assert!(differ.is_empty(), "stories in which the contract differs from the model: {differ:?}");
    if asked.is_none() {
        check_reached(&all);
    }
}

/// A run that does not reach what it is for shows nothing.
fn check_reached(seen: &Seen) {
    let moments = [
        "passed over",
        "void",
        "unsettled",
        "held",
        "ranked by oracles",
        "ranked by the judge",
        "ranked by the running table",
        "epoch",
        "folded",
        "kept",
        "kept after the last winner",
        "waiting",
        "close left exactly what can be won",
    ];
    for moment in moments {
        assert!(seen.moments.contains_key(moment), "no story reached: {moment}");
    }
    assert!(seen.refusals.len() >= 30, "few refusals were reached: {:?}", seen.refusals);
}
