//! The contract as a whole: a call by somebody at a moment gives events, or a refusal that changes nothing.
mod creation;
mod ending;
mod grading;
mod money;
mod settling;
mod submitting;

use crate::bank::Bank;
use crate::basics::{Address, Amount, Number, Score, Time};
use crate::challenge::Challenge;
use crate::earnings::Root;
use crate::event::Event;
use crate::ranking::Place;
use crate::records::{MakerRecord, OracleRecord};
use crate::refusal::Refusal;
use crate::terms::{Limits, Terms};
use crate::verdict::Verdict;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that calls see and change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    /// The ledger's time.
    pub now: Time,
    /// Fixed at deployment.
    pub limits: Limits,
    /// All tokens.
    pub bank: Bank,
    /// Each oracle's keys, the newest last; none is ever replaced.
    pub keys: BTreeMap<Address, Vec<u64>>,
    /// Whom a gate admits to which challenge.
    pub gates: BTreeMap<Address, BTreeSet<(usize, Address)>>,
    /// By their ids, from 0.
    pub challenges: Vec<Challenge>,
    /// Over all challenges.
    pub makers: BTreeMap<Address, MakerRecord>,
    /// Over all challenges.
    pub oracles: BTreeMap<Address, OracleRecord>,
}

/// A call; `by` who signs it matters is said beside it, all others may be made by anyone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// By an oracle: appends a version of its encryption key.
    RegisterOracle(u64),
    /// By the maker, who pays in prize and fee budget.
    Create(Box<Terms>, Amount, Amount),
    /// By an oracle, with the challenge key; the first in the list makes it and brings its shares, of so many bytes.
    Accept(usize, u64, Option<usize>),
    /// By the maker until all have accepted; by anyone from `accept_by` on, if they have not.
    Cancel(usize),
    /// Adds to prize and fee budget.
    TopUp(usize, Amount, Amount),
    /// By a solver: its next attempt, with so many units.
    Submit(usize, u32, u32),
    /// By an oracle: votes, and whether to settle the same submissions.
    PostScores(usize, Vec<(Number, Verdict)>, bool),
    /// Concludes and pays what can be, unless the payment is marked `hold`.
    Settle(usize, Vec<(Number, bool)>),
    /// By the judge: its ballots.
    Rule(usize, Vec<(Number, Verdict)>),
    /// Pays all that a submission is still owed.
    ReleasePayment(usize, Number),
    /// By an oracle or the judge: (solver, submission, private score), best first.
    PostRanking(usize, Vec<(Address, Number, Score)>),
    /// Sends the maker what nobody can win.
    Close(usize),
    /// By an oracle: a root for an epoch.
    PostEarnings(usize, usize, Root),
    /// Pays a labeler by the proof of its leaf in an epoch.
    Claim(usize, usize, Address, Amount),
    /// Sends an oracle of a challenge what it earned there.
    WithdrawFees(usize, Address),
    /// By the maker or an oracle: opens the truth.
    Reveal(usize),
}

/// What a call did.
pub type Answer = Result<Vec<Event>, Refusal>;

impl World {
    /// A contract with nothing in it.
    pub fn new(limits: Limits) -> World {
        World {
            now: 0,
            limits,
            bank: Bank::default(),
            keys: BTreeMap::new(),
            gates: BTreeMap::new(),
            challenges: Vec::new(),
            makers: BTreeMap::new(),
            oracles: BTreeMap::new(),
        }
    }

    /// Applies a call. Every call checks everything before it changes anything.
    pub fn call(&mut self, by: Address, call: &Call) -> Answer {
        match call {
            Call::RegisterOracle(key) => self.register_oracle(by, *key),
            Call::Create(terms, prize, budget) => self.create(by, terms, *prize, *budget),
            Call::Accept(id, key, shares) => self.accept(by, *id, *key, *shares),
            Call::Cancel(id) => self.cancel(by, *id),
            Call::TopUp(id, prize, budget) => self.top_up(by, *id, *prize, *budget),
            Call::Submit(id, attempt, units) => self.submit(by, *id, *attempt, *units),
            Call::PostScores(id, votes, settle) => self.post_scores(by, *id, votes, *settle),
            Call::Settle(id, numbers) => self.settle(*id, numbers),
            Call::Rule(id, ballots) => self.rule(by, *id, ballots),
            Call::ReleasePayment(id, number) => self.release_payment(*id, *number),
            Call::PostRanking(id, rows) => {
                let rows: Vec<Place> = rows
                    .iter()
                    .map(|(solver, number, score)| Place { solver: *solver, number: *number, score: *score })
                    .collect();
                self.post_ranking(by, *id, &rows)
            }
            Call::Close(id) => self.close(*id),
            Call::PostEarnings(id, epoch, root) => self.post_earnings(by, *id, *epoch, root),
            Call::Claim(id, epoch, labeler, cumulative) => self.claim(*id, *epoch, *labeler, *cumulative),
            Call::WithdrawFees(id, oracle) => self.withdraw_fees(*id, *oracle),
            Call::Reveal(id) => self.reveal(by, *id),
        }
    }

    fn challenge(&self, id: usize) -> Result<&Challenge, Refusal> {
        self.challenges.get(id).ok_or(Refusal::NoChallenge)
    }
}
