//! The coalition game in the time that `cargo test` has; `cargo run --release --example play` plays it longer.
use std::panic::catch_unwind;
use stellartrain_model::play::coalition::story;

/// Seeds that once found a fault; the sentence says which.
const KEPT: [u64; 1] = [
    // Two honest oracles knew different things of a withheld original, voted differently on its copy, and a place was kept for it.
    1119,
];

#[test]
fn nobody_gains_by_silence_veto_or_junk() {
    let broken: Vec<u64> =
        KEPT.into_iter().chain(1..count()).filter(|seed| catch_unwind(|| story(*seed)).is_err()).collect();
    assert!(broken.is_empty(), "stories in which the coalition gained: {broken:?}");
}

/// `STORIES=n` tells fewer.
fn count() -> u64 {
    std::env::var("STORIES").map_or(1500, |count| count.parse().expect("STORIES=n"))
}
