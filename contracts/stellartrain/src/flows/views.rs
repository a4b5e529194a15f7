//! What others may read: bounded in cost, and true of this moment even if no call has made it final yet.
use super::batch::Batch;
use super::payment::pay_of;
use super::{places, release};
use crate::errors::{require, Error, OrFail};
use crate::rules::MAX_BATCH;
use crate::storage::{self, Slot};
use crate::types::{Outcome, Payout, Phase, Place, Ranking, Submission, SubmissionId, Terms, Verdict};
use places::Places;
use soroban_sdk::{Address, Env, Vec};

pub fn submissions(e: &Env, id: u32, ids: &Vec<SubmissionId>) -> Vec<Submission> {
    require(ids.len() <= MAX_BATCH, Error::BadBatch).or_fail(e);
    let mut found = Vec::new(e);
    for SubmissionId { solver, attempt } in ids.iter() {
        found.push_back(storage::entry(e, &Slot::new(e, id, &solver, attempt)).to_view(e));
    }
    found
}

pub fn phase(e: &Env, id: u32) -> Phase {
    super::phase_now(e, &storage::challenge(e, id), &storage::state(e, id))
}

/// The places of a bounty; of a competition those of the ranking, or, while there is none, of the running table.
pub fn board(e: &Env, id: u32) -> Vec<Place> {
    let (challenge, mut state) = (storage::challenge(e, id), storage::state(e, id));
    let terms = &challenge.terms;
    places::redue(terms, &mut state, e.ledger().timestamp()).or_fail(e);
    let Places { board, ranking } = Places::load(e, id, terms);
    let ranked = matches!(state.ranking, Ranking::Oracles | Ranking::Judge);
    let shown = if ranked { ranking } else { board };
    let mut found = Vec::new(e);
    for (place, (solver, row)) in shown.solvers.iter().zip(&shown.rows).enumerate() {
        let place = place as u32;
        let (prize, due) = match &terms.payout {
            Payout::Bounty(bounty) => (bounty.reward, place < state.due),
            Payout::Ranked(ranked) => (ranked.prizes.get(place).unwrap_or(0), state.ranking != Ranking::Open),
            Payout::PerUnit(_) | Payout::Earnings => (0, false),
        };
        let solver = solver.address.clone();
        found.push_back(Place { solver, attempt: row.attempt, number: row.number, score: row.score, prize, due });
    }
    found
}

pub fn outcome(e: &Env, id: u32, solver: &Address, attempt: u32) -> Outcome {
    let (challenge, state) = (storage::challenge(e, id), storage::state(e, id));
    let due = state.due;
    let batch = release::standing(e, id, &challenge, state, solver, attempt);
    let (terms, entry) = (&challenge.terms, &batch.cases[0].entry);
    let prize = batch.places.prize(terms, &batch.state, entry.number) + pay_of(entry, terms);
    let last = entry.status != Verdict::Pending && is_prize_final(terms, &batch, entry.number, due);
    Outcome { number: entry.number, verdict: entry.status, score: entry.score, prize, token: terms.token.clone(), last }
}

/// Whether a concluded submission can win nothing more and lose nothing: in a bounty who does not stand on the board has no
/// place, and what a call has written as due stays due. What would be due if it were settled now is not enough: an earlier
/// submission of the same solver may be settled first and take its place. In a competition anything can change until it is
/// ranked.
fn is_prize_final(terms: &Terms, batch: &Batch, number: u32, due: u32) -> bool {
    match &terms.payout {
        Payout::Bounty(_) => batch.places.board.place(number).is_none_or(|place| place < due),
        Payout::Ranked(_) => batch.state.ranking != Ranking::Open,
        Payout::PerUnit(_) | Payout::Earnings => true,
    }
}
