//! What a judge that is a contract calls of the main contract, with the types as it has them, and what it reads of its views.
//! The jury and the judge that grades are built with this file.
#![allow(dead_code)] // each judge uses a part of it

use soroban_sdk::{contractclient, contracttype, Address, BytesN, Env, Map, Symbol, TryFromVal, Val, Vec};

/// A CIDv1 with a SHA-256 digest; the codec is 0x55 (raw bytes) or 0x70 (UnixFS).
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cid {
    pub codec: u32,
    pub digest: BytesN<32>,
}

/// What can be said of a submission; a judge says `Scored` or `Rejected`.
#[contracttype]
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Verdict {
    Pending = 0,
    Scored = 1,
    Rejected = 2,
    Unavailable = 3,
    Unsettled = 4,
    Void = 5,
}

/// A ballot on one submission.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Vote {
    pub solver: Address,
    pub attempt: u32,
    pub verdict: Verdict,
    /// 1 to 255 for `Rejected`, otherwise 0.
    pub reason: u32,
    /// As graded, in units of 1e-7; the main contract rounds it. 0 unless `Scored`.
    pub score: i64,
    /// Zeros unless `Scored`.
    pub content_hash: BytesN<32>,
    /// Accepted units; 0 unless `Scored` in a challenge paid per unit.
    pub units: u32,
    /// Has no meaning in a ballot.
    pub hold: bool,
}

/// A row of a ranking, best first; the score as graded, on the private part of the truth.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RankingRow {
    pub solver: Address,
    pub attempt: u32,
    pub score: i64,
}

/// A struct as the host holds it: whole types would be more code than the few fields that are read.
pub type Fields = Map<Symbol, Val>;

#[contractclient(name = "MainClient")]
trait Main {
    fn challenge(e: Env, challenge: u32) -> Fields;
    fn state(e: Env, challenge: u32) -> Fields;
    fn submission(e: Env, challenge: u32, solver: Address, attempt: u32) -> Fields;
    fn rule(e: Env, judge: Address, challenge: u32, report: Cid, ballots: Vec<Vote>);
    fn post_ranking(e: Env, by: Address, challenge: u32, report: Cid, rows: Vec<RankingRow>) -> bool;
}

/// A field of a struct; none where it is absent, empty or of another type.
pub fn field<T: TryFromVal<Env, Val>>(e: &Env, of: &Fields, name: &str) -> Option<T> {
    of.get(Symbol::new(e, name)).and_then(|value| T::try_from_val(e, &value).ok())
}
