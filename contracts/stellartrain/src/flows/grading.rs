//! Votes arrive in batches; who posts may also settle what they complete.
use super::settlement::{Case, Desk};
use super::{all_accepted, check_active, check_cid, dates, place};
use crate::entry::REJECT_VOTED;
use crate::errors::{require, Error, OrFail};
use crate::rows::Rows;
use crate::rules::verdict::Ballot;
use crate::rules::{queue, rounding, sums, times, MAX_BATCH};
use crate::storage::{self, Slot};
use crate::types::{Challenge, Cid, SettledRow, Settlement, State, Terms, Verdict, Vote, VoteRow};
use alloc::vec::Vec as List;
use soroban_sdk::{Address, Env, Vec};

pub struct Graded {
    pub first: u32,
    pub votes: Vec<VoteRow>,
    pub settled_first: u32,
    pub settled: Vec<SettledRow>,
}

pub fn post_scores(e: &Env, oracle: &Address, id: u32, report: &Cid, votes: &Vec<Vote>, settle: bool) -> Graded {
    let (challenge, state) = storage::load(e, id);
    let place = place(&challenge, oracle).or_fail(e);
    check_gradable(e, &challenge, &state, votes.len()).or_fail(e);
    check_cid(report).or_fail(e);

    let mut desk = Desk::new(e, id, &challenge, state);
    let mut cases = List::with_capacity(votes.len() as usize);
    let mut rows = Rows::new();
    let mut first = 0;
    for vote in votes.iter() {
        let slot = Slot::new(e, id, &vote.solver, vote.attempt);
        let entry = storage::entry(e, &slot);
        if cases.is_empty() {
            first = entry.number;
            pass_to(&mut desk, place, first).or_fail(e);
        }
        queue::follows(first, cases.len() as u32, entry.number).or_fail(e);
        let ballot = ballot(&vote, &challenge.terms, entry.units, place as u8, desk.now).or_fail(e);
        let row = VoteRow(ballot.verdict as u32 | vote.reason << 8, ballot.score, vote.content_hash, ballot.units);
        rows.push(e, &row);
        let mut case = Case::new(slot, vote.solver, vote.attempt, vote.hold, entry);
        cast(&mut desk, &mut case, ballot).or_fail(e);
        cases.push(case);
    }

    let (settled_first, settled) = if settle {
        desk.settle(&mut cases)
    } else {
        desk.store(&cases);
        (0, Vec::new(e))
    };
    Graded { first, votes: rows.vector(e), settled_first, settled }
}

/// Returns the first number that became final, and a row for each.
pub fn settle(e: &Env, id: u32, submissions: &Vec<Settlement>) -> (u32, Vec<SettledRow>) {
    let (challenge, state) = storage::load(e, id);
    check_gradable(e, &challenge, &state, submissions.len()).or_fail(e);
    let mut cases: List<Case> = List::with_capacity(submissions.len() as usize);
    for Settlement { solver, attempt, hold } in submissions.iter() {
        let slot = Slot::new(e, id, &solver, attempt);
        let entry = storage::entry(e, &slot);
        let first = cases.first().map_or(entry.number, |case| case.entry.number);
        queue::follows(first, cases.len() as u32, entry.number).or_fail(e);
        cases.push(Case::new(slot, solver, attempt, hold, entry));
    }
    let mut desk = Desk::new(e, id, &challenge, state);
    let (first, settled) = desk.settle(&mut cases);
    require(first > 0, Error::NothingToSettle).or_fail(e);
    (first, settled)
}

fn check_gradable(e: &Env, challenge: &Challenge, state: &State, batch: u32) -> Result<(), Error> {
    check_active(state)?;
    require(all_accepted(state), Error::NotAccepted)?;
    times::check_grading(&dates(&challenge.terms), e.ledger().timestamp())?;
    require((1..=MAX_BATCH).contains(&batch), Error::BadBatch)
}

/// What the oracle passes over to begin with `first` became final without it.
fn pass_to(desk: &mut Desk, place: u32, first: u32) -> Result<(), Error> {
    let tally = &mut desk.tallies[place as usize];
    let passed = queue::passed_over(tally.cursor, desk.state.finalized, first)?;
    tally.missed = tally.missed.checked_add(passed).ok_or(Error::Overflow)?;
    Ok(())
}

/// The vote as it counts: with its score rounded, and without contradictions.
fn ballot(vote: &Vote, terms: &Terms, declared: u32, oracle: u8, time: u64) -> Result<Ballot, Error> {
    let scored = vote.verdict == Verdict::Scored;
    let score = if scored { rounding::against_solver(vote.score, terms.step, terms.direction) } else { vote.score };
    let ballot = Ballot {
        oracle,
        verdict: vote.verdict,
        reason: u8::try_from(vote.reason).map_err(|_| Error::BadVerdict)?,
        score,
        content: vote.content_hash.to_array(),
        units: vote.units,
        time,
    };
    ballot.check(declared)?;
    Ok(ballot)
}

/// Records a vote on a pending submission; on a final one it only counts as right or wrong.
fn cast(desk: &mut Desk, case: &mut Case, ballot: Ballot) -> Result<(), Error> {
    let tally = &mut desk.tallies[usize::from(ballot.oracle)];
    tally.cursor = case.entry.number;
    tally.votes = sums::inc(tally.votes)?;
    if !case.entry.is_pending() {
        match case.entry.agrees(&ballot) {
            Some(true) => tally.agreed = sums::inc(tally.agreed)?,
            Some(false) => tally.disagreed = sums::inc(tally.disagreed)?,
            None => {}
        }
        return Ok(());
    }
    if ballot.verdict == Verdict::Unavailable {
        let earliest = case.entry.time.saturating_add(desk.challenge.terms.patience);
        require(desk.now >= earliest, Error::TooEarlyUnavailable)?;
    }
    if ballot.verdict == Verdict::Rejected && !case.entry.has(REJECT_VOTED) {
        case.entry.set(REJECT_VOTED);
        desk.state.reject_voted = sums::inc(desk.state.reject_voted)?;
    }
    case.voted_content = Some(ballot.content);
    case.entry.ballots.push(ballot);
    Ok(())
}
