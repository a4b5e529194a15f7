//! The end: what is void, the truth, what is left for the maker, and the records.
use crate::errors::Error;
use crate::test::world::*;
use crate::types::*;
use soroban_sdk::{testutils::Address as _, Address};

#[test]
fn what_is_open_when_the_last_winner_is_found_is_void() {
    let w = World::new();
    let id = w.open(&w.bounty(1_000, 1));
    let (a, b, c) = (w.work(id), w.work(id), w.work(id));
    w.grade(id, &[w.scored(&a, 60, 1)]);
    let state = w.state(id);
    assert_eq!((state.ended, state.concluded, w.client().phase(&id)), (w.now(), 1, Phase::Ended));
    refused(w.client().try_submit(&w.solver(), &id, &1, &w.cid(9), &w.bytes(0), &0, &0), Error::Ended);

    // Votes on it are counted nowhere and refused never; anyone concludes it.
    w.post(id, 0, &[w.scored(&c, 60, 3)], true);
    assert_eq!((w.verdict(id, &c), w.balance(&c.solver)), (Verdict::Void, 1_000));
    assert_eq!((w.owed(id, &b), w.release(id, &b), w.verdict(id, &b)), (20, 20, Verdict::Void));
    refused(w.client().try_release_payment(&id, &b.solver, &1), Error::NothingOwed);
    assert_eq!(w.state(id).tallies.get_unchecked(0), Tally { votes: 1, agreed: 1, ..Tally::default() });
    w.go_to(w.terms().grade_by);
    refused(w.client().try_release_payment(&id, &b.solver, &1), Error::NothingOwed);
    w.check();
}

#[test]
fn the_maker_gets_what_no_one_can_still_win_as_soon_as_that_is_known() {
    let w = World::new();
    let terms = w.bounty(1_000, 3);
    let id = w.open(&terms);
    let (a, b) = (w.work(id), w.work(id));
    refused(w.client().try_close(&id), Error::NotYetEnded);
    w.grade(id, &[w.scored(&a, 60, 1)]);
    w.go_to(terms.deadline - 1);
    refused(w.client().try_close(&id), Error::NotYetEnded);
    w.pass(1);
    // One place is won, one can still be, one is free.
    assert_eq!(w.client().close(&id), 1_000 + 980);
    refused(w.client().try_close(&id), Error::NothingToClose);
    assert!(!w.state(id).folded);
    w.grade(id, &[w.scored(&b, 10, 2)]);
    assert_eq!(w.client().close(&id), 1_000);
    assert!(w.state(id).folded);
    refused(w.client().try_close(&id), Error::NothingToClose);
    // Its truth may not be opened yet.
    let record = MakerRecord { challenges: 1, decided: 1, ..MakerRecord::default() };
    assert_eq!(w.client().maker(&w.maker), record);
    w.check();
}

#[test]
fn after_the_last_winner_the_maker_gets_the_fee_budget_back() {
    let w = World::new();
    let id = w.open(&w.bounty(1_000, 1));
    let (a, b) = (w.work(id), w.work(id));
    w.freeze(&a.solver, true);
    w.grade(id, &[w.scored(&a, 60, 1)]);
    assert_eq!(w.client().close(&id), 980);
    refused(w.client().try_close(&id), Error::NothingToClose);
    // What is void was nobody's duty, though no call has written it.
    assert_eq!((w.client().maker(&w.maker).decided, w.client().maker(&w.maker).undecided), (1, 0));
    assert!([0, 1, 2].iter().all(|place: &usize| w.client().oracle(&w.oracles[*place]).missing == 0));
    w.check();
    // Held money, a deposit and fees outlive the close, and what a void submission held for its grading comes free.
    w.pass(100 * DAY);
    w.freeze(&a.solver, false);
    assert_eq!((w.release(id, &a), w.release(id, &b)), (1_020, 20));
    assert_eq!(w.client().close(&id), 10);
    assert_eq!(w.client().withdraw_fees(&w.oracles[0], &id) + w.client().withdraw_fees(&w.oracles[1], &id), 10);
    assert_eq!(w.balance(&w.contract), 0);
}

