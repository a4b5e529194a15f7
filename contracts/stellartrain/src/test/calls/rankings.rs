//! Rankings: what they may name, and by what the prizes go.
use crate::errors::Error;
use crate::test::world::*;
use crate::types::*;
use soroban_sdk::testutils::Events as _;
use soroban_sdk::Address;

#[test]
fn a_ranking_names_only_what_is_scored_best_first() {
    let w = World::new();
    let terms = w.judged(w.ranked(&[500, 300]));
    let id = w.open(&terms);
    let [low, high, bad, open, decided] = core::array::from_fn(|_| w.work(id));
    w.grade(id, &[w.scored(&low, 60, 1), w.scored(&high, 70, 2), w.rejected(&bad, 1)]);
    for oracle in 0..2 {
        w.post(id, oracle, &[w.scored(&decided, 90, 3)], false);
    }
    let rank = |by: &Address, rows: &[(&Work, i64)]| w.client().try_post_ranking(by, &id, &w.cid(5), &w.ranking(rows));
    w.go_to(terms.grade_by - terms.patience);
    let oracle = &w.oracles[0];
    let unsound: [&[(&Work, i64)]; 4] = [&[(&bad, 90)], &[(&open, 90)], &[(&decided, 90)], &[(&low, 60), (&high, 70)]];
    for rows in unsound {
        refused(rank(oracle, rows), Error::BadRanking);
    }
    refused(rank(&w.judge, &[(&high, 70)]), Error::NotJudging);
    assert!(!w.rank(id, oracle, &[(&high, 70), (&low, 60)]));

    // The judge names what it scored itself as well, and neither what it rejected nor what a quorum decided and no call wrote.
    let (good, judge) = (open, &w.judge);
    w.go_to(terms.grade_by);
    w.rule(id, &[w.scored(&good, 80, 4)]);
    refused(rank(judge, &[(&decided, 90)]), Error::BadRanking);
    refused(rank(judge, &[(&bad, 90)]), Error::BadRanking);
    assert!(rank(judge, &[(&good, 80), (&high, 70)]).is_ok());
}

#[test]
fn the_judge_ranks_nothing_that_it_rejected() {
    let w = World::new();
    let terms = w.judged(w.ranked(&[500]));
    let id = w.open(&terms);
    let work = w.work(id);
    w.go_to(terms.grade_by);
    w.rule(id, &[w.rejected(&work, 1)]);
    let rows = w.ranking(&[(&work, 90)]);
    refused(w.client().try_post_ranking(&w.judge, &id, &w.cid(5), &rows), Error::BadRanking);
}

/// The payment concludes what was decided, and so decides by what all prizes go.
#[test]
fn a_payment_that_fixes_a_ranking_says_so() {
    let w = World::new();
    let terms = w.ranked(&[500]);
    let id = w.open(&terms);
    let work = w.work(id);
    for oracle in 0..2 {
        w.post(id, oracle, &[w.scored(&work, 60, 1)], false);
    }
    w.go_to(terms.grade_by);
    assert_eq!(w.release(id, &work), 520);
    // `ranking_fixed` and `payment_released`.
    assert_eq!(w.e.events().all().filter_by_contract(&w.contract).events().len(), 2);
}

#[test]
fn what_is_concluded_after_the_ranking_enters_no_table() {
    let w = World::new();
    let terms = w.ranked(&[500, 300]);
    let id = w.open(&terms);
    let (ranked, late) = (w.work(id), w.work(id));
    w.grade(id, &[w.scored(&ranked, 60, 1)]);
    for oracle in 0..2 {
        w.post(id, oracle, &[w.scored(&late, 90, 2)], false);
    }
    w.go_to(terms.grade_by - terms.patience);
    let is_due = || w.client().board(&id).get_unchecked(0).due;
    w.rank(id, &w.oracles[0], &[(&ranked, 60)]);
    assert!(!is_due());
    assert!(w.rank(id, &w.oracles[1], &[(&ranked, 60)]));
    assert!(is_due());
    w.settle(id, &[&late]);
    assert_eq!((w.verdict(id, &late), w.state(id).rows), (Verdict::Scored, 1));
    w.check();
}

#[test]
fn what_was_not_accepted_or_was_cancelled_is_not_ranked_for_that_reason() {
    let w = World::new();
    let id = w.create(&w.ranked(&[500]), 500, 1_000);
    let rank = || w.client().try_post_ranking(&w.oracles[0], &id, &w.cid(5), &w.ranking(&[]));
    refused(rank(), Error::NotAccepted);
    w.client().cancel(&id);
    refused(rank(), Error::Cancelled);
}
