//! One of three lies: it decides nothing, and its lies are on record beside the others' truth.
use super::super::world::World;
use crate::types::*;

#[test]
fn a_false_rejection_takes_nothing_from_the_winner() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let work = w.work(id);
    w.post(id, 0, &[w.rejected(&work, 1)], true);
    w.post(id, 1, &[w.scored(&work, 60, 1)], true);
    w.post(id, 2, &[w.scored(&work, 60, 1)], true);
    assert_eq!(w.balance(&work.solver), 2_000);
    w.go_to(terms.deadline);
    w.client().close(&id);
    let record = w.client().oracle(&w.oracles[0]);
    assert_eq!((record.votes, record.agreed, record.disagreed), (1, 0, 1));
    // The liar earned nothing.
    assert_eq!(w.client().state(&id).fees, soroban_sdk::vec![&w.e, 0, 5, 5]);
    w.check();
}

#[test]
fn a_false_prize_is_not_paid() {
    let w = World::new();
    let id = w.open(&w.terms());
    let work = w.work(id);
    w.post(id, 0, &[w.scored(&work, 90, 1)], true);
    w.post(id, 1, &[w.scored(&work, 20, 1)], true);
    w.post(id, 2, &[w.scored(&work, 20, 1)], true);
    assert_eq!((w.view(id, &work).score, w.balance(&work.solver), w.client().state(&id).winners), (20, 1_000, 0));
    w.check();
}

/// Someone else's content, claimed for a submission by one liar, spoils neither.
#[test]
fn a_false_content_makes_no_duplicate() {
    let w = World::new();
    let id = w.open(&w.terms());
    let (a, b) = (w.work(id), w.work(id));
    w.post(id, 0, &[w.scored(&a, 60, 2), w.scored(&b, 60, 2)], true);
    w.post(id, 1, &[w.scored(&a, 60, 1), w.scored(&b, 60, 2)], true);
    w.post(id, 2, &[w.scored(&a, 60, 1), w.scored(&b, 60, 2)], true);
    assert_eq!((w.view(id, &a).verdict, w.view(id, &b).verdict), (Verdict::Scored, Verdict::Scored));
    assert_eq!((w.client().content(&id, &w.bytes(1)), w.client().content(&id, &w.bytes(2))), (1, 2));
    w.check();
}

/// At worst a lying oracle and a silent one leave a submission without a verdict; then it shares at the end.
#[test]
fn with_another_silent_its_lie_is_a_disagreement() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let work = w.work(id);
    w.post(id, 0, &[w.scored(&work, 90, 1)], true);
    w.post(id, 1, &[w.scored(&work, 20, 1)], true);
    w.pass(terms.patience);
    w.client().settle(&id, &w.settlements(&[&work]));
    assert_eq!(w.view(id, &work).verdict, Verdict::Unsettled);
    w.go_to(terms.grade_by);
    assert_eq!(w.release(id, &work), 1_020);
    w.check();
}
