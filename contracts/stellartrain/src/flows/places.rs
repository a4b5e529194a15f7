//! Who has won what: the places of a bounty and of a competition, and the prizes that are due.
use crate::board::Board;
use crate::errors::Error;
use crate::events::RankingFixed;
use crate::rules::payout::first_prizes;
use crate::rules::{board, sums};
use crate::storage;
use crate::types::{Payout, Ranking, State, Terms};
use soroban_sdk::Env;

/// The places of a challenge.
pub struct Places {
    /// Of a bounty, or the running table of a competition.
    pub board: Board,
    /// Of a competition: the ranking that has the oracles' quorum, or is the judge's last.
    pub ranking: Board,
}

impl Places {
    /// Reads what this payout rule has; nothing for payment per unit.
    pub fn load(e: &Env, id: u32, terms: &Terms) -> Places {
        match terms.payout {
            Payout::Bounty(_) => Places { board: storage::board(e, id), ranking: Board::default() },
            Payout::Ranked(_) => Places { board: storage::board(e, id), ranking: storage::rankings(e, id).1 },
            Payout::PerUnit(_) | Payout::Earnings => Places { board: Board::default(), ranking: Board::default() },
        }
    }

    /// Written whether it changed or not: a simulation then declares it for writing, whatever lands before the call.
    pub fn store(&self, e: &Env, id: u32, terms: &Terms) {
        if terms.is_bounty() || terms.is_ranked() {
            storage::set_board(e, id, &self.board);
        }
    }

    /// The prize that is set aside for a submission, sent or not.
    pub fn prize(&self, terms: &Terms, state: &State, number: u32) -> i128 {
        match &terms.payout {
            Payout::Bounty(bounty) => match self.board.place(number) {
                Some(place) if place < state.due => bounty.reward,
                _ => 0,
            },
            Payout::Ranked(ranked) => {
                let place = match state.ranking {
                    Ranking::Open => None,
                    Ranking::Table => self.board.place(number),
                    Ranking::Oracles | Ranking::Judge => self.ranking.place(number),
                };
                place.and_then(|place| ranked.prizes.get(place)).unwrap_or(0)
            }
            Payout::PerUnit(_) | Payout::Earnings => 0,
        }
    }
}

/// Sets the prizes aside that are due now; says by whom a competition's prizes go, if that was decided now.
pub fn redue(terms: &Terms, state: &mut State, now: u64) -> Result<Option<Ranking>, Error> {
    let over = now >= terms.end();
    match &terms.payout {
        Payout::Bounty(bounty) => {
            let claims = if state.ended > 0 || !over { state.kept } else { state.decided };
            let due = board::due(state.rows, state.due, bounty.winners, claims);
            let more = bounty.reward * i128::from(due - state.due);
            state.due = due;
            sums::shift(&mut state.purse.escrow, &mut state.purse.prizes, more)?;
            Ok(None)
        }
        Payout::Ranked(_) if over && state.ranking == Ranking::Open => {
            // The judge's last ranking counts where the oracles have none; where no one ranked, the running table, once
            // nothing is decided that is not in it.
            let by = match () {
                () if state.judge_ranked => Ranking::Judge,
                () if state.decided == 0 => Ranking::Table,
                () => return Ok(None),
            };
            fix(terms, state, by)?;
            Ok(Some(by))
        }
        _ => Ok(None),
    }
}

/// The prizes of a competition go by this ranking.
pub fn fix(terms: &Terms, state: &mut State, by: Ranking) -> Result<(), Error> {
    let Payout::Ranked(ranked) = &terms.payout else { return Err(Error::WrongRule) };
    let rows = if by == Ranking::Table { state.rows } else { state.ranked };
    state.ranking = by;
    let prizes = first_prizes(ranked, rows);
    sums::shift(&mut state.purse.escrow, &mut state.purse.prizes, prizes)
}

/// Says so, if by whom a competition's prizes go was decided by a call of another purpose.
pub fn publish(e: &Env, challenge: u32, fixed: Option<Ranking>) {
    if let Some(ranking) = fixed {
        RankingFixed { challenge, ranking }.publish(e);
    }
}
