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
mod compare;
mod ending;
mod game;
mod moves;
mod opened;
mod recount;
mod setup;

pub use compare::compare;
pub use game::play;
pub use recount::{compare_recount, recounted};
pub use setup::setup;

use super::dice::Dice;
use super::honest::File;
use super::witness::{Nobody, Witness};
use crate::basics::{Address, Amount, Time};
use crate::challenge::Status;
use crate::earnings::Root;
use crate::terms::{Payout, Terms};
use std::collections::BTreeMap;

/// Honest solvers have addresses from here on.
const HONEST: u32 = 100;
/// The coalition's wallets have addresses from here on.
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
    /// The judge is the contract that grades, and dishonest oracles are silent.
    pub recount: bool,
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
    /// Submissions that were passed over at some time.
    pub passed: usize,
}

/// What a number of games reached, by name: a run that never pays labels shows nothing about them.
#[derive(Debug, Default)]
pub struct Reached {
    /// Calls taken.
    pub calls: u64,
    /// In how many games.
    pub moments: BTreeMap<&'static str, u64>,
}

impl Reached {
    /// Adds another game's.
    pub fn add(&mut self, other: Reached) {
        self.calls += other.calls;
        other.moments.into_iter().for_each(|(it, n)| *self.moments.entry(it).or_default() += n);
    }

    fn note(&mut self, moment: &'static str, reached: bool) {
        *self.moments.entry(moment).or_default() += u64::from(reached);
    }
}

/// Plays one story both ways and compares.
pub fn story(seed: u64) -> Reached {
    told(seed, &mut Nobody, &mut Nobody)
}

/// The same where fewer than m oracles live, in silence of the others, and the judge is the contract that grades.
pub fn recounted_story(seed: u64) -> Reached {
    let setup = recounted(&mut Dice(seed));
    let closed = game::play_to(&setup, None, &mut Nobody);
    let open = game::play_to(&setup, Some(&closed), &mut Nobody);
    compare_recount(&setup, &open, &closed);
    let mut reached = reached(&setup, &open, &closed);
    // What only oracles say.
    reached.moments.retain(|moment, _| !["passed over", "unavailable", "void"].contains(moment));
    reached
}

/// The same story, told call by call: the game to one, how it goes in the open to another.
pub fn told(seed: u64, game: &mut dyn Witness, hand_in: &mut dyn Witness) -> Reached {
    let setup = setup(&mut Dice(seed));
    let closed = game::play_to(&setup, None, game);
    let open = game::play_to(&setup, Some(&closed), hand_in);
    compare(&setup, &open, &closed);
    reached(&setup, &open, &closed)
}

fn reached(setup: &Setup, open: &Outcome, closed: &Outcome) -> Reached {
    let mut reached = Reached { calls: open.calls + closed.calls, ..Reached::default() };
    let wins = |honest: bool| {
        let mut fates = setup.plans.iter().zip(&closed.fates).filter(|(plan, _)| plan.is_honest() == honest);
        fates.any(|(_, fate)| fate.is_some_and(|fate| fate.won > 0))
    };
    let [honest, wallet] = match setup.terms.payout {
        Payout::Bounty { .. } => ["an honest winner of a bounty", "a wallet wins a bounty"],
        Payout::Ranked { .. } => ["an honest place in a ranking", "a wallet has a place in a ranking"],
        Payout::PerUnit { .. } => ["honest labels are paid", "labels of a wallet are paid"],
        Payout::Earnings => ["earnings are claimed", "earnings stay unclaimed"],
    };
    if setup.terms.is_earnings() {
        reached.note(honest, closed.claimed > 0);
        reached.note(wallet, closed.claimed == 0);
    } else {
        reached.note(honest, wins(true));
        reached.note(wallet, wins(false));
    }
    let any = |status: fn(Status) -> bool| closed.fates.iter().flatten().any(|fate| status(fate.status));
    reached.note("passed over", closed.passed > 0);
    reached.note("unavailable", any(|it| it == Status::Unavailable));
    reached.note("rejected", any(|it| matches!(it, Status::Rejected(_))));
    reached.note("void", any(|it| it == Status::Void));
    reached
}
