//! What grading costs and who bears it: the fee budget, then a lost deposit before it, then the submission itself.
use super::sums;
use crate::errors::Error;

/// What a quorum of oracles earns together.
pub fn of_quorum(oracle_fee: i128, quorum: u32) -> Result<i128, Error> {
    sums::times(oracle_fee, quorum)
}

/// What a new submission must add to the fee budget so that grading all that is pending is paid for.
///
/// Because every submission restores `budget >= pending * fee`, this is never more than one submission's own fee.
pub fn carry(budget: i128, pending: u32, oracle_fee: i128, quorum: u32) -> Result<i128, Error> {
    let each = of_quorum(oracle_fee, quorum)?;
    let needed = sums::times(each, sums::inc(pending)?)?;
    Ok(needed.saturating_sub(budget).max(0))
}

/// How a lost deposit and the fee budget pay the oracles of a quorum.
#[derive(Debug, Eq, PartialEq)]
pub struct Split {
    pub from_budget: i128,
    /// What is over of the deposit.
    pub to_escrow: i128,
}

pub fn split(lost_deposit: i128, oracle_fee: i128, quorum: u32) -> Result<Split, Error> {
    let due = of_quorum(oracle_fee, quorum)?;
    let from_deposit = due.min(lost_deposit);
    Ok(Split { from_budget: due - from_deposit, to_escrow: lost_deposit - from_deposit })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_budget_carries_the_submission() {
        assert_eq!(carry(12, 1, 2, 3), Ok(0));
        assert_eq!(carry(11, 1, 2, 3), Ok(1));
        assert_eq!(carry(6, 1, 2, 3), Ok(6));
        assert_eq!(carry(0, 0, 0, 3), Ok(0));
    }

    #[test]
    fn the_deposit_pays_first() {
        assert_eq!(split(0, 2, 3), Ok(Split { from_budget: 6, to_escrow: 0 }));
        assert_eq!(split(4, 2, 3), Ok(Split { from_budget: 2, to_escrow: 0 }));
        assert_eq!(split(9, 2, 3), Ok(Split { from_budget: 0, to_escrow: 3 }));
    }
}
