//! A token that burns the whole budget of a call can only fail calls of its own challenges.
use super::*;
use std::panic::{catch_unwind, AssertUnwindSafe};

/// Runs a call with less than the public network allows a transaction; says whether it went through. The test environment
/// panics where a transaction would fail for good.
fn passes(w: &World, call: impl FnOnce()) -> bool {
    w.e.cost_estimate().budget().reset_limits(100_000_000, 40 * 1_024 * 1_024);
    let passed = catch_unwind(AssertUnwindSafe(call)).is_ok();
    w.e.cost_estimate().budget().reset_unlimited();
    passed
}

#[test]
fn nothing_of_the_failed_call_stays_and_hold_goes_around_it() {
    let h = Hostile::new();
    let w = &h.w;
    let (bad, good) = (w.open(&h.terms), w.open(&w.terms()));
    let (a, b) = (h.work(bad), w.work(good));
    w.post(bad, 0, &[w.scored(&a, 60, 1)], false);
    w.post(bad, 1, &[w.scored(&a, 60, 1)], false);
    h.token.is(Mood::Burns);
    let before = w.state(bad);
    let rows = w.settlements(&[&a]);
    assert!(!passes(w, || w.client().settle(&bad, &rows)));
    assert_eq!((w.state(bad), w.view(bad, &a).verdict), (before, Verdict::Pending));

    // Who settles may hold the payments: the queue moves on without the token.
    let held = Settlement { hold: true, ..rows.get(0).unwrap() };
    assert!(passes(w, || w.client().settle(&bad, &soroban_sdk::vec![&w.e, held])));
    assert_eq!((w.view(bad, &a).verdict, w.view(bad, &a).flags), (Verdict::Scored, HELD));
    assert!(!passes(w, || assert!(w.release(bad, &a) > 0)));
    assert_eq!(w.view(bad, &a).flags, HELD);

    w.grade(good, &[w.scored(&b, 60, 1)]);
    assert_eq!(w.balance(&b.solver), 2_000);
    w.check();
    h.token.is(Mood::Kind);
    assert_eq!(w.release(bad, &a), 1_020);
    h.check();
}
