//! What must hold after every call, whoever made it.
use crate::bank::CONTRACT;
use crate::basics::{Address, Amount};
use crate::challenge::{Challenge, Status, Submission};
use crate::terms::Payout;
use crate::world::World;
use std::collections::BTreeSet;

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
