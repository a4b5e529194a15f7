//! Amounts that do not divide, payments that cannot be delivered, and a close that comes years later.
extern crate std;
use super::super::world::{total, World};
use crate::types::*;

#[test]
fn dust_goes_to_the_maker() {
    let w = World::new();
    let terms =
        Terms { silence_share: 3_333, payout: Payout::Bounty(Bounty { reward: 1_009, winners: 1 }), ..w.terms() };
    let id = w.open(&terms);
    let works: std::vec::Vec<_> = (0..7).map(|_| w.work(id)).collect();
    w.go_to(terms.grade_by);
    // 33.33% of 1,009 is 336.2997; among seven 48 each.
    assert!(works.iter().all(|work| w.release(id, work) == 48 + 20));
    assert_eq!(w.client().close(&id), 1_009 - 7 * 48 + 1_000);
    assert_eq!(w.balance(&w.contract), 0);
}

#[test]
fn years_later_everything_is_still_owed() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let [winner, low, silent] = [w.work(id), w.work(id), w.work(id)];
    w.freeze(&winner.solver, true);
    w.freeze(&low.solver, true);
    w.grade(id, &[w.scored(&winner, 60, 1), w.scored(&low, 10, 2)]);
    w.go_to(terms.grade_by);
    // Nobody calls for four years; anybody may, and the parts are those of `grade_by`.
    w.pass(4 * 365 * 86_400);
    w.e.mock_auths(&[]);
    assert_eq!(w.release(id, &silent), 500 + 20);
    assert_eq!(w.client().close(&id), 500 + 980);
    assert_eq!(total(&w.client().state(&id)), 1_000 + 20 + 20 + 20);
    w.e.mock_all_auths();
    w.freeze(&winner.solver, false);
    w.freeze(&low.solver, false);
    assert_eq!((w.release(id, &winner), w.release(id, &low)), (1_020, 20));
    assert_eq!(w.client().withdraw_fees(&w.oracles[0], &id) + w.client().withdraw_fees(&w.oracles[1], &id), 20);
    assert_eq!(w.balance(&w.contract), 0);
}

#[test]
fn a_close_before_the_releases_takes_nothing_of_theirs() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let works = [w.work(id), w.work(id), w.work(id)];
    w.freeze(&works[0].solver, true);
    w.grade(id, &[w.scored(&works[0], 60, 1)]);
    w.go_to(terms.grade_by);
    let sent = w.client().close(&id);
    let owed: i128 = works.iter().map(|work| w.client().owed(&id, &work.solver, &1)).sum();
    let fees: i128 = w.client().state(&id).fees.iter().sum();
    assert_eq!(sent + owed + fees, 2_000 + 1_000 + 3 * 20);
    w.freeze(&works[0].solver, false);
    for work in &works {
        w.release(id, work);
    }
    assert_eq!(w.balance(&w.contract), fees);
}