#[test]
fn a_challenge_nobody_entered_goes_back_whole_at_the_deadline() {
    let w = World::new();
    let rules: [fn(&World) -> Terms; 3] = [World::terms, |w| w.ranked(&[1_500, 500]), |w| w.per_unit(1, 1)];
    for rule in rules {
        let terms = rule(&w);
        let id = w.open_with(&terms, prize(&terms), 1_000);
        w.go_to(terms.deadline);
        // The fees of a ranking stay until nobody can earn them any more.
        let first = w.client().close(&id);
        w.go_to(terms.grade_by);
        let rest = if terms.is_ranked() { w.client().close(&id) } else { 0 };
        assert_eq!((first + rest, total(&w.state(id))), (prize(&terms) + 1_000, 0));
        assert!(w.state(id).folded);
    }
    w.check();
}

#[test]
fn with_nothing_left_the_records_are_folded_once() {
    let w = World::new();
    let id = w.open_with(&Terms { oracle_fee: 0, ..w.bounty(1_000, 1) }, 1_000, 0);
    let work = w.work(id);
    w.grade(id, &[w.scored(&work, 60, 1)]);
    // Nothing is not sent: a maker that cannot receive is no obstacle.
    w.freeze(&w.maker, true);
    assert_eq!(w.client().close(&id), 0);
    assert_eq!((w.client().maker(&w.maker).decided, w.client().oracle(&w.oracles[0]).folded), (1, 1));
    refused(w.client().try_close(&id), Error::NothingToClose);
}

#[test]
fn an_unaccepted_challenge_is_cancelled_not_closed() {
    let w = World::new();
    let terms = w.terms();
    let id = w.create(&terms, 2_000, 0);
    w.go_to(terms.grade_by);
    refused(w.client().try_close(&id), Error::NotAccepted);
    refused(w.client().try_reveal(&w.maker, &id, &w.cid(1)), Error::NotAccepted);
    assert_eq!(w.client().cancel(&id), 2_000);
}

#[test]
fn the_truth_is_opened_after_the_end_once_by_each_side() {
    let w = World::new();
    let id = w.open(&w.judged(w.bounty(1_000, 1)));
    let work = w.work(id);
    let reveal = |who: &Address, truth: &Cid| w.client().try_reveal(who, &id, truth);
    refused(reveal(&w.maker, &w.cid(5)), Error::NotYetEnded);
    w.grade(id, &[w.scored(&work, 60, 1)]);
    for other in [&Address::generate(&w.e), &work.solver, &w.judge, &w.oracles[3]] {
        refused(reveal(other, &w.cid(5)), Error::NotYours);
    }
    refused(reveal(&w.maker, &Cid { codec: 3, ..w.cid(5) }), Error::BadCid);
    assert!(reveal(&w.maker, &w.cid(5)).is_ok());
    refused(reveal(&w.maker, &w.cid(6)), Error::AlreadyRevealed);
    assert!(reveal(&w.oracles[1], &w.cid(6)).is_ok());
    let revealed = |who| w.client().revealed(&id, who);
    assert_eq!(revealed(&w.maker), Some(w.cid(5)));
    assert_eq!((revealed(&w.oracles[1]), revealed(&w.oracles[0])), (Some(w.cid(6)), None));
}

#[test]
fn the_truth_stays_closed_where_that_was_said_and_until_the_judge_is_done() {
    let w = World::new();
    let terms = w.terms();
    let (closed, plain) = (w.open(&Terms { opens_truth: false, ..terms.clone() }), w.open(&terms));
    let judged = w.open(&w.judged(terms.clone()));
    let reveal = |id| w.client().try_reveal(&w.maker, &id, &w.cid(5));
    w.go_to(terms.grade_by - 1);
    refused(reveal(plain), Error::NotYetEnded);
    w.pass(1);
    assert!(reveal(plain).is_ok());
    w.go_to(terms.grade_by + DAY - 1);
    refused(reveal(judged), Error::NotYetEnded);
    w.pass(1);
    assert!(reveal(judged).is_ok());
    refused(reveal(closed), Error::TruthStaysClosed);
}

