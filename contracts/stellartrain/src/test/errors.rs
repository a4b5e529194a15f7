//! Every refusal is reached by a call: an error that nothing can bring about, or that no test reaches, fails here.
extern crate std;
use super::world::{prize, refused, Work, World};
use crate::errors::Error;
use crate::types::*;
use soroban_sdk::{testutils::Address as _, vec, Address, String, Vec};

/// Each error with a call that ends in it.
type Reached = (Error, fn(&World));

fn ranked(w: &World) -> Terms {
    Terms { payout: Payout::Ranked(Ranked { prizes: vec![&w.e, 500, 300] }), ..w.terms() }
}

fn per_unit(w: &World) -> Terms {
    Terms { payout: Payout::PerUnit(PerUnit { rate: 3, max_units: 1_000 }), ..w.terms() }
}

fn earnings(w: &World) -> Terms {
    Terms { payout: Payout::Earnings, deposit: 0, silence_share: 0, ..w.terms() }
}

#[track_caller]
fn create(w: &World, terms: Terms, error: Error) {
    refused(w.client().try_create_challenge(&w.maker, &terms, &prize(&terms), &0), error);
}

#[track_caller]
fn submit(w: &World, id: u32, solver: &Address, attempt: u32, error: Error) {
    refused(w.client().try_submit(solver, &id, &attempt, &w.cid(9), &0, &0), error);
}

#[track_caller]
fn vote(w: &World, id: u32, votes: &[Vote], error: Error) {
    let votes = Vec::from_slice(&w.e, votes);
    refused(w.client().try_post_scores(&w.oracles[0], &id, &w.cid(8), &votes, &true), error);
}

#[track_caller]
fn rank(w: &World, id: u32, rows: &Vec<RankingRow>, error: Error) {
    refused(w.client().try_post_ranking(&w.oracles[0], &id, &w.cid(8), rows), error);
}

#[track_caller]
fn earn(w: &World, id: u32, epoch: u32, total: i128, error: Error) {
    refused(w.client().try_post_earnings(&w.oracles[0], &id, &epoch, &w.bytes(1), &total, &w.cid(8)), error);
}

fn row(work: &Work) -> RankingRow {
    RankingRow { solver: work.solver.clone(), attempt: work.attempt, score: 60 }
}

/// A ranking after its deadline with one scored submission.
fn rankable(w: &World) -> (u32, Work) {
    let terms = ranked(w);
    let id = w.open(&terms);
    let work = w.work(id);
    w.grade(id, &[w.scored(&work, 60, 1)]);
    w.go_to(terms.deadline);
    (id, work)
}

/// An epoch of earnings whose root is this labeler's leaf of 60, with a total of 50.
fn earned(w: &World) -> (u32, Address) {
    let id = w.open(&earnings(w));
    let labeler = w.solver();
    let leaf = super::earnings::tree::leaf(&w.contract, id, 1, &labeler, 60);
    let root = soroban_sdk::BytesN::from_array(&w.e, &leaf);
    for oracle in 0..2 {
        w.client().post_earnings(&w.oracles[oracle], &id, &1, &root, &50, &w.cid(8));
    }
    (id, labeler)
}

