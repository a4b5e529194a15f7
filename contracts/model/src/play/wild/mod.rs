//! Wild stories: everybody does anything at any moment. No strategy, only the invariants, and what the end must look like.
mod ending;
mod moves;
mod terms;

use super::dice::Dice;
use super::witness::Nobody;
pub use super::witness::Witness;
use super::{invariants, samples};
use crate::basics::{Address, Amount};
use crate::challenge::Status;
use crate::event::Event;
use crate::ranking;
use crate::refusal::Refusal;
use crate::world::{Call, World};
use std::collections::BTreeMap;
use terms::terms;

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
}
