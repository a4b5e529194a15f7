//! Oracles rank the solvers on the private part of the truth; with the quorum the prizes are due.
use super::{all_accepted, check_active, check_cid, closing, count_votes, pending, place};
use crate::board::Board;
use crate::errors::{require, Error, OrFail};
use crate::rules::board::Row;
use crate::rules::{payout, ranking, rounding, sums};
use crate::storage::{self, Slot};
use crate::types::{Challenge, Cid, Payout, Ranked, Ranking, RankingRow, RankingVote, State, Terms, Verdict};
use soroban_sdk::xdr::ToXdr;
use soroban_sdk::{Address, Env, Vec};

/// Returns whether this was the quorum.
pub fn post(e: &Env, oracle: &Address, id: u32, report: &Cid, rows: &Vec<RankingRow>) -> bool {
    let (challenge, mut state) = storage::load(e, id);
    let place = place(&challenge, oracle).or_fail(e);
    let Payout::Ranked(ranked) = &challenge.terms.payout else { Err(Error::WrongRule).or_fail(e) };
    check_rankable(&challenge, &state, e.ledger().timestamp()).or_fail(e);
    check_cid(report).or_fail(e);
    let board = board(e, id, &challenge.terms, ranked, rows).or_fail(e);

    let mut votes = storage::ranking_votes(e, id);
    let voted = votes.iter().any(|vote| vote.oracle == place);
    require(!voted, Error::AlreadyPosted).or_fail(e);
    let hash = e.crypto().sha256(&rows.to_xdr(e)).to_bytes();
    votes.push_back(RankingVote { oracle: place, hash: hash.clone() });
    let equal = votes.iter().filter(|vote| vote.hash == hash).count() as u32;
    let quorum = equal >= challenge.terms.quorum;
    let proved = quorum.then_some(&votes).into_iter().flatten().map(|vote| (vote.oracle, vote.hash == hash));
    count_votes(&mut state, place, proved).or_fail(e);

    // The board is written in any case, so that a simulation declares it whatever lands before the call.
    let running = storage::board(e, id);
    storage::set_board(e, id, if quorum { &board } else { &running });
    if quorum {
        award(ranked, &mut state, &board).or_fail(e);
        closing::end(e, &challenge, &mut state).ok();
    }
    storage::set_ranking_votes(e, id, &votes, challenge.terms.grade_by);
    storage::set_state(e, id, &state);
    quorum
}

/// The ranking is made after the deadline, when every submission has its verdict, and before `grade_by`.
fn check_rankable(challenge: &Challenge, state: &State, now: u64) -> Result<(), Error> {
    require(state.ranking == Ranking::Open, Error::AlreadyRanked)?;
    check_active(state)?;
    require(all_accepted(state), Error::NotAccepted)?;
    require(now >= challenge.terms.deadline && pending(state) == 0, Error::RankingTooEarly)?;
    require(now < challenge.terms.grade_by, Error::GradingOver)
}

/// The board that the rows make: scored submissions of different solvers, best first, each reaching the threshold.
fn board(e: &Env, id: u32, terms: &Terms, ranked: &Ranked, rows: &Vec<RankingRow>) -> Result<Board, Error> {
    require(rows.len() <= ranked.prizes.len(), Error::BadRanking)?;
    let mut board = Board::new(e);
    for RankingRow { solver, attempt, score } in rows.iter() {
        let slot = Slot::new(e, id, &solver, attempt);
        let entry = storage::entry(e, &slot);
        let rounded = rounding::against_solver(score, terms.step, terms.direction);
        let row = Row { number: entry.number, attempt, score };
        let follows = board.rows.last().is_none_or(|last| last.before(&row, terms.direction));
        let meets = payout::meets(rounded, terms.threshold, terms.direction);
        let fits = entry.verdict == Verdict::Scored && follows && meets && !board.has(&solver, slot.mark);
        require(fits, Error::BadRanking)?;
        board.push(&solver, slot.mark, row);
    }
    Ok(board)
}

/// The prizes of the places taken are due; `release_payment` sends them.
fn award(ranked: &Ranked, state: &mut State, board: &Board) -> Result<(), Error> {
    state.ranking = Ranking::Posted;
    state.winners = board.len();
    let due = ranking::due(ranked, state)?;
    state.escrow = sums::take(state.escrow, due)?;
    state.held = sums::add(state.held, due)?;
    Ok(())
}
