//! What must hold after every call, whoever made it.
use crate::bank::CONTRACT;
use crate::basics::{Address, Amount};
use crate::challenge::{Challenge, Status, Submission};
use crate::records::{MakerRecord, OracleRecord, Tally};
use crate::terms::Payout;
use crate::world::World;
use std::collections::{BTreeMap, BTreeSet};

/// The books are equal, every counter counts what it says, and nothing that was final has changed.
pub fn check(before: &World, after: &World) {
    let tokens: BTreeSet<_> = after.challenges.iter().map(|it| it.terms.token).collect();
    for token in tokens {
        let own = |it: &&Challenge| it.terms.token == token;
        let owed: Amount = after.challenges.iter().filter(own).map(|it| it.purse.sum()).sum();
        assert_eq!(after.bank.balance(token, CONTRACT), owed, "the contract holds exactly what it owes");
    }
    for (id, challenge) in after.challenges.iter().enumerate() {
        check_money(challenge);
        check_counters(challenge);
        check_board(challenge);
        assert!(challenge.purse.escrow >= challenge.keep(after.now), "what can be won is there");
        if let Some(earlier) = before.challenges.get(id) {
            check_finality(earlier, challenge);
        }
    }
    check_records(after);
}

fn check_money(it: &Challenge) {
    let purse = &it.purse;
    assert!(purse.parts().iter().chain(&purse.fees).all(|part| *part >= 0), "no part is negative: {purse:?}");
    if it.cancelled {
        assert_eq!(purse.sum(), 0);
        return;
    }
    let sum = |of: &dyn Fn(&Submission) -> Amount| it.submissions.iter().map(of).sum::<Amount>();
    let open = |of: &dyn Fn(&Submission) -> Amount| sum(&|it| if it.is_concluded() { 0 } else { of(it) });
    let fee = it.terms.verdict_fee();
    assert_eq!(purse.deposits, open(&|_| it.terms.deposit));
    assert_eq!(purse.carried, open(&|it| it.carry));
    assert_eq!(purse.held_fees, open(&|it| if it.carry == 0 { fee } else { 0 }));
    assert_eq!(purse.owed, sum(&|it| it.owed));
    assert_eq!(purse.prizes, sum(&|submission| it.prize_due(submission.number)));
    assert_eq!(purse.earned, it.earnings.total - it.earnings.paid());
    if let Payout::PerUnit { rate, .. } = it.terms.payout {
        assert_eq!(purse.reserved, open(&|it| rate * Amount::from(it.units)));
    }
}

fn check_counters(it: &Challenge) {
    let count = |of: &dyn Fn(&Submission) -> bool| it.submissions.iter().filter(|it| of(it)).count();
    assert_eq!(it.concluded, count(&Submission::is_concluded));
    assert_eq!(it.kept, count(&|it| it.kept));
    assert_eq!(it.unsettled, count(&|it| it.status == Status::Unsettled));
    assert_eq!(it.scored, count(&|it| matches!(it.status, Status::Scored { .. })));
    if !it.ended {
        assert_eq!(it.decided, count(&|it| !it.is_concluded() && it.votes.decision.is_some()));
    }
    for submission in &it.submissions {
        assert!(
            !submission.kept || submission.passed && !submission.is_concluded(),
            "a place is kept for what is open"
        );
        let wins = it.prize_due(submission.number) > 0 || submission.prize_paid;
        let graded = submission.votes.decision.as_ref().is_some_and(|it| it.verdict.is_graded());
        assert!(!wins || graded, "no prize without a verdict of a quorum or the judge");
    }
}

fn check_board(it: &Challenge) {
    let Payout::Bounty { winners, .. } = it.terms.payout else { return };
    let solvers: BTreeSet<Address> = it.board.rows.iter().map(|row| row.solver).collect();
    assert_eq!(solvers.len(), it.board.rows.len(), "a solver stands once");
    assert!(it.board.due <= it.board.rows.len() && it.board.rows.len() <= winners);
    assert!(
        it.board.rows[it.board.due..].windows(2).all(|pair| pair[0].number < pair[1].number),
        "who waits is sorted"
    );
    let paid: Vec<Address> = it.submissions.iter().filter(|it| it.prize_paid).map(|it| it.solver).collect();
    assert_eq!(paid.len(), paid.iter().collect::<BTreeSet<_>>().len(), "a solver wins once");
    assert!(paid.len() <= it.board.due, "only what is due is paid");
}

