//! What anyone may do at any moment, and how often.
use super::terms::terms;
use super::{Wild, SOLVERS};
use crate::basics::{Address, Amount, Number};
use crate::challenge::{Challenge, Status, Submission};
use crate::earnings::Root;
use crate::play::dice::Dice;
use crate::play::samples;
use crate::ranking::{self, Attempt};
use crate::terms::Payout;
use crate::verdict::{By, Verdict};
use crate::world::Call;

impl Wild<'_> {
    pub(super) fn step(&mut self) {
        let unknown = usize::from(self.dice.one_in(50));
        let id = self.dice.below(self.world.challenges.len() + unknown);
        let anyone = Address(SOLVERS + self.dice.below(9) as u32);
        let Some(challenge) = self.world.challenges.get(id).cloned() else {
            self.call(anyone, Call::Close(id));
            return;
        };
        let terms = &challenge.terms;
        let count = challenge.submissions.len();
        let number = 1 + self.dice.below(count + 1) as Number;
        let oracle = self.dice.of(&terms.oracles);
        match self.dice.below(24) {
            3 | 7 | 16 if terms.is_ranked() && self.world.now >= terms.deadline => self.rank(id, &challenge, oracle),
            0..=4 if count < 14 && self.world.now < terms.deadline + 2 => self.submit(id, &challenge, anyone),
            5..=11 if !terms.is_earnings() => self.vote(id, &challenge, oracle),
            12..=14 if count > 0 => {
                let mut numbers: Vec<(Number, bool)> =
                    (1..=count as Number).map(|number| (number, self.dice.one_in(6))).collect();
                if self.dice.one_in(2) {
                    self.dice.shuffle(&mut numbers);
                    numbers.truncate(1 + self.dice.below(count));
                }
                self.call(anyone, Call::Settle(id, numbers));
            }
            15 => {
                let judge = terms.judge.map_or(anyone, |judge| judge.address);
                let ballot = self.verdict(&challenge, number);
                let by = if self.dice.one_in(20) { anyone } else { judge };
                let ballots = self.more_ballots(&challenge, (number, ballot));
                self.call(by, Call::Rule(id, ballots));
            }
            16 | 17 => {
                self.call(anyone, Call::ReleasePayment(id, number));
            }
            18 => {
                self.call(anyone, Call::Close(id));
            }
            19 => self.rank(id, &challenge, oracle),
            20 | 21 if terms.is_earnings() => self.earn(id, &challenge, oracle),
            22 => {
                self.call(anyone, Call::WithdrawFees(id, oracle));
            }
            _ => self.seldom(id, &challenge, anyone, oracle),
        }
    }

    fn submit(&mut self, id: usize, challenge: &Challenge, anyone: Address) {
        let made = challenge.attempts.get(&anyone).map_or(0, |it| it.count);
        let attempt = if self.dice.one_in(30) { made } else { made + 1 };
        let units = match challenge.terms.payout {
            Payout::PerUnit { max_units, .. } => self.dice.below(max_units as usize + 1) as u32,
            _ => u32::from(self.dice.one_in(40)),
        };
        let who = if self.dice.one_in(30) { samples::ORACLES[0] } else { anyone };
        self.call(who, Call::Submit(id, attempt, units));
    }

    /// Mostly what is true of the submission, else anything.
    fn verdict(&mut self, challenge: &Challenge, number: Number) -> Verdict {
        let most = challenge.submission(number).map_or(0, |it| it.units);
        let truth = Dice(u64::from(number) * 77).below(4);
        let kind = if self.dice.one_in(3) { self.dice.below(5) } else { truth };
        match kind {
            0 | 1 => Verdict::Scored { score: 90 + 3 * i64::from(number % 3), content: 5, units: most },
            2 => Verdict::Scored { score: 60, content: 5, units: most / 2 + u32::from(self.dice.one_in(30)) },
            3 => Verdict::Rejected(self.dice.below(3) as u32),
            _ => Verdict::Unavailable,
        }
    }

    fn vote(&mut self, id: usize, challenge: &Challenge, oracle: Address) {
        // Votes of one oracle on some submissions, so that queues form and break up.
        let mut votes = Vec::new();
        for number in 1..=challenge.submissions.len() as Number {
            if self.dice.one_in(3) {
                votes.push((number, self.verdict(challenge, number)));
            }
        }
        let settle = self.dice.one_in(3);
        if self.dice.one_in(4) || !self.call(oracle, Call::PostScores(id, votes.clone(), settle)) {
            for vote in votes {
                self.call(oracle, Call::PostScores(id, vec![vote], settle));
            }
        }
    }

    /// Sometimes a ballot comes with others, by dice of their own.
    fn more_ballots(&self, challenge: &Challenge, ballot: (Number, Verdict)) -> Vec<(Number, Verdict)> {
        let (mut dice, count) = (Dice(self.seen.steps), challenge.submissions.len() as Number);
        let mut ballots = vec![ballot];
        if ballot.0 <= count && dice.one_in(2) {
            let others = (1..=count).filter(|number| *number != ballot.0);
            ballots.extend(others.map(|number| (number, dice.of(&[ballot.1, Verdict::Rejected(1)]))));
            dice.shuffle(&mut ballots);
        }
        ballots
    }

    fn rank(&mut self, id: usize, challenge: &Challenge, oracle: Address) {
        let Payout::Ranked { prizes } = &challenge.terms.payout else {
            self.call(oracle, Call::PostRanking(id, vec![]));
            return;
        };
        let judge = challenge.terms.judge.filter(|_| self.dice.one_in(3)).map(|judge| judge.address);
        let ruled = |it: &&Submission| {
            let decision = it.votes.decision.as_ref();
            judge.is_some() && decision.is_some_and(|it| it.by == By::Judge && it.verdict.is_graded())
        };
        let scored: Vec<Attempt> = challenge
            .submissions
            .iter()
            .filter(|it| matches!(it.status, Status::Scored { .. }) || ruled(it))
            .map(|it| Attempt {
                solver: it.solver,
                number: it.number,
                public: 0,
                private: 90 + i64::from(it.number * 7 % 9),
            })
            .collect();
        let mut rows = ranking::ranking(&scored, &challenge.terms, prizes.len());
        if self.dice.one_in(3) {
            rows.truncate(1);
        }
        if self.dice.one_in(20) {
            rows.reverse();
        }
        let rows = rows.into_iter().map(|row| (row.solver, row.number, row.score)).collect();
        self.call(judge.unwrap_or(oracle), Call::PostRanking(id, rows));
    }

    fn earn(&mut self, id: usize, challenge: &Challenge, oracle: Address) {
        let earnings = &challenge.earnings;
        let epoch = earnings.epochs.len() + 1;
        // Two candidates that oracles can agree on, made of the last epoch.
        let mut root = earnings.epochs.last().cloned().unwrap_or(Root::of([]));
        let labeler = Address(SOLVERS + epoch as u32 % 3);
        *root.leaves.entry(labeler).or_default() += 10;
        if self.dice.one_in(4) {
            root.blind += 3;
        }
        if self.dice.one_in(6) {
            // Somebody is lowered, another one raised: a quorum can do that.
            let low = root.leaves.insert(labeler, 1).unwrap_or(0);
            *root.leaves.entry(Address(SOLVERS)).or_default() += low;
        }
        let named = epoch - usize::from(self.dice.one_in(9));
        self.call(oracle, Call::PostEarnings(id, named, root));
        if let Some(at) = self.dice.below(epoch).checked_sub(1) {
            let root = &earnings.epochs[at];
            let leaves: Vec<(Address, Amount)> = root.leaves.iter().map(|(who, sum)| (*who, *sum)).collect();
            let (labeler, sum) = self.dice.of(&leaves);
            let sum = sum + Amount::from(self.dice.one_in(10));
            self.call(labeler, Call::Claim(id, at + 1, labeler, sum));
        }
    }

    fn seldom(&mut self, id: usize, challenge: &Challenge, anyone: Address, oracle: Address) {
        let token = samples::TOKEN;
        match self.dice.below(12) {
            0 => {
                if !self.world.bank.blocked.remove(&(token, anyone)) {
                    self.world.bank.blocked.insert((token, anyone));
                }
            }
            1 => {
                let prize = self.dice.of(&[0, 40]);
                self.call(anyone, Call::TopUp(id, prize, 5));
            }
            2 => {
                let by = self.dice.of(&[anyone, samples::MAKER]);
                self.call(by, Call::Cancel(id));
            }
            3 => {
                let by = self.dice.of(&[oracle, samples::MAKER]);
                self.call(by, Call::Reveal(id));
            }
            4 => {
                self.call(oracle, Call::Accept(id, 7, None));
            }
            5 => {
                let (terms, prize) = terms(&mut self.dice);
                self.call(samples::MAKER, Call::Create(Box::new(terms), prize, 0));
            }
            6 if self.dice.one_in(4) => {
                self.world.bank.blocked.insert((token, challenge.terms.maker));
            }
            _ => {
                self.world.bank.blocked.remove(&(token, challenge.terms.maker));
            }
        }
    }
}
