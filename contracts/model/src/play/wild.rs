//! Wild stories: everybody does anything at any moment. No strategy, only the invariants, and what the end must look like.
use super::dice::Dice;
use super::witness::Nobody;
pub use super::witness::Witness;
use super::{invariants, samples};
use crate::bank::CONTRACT;
use crate::basics::{Address, Amount, Number};
use crate::challenge::{Challenge, Status, Submission};
use crate::earnings::Root;
use crate::event::Event;
use crate::ranking::{self, Attempt};
use crate::refusal::Refusal;
use crate::terms::{Direction, Judge, Payout, Terms};
use crate::verdict::{By, Decision, Verdict};
use crate::world::{Answer, Call, World};
use std::collections::{BTreeMap, BTreeSet};

const SOLVERS: u32 = 100;
const FUNDS: Amount = 1_000_000;
const GATE: Address = Address(90);

/// What happened in a number of stories: which refusals and endings were reached.
#[derive(Debug, Default)]
pub struct Seen {
    /// Calls made.
    pub steps: u64,
    /// Refusals reached.
    pub refusals: BTreeMap<Refusal, u64>,
    /// Other moments worth reaching, by name.
    pub moments: BTreeMap<&'static str, u64>,
}

impl Seen {
    fn note(&mut self, moment: &'static str) {
        *self.moments.entry(moment).or_default() += 1;
    }

    /// Adds another story's.
    pub fn add(&mut self, other: Seen) {
        self.steps += other.steps;
        other.refusals.into_iter().for_each(|(it, n)| *self.refusals.entry(it).or_default() += n);
        other.moments.into_iter().for_each(|(it, n)| *self.moments.entry(it).or_default() += n);
    }
}

/// Who only looks.
struct Watcher<'a>(&'a mut dyn FnMut(&World));

impl Witness for Watcher<'_> {
    fn looked(&mut self, world: &World) {
        (self.0)(world);
    }
}

struct Wild<'a> {
    world: World,
    dice: Dice,
    seen: Seen,
    witness: &'a mut dyn Witness,
}

/// Tells one story; panics where a rule is broken.
pub fn story(seed: u64) -> Seen {
    told(seed, &mut Nobody)
}

/// The same story, shown to somebody after every call that was taken and whenever time has passed.
pub fn watched(seed: u64, watch: &mut dyn FnMut(&World)) -> Seen {
    told(seed, &mut Watcher(watch))
}

/// The same story, told to somebody call by call, to its end.
pub fn told(seed: u64, witness: &mut dyn Witness) -> Seen {
    let mut it = Wild { world: World::new(samples::LIMITS), dice: Dice(seed), seen: Seen::default(), witness };
    it.begin();
    // The last end of all challenges, and some time after it.
    let end = it.world.challenges.iter().map(|it| it.terms.end()).max().unwrap_or(0) + 20;
    while it.world.now < end {
        it.world.now += it.dice.of(&[0, 0, 0, 1, 1, 2, 5]);
        it.witness.looked(&it.world);
        it.step();
    }
    it.finish();
    it.seen
}

