//! A submission as it is stored: packed bytes, so that it fits into 400 of them together with its content's entry.
//!
//! Layout, little-endian as the machine that runs the contract: number u32, time u64, units u32, verdict u8, reason u8, flags u8, codec u8, digest \[32\]; then,
//! while pending, the ballots of 56 bytes each: oracle u8, verdict u8, reason u8, 0, units u32, score i64, time u64,
//! content \[32\]; or, once scored, score i64, accepted units u32, content \[32\].
use crate::rules::verdict::Ballot;
use crate::rules::MAX_ORACLES;
use crate::types::{Cid, Submission, Verdict, VoteRecord};
use alloc::vec::Vec as List;
use soroban_sdk::{Bytes, BytesN, Env, Vec};

/// The prize is due and was not delivered.
pub const PRIZE_HELD: u8 = 1;
/// The deposit is due and was not delivered.
pub const DEPOSIT_HELD: u8 = 2;
pub const PRIZE_PAID: u8 = 4;
/// At least one oracle voted to reject: no part in the silence share.
pub const REJECT_VOTED: u8 = 8;
pub const SILENCE_PAID: u8 = 16;
/// Unsettled because a quorum could not get or grade it, not because the oracles disagreed.
pub const UNAVAILABLE: u8 = 32;

const HEAD: usize = 52;
const SCORE: usize = 44;
const BALLOT: usize = 56;
const LONGEST: usize = HEAD + BALLOT * MAX_ORACLES as usize;

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    pub number: u32,
    pub time: u64,
    pub units: u32,
    pub verdict: Verdict,
    pub reason: u8,
    pub flags: u8,
    pub codec: u8,
    pub digest: [u8; 32],
    /// Empty once there is a verdict.
    pub ballots: List<Ballot>,
    pub score: i64,
    pub accepted_units: u32,
    pub content: [u8; 32],
}

impl Entry {
    pub fn new(number: u32, time: u64, units: u32, cid: &Cid) -> Entry {
        Entry {
            number,
            time,
            units,
            verdict: Verdict::Pending,
            reason: 0,
            flags: 0,
            codec: cid.codec as u8,
            digest: cid.digest.to_array(),
            ballots: List::new(),
            score: 0,
            accepted_units: 0,
            content: [0; 32],
        }
    }

    pub fn is_pending(&self) -> bool {
        self.verdict == Verdict::Pending
    }

    pub fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    pub fn set(&mut self, flag: u8) {
        self.flags |= flag;
    }

    pub fn clear(&mut self, flag: u8) {
        self.flags &= !flag;
    }

    /// The verdict replaces the votes.
    pub fn conclude(&mut self, verdict: Verdict) {
        self.verdict = verdict;
        self.ballots.clear();
    }

    /// Whether a vote agrees with the verdict; nothing can be said where no quorum came about.
    pub fn agrees(&self, ballot: &Ballot) -> Option<bool> {
        match self.verdict {
            Verdict::Scored | Verdict::Duplicate => Some(
                ballot.verdict == Verdict::Scored
                    && ballot.score == self.score
                    && ballot.units == self.accepted_units
                    && ballot.content == self.content,
            ),
            Verdict::Rejected => Some(ballot.verdict == Verdict::Rejected),
            Verdict::Unsettled if self.has(UNAVAILABLE) => Some(ballot.verdict == Verdict::Unavailable),
            _ => None,
        }
    }

    /// verdict | reason << 8 | flags << 16, as events show it.
    pub fn summary(&self) -> u32 {
        self.verdict as u32 | u32::from(self.reason) << 8 | u32::from(self.flags) << 16
    }

