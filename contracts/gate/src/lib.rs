//! A gate that is a contract: it admits whom its owner invited, and who has a record of at least so many paid submissions.
//!
//! A maker names the gate's address as `gate` in the terms of a challenge; `submit` of the main contract then asks `admits`.
//! A gate sees only what other contracts have stored: this one reads the records contract, in which anyone may fold a solver's
//! final submissions. It moves nothing and asks no one to sign.
#![no_std]
#![deny(unsafe_code)]

use soroban_sdk::{
    contract, contractclient, contracterror, contractevent, contractimpl, contractmeta, contracttype, panic_with_error,
    Address, Env,
};

/// A month in ledgers of five seconds: what a call writes, it keeps that long, at least.
const KEEP: u32 = 30 * 17_280;

/// Numbered from 1300 on: the numbers of the other contracts end below.
#[contracterror]
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Error {
    /// A record qualifies with at least one paid submission.
    BadQualification = 1300,
}

/// Fixed when the gate is deployed.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Config {
    /// Invites solvers, and takes invitations back.
    pub owner: Address,
    /// The records contract, for those who are admitted without an invitation; no one is, if there is none.
    pub records: Option<Address>,
    /// At least so many submissions in the solver's record won something; at least 1.
    pub paid_submissions: u32,
}

/// A solver's record, as the records contract has it.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SolverRecord {
    pub submissions: u32,
    pub scored: u32,
    pub rejected: u32,
    pub unavailable: u32,
    pub unsettled: u32,
    pub void: u32,
    /// Those that won something.
    pub wins: u32,
    pub first: u64,
    pub last: u64,
}

#[allow(dead_code)] // only the client made of it is used
#[contractclient(name = "RecordsClient")]
trait Records {
    fn record(e: Env, solver: Address) -> SolverRecord;
}

#[contracttype]
enum Key {
    /// → `Config`.
    Config,
    /// → (), there while the solver is invited.
    Invited(Address),
}

/// A solver was invited, or the invitation was taken back.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvitationChanged {
    #[topic]
    pub solver: Address,
    pub invited: bool,
}

contractmeta!(key = "event_version", val = "1");

#[contract]
pub struct AllowList;

#[contractimpl]
impl AllowList {
    /// Fixes the owner, and who is admitted without an invitation: solvers with at least so many paid submissions in the
    /// records contract. Fails with `BadQualification`.
    pub fn __constructor(e: Env, owner: Address, records: Option<Address>, paid_submissions: u32) {
        if records.is_some() && paid_submissions == 0 {
            panic_with_error!(&e, Error::BadQualification);
        }
        e.storage().instance().set(&Key::Config, &Config { owner, records, paid_submissions });
    }

    /// Invites a solver, or takes its invitation back; the owner authorises the call. What the solver submitted stays.
    pub fn invite(e: Env, solver: Address, invited: bool) {
        config(&e).owner.require_auth();
        e.storage().instance().extend_ttl(KEEP / 2, KEEP);
        let key = Key::Invited(solver.clone());
        if invited {
            e.storage().persistent().set(&key, &());
            e.storage().persistent().extend_ttl(&key, KEEP / 2, KEEP);
        } else {
            e.storage().persistent().remove(&key);
        }
        InvitationChanged { solver, invited }.publish(&e);
    }

    /// Whether the solver may submit, to whatever challenge names this gate.
    pub fn admits(e: Env, _challenge: u32, solver: Address) -> bool {
        if e.storage().persistent().has(&Key::Invited(solver.clone())) {
            return true;
        }
        let Config { records: Some(records), paid_submissions, .. } = config(&e) else { return false };
        RecordsClient::new(&e, &records).record(&solver).wins >= paid_submissions
    }

    /// What was fixed when the gate was deployed.
    pub fn config(e: Env) -> Config {
        config(&e)
    }
}

fn config(e: &Env) -> Config {
    match e.storage().instance().get(&Key::Config) {
        Some(config) => config,
        None => panic_with_error!(e, Error::BadQualification), // not reachable: the constructor writes it
    }
}

#[cfg(test)]
mod test;