impl Wild<'_> {
    fn begin(&mut self) {
        for oracle in samples::ORACLES {
            self.call(oracle, Call::RegisterOracle(1));
        }
        for who in [samples::MAKER].into_iter().chain((SOLVERS..SOLVERS + 9).map(Address)) {
            self.world.bank.mint(samples::TOKEN, who, FUNDS);
        }
        self.world.now = 15;
        let challenges = self.dice.within(1, 2) as usize;
        while self.world.challenges.len() < challenges {
            let (terms, prize) = terms(&mut self.dice);
            let budget = self.dice.of(&[0, 3, 20, 200]) + if terms.is_ranked() { terms.verdict_fee() } else { 0 };
            self.call(samples::MAKER, Call::Create(Box::new(terms), prize, budget));
        }
        let wrong = self.dice.one_in(20);
        for id in 0..self.world.challenges.len() {
            let oracles = self.world.challenges[id].terms.oracles.clone();
            for (place, oracle) in oracles.into_iter().enumerate().skip(usize::from(wrong)) {
                self.call(oracle, Call::Accept(id, 7, (place == 0).then_some(500)));
            }
            for solver in SOLVERS..SOLVERS + 9 {
                if !self.dice.one_in(5) {
                    self.world.gates.entry(GATE).or_default().insert((id, Address(solver)));
                }
            }
        }
    }

    /// A call, and everything that must be true after it.
    fn call(&mut self, by: Address, call: Call) -> bool {
        let before = self.world.clone();
        let answer = self.world.call(by, &call);
        self.witness.called(&before, by, &call, &answer, &self.world);
        self.seen.steps += 1;
        match answer {
            Err(refusal) => {
                assert_eq!(before, self.world, "{call:?} was refused and changed something");
                *self.seen.refusals.entry(refusal).or_default() += 1;
                false
            }
            Ok(events) => {
                invariants::check(&before, &self.world);
                self.witness.looked(&self.world);
                self.note(&events);
                if let Call::Close(id) = call {
                    self.check_close(id, &events);
                }
                true
            }
        }
    }

    fn note(&mut self, events: &[Event]) {
        for event in events {
            match event {
                Event::PassedOver(_) => self.seen.note("passed over"),
                Event::Concluded(_, Status::Void) => self.seen.note("void"),
                Event::Concluded(_, Status::Unsettled) => self.seen.note("unsettled"),
                Event::Held(..) => self.seen.note("held"),
                Event::Ranked(by, rows) if !rows.is_empty() => self.seen.note(match by {
                    ranking::By::Oracles => "ranked by oracles",
                    ranking::By::Judge => "ranked by the judge",
                    ranking::By::RunningTable => "ranked by the running table",
                }),
                Event::EpochPosted(..) => self.seen.note("epoch"),
                Event::Folded => self.seen.note("folded"),
                _ => {}
            }
        }
        for it in &self.world.challenges {
            if it.kept > 0 {
                self.seen.note(if it.ended { "kept after the last winner" } else { "kept" });
            }
            if it.board.due < it.board.rows.len() {
                self.seen.note("waiting");
            }
        }
    }

    fn step(&mut self) {
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
                self.call(by, Call::Rule(id, number, ballot));
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

    /// After a `close` nothing is left that nobody can win: if everything that may still win wins, all of it goes.
    fn check_close(&mut self, id: usize, events: &[Event]) {
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
    fn finish(&mut self) {
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
            call(&mut self.world, CONTRACT, &Call::Close(id), self.witness).expect("close");
            let it = &self.world.challenges[id];
            assert!(it.folded, "records are folded in the end");
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

/// Terms of any kind, sometimes wrong ones.
fn terms(dice: &mut Dice) -> (Terms, Amount) {
    let (base, prize) = match dice.below(6) {
        0..=2 => {
            let winners = dice.within(1, 3) as usize;
            (samples::bounty(100, winners), 100 * winners as Amount)
        }
        3 => (samples::ranked(&[60, 30, 10][..dice.within(1, 3) as usize]), 0),
        4 => (samples::per_unit(2, 10), 400),
        _ => (samples::earnings(), 100),
    };
    let prize = if let Payout::Ranked { prizes } = &base.payout { prizes.iter().sum() } else { prize };
    let deadline = dice.within(40, 100);
    let grade_by = deadline + dice.within(40, 60);
    let judge = Judge { address: samples::JUDGE, by: grade_by + dice.within(20, 40) };
    let deposit = if base.is_earnings() { 0 } else { dice.of(&[0, 1, 5]) };
    let mut terms = Terms {
        oracles: samples::ORACLES[..dice.of(&[1, 3, 3, 3, 5])].to_vec(),
        oracle_fee: dice.of(&[0, 1, 2]),
        deposit,
        direction: dice.of(&[Direction::Maximize, Direction::Maximize, Direction::Minimize]),
        step: dice.of(&[1, 1, 5]),
        deadline,
        grade_by,
        judge: if base.is_earnings() || dice.one_in(2) { None } else { Some(judge) },
        gate: dice.one_in(5).then_some(GATE),
        attempts_per_day: dice.of(&[2, 9]),
        ..base
    };
    if dice.one_in(30) {
        terms.grade_by -= 30;
    }
    (terms, prize)
}
