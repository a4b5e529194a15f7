//! A story as it was played beside how it goes in the open.
use super::{Outcome, Setup};
use crate::basics::{Address, Amount};
use crate::challenge::Status;
use std::collections::BTreeMap;

/// What honest solvers get, and when, is no worse than in the open, and the coalition is no richer.
pub fn compare(setup: &Setup, open: &Outcome, closed: &Outcome) {
    // One patience; a ledger to see a vote in, one to answer it. Where honest oracles slept, late is late, and nothing else.
    let late = setup.asleep.iter().any(|(from, to)| from < to);
    let most = if late { setup.terms.end() } else { setup.terms.patience + 2 };
    let mut won: BTreeMap<Address, (Amount, Amount)> = BTreeMap::new();
    for (at, plan) in setup.plans.iter().enumerate().filter(|(_, plan)| plan.is_honest()) {
        let both = won.entry(plan.solver).or_default();
        let (open, closed) = (open.fates[at], closed.fates[at]);
        both.0 += open.map_or(0, |fate| fate.won);
        both.1 += closed.map_or(0, |fate| fate.won);
        let Some(open) = open.filter(|fate| fate.status != Status::Void) else { continue };
        let closed = closed.unwrap_or_else(|| panic!("plan {at}: taken in the open, refused in the game"));
        // Late, what could win nothing may be void when its votes come.
        if late && closed.status == Status::Void {
            continue;
        }
        assert!(same(closed.status, open.status), "plan {at}: another verdict: {open:?} {closed:?}");
        assert!(closed.concluded <= open.concluded + most, "plan {at}: verdict delayed: {open:?} {closed:?}");
        assert_eq!(closed.place, open.place, "plan {at}: another place");
        // Late, a solver may win by a later submission of its own that was decided first.
        if let Some(paid) = open.paid.filter(|_| !late) {
            assert!(closed.paid.is_some_and(|it| it <= paid + most), "plan {at}: prize delayed: {open:?} {closed:?}");
        }
    }
    for (solver, (open, closed)) in won {
        // More is possible: wallets can be in their own way.
        assert!(closed >= open, "{solver:?} won {closed} instead of {open}");
    }
    assert_eq!(closed.claimed, open.claimed);
    // Apart from fees for votes cast. The fee budget is a subsidy that junk can spend or hold for a patience: what honest
    // solvers carry instead is the maker's saving, and no prize; so is the fee of what is void because oracles slept.
    let gain = |it: &Outcome| it.coalition - it.coalition_fees - it.honest_paid;
    assert!(late || gain(closed) <= gain(open), "the coalition gained: {} instead of {}", gain(closed), gain(open));
}

/// A dishonest oracle among the m that reject can name a lower reason, and changes nothing by it.
fn same(one: Status, other: Status) -> bool {
    matches!((one, other), (Status::Rejected(_), Status::Rejected(_))) || one == other
}
