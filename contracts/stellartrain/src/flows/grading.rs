//! Votes arrive in batches, in any order; who posts may also settle what they complete.
use super::batch::Batch;
use super::{check_cid, place};
use crate::errors::{require, Error, OrFail};
use crate::rules::rounding;
use crate::rules::verdict::{check_vote, Ballot, Cast};
use crate::storage;
use crate::types::{Cid, Row, Settlement, Terms, Verdict, Vote};
use soroban_sdk::{Address, Env, Vec};

/// Returns a row for each vote.
pub fn post_scores(e: &Env, oracle: &Address, id: u32, report: &Cid, votes: &Vec<Vote>, settle: bool) -> Vec<Row> {
    let (challenge, state) = storage::load(e, id);
    let place = place(&challenge, oracle).or_fail(e);
    let mut batch = Batch::new(e, id, &challenge, state);
    batch.phase().check_vote(batch.terms(), batch.now()).or_fail(e);
    require(!votes.is_empty(), Error::BadBatch).or_fail(e);
    check_cid(report).or_fail(e);
    for vote in votes.iter() {
        let at = batch.add(&vote.solver, vote.attempt, vote.hold).or_fail(e);
        let units = batch.cases[at].entry.units;
        let ballot = ballot(&vote, batch.terms(), units, place as u8).or_fail(e);
        cast(&mut batch, at, ballot).or_fail(e);
    }
    if settle {
        batch.settle();
    } else {
        batch.store_votes();
    }
    batch.rows()
}

/// Returns a row for each submission that was concluded or passed over.
pub fn settle(e: &Env, id: u32, submissions: &Vec<Settlement>) -> Vec<Row> {
    let (challenge, state) = storage::load(e, id);
    let mut batch = Batch::new(e, id, &challenge, state);
    batch.phase().check_begun().or_fail(e);
    require(!submissions.is_empty(), Error::BadBatch).or_fail(e);
    for Settlement { solver, attempt, hold } in submissions.iter() {
        batch.add(&solver, attempt, hold).or_fail(e);
    }
    batch.settle();
    require(batch.is_touched(), Error::NothingToSettle).or_fail(e);
    batch.rows()
}

/// The vote or ballot as it counts: with its score rounded, and without contradictions.
pub fn ballot(vote: &Vote, terms: &Terms, declared: u32, by: u8) -> Result<Ballot, Error> {
    let scored = vote.verdict == Verdict::Scored;
    let score = if scored { rounding::against_solver(vote.score, terms.step, terms.direction) } else { vote.score };
    let ballot = Ballot {
        by,
        verdict: vote.verdict,
        reason: u8::try_from(vote.reason).map_err(|_| Error::BadVerdict)?,
        score,
        content: vote.content_hash.to_array(),
        units: vote.units,
    };
    ballot.check(declared)?;
    Ok(ballot)
}

fn cast(batch: &mut Batch, at: usize, ballot: Ballot) -> Result<(), Error> {
    if !batch.takes_part(at) {
        batch.cast_late(at, ballot);
        return Ok(());
    }
    let (terms, now) = (batch.terms(), batch.now());
    let entry = &mut batch.cases[at].entry;
    let cast = check_vote(&entry.ballots, &ballot, terms, entry.time, now)?;
    if cast == Cast::Nothing {
        batch.cast_in_vain(at, ballot);
        return Ok(());
    }
    entry.voted |= 1 << ballot.by;
    if cast == Cast::First && entry.ballots.len() as u32 + 1 == terms.quorum() {
        entry.heard = now;
    }
    batch.tallies[usize::from(ballot.by)].count_vote(&ballot, cast == Cast::Improved);
    batch.cast(at, ballot);
    Ok(())
}
