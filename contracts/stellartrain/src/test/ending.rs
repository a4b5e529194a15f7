//! The end: others pending when the last winner is found, the truth, and what is left.
use super::world::{prize, refused, World};
use crate::errors::Error;
use crate::types::*;
use soroban_sdk::{testutils::Address as _, Address};

fn one_winner(w: &World) -> Terms {
    Terms { payout: Payout::Bounty(Bounty { reward: 1_000, winners: 1 }), ..w.terms() }
}

#[test]
fn what_is_pending_when_the_last_winner_is_found_is_void() {
    let w = World::new();
    let id = w.open(&one_winner(&w));
    let (a, b, c) = (w.work(id), w.work(id), w.work(id));
    w.grade(id, &[w.scored(&a, 60, 1), w.scored(&b, 60, 2)]);
    let state = w.client().state(&id);
    assert_eq!((state.status, state.ended, state.finalized, state.winners), (Status::Ended, w.now(), 1, 1));
    refused(w.client().try_submit(&w.solver(), &id, &1, &w.cid(9), &0, &0), Error::Ended);
    refused(w.client().try_settle(&id, &w.settlements(&[&b])), Error::Ended);
    refused(w.client().try_top_up(&w.maker, &id, &0, &1), Error::Ended);
    let votes = soroban_sdk::vec![&w.e, w.scored(&c, 60, 3)];
    refused(w.client().try_post_scores(&w.oracles[0], &id, &w.cid(8), &votes, &true), Error::Ended);

    assert_eq!((w.release(id, &c), w.release(id, &b)), (20, 20));
    assert_eq!((w.view(id, &b).verdict, w.view(id, &b).votes.len()), (Verdict::Void, 0));
    refused(w.client().try_release_payment(&id, &b.solver, &1), Error::NothingOwed);
    w.check();
    // Nothing of a void submission is owed a second time at grade_by.
    w.go_to(w.client().challenge(&id).terms.grade_by);
    refused(w.client().try_release_payment(&id, &b.solver, &1), Error::NothingOwed);
    assert_eq!(w.client().state(&id).silence, None);
}

#[test]
fn a_challenge_that_ended_has_no_silence() {
    let w = World::new();
    let id = w.open(&one_winner(&w));
    let (bad, good, late) = (w.work(id), w.work(id), w.work(id));
    w.grade(id, &[w.rejected(&bad, 1), w.scored(&good, 60, 1)]);
    w.go_to(w.client().challenge(&id).terms.grade_by);
    // Half of a lost deposit is left in the escrow: it is the maker's, not the void submission's.
    assert_eq!(w.release(id, &late), 20);
    assert_eq!((w.client().state(&id).silence, w.client().state(&id).escrow), (None, 10));
    assert_eq!(w.client().close(&id), 10 + 990);
    w.check();
}

#[test]
fn after_the_last_winner_the_maker_gets_the_fee_budget_back() {
    let w = World::new();
    let id = w.open(&one_winner(&w));
    let (a, b) = (w.work(id), w.work(id));
    w.freeze(&a.solver, true);
    w.grade(id, &[w.scored(&a, 60, 1)]);
    assert_eq!(w.client().close(&id), 990);
    refused(w.client().try_close(&id), Error::NothingToClose);
    assert_eq!(w.client().maker(&w.maker), MakerRecord { challenges: 1, ended: 1, promised: 1, ..Default::default() });
    w.check();
    // Held money, a deposit and fees outlive the close.
    w.pass(100 * 86_400);
    w.freeze(&a.solver, false);
    assert_eq!((w.release(id, &a), w.release(id, &b)), (1_020, 20));
    assert_eq!(w.client().withdraw_fees(&w.oracles[0], &id) + w.client().withdraw_fees(&w.oracles[1], &id), 10);
    assert_eq!(w.balance(&w.contract), 0);
}

