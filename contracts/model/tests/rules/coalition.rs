//! The coalition game in the time that `cargo test` has; `cargo run --release --example play` plays it longer.
use std::panic::catch_unwind;
use stellartrain_model::play::coalition::{recounted_story, story, Reached};

/// Seeds that once found a fault; the sentence says which.
const KEPT: [u64; 2] = [
    // Two honest oracles knew different things of a withheld original, voted differently on its copy, and a place was kept for it.
    1119,
    // Oracles waited for the verdict on junk before they voted on a batch of labels, and its labeler's next batch came a second patience late.
    1076,
];

#[test]
fn nobody_gains_by_silence_veto_or_junk() {
    let (mut all, mut broken) = (Reached::default(), vec![]);
    for seed in KEPT.into_iter().chain(1..count()) {
        match catch_unwind(|| story(seed)) {
            Ok(reached) => all.add(reached),
            Err(_) => broken.push(seed),
        }
    }
    assert!(broken.is_empty(), "stories in which the coalition gained: {broken:?}");
    // A run that does not reach what it is for shows nothing.
    assert!(all.moments.len() >= 12 && all.moments.values().all(|games| *games > 0), "{:?}", all.moments);
}

#[test]
fn where_the_ledger_recounts_one_honest_oracle_is_enough_for_every_honest_solver() {
    let (mut all, mut broken) = (Reached::default(), vec![]);
    for seed in 1..count() {
        match catch_unwind(|| recounted_story(seed)) {
            Ok(reached) => all.add(reached),
            Err(_) => broken.push(seed),
        }
    }
    assert!(broken.is_empty(), "stories in which an honest solver got less: {broken:?}");
    assert!(all.moments.len() >= 5 && all.moments.values().all(|games| *games > 0), "{:?}", all.moments);
}

/// `STORIES=n` tells fewer.
fn count() -> u64 {
    std::env::var("STORIES").map_or(1500, |count| count.parse().expect("STORIES=n"))
}
