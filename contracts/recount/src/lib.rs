//! A judge that grades: where a challenge's oracles leave work undecided, the score is computed again here, from the opened truth
//! and the opened work, and nobody's word is needed for it.
//!
//! A maker names this contract as `judge` in the terms and fixes with `configure`, before the first submission, how to score.
//! Between `grade_by` and `judge_by` anyone who has the truth opens it (`open_truth`), anyone who has a work and its nonce opens
//! that (`open_work`): chunk by chunk, each checked against the commitments that stand in the main contract. The call with a work's
//! last chunk rules on it there. The contract holds no money, has no owner, and whoever calls it can only add what is true.
//!
//! * `rules`, `truth`, `work`, `verdict`: the flows; `chunk`, `form`, `runs`, `tally`: what they read and keep
//! * `metrics`: the scores, of plain values; `sha256`: a hash that can stop between two transactions
//! * `storage`: the only file that touches it; `main_contract`: what is called of the main contract
#![no_std]
#![deny(unsafe_code)]

mod chunk;
mod errors;
mod events;
mod form;
mod main_contract;
pub mod metrics;
mod rules;
mod runs;
mod sha256;
mod storage;
mod tally;
mod truth;
mod types;
mod verdict;
mod work;

pub use errors::Error;
pub use types::{Frozen, Metric, Row, Rules, Truth, Work};

use chunk::Handed;
use errors::{require, OrFail};
use events::{Configured, Recounted, Removed, TruthOpened, WorkOpened};
use soroban_sdk::{contract, contractimpl, contractmeta, Address, Bytes, BytesN, Env, Vec};
use work::Id;

contractmeta!(key = "event_version", val = "1");

#[contract]
pub struct Recount;

#[contractimpl]
impl Recount {
    /// Fixes the main contract; nothing else can be set, by anyone, ever.
    pub fn __constructor(e: Env, stellartrain: Address) {
        storage::set_main_contract(&e, &stellartrain);
    }

    /// Fixes how a challenge's work is scored again, for good. The challenge names this contract as its judge, and nobody has
    /// submitted to it yet; its maker authorises the call.
    ///
    /// # Errors
    ///
    /// * `NotTheJudge`, `AlreadyConfigured`, `TooLate`, `BadRules`, `WrongPayout`, and `NoChallenge` of the main contract
    ///
    /// # Events
    ///
    /// * `configured`
    pub fn configure(e: Env, challenge: u32, rules: Rules) {
        let frozen = rules::configure(&e, challenge, &rules).or_fail(&e);
        Configured { challenge, maker: frozen.maker, rules }.publish(&e);
    }

    /// Opens the next chunk of a challenge's truth; anyone who has it may, between `grade_by` and `judge_by`.
    ///
    /// # Arguments
    ///
    /// * `salt` - the truth's.
    /// * `hashes` - SHA-256 of each chunk of its canonical form, 32 bytes each.
    /// * `place` - which chunk this is, from 0; `truth` says which one is next.
    /// * `chunk` - 65,536 bytes, fewer if it is the last one.
    ///
    /// # Returns
    ///
    /// Whether all that is needed of the truth is open. Its last chunks may not be: they hold ids.
    ///
    /// # Errors
    ///
    /// * `NotConfigured`, `NotJudging`, `TruthMismatch`, `ChunkMismatch`, `TooManyChunks`, `AlreadyOpened`, `OutOfOrder`,
    ///   `BadForm`, `UnknownClass`, `WrongRows`
    ///
    /// # Events
    ///
    /// * `truth_opened`
    pub fn open_truth(e: Env, challenge: u32, salt: BytesN<32>, hashes: Bytes, place: u32, chunk: Bytes) -> bool {
        let frozen = judging(&e, challenge).or_fail(&e);
        let handed = Handed { hashes: &hashes, place, chunk: &chunk };
        let truth = truth::open(&e, challenge, &frozen, &salt, &handed).or_fail(&e);
        TruthOpened { challenge, place, rows: truth.known, complete: truth.complete }.publish(&e);
        truth.complete
    }

