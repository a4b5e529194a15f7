//! What is called of the main contract: `rule`, with the types as the main contract has them.
use soroban_sdk::{contractclient, contracttype, Address, BytesN, Env, Vec};

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

#[allow(dead_code)] // only the client made of it is used
#[contractclient(name = "MainClient")]
trait Main {
    fn rule(e: Env, judge: Address, challenge: u32, report: Cid, ballots: Vec<Vote>);
}
