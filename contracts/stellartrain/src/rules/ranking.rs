//! The prizes of a ranking: whole once a quorum posted it, scaled by what was graded where the running table counts.
use super::sums;
use crate::errors::Error;
use crate::types::{Ranked, Ranking, State};

/// What the place (from 0) brings as things stand.
pub fn prize(ranked: &Ranked, state: &State, place: u32) -> Result<i128, Error> {
    let whole = ranked.prizes.get(place).unwrap_or(0);
    if state.ranking == Ranking::Posted || state.submitted == 0 {
        return Ok(whole);
    }
    let graded = graded(state)?;
    // At most 1e27 times 2^32: no overflow.
    Ok(sums::divide(sums::times(whole, graded)?, state.submitted))
}

/// Submissions with a quorum's verdict.
pub fn graded(state: &State) -> Result<u32, Error> {
    state.finalized.checked_sub(state.unsettled).ok_or(Error::Overflow)
}

/// What all places taken bring.
pub fn due(ranked: &Ranked, state: &State) -> Result<i128, Error> {
    (0..state.winners).try_fold(0, |sum, place| sums::add(sum, prize(ranked, state, place)?))
}
