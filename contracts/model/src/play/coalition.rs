//! The coalition game: nobody gains by silence, veto or junk.
//!
//! Maker, judge, all oracles but m, and any number of wallets play together against m honest oracles and honest solvers. The
//! same story is then told again in the open: the same files are handed in at the same moments, every oracle is honest, and
//! nobody does anything else. What honest solvers get, and when, is compared.
//!
//! What a wallet withheld until it was unavailable, or until there was nothing left to win, is not handed in at all in the open:
//! a coalition that knows the truth could as well have left it away.
//!
//! In some stories honest oracles sleep for a while, and fewer than m are in time. As long as m of them vote before the votes
//! end, this delays and decides nothing: to pass a submission over takes m votes, one of them honest, and so a place is kept for
//! every honest winner.
use super::dice::Dice;
use super::honest::{File, Grade, Sight};
use super::witness::{Nobody, Witness};
use super::{invariants, samples};
use crate::bank::CONTRACT;
use crate::basics::{Address, Amount, Number, Time};
use crate::challenge::{Challenge, Status};
use crate::earnings::Root;
use crate::refusal::Refusal;
use crate::terms::{Judge, Payout, Terms};
use crate::verdict::Verdict;
use crate::world::{Call, World};
use std::collections::BTreeMap;

const HONEST: u32 = 100;
const WALLETS: u32 = 200;

/// A submission that somebody plans.
#[derive(Clone, Debug)]
pub struct Plan {
    /// When.
    pub time: Time,
    /// By whom.
    pub solver: Address,
    /// What.
    pub file: File,
    /// How many units it declares.
    pub units: u32,
    /// How long after the submission each oracle can fetch it from its solver, if ever.
    pub reach: Vec<Option<Time>>,
}

impl Plan {
    fn is_honest(&self) -> bool {
        self.solver.0 < WALLETS
    }
}

/// What is given before anyone moves.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Of the one challenge.
    pub terms: Terms,
    /// Paid in.
    pub prize: Amount,
    /// Paid in.
    pub budget: Amount,
    /// Which oracles are honest, by their places: at least m.
    pub honest: Vec<bool>,
    /// From when to when an honest oracle sleeps; it is awake in time to vote before the votes end.
    pub asleep: Vec<(Time, Time)>,
    /// In the order of time.
    pub plans: Vec<Plan>,
    /// When honest oracles post which root.
    pub epochs: Vec<(Time, Root)>,
    /// Of the coalition's moves and of the order within a ledger.
    pub seed: u64,
}

/// How a planned submission fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fate {
    /// At the end.
    pub status: Status,
    /// When it was final.
    pub concluded: Time,
    /// Out of the prize.
    pub won: Amount,
    /// When its prize had been sent.
    pub paid: Option<Time>,
    /// In the ranking, from 0.
    pub place: Option<usize>,
}

/// How a story ended.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// By plan; `None` if it was never taken.
    pub fates: Vec<Option<Fate>>,
    /// What honest people earned by labels under a root.
    pub claimed: Amount,
    /// What maker, judge, wallets and dishonest oracles hold in the end.
    pub coalition: Amount,
    /// What dishonest oracles earned as fees for votes cast.
    pub coalition_fees: Amount,
    /// What honest solvers paid as fees that they carried or lost of their deposits.
    pub honest_paid: Amount,
    /// Calls that were taken.
    pub calls: u64,
}

/// Plays one story both ways and compares; returns the calls taken.
pub fn story(seed: u64) -> u64 {
    told(seed, &mut Nobody, &mut Nobody)
}

/// The same story, told call by call: the game to one, how it goes in the open to another.
pub fn told(seed: u64, game: &mut dyn Witness, hand_in: &mut dyn Witness) -> u64 {
    let setup = setup(&mut Dice(seed));
    let closed = play_to(&setup, None, game);
    let open = play_to(&setup, Some(&closed), hand_in);
    compare(&setup, &open, &closed);
    open.calls + closed.calls
}

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

/// The challenge, the ledger and everyone in it.
struct Game<'a> {
    setup: &'a Setup,
    open: bool,
    dice: Dice,
    world: World,
    /// The plan of each submission, by number - 1.
    plans: Vec<usize>,
    /// When each was final and its prize sent, by number - 1.
    times: Vec<(Option<Time>, Option<Time>)>,
    pending: Vec<usize>,
    calls: u64,
    witness: &'a mut dyn Witness,
}

/// Plays a story as the coalition likes; or in the open, with what of it was not withheld in another play.
pub fn play(setup: &Setup, other: Option<&Outcome>) -> Outcome {
    play_to(setup, other, &mut Nobody)
}

