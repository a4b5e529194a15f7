//! What grading costs and who bears it. Never the prize, and never both the solver and the budget.

/// What a new submission must carry: the whole fee of a verdict, or nothing where the free budget covers it.
pub fn carry(budget: i128, verdict_fee: i128) -> i128 {
    if budget >= verdict_fee {
        0
    } else {
        verdict_fee
    }
}

/// Who pays the oracles of a quorum, and what the solver gets back.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Bill {
    /// Out of the fees held for it.
    pub budget: i128,
    /// The rest of what it carried and of its deposit.
    pub back: i128,
}

/// The bill of a conclusion. `fee` is the fee of a verdict where a quorum decided, whatever it decided, so that no verdict pays
/// an oracle better than another, and 0 where none did. It comes first out of what the submission carried, then, if it is
/// faulty (rejected or unavailable), out of its deposit, then out of the budget.
pub fn bill(carried: i128, deposit: i128, fee: i128, faulty: bool) -> Bill {
    let carry = carried.min(fee);
    let lost = if faulty { deposit.min(fee - carry) } else { 0 };
    Bill { budget: fee - carry - lost, back: carried - carry + deposit - lost }
}

/// What each oracle of an epoch's quorum earns: a fee only if the total rose, as far as the budget goes, in equal shares; what
/// does not divide stays, and an empty budget blocks no epoch.
pub fn epoch_share(increase: i128, budget: i128, verdict_fee: i128, m: u32) -> i128 {
    if increase > 0 {
        budget.min(verdict_fee) / i128::from(m)
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_submission_carries_the_whole_fee_or_nothing() {
        assert_eq!(carry(10, 10), 0);
        assert_eq!(carry(9, 10), 10);
        assert_eq!(carry(0, 0), 0);
    }

    #[test]
    fn the_carry_pays_first_then_a_lost_deposit_then_the_budget() {
        assert_eq!(bill(10, 3, 10, false), Bill { budget: 0, back: 3 });
        assert_eq!(bill(10, 3, 0, false), Bill { budget: 0, back: 13 });
        assert_eq!(bill(0, 3, 10, false), Bill { budget: 10, back: 3 });
        assert_eq!(bill(0, 3, 10, true), Bill { budget: 7, back: 0 });
        assert_eq!(bill(0, 30, 10, true), Bill { budget: 0, back: 20 });
        assert_eq!(bill(10, 30, 10, true), Bill { budget: 0, back: 30 });
    }

    #[test]
    fn an_epoch_pays_as_far_as_the_budget_goes() {
        assert_eq!(epoch_share(1, 100, 20, 2), 10);
        assert_eq!(epoch_share(1, 7, 20, 2), 3);
        assert_eq!(epoch_share(0, 100, 20, 2), 0);
    }
}
