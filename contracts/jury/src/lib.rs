//! A judge that is a contract: an odd number of jurors, whose majority decides what a challenge's oracles left undecided.
//!
//! A maker names the jury's address as `judge` in the terms of a challenge. Each juror votes on a submission here; the vote
//! that makes a majority of equal ones also calls `rule` of the main contract, in the same transaction. The jury holds no
//! money, has no owner, and its jurors cannot be changed.
//!
//! * `main_contract`: what a judge calls of the main contract, and its types
#![no_std]
#![deny(unsafe_code)]

#[path = "../../judge/main_contract.rs"]
mod main_contract;

pub use main_contract::{Cid, Verdict, Vote};

use main_contract::MainClient;
use soroban_sdk::{
    contract, contracterror, contractevent, contractimpl, contractmeta, contracttype, panic_with_error, vec, Address,
    Env, Vec,
};

/// A month in ledgers of five seconds: what a call writes, it keeps that long, at least.
const KEEP: u32 = 30 * 17_280;
/// Jurors of one jury.
const MAX_JURORS: u32 = 9;

/// Numbered from 1200 on: the main contract's and the records' numbers end below.
#[contracterror]
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Error {
    /// A jury has an odd number of different jurors, 1 to 9.
    BadJurors = 1200,
    /// Only a juror can vote.
    NotAJuror = 1201,
}

/// Fixed when the jury is deployed.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Config {
    /// The main contract, whose challenges name this jury as their judge.
    pub stellartrain: Address,
    pub jurors: Vec<Address>,
}

/// What a juror says of a submission.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ballot {
    pub juror: Address,
    /// The juror's reasons.
    pub report: Cid,
    pub vote: Vote,
}

#[contracttype]
enum Key {
    /// → `Config`.
    Config,
    /// (challenge, solver, attempt) → `Vec<Ballot>`, at most one per juror, until the majority.
    Ballots(u32, Address, u32),
}

/// A juror voted; with the majority the main contract was told.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct JurorVoted {
    #[topic]
    pub challenge: u32,
    #[topic]
    pub juror: Address,
    pub report: Cid,
    pub vote: Vote,
    pub majority: bool,
}

contractmeta!(key = "event_version", val = "1");

#[contract]
pub struct Jury;

#[contractimpl]
impl Jury {
    /// Fixes the main contract and the jurors; nothing else can be set, by anyone, ever. Fails with `BadJurors`.
    pub fn __constructor(e: Env, stellartrain: Address, jurors: Vec<Address>) {
        let n = jurors.len();
        let distinct = jurors.iter().enumerate().all(|(at, juror)| jurors.first_index_of(&juror) == Some(at as u32));
        if n.is_multiple_of(2) || n > MAX_JURORS || !distinct {
            panic_with_error!(&e, Error::BadJurors);
        }
        e.storage().instance().set(&Key::Config, &Config { stellartrain, jurors });
    }

    /// Votes on a submission; a juror may replace its vote until the majority. With a majority of equal votes (a rejection's
    /// reason is not compared, the lowest stands) the main contract is told: from then on nothing changes it.
    ///
    /// # Arguments
    ///
    /// * `juror` - authorises the call.
    /// * `report` - the juror's reasons.
    /// * `vote` - `Scored` or `Rejected`. Where a quorum of oracles graded the submission, one of their votes.
    ///
    /// # Returns
    ///
    /// Whether this was the majority.
    ///
    /// # Errors
    ///
    /// * `NotAJuror`, and with the majority those of the main contract's `rule`
    pub fn vote(e: Env, juror: Address, challenge: u32, report: Cid, vote: Vote) -> bool {
        juror.require_auth();
        e.storage().instance().extend_ttl(KEEP / 2, KEEP);
        let Config { stellartrain, jurors } = config(&e);
        if !jurors.contains(&juror) {
            panic_with_error!(&e, Error::NotAJuror);
        }
        let key = Key::Ballots(challenge, vote.solver.clone(), vote.attempt);
        let mut ballots: Vec<Ballot> = e.storage().persistent().get(&key).unwrap_or(vec![&e]);
        if let Some(own) = ballots.iter().position(|ballot| ballot.juror == juror) {
            ballots.remove(own as u32);
        }
        ballots.push_back(Ballot { juror: juror.clone(), report: report.clone(), vote: vote.clone() });
        let agreed = || ballots.iter().map(|ballot| ballot.vote).filter(|other| same(other, &vote));
        let majority = agreed().count() as u32 > jurors.len() / 2;
        e.storage().persistent().set(&key, &ballots);
        e.storage().persistent().extend_ttl(&key, KEEP / 2, KEEP);
        if majority {
            // The main contract takes no rejection without a reason: a juror that gives none must not stop the others.
            let reason = agreed().map(|vote| vote.reason).filter(|reason| *reason > 0).min().unwrap_or(0);
            let ballot = Vote { reason, hold: false, ..vote.clone() };
            let here = e.current_contract_address();
            MainClient::new(&e, &stellartrain).rule(&here, &challenge, &report, &vec![&e, ballot]);
        }
        JurorVoted { challenge, juror, report, vote, majority }.publish(&e);
        majority
    }

    /// What was fixed when the jury was deployed.
    pub fn config(e: Env) -> Config {
        config(&e)
    }

    /// The votes on a submission so far.
    pub fn ballots(e: Env, challenge: u32, solver: Address, attempt: u32) -> Vec<Ballot> {
        e.storage().persistent().get(&Key::Ballots(challenge, solver, attempt)).unwrap_or(vec![&e])
    }
}

fn config(e: &Env) -> Config {
    match e.storage().instance().get(&Key::Config) {
        Some(config) => config,
        None => panic_with_error!(e, Error::BadJurors), // not reachable: the constructor writes it
    }
}

/// Equal in everything that the main contract compares.
fn same(a: &Vote, b: &Vote) -> bool {
    a.verdict == b.verdict && a.score == b.score && a.content_hash == b.content_hash && a.units == b.units
}

#[cfg(test)]
mod test;
