//! A judge that grades: what a challenge's oracles leave undecided it scores again, from the opened truth and work; nobody is believed.
//!
//! A maker names this contract as `judge` in the terms and fixes with `configure`, before the first submission, how to score.
//! Between `grade_by` and `judge_by` anyone who has the truth opens it (`open_truth`), anyone who has a work and its nonce opens
//! that (`open_work`): chunk by chunk, each checked against the commitments that stand in the main contract. The call with a work's
//! last chunk rules on it there. The contract holds no money, has no owner, and whoever calls it can only add what is true.
//!
//! * `rules`, `truth`, `work`, `verdict`: the flows; `id`, `chunk`, `form`, `runs`, `tally`: what they read and keep
//! * `metrics`: the scores, of plain values; `sha256`: a hash that can stop between two transactions
//! * `storage`: the only file that touches it; `main_contract`: what is called of the main contract
#![no_std]
#![deny(unsafe_code)]

mod chunk;
mod errors;
mod events;
mod form;
mod id;
#[path = "../../judge/main_contract.rs"]
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
use events::{RecountConfigured, RecountRemoved, Recounted, TruthOpened, WorkOpened};
use id::Id;
use soroban_sdk::{contract, contractimpl, contractmeta, Address, Bytes, BytesN, Env, Vec};

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
    /// * `recount_configured`
    pub fn configure(e: Env, challenge: u32, rules: Rules) {
        let frozen = rules::configure(&e, challenge, &rules).or_fail(&e);
        RecountConfigured { challenge, maker: frozen.maker, rules }.publish(&e);
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

    /// Opens the next chunk of a work once the truth is open; anyone who has the work and its nonce may, before `open_until`. With
    /// the last one the work is scored, and the main contract is told; with unique content `conclude` tells it.
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
    /// * `NotConfigured`, `NotJudging`, `OpenedTooLate`, `TruthNotOpen`, `NoCommitment`, `Rejected`, `WorkMismatch`, `ChunkMismatch`,
    ///   `TooManyChunks`, `AlreadyOpened`, `OutOfOrder`, `BadForm`, `UnknownClass`, `OutOfRange`, `WrongRows`, `NoScore`, and those
    ///   of the main contract's `rule` and `post_ranking`
    ///
    /// # Events
    ///
    /// * `work_opened`; `recounted` with the last chunk, unless content is unique
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
        require(e.ledger().timestamp() < frozen.open_until, Error::OpenedTooLate).or_fail(&e);
        let mut work = work::open(&e, &id, &frozen, &nonce, &handed).or_fail(&e);
        WorkOpened { challenge, solver: solver.clone(), attempt, place, rows: work.known }.publish(&e);
        if work.scored && frozen.unique_content {
            verdict::note_content(&e, &id, &frozen, &work);
        } else if work.scored {
            conclude(&e, &id, &frozen, &mut work);
        }
        storage::set_work(&e, challenge, &solver, attempt, &work, frozen.judge_by);
        work.scored
    }

    /// Rules on a scored work where content is unique, from `open_until` until `judge_by`; anyone may. What a lower number of another
    /// solver has, as far as works were opened, is rejected as a copy.
    ///
    /// # Errors
    ///
    /// * `NotConfigured`, `NotJudging`, `WorkNotOpen`, `AlreadyRuled`, `RuledTooEarly`, `Rejected`, and those of the main contract's
    ///   `rule` and `post_ranking`
    ///
    /// # Events
    ///
    /// * `recounted`
    pub fn conclude(e: Env, challenge: u32, solver: Address, attempt: u32) {
        let frozen = judging(&e, challenge).or_fail(&e);
        let work = storage::work(&e, challenge, &solver, attempt).filter(|work| work.scored);
        let mut work = work.ok_or(Error::WorkNotOpen).or_fail(&e);
        require(!work.ruled, Error::AlreadyRuled).or_fail(&e);
        require(e.ledger().timestamp() >= frozen.open_until, Error::RuledTooEarly).or_fail(&e);
        conclude(&e, &Id { challenge, solver: &solver, attempt }, &frozen, &mut work);
        storage::set_work(&e, challenge, &solver, attempt, &work, frozen.judge_by);
    }

    /// Enters a solver's result into the ranking again, and posts it; anyone may, until `judge_by`. The ranking keeps 60 rows: who fell out
    /// behind them comes back by this once others fell.
    ///
    /// # Errors
    ///
    /// * `NotConfigured`, `NotJudging`, `WrongPayout`, and those of the main contract's `post_ranking`
    pub fn rank(e: Env, challenge: u32, solver: Address) {
        let frozen = judging(&e, challenge).or_fail(&e);
        require(frozen.places > 0, Error::WrongPayout).or_fail(&e);
        verdict::enter(&e, challenge, &solver, &frozen);
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
    /// * `recount_removed`
    pub fn remove_truth(e: Env, challenge: u32, first: u32, count: u32) {
        over(&e, challenge).or_fail(&e);
        storage::remove_truth(&e, challenge, first, count);
        RecountRemoved { challenge }.publish(&e);
    }

    /// Removes what was kept of a work once the judge's time is over; anyone may. `chunks` is how many were opened.
    ///
    /// # Errors
    ///
    /// * `NotConfigured`, `NotOver`
    ///
    /// # Events
    ///
    /// * `recount_removed`
    pub fn remove_work(e: Env, challenge: u32, solver: Address, attempt: u32, chunks: u32) {
        over(&e, challenge).or_fail(&e);
        storage::remove_work(&e, challenge, &solver, attempt, 2 * chunks);
        RecountRemoved { challenge }.publish(&e);
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

fn conclude(e: &Env, id: &Id, frozen: &Frozen, work: &mut Work) {
    let copied = verdict::conclude(e, id, frozen, work).or_fail(e);
    let (challenge, solver, attempt) = (id.challenge, id.solver.clone(), id.attempt);
    let (score, private, content_hash) = (work.score, work.private, work.content_hash.clone());
    Recounted { challenge, solver, attempt, score, private, content_hash, copied }.publish(e);
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
