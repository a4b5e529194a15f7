//! Where the money goes when nobody grades: fixed before the first submission, split without a loop.
use super::sums;
use crate::errors::Error;
use crate::types::{Payout, State};

/// How many submissions share: ungraded ones that no oracle voted to reject.
pub fn eligible(state: &State) -> Result<u32, Error> {
    (state.submitted - state.finalized)
        .checked_sub(state.reject_voted)
        .and_then(|pending| pending.checked_add(state.unsettled_eligible))
        .ok_or(Error::Overflow)
}

/// Whether anything is ungraded, eligible or not.
pub fn ungraded(state: &State) -> bool {
    state.submitted > state.finalized || state.unsettled_eligible > 0
}

/// The most that any submission could have earned; a batch paid per unit is bounded by its own reservation besides.
pub fn most(payout: &Payout) -> i128 {
    match payout {
        Payout::Bounty(bounty) => bounty.reward,
        Payout::Ranked(ranked) => ranked.prizes.last().unwrap_or(0),
        Payout::PerUnit(unit) => unit.rate.saturating_mul(i128::from(unit.max_units)),
        Payout::Earnings => 0,
    }
}

/// Basis points.
const WHOLE: u32 = 10_000;

/// Each one's part of the escrow, rounded down, never more than it could have earned.
pub fn part(escrow: i128, share_bps: u32, eligible: u32, most: i128) -> i128 {
    if eligible == 0 {
        return 0;
    }
    // floor(escrow * share / 10,000) without the large product.
    let whole = sums::divide(escrow, WHOLE);
    let rest = (escrow - whole * i128::from(WHOLE)) * i128::from(share_bps);
    let shared = whole * i128::from(share_bps) + sums::divide(rest, WHOLE);
    sums::divide(shared, eligible).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_parts_rounded_down_and_capped() {
        assert_eq!(part(1_000, 5_000, 3, 1_000), 166);
        assert_eq!(part(1_000, 5_000, 3, 100), 100);
        assert_eq!(part(1_000, 0, 3, 100), 0);
        assert_eq!(part(1_000, 10_000, 0, 100), 0);
        assert_eq!(part(19_999, 3_333, 1, 1_000_000), 19_999 * 3_333 / 10_000);
    }

    #[test]
    fn the_parts_never_exceed_the_escrow() {
        let largest = i128::MAX;
        for eligible in [1, 2, 7, u32::MAX] {
            let each = part(largest, 10_000, eligible, i128::MAX);
            assert!(each.checked_mul(i128::from(eligible)).is_some_and(|sum| sum <= largest));
        }
    }
}
