//! The end of a game: what is left is carried out, and how everyone fared.
use super::game::Game;
use super::{Fate, Outcome, WALLETS};
use crate::bank::CONTRACT;
use crate::basics::{Address, Amount, Number, Time};
use crate::challenge::Status;
use crate::play::samples;
use crate::terms::Payout;
use crate::world::Call;

impl Game<'_> {
    /// Honest people carry out what is left; the maker takes its rest.
    pub(super) fn finish(mut self) -> Outcome {
        let count = self.plans.len() as Number;
        for number in 1..=count {
            self.call(CONTRACT, &Call::Settle(0, vec![(number, false)])).expect("settling");
            self.call(CONTRACT, &Call::ReleasePayment(0, number)).ok();
        }
        let challenge = self.challenge().clone();
        let mut claimed = 0;
        if let Some(root) = challenge.earnings.epochs.last() {
            for (labeler, sum) in root.leaves.iter().filter(|(_, sum)| **sum > 0) {
                self.call(CONTRACT, &Call::Claim(0, challenge.earnings.epochs.len(), *labeler, *sum)).expect("a claim");
                claimed += sum;
            }
        }
        self.call(CONTRACT, &Call::Close(0)).expect("the end");
        let fees = self.challenge().purse.fees.clone();
        assert_eq!(self.challenge().purse.sum(), fees.iter().sum(), "nothing but fees is left");
        let by = |honest: bool| fees.iter().zip(&self.setup.honest).filter(|it| *it.1 == honest).map(|it| *it.0).sum();
        let mut outcome = Outcome {
            fates: vec![None; self.setup.plans.len()],
            claimed,
            coalition: by(false),
            coalition_fees: by(false),
            honest_paid: 0,
            calls: self.calls,
            passed: self.challenge().submissions.iter().filter(|it| it.passed).count(),
        };
        for number in 1..=count {
            let at = self.plans[number as usize - 1];
            outcome.fates[at] = Some(self.fate(number));
        }
        let mut people: Vec<Address> = self.setup.plans.iter().map(|plan| plan.solver).collect();
        people.sort();
        people.dedup();
        let held = |who: Address| self.world.bank.balance(samples::TOKEN, who) - 100_000;
        outcome.coalition += held(samples::MAKER);
        for who in people {
            if who.0 >= WALLETS {
                outcome.coalition += held(who);
            } else {
                outcome.honest_paid -= held(who);
            }
        }
        let honest = |at: &usize| self.setup.plans[*at].is_honest();
        let won = (0..self.setup.plans.len()).filter(honest).filter_map(|at| outcome.fates[at]).map(|fate| fate.won);
        outcome.honest_paid += won.sum::<Amount>();
        outcome
    }

    fn fate(&self, number: Number) -> Fate {
        let challenge = self.challenge();
        let it = challenge.submission(number).expect("a submission");
        let place = challenge.rankings.places.iter().position(|place| place.number == number);
        let won = match (&challenge.terms.payout, it.status) {
            (Payout::Bounty { reward, .. }, _) if it.prize_paid => *reward,
            (Payout::Ranked { prizes }, _) => place.map_or(0, |place| prizes[place]),
            (Payout::PerUnit { rate, .. }, Status::Scored { units, .. }) => rate * Amount::from(units),
            _ => 0,
        };
        let (concluded, paid) = self.times[number as usize - 1];
        Fate { status: it.status, concluded: concluded.unwrap_or(Time::MAX), won, paid, place }
    }
}