const REACHED: &[Reached] = &[
    (Error::NotRegistered, |w| refused(w.client().try_oracle(&w.maker), Error::NotRegistered)),
    (Error::UrlTooLong, |w| {
        let url = String::from_bytes(&w.e, &[b'x'; 129]);
        refused(w.client().try_register_oracle(&w.maker, &w.bytes(1), &url, &w.cid(1)), Error::UrlTooLong);
    }),
    (Error::BadCid, |w| create(w, Terms { manifest: Cid { codec: 0, ..w.cid(1) }, ..w.terms() }, Error::BadCid)),
    (Error::BadOracles, |w| create(w, Terms { oracles: vec![&w.e], ..w.terms() }, Error::BadOracles)),
    (Error::BadQuorum, |w| create(w, Terms { quorum: 1, ..w.terms() }, Error::BadQuorum)),
    (Error::BadTimes, |w| create(w, Terms { accept_by: w.now(), ..w.terms() }, Error::BadTimes)),
    (Error::BadPatience, |w| create(w, Terms { patience: 1, ..w.terms() }, Error::BadPatience)),
    (Error::BadPayout, |w| create(w, Terms { deposit: 1, ..earnings(w) }, Error::BadPayout)),
    (Error::BadAmount, |w| create(w, Terms { oracle_fee: -1, ..w.terms() }, Error::BadAmount)),
    (Error::BadAttempts, |w| create(w, Terms { attempts: 0, ..w.terms() }, Error::BadAttempts)),
    (Error::BadSilenceShare, |w| create(w, Terms { silence_share: 10_001, ..w.terms() }, Error::BadSilenceShare)),
    (Error::BadStep, |w| create(w, Terms { step: 0, ..w.terms() }, Error::BadStep)),
    (Error::TransferMismatch, |w| {
        let token = super::tokens::Token::new(&w.e);
        token.mint(&w.maker, 5_000);
        token.is(super::tokens::Mood::TakesAFee);
        create(w, Terms { token: token.address, ..w.terms() }, Error::TransferMismatch);
    }),
    (Error::WrongPrize, |w| {
        refused(w.client().try_create_challenge(&w.maker, &w.terms(), &1_999, &0), Error::WrongPrize);
    }),
    (Error::NoChallenge, |w| refused(w.client().try_close(&1), Error::NoChallenge)),
    (Error::NotYetOpen, |w| {
        let id = w.open(&Terms { opens: w.now() + 1, ..w.terms() });
        submit(w, id, &w.solver(), 1, Error::NotYetOpen);
    }),
    (Error::NotAccepted, |w| {
        let id = w.client().create_challenge(&w.maker, &w.terms(), &2_000, &0);
        submit(w, id, &w.solver(), 1, Error::NotAccepted);
    }),
    (Error::AlreadyAccepted, |w| {
        let id = w.open(&w.terms());
        refused(w.client().try_accept_challenge(&w.oracles[0], &id), Error::AlreadyAccepted);
    }),
    (Error::AcceptTooLate, |w| {
        let terms = w.terms();
        let id = w.client().create_challenge(&w.maker, &terms, &2_000, &0);
        w.go_to(terms.accept_by);
        refused(w.client().try_accept_challenge(&w.oracles[0], &id), Error::AcceptTooLate);
    }),
    (Error::NotAnOracle, |w| {
        let id = w.open(&w.terms());
        refused(w.client().try_withdraw_fees(&w.maker, &id), Error::NotAnOracle);
    }),
    (Error::DeadlinePassed, |w| {
        let terms = w.terms();
        let id = w.open(&terms);
        w.go_to(terms.deadline);
        submit(w, id, &w.solver(), 1, Error::DeadlinePassed);
    }),
    (Error::Ended, |w| {
        let terms = w.terms();
        let id = w.open(&terms);
        w.go_to(terms.deadline);
        w.client().close(&id);
        submit(w, id, &w.solver(), 1, Error::Ended);
    }),
    (Error::Cancelled, |w| {
        let id = w.client().create_challenge(&w.maker, &w.terms(), &2_000, &0);
        w.client().cancel(&id);
        refused(w.client().try_close(&id), Error::Cancelled);
    }),
    (Error::CannotCancel, |w| refused(w.client().try_cancel(&w.open(&w.terms())), Error::CannotCancel)),
    (Error::NotYetEnded, |w| refused(w.client().try_close(&w.open(&w.terms())), Error::NotYetEnded)),
    (Error::NothingToClose, |w| {
        let terms = w.terms();
        let id = w.open(&terms);
        w.go_to(terms.deadline);
        w.client().close(&id);
        refused(w.client().try_close(&id), Error::NothingToClose);
    }),
    (Error::EscrowNotTakenHere, |w| {
        let id = w.open(&w.terms());
        refused(w.client().try_top_up(&w.maker, &id, &1, &0), Error::EscrowNotTakenHere);
    }),
    (Error::GradingOver, |w| {
        let terms = w.terms();
        let id = w.open(&terms);
        let work = w.work(id);
        w.go_to(terms.grade_by);
        vote(w, id, &[w.scored(&work, 60, 1)], Error::GradingOver);
    }),
    (Error::WrongRule, |w| rank(w, w.open(&w.terms()), &vec![&w.e], Error::WrongRule)),
    (Error::RankingTooEarly, |w| rank(w, w.open(&ranked(w)), &vec![&w.e], Error::RankingTooEarly)),
    (Error::AlreadyRanked, |w| {
        let (id, _) = rankable(w);
        for oracle in 1..3 {
            w.client().post_ranking(&w.oracles[oracle], &id, &w.cid(8), &vec![&w.e]);
        }
        rank(w, id, &vec![&w.e], Error::AlreadyRanked);
    }),
    (Error::ConflictOfInterest, |w| submit(w, w.open(&w.terms()), &w.maker, 1, Error::ConflictOfInterest)),
    (Error::WrongAttempt, |w| submit(w, w.open(&w.terms()), &w.solver(), 2, Error::WrongAttempt)),
    (Error::TooManyAttempts, |w| {
        let id = w.open(&Terms { attempts: 1, ..w.terms() });
        let work = w.work(id);
        submit(w, id, &work.solver, 2, Error::TooManyAttempts);
    }),
    (Error::TooManyToday, |w| {
        let id = w.open(&Terms { attempts_per_day: 1, ..w.terms() });
        let work = w.work(id);
        submit(w, id, &work.solver, 2, Error::TooManyToday);
    }),
    (Error::AlreadyWon, |w| {
        let id = w.open(&w.terms());
        let work = w.work(id);
        w.grade(id, &[w.scored(&work, 60, 1)]);
        submit(w, id, &work.solver, 2, Error::AlreadyWon);
    }),
    (Error::BadUnits, |w| submit(w, w.open(&per_unit(w)), &w.solver(), 1, Error::BadUnits)),
    (Error::NoSubmission, |w| {
        let id = w.open(&w.terms());
        refused(w.client().try_release_payment(&id, &w.maker, &1), Error::NoSubmission);
    }),
    (Error::CarryTooLow, |w| {
        let id = w.client().create_challenge(&w.maker, &w.terms(), &2_000, &9);
        w.accept(id);
        submit(w, id, &w.solver(), 1, Error::CarryTooLow);
    }),
    (Error::BatchPending, |w| {
        let (id, solver) = (w.open(&per_unit(w)), w.solver());
        w.client().submit(&solver, &id, &1, &w.cid(9), &1, &0);
        submit(w, id, &solver, 2, Error::BatchPending);
    }),
    (Error::EscrowUsedUp, |w| {
        let id = w.client().create_challenge(&w.maker, &per_unit(w), &2, &100);
        w.accept(id);
        refused(w.client().try_submit(&w.solver(), &id, &1, &w.cid(9), &1, &0), Error::EscrowUsedUp);
    }),
    (Error::BadBatch, |w| vote(w, w.open(&w.terms()), &[], Error::BadBatch)),
    (Error::AlreadyVoted, |w| {
        let id = w.open(&w.terms());
        let work = w.work(id);
        w.post(id, 0, &[w.scored(&work, 60, 1)], false);
        vote(w, id, &[w.scored(&work, 60, 1)], Error::AlreadyVoted);
    }),
    (Error::VoteOutOfOrder, |w| {
        let id = w.open(&w.terms());
        w.work(id);
        vote(w, id, &[w.scored(&w.work(id), 60, 1)], Error::VoteOutOfOrder);
    }),
    (Error::BadVerdict, |w| {
        let id = w.open(&w.terms());
        vote(w, id, &[w.rejected(&w.work(id), 0)], Error::BadVerdict);
    }),
    (Error::TooEarlyUnavailable, |w| {
        let id = w.open(&w.terms());
        vote(w, id, &[w.unavailable(&w.work(id))], Error::TooEarlyUnavailable);
    }),
    (Error::NothingToSettle, |w| {
        let id = w.open(&w.terms());
        let work = w.work(id);
        refused(w.client().try_settle(&id, &w.settlements(&[&work])), Error::NothingToSettle);
    }),
    (Error::BadRanking, |w| {
        let (id, work) = rankable(w);
        rank(w, id, &vec![&w.e, row(&work), row(&work)], Error::BadRanking);
    }),
    (Error::AlreadyPosted, |w| {
        let (id, work) = rankable(w);
        w.client().post_ranking(&w.oracles[0], &id, &w.cid(8), &vec![&w.e]);
        rank(w, id, &vec![&w.e, row(&work)], Error::AlreadyPosted);
    }),
    (Error::WrongEpoch, |w| earn(w, w.open(&earnings(w)), 2, 50, Error::WrongEpoch)),
    (Error::BadTotal, |w| earn(w, w.open(&earnings(w)), 1, 10_001, Error::BadTotal)),
    (Error::NothingOwed, |w| {
        let id = w.open(&w.terms());
        let work = w.work(id);
        refused(w.client().try_release_payment(&id, &work.solver, &1), Error::NothingOwed);
    }),
    (Error::TruthStaysClosed, |w| {
        let id = w.open(&Terms { opens_truth: false, ..w.terms() });
        refused(w.client().try_reveal(&w.maker, &id, &w.cid(1)), Error::TruthStaysClosed);
    }),
    (Error::AlreadyRevealed, |w| {
        let terms = w.terms();
        let id = w.open(&terms);
        w.go_to(terms.deadline);
        w.client().reveal(&w.maker, &id, &w.cid(1));
        refused(w.client().try_reveal(&w.maker, &id, &w.cid(1)), Error::AlreadyRevealed);
    }),
    (Error::NotYours, |w| {
        let id = w.open(&w.terms());
        refused(w.client().try_reveal(&Address::generate(&w.e), &id, &w.cid(1)), Error::NotYours);
    }),
    (Error::NothingEarned, |w| {
        let id = w.open(&w.terms());
        refused(w.client().try_withdraw_fees(&w.oracles[0], &id), Error::NothingEarned);
    }),
    (Error::Overflow, |w| create_beyond_all_numbers(w)),
    (Error::NoEpoch, |w| refused(w.client().try_epoch(&w.open(&earnings(w)), &1), Error::NoEpoch)),
    (Error::BadProof, |w| {
        let (id, labeler) = earned(w);
        refused(w.client().try_claim(&id, &1, &labeler, &61, &vec![&w.e]), Error::BadProof);
    }),
    (Error::BeyondTotal, |w| {
        let (id, labeler) = earned(w);
        refused(w.client().try_claim(&id, &1, &labeler, &60, &vec![&w.e]), Error::BeyondTotal);
    }),
];

/// A batch whose largest pay is no number.
fn create_beyond_all_numbers(w: &World) {
    let payout = Payout::PerUnit(PerUnit { rate: i128::MAX, max_units: 2 });
    create(w, Terms { payout, ..w.terms() }, Error::Overflow);
}

#[test]
fn every_error_is_reached() {
    for (_, reach) in REACHED {
        let w = World::new();
        reach(&w);
        w.check();
    }
}

#[test]
fn no_error_is_left_out_and_none_is_numbered_twice() {
    // The list of the contract's own source, so that a new error without a test fails here.
    let declared: std::vec::Vec<u32> = include_str!("../errors.rs")
        .lines()
        .filter_map(|line| line.trim().strip_suffix(',')?.split_once(" = ")?.1.parse().ok())
        .collect();
    let mut reached: std::vec::Vec<u32> = REACHED.iter().map(|(error, _)| *error as u32).collect();
    reached.sort_unstable();
    assert_eq!(declared, reached, "declared and reached differ");
    assert!(declared.is_sorted_by(|a, b| a < b), "numbers are given once, in order");
    assert!(!declared.contains(&200), "200 is not given again");
}
