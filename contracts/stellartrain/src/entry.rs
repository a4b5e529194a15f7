//! A submission as it is stored: packed bytes, for the solver pays for each of them.
//!
//! Layout, little-endian as the machine that runs the contract: number u32, time u64, units u32, status u8, reason u8,
//! flags u8, voted u8, codec u8, digest \[32\], commitment \[32\]; then, while it is open, heard u64 and the votes of 47 bytes
//! each: by u8, verdict u8, reason u8, units u32, score i64, content \[32\]; or, once scored, score i64, accepted units u32,
//! content \[32\].
use crate::rules::verdict::{decide, Ballot, Decision};
use crate::rules::MAX_ORACLES;
use crate::types::{Cid, Submission, Terms, Verdict, VoteRecord};
use alloc::vec::Vec as List;
use soroban_sdk::{Bytes, BytesN, Env, Vec};

/// It carries the fee of its verdict.
pub const CARRIED: u8 = 1;
/// The queue moved on without it.
pub const PASSED: u8 = 2;
/// A place is kept for it.
pub const KEPT: u8 = 4;
/// What comes back to the solver, or the pay of a batch, is due and was not delivered.
pub const HELD: u8 = 8;
/// Its prize was sent.
pub const PRIZE_PAID: u8 = 16;
/// The judge decided.
pub const BY_JUDGE: u8 = 32;

const HEAD: usize = 85;
const HEARD: usize = 8;
const SCORE: usize = 44;
const BALLOT: usize = 47;
/// The judge's ballot comes beside the oracles' votes.
const LONGEST: usize = HEAD + HEARD + BALLOT * (MAX_ORACLES + 1);

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    pub number: u32,
    pub time: u64,
    pub units: u32,
    pub status: Verdict,
    pub reason: u8,
    pub flags: u8,
    /// Oracles that voted, bit 0 for the first place; late votes included.
    pub voted: u8,
    pub codec: u8,
    pub digest: [u8; 32],
    pub commitment: [u8; 32],
    /// When as many oracles as the quorum needs had voted; 0 = not yet.
    pub heard: u64,
    /// In the order in which they were cast; empty once concluded.
    pub ballots: List<Ballot>,
    pub score: i64,
    pub accepted_units: u32,
    pub content: [u8; 32],
}

impl Entry {
    pub fn new(number: u32, time: u64, units: u32, cid: &Cid, commitment: &BytesN<32>, carries: bool) -> Entry {
        Entry {
            number,
            time,
            units,
            status: Verdict::Pending,
            reason: 0,
            flags: if carries { CARRIED } else { 0 },
            voted: 0,
            codec: cid.codec as u8,
            digest: cid.digest.to_array(),
            commitment: commitment.to_array(),
            heard: 0,
            ballots: List::new(),
            score: 0,
            accepted_units: 0,
            content: [0; 32],
        }
    }

    pub fn is_open(&self) -> bool {
        self.status == Verdict::Pending
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

    /// What it carries for its grading.
    pub fn carried(&self, terms: &Terms) -> i128 {
        if self.has(CARRIED) {
            terms.verdict_fee()
        } else {
            0
        }
    }

    pub fn decision(&self, m: u32) -> Option<Decision> {
        decide(&self.ballots, m)
    }

    /// The verdict of a quorum, where one concluded the submission, in the form of a vote.
    pub fn quorum_verdict(&self) -> Option<Ballot> {
        let decided = matches!(self.status, Verdict::Scored | Verdict::Rejected | Verdict::Unavailable);
        (decided && !self.has(BY_JUDGE)).then_some(Ballot {
            by: 0,
            verdict: self.status,
            reason: self.reason,
            score: self.score,
            content: self.content,
            units: self.accepted_units,
        })
    }

    /// With what a vote that comes too late is compared, if with anything: the quorum's verdict that concluded the submission, or
    /// that will, for the queue had passed it before the last winner was found.
    pub fn standing(&self, m: u32) -> Option<Ballot> {
        if self.is_open() {
            let decision = self.decision(m).filter(|decision| self.has(PASSED) && decision.by_quorum());
            return decision.map(|decision| decision.ballot);
        }
        self.quorum_verdict()
    }

    /// The verdict replaces the votes.
    pub fn conclude(&mut self, status: Verdict, decision: Option<&Decision>) {
        self.status = status;
        self.ballots.clear();
        self.heard = 0;
        let Some(Decision { ballot, .. }) = decision else { return };
        if !decision.is_some_and(Decision::by_quorum) {
            self.set(BY_JUDGE);
        }
        self.reason = ballot.reason;
        self.score = ballot.score;
        self.accepted_units = ballot.units;
        self.content = ballot.content;
    }

    pub fn pack(&self, e: &Env) -> Bytes {
        let mut out = Writer { bytes: [0; LONGEST], at: 0 };
        out.put(self.number.to_le_bytes());
        out.put(self.time.to_le_bytes());
        out.put(self.units.to_le_bytes());
        out.put([self.status as u8, self.reason, self.flags, self.voted, self.codec]);
        out.put(self.digest);
        out.put(self.commitment);
        if self.is_open() {
            out.put(self.heard.to_le_bytes());
            for ballot in &self.ballots {
                out.put([ballot.by, ballot.verdict as u8, ballot.reason]);
                out.put(ballot.units.to_le_bytes());
                out.put(ballot.score.to_le_bytes());
                out.put(ballot.content);
            }
        } else if self.status == Verdict::Scored {
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
        let [status, reason, flags, voted, codec] = from.take();
        let mut entry = Entry {
            number,
            time,
            units,
            status: verdict_of(status),
            reason,
            flags,
            voted,
            codec,
            digest: from.take(),
            commitment: from.take(),
            heard: 0,
            ballots: List::new(),
            score: 0,
            accepted_units: 0,
            content: [0; 32],
        };
        if entry.is_open() {
            entry.heard = u64::from_le_bytes(from.take());
            entry.ballots.reserve_exact(MAX_ORACLES + 1);
            while from.at + BALLOT <= length {
                let [by, verdict, reason] = from.take();
                entry.ballots.push(Ballot {
                    by,
                    verdict: verdict_of(verdict),
                    reason,
                    units: u32::from_le_bytes(from.take()),
                    score: i64::from_le_bytes(from.take()),
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
                by: u32::from(ballot.by),
                verdict: ballot.verdict,
                reason: u32::from(ballot.reason),
                score: ballot.score,
                content_hash: BytesN::from_array(e, &ballot.content),
                units: ballot.units,
            });
        }
        Submission {
            number: self.number,
            cid: Cid { codec: u32::from(self.codec), digest: BytesN::from_array(e, &self.digest) },
            commitment: BytesN::from_array(e, &self.commitment),
            time: self.time,
            units: self.units,
            verdict: self.status,
            reason: u32::from(self.reason),
            score: self.score,
            content_hash: BytesN::from_array(e, &self.content),
            accepted_units: self.accepted_units,
            flags: u32::from(self.flags),
            voted: u32::from(self.voted),
            heard: self.heard,
            votes,
        }
    }
}

struct Writer {
    bytes: [u8; LONGEST],
    at: usize,
}

impl Writer {
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
        2 => Verdict::Rejected,
        3 => Verdict::Unavailable,
        4 => Verdict::Unsettled,
        5 => Verdict::Void,
        _ => Verdict::Pending,
    }
}