fn check_finality(before: &Challenge, after: &Challenge) {
    assert_eq!(before.terms, after.terms);
    let same_due = before.board.rows[..before.board.due] == after.board.rows[..before.board.due];
    assert!(same_due, "what is due stays due");
    assert!(!before.ended || after.ended && before.board.rows.len() == after.board.rows.len());
    if before.rankings.placed.is_some() {
        assert_eq!(before.rankings.places, after.rankings.places);
    }
    assert!(
        after.earnings.total >= before.earnings.total && after.earnings.epochs.starts_with(&before.earnings.epochs)
    );
    for (old, new) in before.submissions.iter().zip(&after.submissions) {
        assert!(!old.is_concluded() || old.status == new.status, "a final status never changes");
        assert!(old.votes.decision.is_none() || old.votes.decision == new.votes.decision, "nor does a verdict");
        assert!(!old.prize_paid || new.prize_paid);
        assert!(!(old.kept && new.status == Status::Void), "what a place is kept for is never void");
    }
}

/// Records and what `close` has not moved into them are together what happened, whatever the order in which it came: counted anew
/// from the submissions.
fn check_records(it: &World) {
    let mut makers: BTreeMap<Address, MakerRecord> = BTreeMap::new();
    let mut oracles: BTreeMap<Address, OracleRecord> = BTreeMap::new();
    let mut pending: BTreeMap<Address, Tally> = BTreeMap::new();
    for challenge in &it.challenges {
        let maker = makers.entry(challenge.terms.maker).or_default();
        let left = challenge.unsettled > 0 || !challenge.ended && challenge.open() > 0;
        maker.challenges += 1;
        maker.decided += u32::from(challenge.folded && !left);
        maker.undecided += u32::from(challenge.folded && left);
        maker.unopened += u32::from(challenge.unopened && !challenge.revealed[0]);
        for (place, oracle) in challenge.terms.oracles.iter().enumerate() {
            let record = oracles.entry(*oracle).or_default();
            record.accepted += u32::from(challenge.accepted[place]);
            record.folded += u32::from(challenge.folded);
            challenge.submissions.iter().for_each(|submission| recount(record, challenge, submission, place));
            let tally = &challenge.tallies[place];
            let open = challenge.submissions.iter().filter(|it| !it.is_concluded() && it.votes.cast[place].is_some());
            assert_eq!(tally.open as usize, open.count());
            let sum = pending.entry(*oracle).or_default();
            sum.votes += tally.votes;
            sum.unavailable += tally.unavailable;
            sum.agreed += tally.agreed;
            sum.disagreed += tally.disagreed;
            sum.missing += tally.missing;
        }
    }
    for (maker, expected) in &makers {
        assert_eq!(it.makers.get(maker).copied().unwrap_or_default(), *expected, "the record of {maker:?}");
    }
    for (oracle, expected) in &oracles {
        let (mut found, left) = (it.oracles.get(oracle).copied().unwrap_or_default(), pending[oracle]);
        found.votes += left.votes;
        found.unavailable += left.unavailable;
        found.agreed += left.agreed;
        found.disagreed += left.disagreed;
        found.missing += left.missing;
        assert_eq!(found, *expected, "the record of {oracle:?}, with {left:?}");
    }
}

fn recount(record: &mut OracleRecord, challenge: &Challenge, it: &Submission, place: usize) {
    let (cast, late) = (it.votes.cast[place], it.late[place]);
    if let Some(vote) = cast.or(late) {
        record.votes += 1;
        record.unavailable += u32::from(!vote.is_graded());
        if let Some(verdict) = it.stands().flatten().filter(|_| it.is_concluded() || late.is_some()) {
            record.agreed += u32::from(vote.same(verdict));
            record.disagreed += u32::from(!vote.same(verdict));
        }
        return;
    }
    let undecided = it.is_concluded() && it.quorum.is_none() && it.status != Status::Void;
    record.missing += u32::from(undecided || !it.is_concluded() && challenge.folded && !challenge.ended);
}
