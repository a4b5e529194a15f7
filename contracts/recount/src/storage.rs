//! The only file that touches storage.
//!
//! Rules are persistent. All else is temporary: it is needed between `grade_by` and `judge_by` alone, lives until then, and can be
//! removed by anyone afterwards.
use crate::errors::{Error, OrFail};
use crate::types::{Attempt, First, Frozen, Row, Truth, Work};
use soroban_sdk::{contracttype, Address, Bytes, BytesN, Env, IntoVal, TryFromVal, Val, Vec};

#[contracttype]
pub enum Key {
    /// Instance → `Address` of the main contract.
    Main,
    /// Persistent → `Frozen`.
    Rules(u32),
    /// Temporary → `Truth`.
    Truth(u32),
    /// Temporary → `Bytes`: the values of `ROWS` rows, a class's place in a byte or a float64 in eight.
    Values(u32, u32),
    /// Temporary → `Bytes`: a bit for each of `PARTED` rows, set for a private one.
    Private(u32, u32),
    /// Temporary → `Work`.
    Work(u32, Address, u32),
    /// Temporary → `Bytes`: half of a run of scores (challenge, solver, attempt, 2 × chunk + half).
    Run(u32, Address, u32, u32),
    /// Temporary → `Vec<Row>`, best first.
    Table(u32),
    /// Temporary → `Vec<Attempt>`: a solver's two with the best public scores.
    Tried(u32, Address),
    /// Temporary → `First`, by content hash.
    Content(u32, BytesN<32>),
}

/// Rows whose values one entry holds.
pub const ROWS: u32 = 4096;
/// Rows whose parts one entry holds.
pub const PARTED: u32 = 65_536;
/// A day in ledgers of five seconds.
const DAY: u32 = 17_280;

pub fn main_contract(e: &Env) -> Address {
    e.storage().instance().extend_ttl(15 * DAY, 30 * DAY);
    match e.storage().instance().get(&Key::Main) {
        Some(main) => main,
        None => Err(Error::NotConfigured).or_fail(e), // not reachable: the constructor writes it
    }
}

pub fn set_main_contract(e: &Env, main: &Address) {
    e.storage().instance().set(&Key::Main, main);
}

pub fn rules(e: &Env, challenge: u32) -> Option<Frozen> {
    e.storage().persistent().get(&Key::Rules(challenge))
}

pub fn set_rules(e: &Env, challenge: u32, frozen: &Frozen) {
    let key = Key::Rules(challenge);
    e.storage().persistent().set(&key, frozen);
    let lifetime = ledgers(e, frozen.judge_by);
    e.storage().persistent().extend_ttl(&key, lifetime, lifetime);
}

/// Ledgers until the time, at four seconds each, and a day.
fn ledgers(e: &Env, until: u64) -> u32 {
    let seconds = until.saturating_sub(e.ledger().timestamp());
    u32::try_from(seconds / 4).unwrap_or(u32::MAX).saturating_add(DAY).min(e.storage().max_ttl())
}

fn get<T: TryFromVal<Env, Val>>(e: &Env, key: &Key) -> Option<T> {
    e.storage().temporary().get(key)
}

/// What is written lives until `until`, and a day longer.
fn set<T: IntoVal<Env, Val>>(e: &Env, key: &Key, value: &T, until: u64) {
    e.storage().temporary().set(key, value);
    let lifetime = ledgers(e, until);
    e.storage().temporary().extend_ttl(key, lifetime, lifetime);
}

pub fn truth(e: &Env, challenge: u32) -> Option<Truth> {
    get(e, &Key::Truth(challenge))
}

pub fn set_truth(e: &Env, challenge: u32, truth: &Truth, until: u64) {
    set(e, &Key::Truth(challenge), truth, until);
}

pub fn values(e: &Env, challenge: u32, piece: u32) -> Option<Bytes> {
    get(e, &Key::Values(challenge, piece))
}

pub fn set_values(e: &Env, challenge: u32, piece: u32, values: &Bytes, until: u64) {
    set(e, &Key::Values(challenge, piece), values, until);
}

pub fn private(e: &Env, challenge: u32, piece: u32) -> Option<Bytes> {
    get(e, &Key::Private(challenge, piece))
}

pub fn set_private(e: &Env, challenge: u32, piece: u32, bits: &Bytes, until: u64) {
    set(e, &Key::Private(challenge, piece), bits, until);
}

pub fn work(e: &Env, challenge: u32, solver: &Address, attempt: u32) -> Option<Work> {
    get(e, &Key::Work(challenge, solver.clone(), attempt))
}

pub fn set_work(e: &Env, challenge: u32, solver: &Address, attempt: u32, work: &Work, until: u64) {
    set(e, &Key::Work(challenge, solver.clone(), attempt), work, until);
}

pub fn run(e: &Env, challenge: u32, solver: &Address, attempt: u32, half: u32) -> Option<Bytes> {
    get(e, &Key::Run(challenge, solver.clone(), attempt, half))
}

pub fn set_run(e: &Env, challenge: u32, solver: &Address, attempt: u32, half: u32, scores: &Bytes, until: u64) {
    set(e, &Key::Run(challenge, solver.clone(), attempt, half), scores, until);
}

pub fn table(e: &Env, challenge: u32) -> Vec<Row> {
    get(e, &Key::Table(challenge)).unwrap_or(Vec::new(e))
}

pub fn set_table(e: &Env, challenge: u32, rows: &Vec<Row>, until: u64) {
    set(e, &Key::Table(challenge), rows, until);
}

pub fn tried(e: &Env, challenge: u32, solver: &Address) -> Vec<Attempt> {
    get(e, &Key::Tried(challenge, solver.clone())).unwrap_or(Vec::new(e))
}

pub fn set_tried(e: &Env, challenge: u32, solver: &Address, attempts: &Vec<Attempt>, until: u64) {
    set(e, &Key::Tried(challenge, solver.clone()), attempts, until);
}

pub fn first(e: &Env, challenge: u32, content: &BytesN<32>) -> Option<First> {
    get(e, &Key::Content(challenge, content.clone()))
}

pub fn set_first(e: &Env, challenge: u32, content: &BytesN<32>, first: &First, until: u64) {
    set(e, &Key::Content(challenge, content.clone()), first, until);
}

/// Removes the truth, and the pieces of its values and parts from `from` on, at most `count` of each.
pub fn remove_truth(e: &Env, challenge: u32, from: u32, count: u32) {
    let entries = e.storage().temporary();
    entries.remove(&Key::Truth(challenge));
    entries.remove(&Key::Table(challenge));
    for piece in from..from.saturating_add(count) {
        entries.remove(&Key::Values(challenge, piece));
        entries.remove(&Key::Private(challenge, piece));
    }
}

/// Removes a work and its runs.
pub fn remove_work(e: &Env, challenge: u32, solver: &Address, attempt: u32, halves: u32) {
    let entries = e.storage().temporary();
    entries.remove(&Key::Work(challenge, solver.clone(), attempt));
    entries.remove(&Key::Tried(challenge, solver.clone()));
    for half in 0..halves {
        entries.remove(&Key::Run(challenge, solver.clone(), attempt, half));
    }
}
