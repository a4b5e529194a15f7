//! Somebody enters five hundred accounts just before the deadline and hopes that nobody grades them.
extern crate std;
use super::super::world::{Work, World};
use crate::types::*;

const JUNK: usize = 500;

fn flooded(w: &World, terms: &Terms) -> (u32, Work, std::vec::Vec<Work>) {
    let id = w.open(terms);
    let honest = w.work(id);
    w.go_to(terms.deadline - 1);
    (id, honest, (0..JUNK).map(|_| w.work(id)).collect())
}

/// One oracle of three is alive and votes to reject: that alone takes the junk out of the shares.
#[test]
fn one_living_oracle_is_enough_against_them() {
    let w = World::new();
    let terms = Terms { oracle_fee: 0, ..w.terms() };
    let (id, honest, junk) = flooded(&w, &terms);
    w.post(id, 0, &[w.scored(&honest, 60, 1)], true);
    for batch in junk.chunks(40) {
        let votes: std::vec::Vec<Vote> = batch.iter().map(|work| w.rejected(work, 1)).collect();
        w.post(id, 0, &votes, true);
    }
    assert_eq!(w.client().state(&id).reject_voted, JUNK as u32);
    w.go_to(terms.grade_by);
    assert_eq!(w.release(id, &honest), 1_000 + 20);
    assert_eq!(w.client().close(&id), 1_000 + 1_000);
    assert!(junk.iter().all(|work| w.release(id, work) == 20));
    assert_eq!(w.balance(&w.contract), 0);
}

/// With no oracle alive nobody can tell junk from work: the share is split among all, which is why it needs a deposit and
/// is never more than the maker chose. What the junk gains is bounded, and costs the others only their part of it.
#[test]
fn with_no_oracle_alive_they_share_and_no_call_grows() {
    let w = World::new();
    let terms = Terms { oracle_fee: 0, ..w.terms() };
    let (id, honest, junk) = flooded(&w, &terms);
    w.go_to(terms.grade_by);
    // Half of 2,000 among 501, rounded down.
    assert_eq!(w.release(id, &honest), 1 + 20);
    let first = w.e.cost_estimate().resources();
    assert_eq!(w.release(id, &junk[JUNK - 1]), 1 + 20);
    let last = w.e.cost_estimate().resources();
    assert_eq!((first.write_entries, first.write_bytes), (last.write_entries, last.write_bytes));
    assert_eq!(w.client().close(&id), 2_000 - 501 + 1_000);
    w.check();
}

/// In a competition they lower the prizes of the running table, as long as they stay ungraded, in the maker's favour and not
/// in their own.
#[test]
fn in_a_ranking_they_gain_nothing_but_the_share() {
    let w = World::new();
    let prizes = soroban_sdk::vec![&w.e, 501_000, 501];
    let terms = Terms { payout: Payout::Ranked(Ranked { prizes }), oracle_fee: 0, ..w.terms() };
    let id = w.open(&terms);
    let honest = w.work(id);
    w.grade(id, &[w.scored(&honest, 60, 1)]);
    w.go_to(terms.deadline - 1);
    let junk: std::vec::Vec<_> = (0..JUNK).map(|_| w.work(id)).collect();
    w.go_to(terms.grade_by);
    assert_eq!(w.release(id, &honest), 1_000);
    // Half of the 500,501 left among five hundred.
    assert_eq!(w.release(id, &junk[0]), 500 + 20);
    w.check();
}
