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
mod setup;

pub use compare::compare;
pub use game::play;
pub use setup::setup;

use super::dice::Dice;
use super::honest::File;
use super::witness::{Nobody, Witness};
use crate::basics::{Address, Amount, Time};
use crate::challenge::Status;
use crate::earnings::Root;
use crate::terms::Terms;

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
    let closed = game::play_to(&setup, None, game);
    let open = game::play_to(&setup, Some(&closed), hand_in);
    compare(&setup, &open, &closed);
    open.calls + closed.calls
}