    /// Opens the next chunk of a work once the truth is open; anyone who has the work and its nonce may, until `judge_by`. With
    /// the last one the work is scored, and the main contract is told.
    ///
    /// # Arguments
    ///
    /// * `solver`, `attempt` - whose work it is.
    /// * `nonce` - of its commitment.
    /// * `hashes`, `place`, `chunk` - as for `open_truth`, of the work's canonical form.
    ///
    /// # Returns
    ///
    /// Whether the work is scored now.
    ///
    /// # Errors
    ///
    /// * `NotConfigured`, `NotJudging`, `TruthNotOpen`, `NoCommitment`, `Rejected`, `WorkMismatch`, `ChunkMismatch`,
    ///   `TooManyChunks`, `AlreadyOpened`, `OutOfOrder`, `BadForm`, `UnknownClass`, `OutOfRange`, `WrongRows`, `NoScore`, and those
    ///   of the main contract's `rule` and `post_ranking`
    ///
    /// # Events
    ///
    /// * `work_opened`; `recounted` with the last chunk
    #[allow(clippy::too_many_arguments)]
    pub fn open_work(
        e: Env,
        challenge: u32,
        solver: Address,
        attempt: u32,
        nonce: BytesN<32>,
        hashes: Bytes,
        place: u32,
        chunk: Bytes,
    ) -> bool {
        let frozen = judging(&e, challenge).or_fail(&e);
        let id = Id { challenge, solver: &solver, attempt };
        let handed = Handed { hashes: &hashes, place, chunk: &chunk };
        let (work, content_hash) = work::open(&e, &id, &frozen, &nonce, &handed).or_fail(&e);
        storage::set_work(&e, challenge, &solver, attempt, &work, frozen.judge_by);
        WorkOpened { challenge, solver: solver.clone(), attempt, place, rows: work.known }.publish(&e);
        if let Some(content_hash) = content_hash {
            let copied = !verdict::rule(&e, &id, &frozen, &work, &content_hash);
            if frozen.places > 0 && !copied {
                verdict::rank(&e, &id, &frozen, &work).or_fail(&e);
            }
            let (score, private) = (work.score, work.private);
            Recounted { challenge, solver, attempt, score, private, content_hash, copied }.publish(&e);
        }
        work.scored
    }

    /// Removes an opened truth once the judge's time is over; anyone may. `first` and `count` say which pieces of its values go
    /// with this call: there is one for each 4,096 rows, and one for the parts of each 65,536.
    ///
    /// # Errors
    ///
    /// * `NotConfigured`, `NotOver`
    ///
    /// # Events
    ///
    /// * `removed`
    pub fn remove_truth(e: Env, challenge: u32, first: u32, count: u32) {
        over(&e, challenge).or_fail(&e);
        storage::remove_truth(&e, challenge, first, count);
        Removed { challenge }.publish(&e);
    }

    /// Removes what was kept of a work once the judge's time is over; anyone may. `chunks` is how many were opened.
    ///
    /// # Errors
    ///
    /// * `NotConfigured`, `NotOver`
    ///
    /// # Events
    ///
    /// * `removed`
    pub fn remove_work(e: Env, challenge: u32, solver: Address, attempt: u32, chunks: u32) {
        over(&e, challenge).or_fail(&e);
        storage::remove_work(&e, challenge, &solver, attempt, 2 * chunks);
        Removed { challenge }.publish(&e);
    }

    /// The main contract.
    pub fn stellartrain(e: Env) -> Address {
        storage::main_contract(&e)
    }

    /// The rules of a challenge, if its maker fixed any.
    pub fn rules(e: Env, challenge: u32) -> Option<Frozen> {
        storage::rules(&e, challenge)
    }

    /// The truth as far as it is open.
    pub fn truth(e: Env, challenge: u32) -> Option<Truth> {
        storage::truth(&e, challenge)
    }

    /// A work as far as it is open, or its result.
    pub fn work(e: Env, challenge: u32, solver: Address, attempt: u32) -> Option<Work> {
        storage::work(&e, challenge, &solver, attempt)
    }

    /// The ranking that the opened works make, best first.
    pub fn table(e: Env, challenge: u32) -> Vec<Row> {
        storage::table(&e, challenge)
    }
}

fn judging(e: &Env, challenge: u32) -> Result<Frozen, Error> {
    let frozen = storage::rules(e, challenge).ok_or(Error::NotConfigured)?;
    require((frozen.grade_by..frozen.judge_by).contains(&e.ledger().timestamp()), Error::NotJudging)?;
    Ok(frozen)
}

fn over(e: &Env, challenge: u32) -> Result<(), Error> {
    let frozen = storage::rules(e, challenge).ok_or(Error::NotConfigured)?;
    require(e.ledger().timestamp() >= frozen.judge_by, Error::NotOver)
}

#[cfg(test)]
mod test;
