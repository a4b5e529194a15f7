//! What stays in the escrow: the prize that someone can still win. The rest is the maker's.
use super::payout::first_prizes;
use crate::types::{Payout, Ranking, State, Terms};

/// How many submissions may still win, counted so that no entry needs to be read: before the end all that is not concluded;
/// from the end on what has a verdict and is not concluded, for no verdict can follow; in a bounty that has ended what a
/// place is kept for.
fn contenders(state: &State, over: bool) -> u32 {
    match () {
        () if state.ended > 0 => state.kept,
        () if over => state.decided,
        () => state.submitted - state.concluded,
    }
}

/// The part of the escrow that someone can still win.
///
/// A bounty keeps a reward for each contender, as far as there are places that are not due. A ranking keeps the first prizes,
/// as many as there can be places: what is scored already (from the end on, the running table's rows) and the contenders; once
/// its prizes are set aside it keeps nothing. Earnings keep everything until the last epoch can be posted. What batches reserve
/// is not part of the escrow.
pub fn keep(terms: &Terms, state: &State, now: u64) -> i128 {
    let over = now >= terms.end();
    let contenders = contenders(state, over);
    match &terms.payout {
        Payout::Bounty(bounty) => bounty.reward * i128::from(bounty.winners.saturating_sub(state.due).min(contenders)),
        Payout::Ranked(_) if state.ranking != Ranking::Open => 0,
        Payout::Ranked(ranked) => {
            let scored = if over { state.rows } else { state.scored };
            first_prizes(ranked, scored.saturating_add(contenders))
        }
        Payout::PerUnit(_) => 0,
        Payout::Earnings if now < terms.grade_by => state.purse.escrow,
        Payout::Earnings => 0,
    }
}

/// Whether the free fee budget can go to the maker: epochs to come are paid from it.
pub fn frees_budget(terms: &Terms, now: u64) -> bool {
    !terms.is_earnings() || now >= terms.grade_by
}
