//! What grading costs and who bears it. Never the prize, and never both the solver and the budget.
use crate::basics::Amount;

/// How a new submission's possible fee is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// It moves from the free budget to the held fees until the submission is concluded.
    Budget,
    /// The solver carries the whole of it.
    Solver,
}

/// A submission carries the whole fee of a verdict or nothing: it must when the free budget is less.
pub fn cover(budget: Amount, verdict_fee: Amount) -> Cover {
    if budget >= verdict_fee {
        Cover::Budget
    } else {
        Cover::Solver
    }
}

/// What a submission paid in, and what its conclusion calls for.
#[derive(Clone, Copy, Debug)]
pub struct Paid {
    /// m fees, or nothing.
    pub carry: Amount,
    /// Every valid submission gets it back.
    pub deposit: Amount,
}

/// Who pays the oracles of a quorum, and what the solver gets back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bill {
    /// First out of what the submission carried.
    pub carry: Amount,
    /// Then, if it was rejected or unavailable, out of its deposit.
    pub deposit: Amount,
    /// Then out of the fees held for it.
    pub budget: Amount,
    /// The rest of carry and deposit.
    pub back: Amount,
}

/// The bill of a conclusion. `verdict_fee` is m fees where a quorum decided, the same whatever it decided, so that no verdict
/// pays an oracle better than another; it is 0 where none did. `faulty` is a rejected or unavailable submission.
pub fn bill(paid: Paid, verdict_fee: Amount, faulty: bool) -> Bill {
    let carry = paid.carry.min(verdict_fee);
    let deposit = if faulty { paid.deposit.min(verdict_fee - carry) } else { 0 };
    Bill { carry, deposit, budget: verdict_fee - carry - deposit, back: paid.carry - carry + paid.deposit - deposit }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_fee_or_nothing_is_carried() {
        assert_eq!((cover(6, 6), cover(5, 6), cover(0, 0)), (Cover::Budget, Cover::Solver, Cover::Budget));
    }

    #[test]
    fn carry_then_deposit_then_budget() {
        let bill = |carry, deposit, fee, faulty| super::bill(Paid { carry, deposit }, fee, faulty);
        assert_eq!(bill(6, 10, 6, true), Bill { carry: 6, deposit: 0, budget: 0, back: 10 });
        assert_eq!(bill(0, 10, 6, true), Bill { carry: 0, deposit: 6, budget: 0, back: 4 });
        assert_eq!(bill(0, 4, 6, true), Bill { carry: 0, deposit: 4, budget: 2, back: 0 });
        assert_eq!(bill(0, 10, 6, false), Bill { carry: 0, deposit: 0, budget: 6, back: 10 });
        assert_eq!(bill(6, 10, 0, true), Bill { carry: 0, deposit: 0, budget: 0, back: 16 }, "no quorum, no fee");
    }
}
