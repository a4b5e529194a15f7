//! The challenge, the ledger and everyone in it: who moves when.
use super::opened::Opened;
use super::{Fate, Outcome, Setup};
use crate::basics::{Address, Time};
use crate::challenge::{Challenge, Status};
use crate::play::dice::Dice;
use crate::play::witness::{Nobody, Witness};
use crate::play::{invariants, samples};
use crate::refusal::Refusal;
use crate::world::{Call, World};

/// The challenge, the ledger and everyone in it.
pub(super) struct Game<'a> {
    pub(super) setup: &'a Setup,
    pub(super) open: bool,
    pub(super) dice: Dice,
    pub(super) world: World,
    /// The plan of each submission, by number - 1.
    pub(super) plans: Vec<usize>,
    /// When each was final and its prize sent, by number - 1.
    pub(super) times: Vec<(Option<Time>, Option<Time>)>,
    pub(super) pending: Vec<usize>,
    pub(super) calls: u64,
    pub(super) opened: Opened,
    pub(super) witness: &'a mut dyn Witness,
}

/// Plays a story as the coalition likes; or in the open, with what of it was not withheld in another play.
pub fn play(setup: &Setup, other: Option<&Outcome>) -> Outcome {
    play_to(setup, other, &mut Nobody)
}

pub(super) fn play_to(setup: &Setup, other: Option<&Outcome>, witness: &mut dyn Witness) -> Outcome {
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
        let opened = Opened::default();
        let mut game =
            Game { setup, open, dice, world, plans: vec![], times: vec![], pending, calls: 0, opened, witness };
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

    pub(super) fn challenge(&self) -> &Challenge {
        &self.world.challenges[0]
    }

    pub(super) fn call(&mut self, by: Address, call: &Call) -> Result<(), Refusal> {
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
        if self.setup.recount && !self.open {
            self.recount();
        }
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
}
