//! What others may read: bounded in cost, and true of this moment even if no call has made it final yet.
use super::{expiry, release};
use crate::errors::{require, Error, OrFail};
use crate::rules::{ranking, MAX_BATCH};
use crate::storage::{self, Slot};
use crate::types::{Outcome, Payout, Place, Ranking, State, Status, Submission, SubmissionId, Verdict};
use soroban_sdk::{Address, Env, Vec};

pub fn submissions(e: &Env, id: u32, ids: &Vec<SubmissionId>) -> Vec<Submission> {
    require(ids.len() <= MAX_BATCH, Error::BadBatch).or_fail(e);
    let mut found = Vec::new(e);
    for SubmissionId { solver, attempt } in ids.iter() {
        found.push_back(storage::entry(e, &Slot::new(e, id, &solver, attempt)).to_view(e));
    }
    found
}

pub fn board(e: &Env, id: u32) -> Vec<Place> {
    let (challenge, mut state) = (storage::challenge(e, id), storage::state(e, id));
    expiry::lapse(&challenge, &mut state, e.ledger().timestamp()).or_fail(e);
    let board = storage::board(e, id);
    let mut places = Vec::new(e);
    for (place, (solver, row)) in board.solvers.iter().zip(&board.rows).enumerate() {
        let prize = match &challenge.terms.payout {
            Payout::Bounty(bounty) => bounty.reward,
            Payout::Ranked(ranked) => ranking::prize(ranked, &state, place as u32).or_fail(e),
            Payout::PerUnit(_) | Payout::Earnings => 0,
        };
        places.push_back(Place { solver, attempt: row.attempt, number: row.number, score: row.score, prize });
    }
    places
}

pub fn outcome(e: &Env, id: u32, solver: &Address, attempt: u32) -> Outcome {
    let (challenge, mut state) = (storage::challenge(e, id), storage::state(e, id));
    let entry = storage::entry(e, &Slot::new(e, id, solver, attempt));
    expiry::lapse(&challenge, &mut state, e.ledger().timestamp()).or_fail(e);
    let verdict = standing(&state, entry.verdict);
    let prize = release::won(e, id, &challenge, &state, &entry).or_fail(e);
    let ranked = !matches!(challenge.terms.payout, Payout::Ranked(_)) || state.ranking != Ranking::Open;
    let last = verdict != Verdict::Pending && ranked;
    Outcome { number: entry.number, verdict, score: entry.score, prize, token: challenge.terms.token, last }
}

/// What is pending when nothing can become final any more has its verdict, though no call has written it.
fn standing(state: &State, verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::Pending if state.status == Status::Ended => Verdict::Void,
        Verdict::Pending if state.silence.is_some() => Verdict::Unsettled,
        verdict => verdict,
    }
}
