//! Oracles rank the solvers on the private part of the truth, the judge where they do not; with the oracles' quorum the prizes
//! are due.
use super::{check_cid, is_judge, phase_now, place, places};
use crate::board::Board;
use crate::entry::Entry;
use crate::errors::{require, Error, OrFail};
use crate::rules::board::Row;
use crate::rules::{rounding, sums};
use crate::storage::{self, Slot};
use crate::types::{Cid, Payout, Ranked, Ranking, RankingRow, RankingVote, State, Terms, Verdict};
use soroban_sdk::xdr::ToXdr;
use soroban_sdk::{Address, Env, Vec};

/// Returns whether this was the quorum of oracles.
pub fn post(e: &Env, by: &Address, id: u32, report: &Cid, rows: &Vec<RankingRow>) -> bool {
    let (challenge, mut state) = storage::load(e, id);
    let terms = &challenge.terms;
    let Payout::Ranked(ranked) = &terms.payout else { Err(Error::WrongRule).or_fail(e) };
    let judge = is_judge(&challenge, by);
    let oracle = if judge { None } else { Some(place(&challenge, by).or_fail(e)) };
    let all_final = state.concluded == state.submitted;
    phase_now(e, &challenge, &state).check_rank(judge, all_final).or_fail(e);
    require(state.ranking == Ranking::Open, Error::AlreadyRanked).or_fail(e);
    check_cid(report).or_fail(e);
    let board = board(e, id, terms, ranked, rows, judge).or_fail(e);

    let (mut votes, before) = storage::rankings(e, id);
    let quorum = match oracle {
        Some(place) => vote(e, terms, &mut state, &mut votes, place, rows).or_fail(e),
        None => {
            state.judge_ranked = true;
            false
        }
    };
    let counts = quorum || judge;
    if counts {
        state.ranked = board.len();
    }
    if quorum {
        places::fix(terms, &mut state, Ranking::Oracles).or_fail(e);
    }
    storage::set_rankings(e, id, votes, if counts { &board } else { &before }, terms.end());
    storage::set_state(e, id, &state);
    quorum
}

/// Records an oracle's ranking, which may replace its own; with the quorum its oracles earn their fee.
fn vote(
    e: &Env,
    terms: &Terms,
    state: &mut State,
    votes: &mut Vec<RankingVote>,
    place: u32,
    rows: &Vec<RankingRow>,
) -> Result<bool, Error> {
    let hash = e.crypto().sha256(&rows.to_xdr(e)).to_bytes();
    if let Some(own) = votes.iter().position(|vote| vote.oracle == place) {
        votes.remove(own as u32);
    }
    votes.push_back(RankingVote { oracle: place, hash: hash.clone() });
    let equal = || votes.iter().filter(|vote| vote.hash == hash);
    if (equal().count() as u32) < terms.quorum() {
        return Ok(false);
    }
    for vote in equal() {
        let earned = state.purse.fees.get(vote.oracle).ok_or(Error::NotAnOracle)?;
        sums::take(&mut state.purse.ranking_fees, terms.oracle_fee)?;
        state.purse.fees.set(vote.oracle, earned + terms.oracle_fee);
    }
    Ok(true)
}

/// The board that the rows make: submissions of different solvers, best first, each reaching the threshold when rounded. The
/// order is that of the scores as posted: rounding them, too, would only make ties.
fn board(
    e: &Env,
    id: u32,
    terms: &Terms,
    ranked: &Ranked,
    rows: &Vec<RankingRow>,
    judge: bool,
) -> Result<Board, Error> {
    require(rows.len() <= ranked.prizes.len(), Error::BadRanking)?;
    let mut board = Board::default();
    for RankingRow { solver, attempt, score } in rows.iter() {
        let slot = Slot::new(e, id, &solver, attempt);
        let entry = storage::entry(e, &slot);
        let row = Row { number: entry.number, attempt, score };
        let follows = board.rows.last().is_none_or(|last| last.before(&row, terms.direction));
        let meets = terms.meets(rounding::against_solver(score, terms.step, terms.direction));
        let fits = may_rank(&entry, terms, judge) && follows && meets && board.place_of(&slot.solver).is_none();
        require(fits, Error::BadRanking)?;
        board.push(&slot.solver, row);
    }
    Ok(board)
}

/// A ranking names what is `Scored`, or, for the judge, what the judge itself ruled so and the end has not concluded.
fn may_rank(entry: &Entry, terms: &Terms, judge: bool) -> bool {
    let ruled = || {
        let decision = entry.decision(terms.quorum());
        decision.is_some_and(|it| !it.by_quorum() && it.ballot.verdict == Verdict::Scored)
    };
    entry.status == Verdict::Scored || judge && ruled()
}
