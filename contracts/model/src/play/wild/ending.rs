//! What is left when everything that is owed was carried out, and what a `close` may leave.
use super::Wild;
use crate::bank::CONTRACT;
use crate::basics::{Address, Number};
use crate::challenge::{Status, Submission};
use crate::event::Event;
use crate::play::dice::Dice;
use crate::play::witness::{Nobody, Witness};
use crate::play::{invariants, samples};
use crate::score::Direction;
use crate::verdict::{By, Decision, Verdict};
use crate::world::{Answer, Call, World};
use std::collections::BTreeSet;

impl Wild<'_> {
    /// After a `close` nothing is left that nobody can win: if everything that may still win wins, all of it goes.
    pub(super) fn check_close(&mut self, id: usize, events: &[Event]) {
        let closed = events.iter().any(|event| matches!(event, Event::Closed(_)));
        let challenge = &self.world.challenges[id];
        let now = self.world.now;
        if !closed || challenge.purse.escrow == 0 || challenge.terms.is_earnings() {
            return;
        }
        assert_eq!(challenge.purse.escrow, challenge.keep(now));
        let over = challenge.is_over(now);
        let contends = |it: &Submission| match () {
            () if it.is_concluded() => false,
            () if challenge.ended => it.kept,
            () => !over || it.votes.decision.is_some(),
        };
        // The counters cannot know that two of them are one solver's, or that some scored below the threshold.
        let mut solvers: Vec<Address> = challenge.board.rows.iter().map(|row| row.solver).collect();
        solvers.extend(challenge.submissions.iter().filter(|it| contends(it)).map(|it| it.solver));
        let scored = challenge.submissions.iter().filter(|it| matches!(it.status, Status::Scored { .. }));
        solvers.extend(scored.filter(|_| challenge.terms.is_ranked()).map(|it| it.solver));
        let distinct = solvers.iter().collect::<BTreeSet<_>>().len() == solvers.len();
        let low = |it: &Submission| matches!(it.status, Status::Scored { score, .. } if !challenge.terms.meets(score));
        if !distinct || challenge.terms.is_ranked() && challenge.submissions.iter().any(low) {
            return;
        }
        let mut best = self.world.clone();
        best.bank.blocked.clear();
        let challenge = &mut best.challenges[id];
        let (direction, m) = (challenge.terms.direction, challenge.terms.m());
        let score = if direction == Direction::Maximize { i64::MAX } else { i64::MIN };
        for at in 0..challenge.submissions.len() {
            let it = &mut challenge.submissions[at];
            if it.is_concluded() || challenge.ended && !it.kept || over && it.votes.decision.is_none() {
                continue;
            }
            if it.votes.decision.is_none() && !challenge.ended {
                challenge.decided += 1;
            }
            let verdict = Verdict::Scored { score, content: 0, units: 0 };
            it.votes.decision = Some(Decision { verdict, by: By::Quorum((0..m).collect()) });
        }
        best.now = best.challenges[id].terms.end().max(now);
        best.challenges[id].rankings.judge = None;
        carry_out(&mut best, id, &mut Dice(1), &mut Nobody);
        best.call(CONTRACT, &Call::Close(id)).expect("close");
        assert_eq!(best.challenges[id].purse.escrow, 0);
        let before = self.world.bank.balance(samples::TOKEN, samples::MAKER);
        let after = best.bank.balance(samples::TOKEN, samples::MAKER);
        let fees = self.world.challenges[id].purse.held_fees + self.world.challenges[id].purse.ranking_fees;
        assert!(after <= before + fees, "close left what nobody could win");
        self.seen.note("close left exactly what can be won");
    }

    /// Everything that is owed can be had in the end, in whatever order it is carried out, and nothing is left.
    pub(super) fn finish(&mut self) {
        self.world.bank.blocked.clear();
        for id in 0..self.world.challenges.len() {
            if !self.world.challenges[id].accepted.iter().all(|it| *it) {
                call(&mut self.world, CONTRACT, &Call::Cancel(id), self.witness).ok();
                continue;
            }
            let mut other = self.world.clone();
            carry_out(&mut other, id, &mut Dice(self.dice.roll()), &mut Nobody);
            carry_out(&mut self.world, id, &mut Dice(0), self.witness);
            assert_eq!(other.bank, self.world.bank, "the order at the end decides who is paid");
            let records = (&self.world.makers, &self.world.oracles);
            assert_eq!((&other.makers, &other.oracles), records, "or what the records say");
            call(&mut self.world, CONTRACT, &Call::Close(id), self.witness).expect("close");
            let it = &self.world.challenges[id];
            assert!(it.folded, "every challenge counts in the records in the end");
            let left = it.earnings.total - it.earnings.paid();
            assert_eq!(it.purse.sum(), left, "nothing but unclaimed earnings is left");
            assert!(it.terms.is_earnings() || left == 0);
        }
        invariants::check(&self.world.clone(), &self.world);
    }
}

/// A call, and who is told of it.
fn call(world: &mut World, by: Address, call: &Call, witness: &mut dyn Witness) -> Answer {
    let before = world.clone();
    let answer = world.call(by, call);
    witness.called(&before, by, call, &answer, world);
    invariants::check(&before, world);
    answer
}

/// Settles and releases everything, in an order that the dice give.
fn carry_out(world: &mut World, id: usize, dice: &mut Dice, witness: &mut dyn Witness) {
    let mut numbers: Vec<Number> = (1..=world.challenges[id].submissions.len() as Number).collect();
    let oracles = world.challenges[id].terms.oracles.clone();
    let twice = dice.0 != 0;
    if twice {
        dice.shuffle(&mut numbers);
    }
    let mut make = |it: &Call| drop(call(world, CONTRACT, it, witness));
    for number in numbers.iter().copied() {
        make(&if twice && dice.one_in(3) {
            Call::ReleasePayment(id, number)
        } else {
            Call::Settle(id, vec![(number, twice)])
        });
        if twice && dice.one_in(5) {
            make(&Call::Close(id));
        }
    }
    for number in numbers {
        make(&Call::ReleasePayment(id, number));
    }
    make(&Call::Close(id));
    oracles.into_iter().for_each(|oracle| make(&Call::WithdrawFees(id, oracle)));
}