    pub fn pack(&self, e: &Env) -> Bytes {
        let mut out = Writer { bytes: [0; LONGEST], at: 0 };
        out.put(self.number.to_le_bytes());
        out.put(self.time.to_le_bytes());
        out.put(self.units.to_le_bytes());
        out.put([self.verdict as u8, self.reason, self.flags, self.codec]);
        out.put(self.digest);
        if self.is_pending() {
            for ballot in &self.ballots {
                out.put([ballot.oracle, ballot.verdict as u8, ballot.reason, 0]);
                out.put(ballot.units.to_le_bytes());
                out.put(ballot.score.to_le_bytes());
                out.put(ballot.time.to_le_bytes());
                out.put(ballot.content);
            }
        } else if matches!(self.verdict, Verdict::Scored | Verdict::Duplicate) {
            out.put(self.score.to_le_bytes());
            out.put(self.accepted_units.to_le_bytes());
            out.put(self.content);
        }
        Bytes::from_slice(e, &out.bytes[..out.at])
    }

    pub fn unpack(packed: &Bytes) -> Entry {
        let length = (packed.len() as usize).min(LONGEST);
        let mut bytes = [0; LONGEST];
        packed.copy_into_slice(&mut bytes[..length]);
        let mut from = Reader { bytes: &bytes, at: 0 };
        let number = u32::from_le_bytes(from.take());
        let time = u64::from_le_bytes(from.take());
        let units = u32::from_le_bytes(from.take());
        let [verdict, reason, flags, codec] = from.take();
        let digest = from.take();
        let mut entry = Entry {
            number,
            time,
            units,
            verdict: verdict_of(verdict),
            reason,
            flags,
            codec,
            digest,
            ballots: List::new(),
            score: 0,
            accepted_units: 0,
            content: [0; 32],
        };
        if entry.is_pending() {
            entry.ballots.reserve_exact(MAX_ORACLES as usize);
            while from.at + BALLOT <= length {
                let [oracle, verdict, reason, _] = from.take();
                entry.ballots.push(Ballot {
                    oracle,
                    verdict: verdict_of(verdict),
                    reason,
                    units: u32::from_le_bytes(from.take()),
                    score: i64::from_le_bytes(from.take()),
                    time: u64::from_le_bytes(from.take()),
                    content: from.take(),
                });
            }
        } else if length >= HEAD + SCORE {
            entry.score = i64::from_le_bytes(from.take());
            entry.accepted_units = u32::from_le_bytes(from.take());
            entry.content = from.take();
        }
        entry
    }

    pub fn to_view(&self, e: &Env) -> Submission {
        let mut votes = Vec::new(e);
        for ballot in &self.ballots {
            votes.push_back(VoteRecord {
                oracle: u32::from(ballot.oracle),
                verdict: ballot.verdict,
                reason: u32::from(ballot.reason),
                score: ballot.score,
                content_hash: BytesN::from_array(e, &ballot.content),
                units: ballot.units,
                time: ballot.time,
            });
        }
        Submission {
            number: self.number,
            cid: Cid { codec: u32::from(self.codec), digest: BytesN::from_array(e, &self.digest) },
            time: self.time,
            units: self.units,
            verdict: self.verdict,
            reason: u32::from(self.reason),
            score: self.score,
            content_hash: BytesN::from_array(e, &self.content),
            accepted_units: self.accepted_units,
            flags: u32::from(self.flags),
            votes,
        }
    }
}

struct Writer {
    bytes: [u8; LONGEST],
    at: usize,
}

impl Writer {
    #[inline(always)]
    fn put<const N: usize>(&mut self, part: [u8; N]) {
        self.bytes[self.at..self.at + N].copy_from_slice(&part);
        self.at += N;
    }
}

struct Reader<'a> {
    bytes: &'a [u8; LONGEST],
    at: usize,
}

impl Reader<'_> {
    #[inline(always)]
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let mut part = [0; N];
        part.copy_from_slice(&self.bytes[self.at..self.at + N]);
        self.at += N;
        part
    }
}

/// Only this contract writes entries, so other values do not occur.
fn verdict_of(byte: u8) -> Verdict {
    match byte {
        1 => Verdict::Scored,
        2 => Verdict::Duplicate,
        3 => Verdict::Rejected,
        4 => Verdict::Unsettled,
        5 => Verdict::Void,
        6 => Verdict::Unavailable,
        _ => Verdict::Pending,
    }
}
