//! Keys, typed access and lifetimes: beside OpenZeppelin's, the only code that touches the ledger's storage.
//!
//! Every entry is persistent, so nothing is ever lost: what no one extends is archived and can be restored.
use crate::errors::{fail, Error};
use crate::types::{Badge, Config, SolverRecord};
use soroban_sdk::{contracttype, Address, Env, IntoVal, TryFromVal, Val};

const DAY_IN_LEDGERS: u32 = 17_280;
/// What a call writes, it keeps for at least a month; it extends at most once a day.
const KEEP: u32 = 30 * DAY_IN_LEDGERS;
const KEEP_THRESHOLD: u32 = KEEP - DAY_IN_LEDGERS;

/// The configuration is in the instance, which is never written again; all others are persistent.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Key {
    /// → `Config`. Lives with the contract.
    Config,
    /// → `SolverRecord`. Extended by each write.
    Record(Address),
    /// (challenge, solver, attempt) → (), there once the submission is in the record.
    Folded(u32, Address, u32),
    /// → u32, badges minted so far: the newest has this number. Extended by each mint.
    Badges,
    /// Number of a badge → `Badge`, until it is burned.
    Badge(u32),
    /// (challenge, solver, attempt) → u32, the number of its badge, burned or not.
    BadgeOf(u32, Address, u32),
}

fn get<V: TryFromVal<Env, Val>>(e: &Env, key: &Key) -> Option<V> {
    e.storage().persistent().get(key)
}

fn set<V: IntoVal<Env, Val>>(e: &Env, key: &Key, value: &V) {
    e.storage().persistent().set(key, value);
    e.storage().persistent().extend_ttl(key, KEEP_THRESHOLD, KEEP);
}

/// Every call that changes something keeps the contract itself alive.
pub fn keep_contract(e: &Env) {
    e.storage().instance().extend_ttl(KEEP_THRESHOLD, KEEP);
}

pub fn set_config(e: &Env, config: &Config) {
    e.storage().instance().set(&Key::Config, config);
}

pub fn config(e: &Env) -> Config {
    match e.storage().instance().get(&Key::Config) {
        Some(config) => config,
        None => fail(e, Error::NoOutcome), // not reachable: the constructor writes it
    }
}

pub fn record(e: &Env, solver: &Address) -> SolverRecord {
    get(e, &Key::Record(solver.clone())).unwrap_or_default()
}

pub fn set_record(e: &Env, solver: &Address, record: &SolverRecord) {
    set(e, &Key::Record(solver.clone()), record);
}

pub fn is_folded(e: &Env, challenge: u32, solver: &Address, attempt: u32) -> bool {
    e.storage().persistent().has(&Key::Folded(challenge, solver.clone(), attempt))
}

pub fn set_folded(e: &Env, challenge: u32, solver: &Address, attempt: u32) {
    set(e, &Key::Folded(challenge, solver.clone(), attempt), &());
}

pub fn badges(e: &Env) -> u32 {
    get(e, &Key::Badges).unwrap_or(0)
}

pub fn badge_of(e: &Env, challenge: u32, solver: &Address, attempt: u32) -> Option<u32> {
    get(e, &Key::BadgeOf(challenge, solver.clone(), attempt))
}

pub fn badge(e: &Env, number: u32) -> Badge {
    match get(e, &Key::Badge(number)) {
        Some(badge) => badge,
        None => fail(e, Error::NoBadge),
    }
}

/// Stores a new badge under the next number, which it returns.
pub fn add_badge(e: &Env, badge: &Badge) -> u32 {
    let number = badges(e) + 1;
    set(e, &Key::Badges, &number);
    set(e, &Key::Badge(number), badge);
    set(e, &Key::BadgeOf(badge.challenge, badge.solver.clone(), badge.attempt), &number);
    number
}

/// The badge is gone; that its submission had one is not.
pub fn remove_badge(e: &Env, number: u32) {
    e.storage().persistent().remove(&Key::Badge(number));
}