/// The record says what was promised and not kept; who opens late mends it.
#[test]
fn a_truth_opened_after_the_records_were_folded_counts_as_opened() {
    let w = World::new();
    let terms = w.terms();
    let (kept, late, silent) = (w.open(&terms), w.open(&terms), w.open(&Terms { opens_truth: false, ..terms.clone() }));
    w.go_to(terms.grade_by);
    w.client().reveal(&w.maker, &kept, &w.cid(5));
    for id in [kept, late, silent] {
        w.client().close(&id);
    }
    assert_eq!(w.client().maker(&w.maker).unopened, 1);
    // An oracle's opening is not the maker's.
    w.client().reveal(&w.oracles[0], &late, &w.cid(5));
    assert_eq!(w.client().maker(&w.maker).unopened, 1);
    w.client().reveal(&w.maker, &late, &w.cid(5));
    assert_eq!(w.client().maker(&w.maker).unopened, 0);
}

#[test]
fn a_frozen_maker_gets_the_rest_later_and_its_record_at_once() {
    let w = World::new();
    let terms = w.terms();
    let id = w.open(&terms);
    let a = w.work(id);
    w.freeze(&w.maker, true);
    w.go_to(terms.grade_by);
    assert_eq!((w.client().close(&id), w.client().maker(&w.maker).undecided), (0, 1));
    refused(w.client().try_close(&id), Error::NothingToClose);
    // Nobody waits for the maker.
    assert_eq!(w.release(id, &a), 20);
    w.freeze(&w.maker, false);
    assert_eq!(w.client().close(&id), 3_000);
    assert_eq!(w.balance(&w.contract), 0);
}

#[test]
fn a_frozen_maker_loses_nothing_however_prize_and_fees_compare() {
    for budget in [0, 5_000] {
        let w = World::new();
        let terms = w.terms();
        let id = w.create(&terms, 2_000, budget);
        w.accept(id);
        w.freeze(&w.maker, true);
        w.go_to(terms.grade_by);
        assert_eq!(w.client().close(&id), 0);
        w.freeze(&w.maker, false);
        assert_eq!(w.client().close(&id), 2_000 + budget);
        assert_eq!(w.balance(&w.contract), 0);
    }
}

/// A quorum decides a kept place after the bounty has ended, and no one settles it.
#[test]
fn what_a_kept_place_has_won_stays_after_the_end() {
    let w = World::new();
    let terms = Terms { oracle_fee: 0, deposit: 1, ..w.bounty(50, 2) };
    let id = w.open_with(&terms, 100, 0);
    let works = [w.work(id), w.work(id), w.work(id)];
    w.post(id, 0, &[w.scored(&works[0], 90, 1)], false);
    w.post(id, 2, &[w.rejected(&works[0], 1)], false);
    w.pass(2 * terms.patience);
    w.settle(id, &[&works[0]]);
    w.grade(id, &[w.scored(&works[1], 90, 2), w.scored(&works[2], 90, 3)]);
    assert_eq!((w.client().phase(&id), w.state(id).kept, w.state(id).due), (Phase::Ended, 1, 1));
    w.post(id, 1, &[w.scored(&works[0], 90, 1)], false);
    w.go_to(terms.grade_by);
    refused(w.client().try_close(&id), Error::NothingToClose);
    assert_eq!(w.release(id, &works[0]), 51);
    w.check();
}

#[test]
fn a_ballot_waits_for_the_end_of_judging() {
    let w = World::new();
    let terms = w.judged(w.terms());
    let id = w.open(&terms);
    let work = w.work(id);
    w.go_to(terms.grade_by);
    w.rule(id, &[w.scored(&work, 60, 1)]);
    refused(w.client().try_settle(&id, &w.settlements(&[&work])), Error::NothingToSettle);
    w.go_to(terms.judge.as_ref().expect("a judge").judge_by);
    w.settle(id, &[&work]);
    assert_eq!(w.balance(&work.solver), 2_000);
}