#[test]
fn after_the_deadline_with_everything_final_the_rest_goes_back() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let work = w.work(id);
    refused(w.client().try_close(&id), Error::NotYetEnded);
    w.grade(id, &[w.scored(&work, 60, 1)]);
    w.go_to(terms.deadline - 1);
    refused(w.client().try_close(&id), Error::NotYetEnded);
    w.go_to(terms.deadline);
    assert_eq!(w.client().close(&id), 1_000 + 990);
    let state = w.client().state(&id);
    assert_eq!((state.status, state.ended, state.closed), (Status::Ended, w.now(), true));
    w.check();
}

#[test]
fn a_challenge_nobody_entered_goes_back_whole() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    w.go_to(terms.grade_by);
    assert_eq!(w.client().close(&id), 3_000);
    assert_eq!(w.client().maker(&w.maker).ended, 1);
    w.check();
}

#[test]
fn with_nothing_left_the_end_is_counted_once() {
    let w = World::new();
    let id = w.client().create_challenge(&w.maker, &Terms { oracle_fee: 0, ..one_winner(&w) }, &1_000, &0);
    w.accept(id);
    let work = w.work(id);
    w.grade(id, &[w.scored(&work, 60, 1)]);
    // Nothing is not sent: a maker that cannot receive is no obstacle.
    w.freeze(&w.maker, true);
    assert_eq!(w.client().close(&id), 0);
    assert_eq!(w.client().maker(&w.maker).ended, 1);
    refused(w.client().try_close(&id), Error::NothingToClose);
}

#[test]
fn an_unaccepted_challenge_is_cancelled_not_closed() {
    let w = World::new();
    let terms = w.terms();
    let id = w.client().create_challenge(&w.maker, &terms, &prize(&terms), &0);
    w.go_to(terms.grade_by);
    refused(w.client().try_close(&id), Error::NotAccepted);
    refused(w.client().try_reveal(&w.maker, &id, &w.cid(1)), Error::NotAccepted);
    assert_eq!(w.client().cancel(&id), 2_000);
}

#[test]
fn the_truth_is_opened_after_the_end_once_by_each_side() {
    let w = World::new();
    let id = w.open(&one_winner(&w));
    let work = w.work(id);
    let reveal = |who: &Address, truth: &Cid| w.client().try_reveal(who, &id, truth);
    refused(reveal(&w.maker, &w.cid(5)), Error::NotYetEnded);
    w.grade(id, &[w.scored(&work, 60, 1)]);
    refused(reveal(&Address::generate(&w.e), &w.cid(5)), Error::NotYours);
    refused(reveal(&work.solver, &w.cid(5)), Error::NotYours);
    refused(reveal(&w.maker, &Cid { codec: 3, ..w.cid(5) }), Error::BadCid);
    assert!(reveal(&w.maker, &w.cid(5)).is_ok());
    refused(reveal(&w.maker, &w.cid(6)), Error::AlreadyRevealed);
    assert!(reveal(&w.oracles[1], &w.cid(6)).is_ok());
    assert_eq!(w.client().revealed(&id, &w.maker), Some(w.cid(5)));
    assert_eq!(w.client().revealed(&id, &w.oracles[1]), Some(w.cid(6)));
    assert_eq!(w.client().revealed(&id, &w.oracles[0]), None);
    assert_eq!(w.client().maker(&w.maker).opened, 1);
}

#[test]
fn the_truth_stays_closed_where_that_was_said_and_opens_at_each_kind_of_end() {
    let w = World::new();
    let terms = w.terms();
    let closed = w.open(&Terms { opens_truth: false, ..terms.clone() });
    let (graded, silent) = (w.open(&terms), w.open(&terms));
    w.work(silent);
    w.go_to(terms.deadline);
    w.client().reveal(&w.maker, &graded, &w.cid(5));
    refused(w.client().try_reveal(&w.maker, &silent, &w.cid(5)), Error::NotYetEnded);
    w.go_to(terms.grade_by);
    w.client().reveal(&w.maker, &silent, &w.cid(5));
    refused(w.client().try_reveal(&w.maker, &closed, &w.cid(5)), Error::TruthStaysClosed);
}