fn play_to(setup: &Setup, other: Option<&Outcome>, witness: &mut dyn Witness) -> Outcome {
    let mut game = Game::begin(setup, other.is_some(), witness);
    let graded = |fate: &Fate| matches!(fate.status, Status::Scored { .. } | Status::Rejected(_));
    let withheld = |at: &usize| other.is_some_and(|it| !it.fates[*at].as_ref().is_some_and(graded));
    game.pending.retain(|at| setup.plans[*at].is_honest() || !withheld(at));
    let end = setup.terms.end();
    for now in 16..end + 4 {
        game.world.now = now;
        game.ledger();
    }
    game.finish()
}

impl<'a> Game<'a> {
    fn begin(setup: &'a Setup, open: bool, witness: &'a mut dyn Witness) -> Game<'a> {
        let mut world = World::new(samples::LIMITS);
        world.now = 15;
        let mut people: Vec<Address> = setup.plans.iter().map(|plan| plan.solver).collect();
        people.push(samples::MAKER);
        people.sort();
        people.dedup();
        people.into_iter().for_each(|who| world.bank.mint(samples::TOKEN, who, 100_000));
        let dice = Dice(setup.seed);
        let pending = (0..setup.plans.len()).collect();
        let mut game = Game { setup, open, dice, world, plans: vec![], times: vec![], pending, calls: 0, witness };
        let oracles = &setup.terms.oracles;
        for oracle in oracles {
            game.call(*oracle, &Call::RegisterOracle(1)).expect("a key");
        }
        let create = Call::Create(Box::new(setup.terms.clone()), setup.prize, setup.budget);
        game.call(samples::MAKER, &create).expect("a challenge");
        for (place, oracle) in oracles.iter().enumerate() {
            game.call(*oracle, &Call::Accept(0, 7, (place == 0).then_some(500))).expect("an acceptance");
        }
        game
    }

    fn challenge(&self) -> &Challenge {
        &self.world.challenges[0]
    }

    fn call(&mut self, by: Address, call: &Call) -> Result<(), Refusal> {
        let before = self.world.clone();
        let answer = self.world.call(by, call);
        self.witness.called(&before, by, call, &answer, &self.world);
        self.calls += u64::from(answer.is_ok());
        if answer.is_ok() {
            invariants::check(&before, &self.world);
        }
        answer.map(drop)
    }

    /// One ledger: what is planned, then the calls of all who saw the last one, in any order.
    fn ledger(&mut self) {
        let seen = self.challenge().clone();
        self.submit();
        let mut calls = self.honest(&seen);
        if !self.open {
            calls.extend(self.coalition());
            self.dice.shuffle(&mut calls);
        }
        for (by, call) in calls {
            self.call(by, &call).ok();
        }
        for (at, it) in self.world.challenges[0].submissions.iter().enumerate() {
            let (concluded, paid) = &mut self.times[at];
            *concluded = concluded.or(it.is_concluded().then_some(self.world.now));
            *paid = paid.or(it.prize_paid.then_some(self.world.now));
        }
    }

    fn submit(&mut self) {
        for at in std::mem::take(&mut self.pending) {
            let plan = &self.setup.plans[at];
            if plan.time > self.world.now {
                self.pending.push(at);
                continue;
            }
            let made = self.challenge().attempts.get(&plan.solver).map_or(0, |it| it.count);
            match self.call(plan.solver, &Call::Submit(0, made + 1, plan.units)) {
                Ok(()) => {
                    self.plans.push(at);
                    self.times.push((None, None));
                }
                // A labeler waits for the verdict on its last batch.
                Err(Refusal::UngradedBatch | Refusal::EscrowTooSmall) => self.pending.push(at),
                Err(_) => {}
            }
        }
    }

    /// By number - 1, what an honest oracle can open now: what its solver sent it, and, a ledger later, what any other honest
    /// oracle has.
    fn files(&self, place: usize, count: usize) -> Vec<Option<File>> {
        let arrived = |number: usize| {
            let (plan, it) = (&self.setup.plans[self.plans[number]], &self.challenge().submissions[number]);
            let has = |other: usize| {
                let late = Time::from(other != place);
                let honest = self.setup.honest[other];
                honest && plan.reach[other].is_some_and(|delay| self.world.now >= it.time + delay + late)
            };
            (self.open || (0..self.setup.honest.len()).any(has)).then_some(plan.file)
        };
        (0..count).map(arrived).collect()
    }

    /// Honest oracles vote, settle, pay out and rank on what stood in the last ledger.
    fn honest(&self, seen: &Challenge) -> Vec<(Address, Call)> {
        let mut calls = Vec::new();
        for (place, oracle) in self.setup.terms.oracles.iter().enumerate() {
            let (from, to) = self.setup.asleep[place];
            if !self.open && (!self.setup.honest[place] || (from..to).contains(&self.world.now)) {
                continue;
            }
            let files = self.files(place, seen.submissions.len());
            let sight = Sight { challenge: seen, files: &files, now: self.world.now, place };
            let votes = sight.votes().into_iter();
            calls.extend(votes.map(|vote| (*oracle, Call::PostScores(0, vec![vote], true))));
            calls.extend(sight.ranking().map(|rows| (*oracle, Call::PostRanking(0, rows))));
            let epoch = seen.earnings.epochs.len();
            if let Some((_, root)) = self.setup.epochs.get(epoch).filter(|(time, _)| *time <= self.world.now) {
                if seen.earnings.votes[place].as_ref() != Some(root) {
                    calls.push((*oracle, Call::PostEarnings(0, epoch + 1, root.clone())));
                }
            }
        }
        let all: Vec<(Number, bool)> =
            seen.submissions.iter().filter(|it| !it.is_concluded()).map(|it| (it.number, false)).collect();
        if !all.is_empty() {
            calls.push((CONTRACT, Call::Settle(0, all)));
        }
        let owed = seen.submissions.iter().filter(|it| seen.owed(it.number) > 0);
        calls.extend(owed.map(|it| (CONTRACT, Call::ReleasePayment(0, it.number))));
        calls
    }

    /// Whatever could help: votes of any kind, settling in any order and holding payments, closing, ballots, rankings, roots.
    fn coalition(&mut self) -> Vec<(Address, Call)> {
        let mut calls = Vec::new();
        let count = self.plans.len();
        let challenge = self.world.challenges[0].clone();
        let terms = &challenge.terms;
        for (place, oracle) in terms.oracles.iter().enumerate() {
            if self.setup.honest[place] {
                continue;
            }
            for number in 1..=count as Number {
                if self.dice.one_in(6) {
                    let vote = self.lie(number);
                    let settle = self.dice.one_in(2);
                    calls.push((*oracle, Call::PostScores(0, vec![(number, vote)], settle)));
                }
            }
            if terms.is_ranked() && self.dice.one_in(3) {
                calls.push((*oracle, Call::PostRanking(0, self.false_ranking(&challenge))));
            }
            if terms.is_earnings() && self.dice.one_in(3) {
                let epoch = challenge.earnings.epochs.len();
                let mut root = self.setup.epochs.get(epoch).map_or(Root::of([]), |(_, root)| root.clone());
                match self.dice.below(3) {
                    0 => *root.leaves.entry(Address(WALLETS)).or_default() += 1,
                    1 => root.blind += 1,
                    _ => {}
                }
                calls.push((*oracle, Call::PostEarnings(0, epoch + 1, root)));
            }
        }
        if count > 0 && self.dice.one_in(2) {
            let mut numbers: Vec<(Number, bool)> =
                (1..=count as Number).map(|number| (number, self.dice.one_in(2))).collect();
            self.dice.shuffle(&mut numbers);
            numbers.truncate(1 + self.dice.below(count));
            calls.push((samples::MAKER, Call::Settle(0, numbers)));
        }
        if self.dice.one_in(4) {
            calls.push((samples::MAKER, Call::Close(0)));
        }
        if let Some(judge) = terms.judge.filter(|_| count > 0) {
            let number = 1 + self.dice.below(count) as Number;
            calls.push((judge.address, Call::Rule(0, number, self.lie(number))));
            if terms.is_ranked() {
                calls.push((judge.address, Call::PostRanking(0, self.false_ranking(&challenge))));
            }
        }
        calls
    }

    fn lie(&mut self, number: Number) -> Verdict {
        let plan = &self.setup.plans[self.plans[number as usize - 1]];
        let content = plan.file.content;
        let truth = match plan.file.grade {
            Ok(grade) => Verdict::Scored { score: grade.public, content, units: grade.units },
            Err(reason) => Verdict::Rejected(reason),
        };
        let win = Verdict::Scored { score: 99, content, units: plan.units };
        let lose = Verdict::Scored { score: 10, content: 1, units: 0 };
        let own = if plan.is_honest() { self.dice.of(&[lose, Verdict::Rejected(1)]) } else { win };
        self.dice.of(&[own, own, truth, Verdict::Unavailable, Verdict::Rejected(1), win])
    }

    fn false_ranking(&mut self, challenge: &Challenge) -> Vec<(Address, Number, i64)> {
        let scored = |it: &&crate::challenge::Submission| matches!(it.status, Status::Scored { .. });
        let mut rows: Vec<(Address, Number, i64)> = Vec::new();
        for it in challenge.submissions.iter().filter(scored) {
            if self.dice.one_in(2) && rows.len() < 3 && rows.iter().all(|(solver, ..)| *solver != it.solver) {
                rows.push((it.solver, it.number, 99 - rows.len() as i64));
            }
        }
        rows
    }

    /// Honest people carry out what is left; the maker takes its rest.
    fn finish(mut self) -> Outcome {
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

/// Any story: terms of each kind, honest solvers, and what the coalition hands in.
pub fn setup(dice: &mut Dice) -> Setup {
    let winners = dice.within(1, 3) as usize;
    let (base, prize) = match dice.below(8) {
        0..=3 => (samples::bounty(100, winners), 100 * winners as Amount),
        4 | 5 => (samples::ranked(&[60, 30, 10][..winners]), [60, 90, 100][winners - 1]),
        6 => (samples::per_unit(2, 10), 800),
        _ => (samples::earnings(), 200),
    };
    let n = dice.of(&[1, 3, 3, 3, 5]);
    let deadline = dice.within(40, 80);
    let grade_by = deadline + dice.within(40, 50);
    let judge = Judge { address: samples::JUDGE, by: grade_by + 20 };
    let terms = Terms {
        oracles: samples::ORACLES[..n].to_vec(),
        oracle_fee: dice.of(&[0, 1, 2]),
        deposit: if base.is_earnings() { 0 } else { dice.of(&[0, 1, 8]) },
        deadline,
        grade_by,
        judge: base.judge.filter(|_| dice.one_in(2)).map(|_| judge),
        unique_content: dice.one_in(2),
        attempts: 20,
        attempts_per_day: 20,
        ..base
    };
    let mut honest = vec![false; n];
    while honest.iter().filter(|it| **it).count() < terms.m() {
        honest[dice.below(n)] = true;
    }
    let sleeps = !matches!(terms.payout, Payout::PerUnit { .. }) && dice.one_in(3);
    let sleep = |_| {
        let from = dice.within(20, deadline);
        if sleeps {
            (from, dice.within(from, deadline + samples::PATIENCE))
        } else {
            (0, 0)
        }
    };
    let asleep: Vec<(Time, Time)> = (0..n).map(sleep).collect();
    let budget = dice.of(&[0, 6, 30, 300]) + if terms.is_ranked() { terms.verdict_fee() } else { 0 };
    let mut plans: Vec<Plan> = Vec::new();
    let mut time = 20;
    while !terms.is_earnings() && plans.len() < 12 {
        time += dice.of(&[0, 1, 1, 3, 9]);
        if time >= deadline {
            break;
        }
        plans.push(plan(dice, time, &plans, n));
    }
    let mut epochs = Vec::new();
    let mut sums = BTreeMap::new();
    for at in 0..if terms.is_earnings() { dice.below(5) as u64 } else { 0 } {
        *sums.entry(Address(HONEST + dice.below(3) as u32)).or_default() += dice.within(0, 30) as Amount;
        epochs.push((25 + 20 * at, Root { leaves: sums.clone(), blind: 0 }));
    }
    Setup { terms, prize, budget, honest, asleep, plans, epochs, seed: dice.roll() }
}

/// An honest solver's file reaches every oracle at once. A wallet's is good (the maker knows the truth), worthless, or a copy of
/// what was handed in before, and reaches whom it likes when it likes.
fn plan(dice: &mut Dice, time: Time, before: &[Plan], n: usize) -> Plan {
    let units = 0;
    let honest = dice.one_in(2);
    let content = 1000 + dice.below(1_000_000) as u64;
    let grade = Grade { public: dice.within(80, 97) as i64, private: dice.within(80, 97) as i64, units };
    let mut file = File { content, grade: if dice.one_in(5) { Err(dice.below(4) as u32) } else { Ok(grade) } };
    if honest {
        let solver = Address(HONEST + dice.below(5) as u32);
        return Plan { time, solver, file, units, reach: vec![Some(0); n] };
    }
    if !before.is_empty() && dice.one_in(2) {
        file = dice.of(before).file;
    }
    let reach = (0..n).map(|_| dice.of(&[Some(0), None, None, Some(9), Some(10), Some(11), Some(25)])).collect();
    Plan { time, solver: Address(WALLETS + dice.below(6) as u32), file, units, reach }
}
