//! Every entry point of the contract.
use crate::cid::{RAW, UNIXFS};
use crate::errors::{fail, require, Error};
use crate::events::{BadgeMinted, SubmissionFolded, EVENT_VERSION};
use crate::outcome::{last, Outcome, Verdict};
use crate::types::{Badge, Cid, Config, SolverRecord};
use crate::{metadata, storage};
use soroban_sdk::{contract, contractimpl, contractmeta, Address, Bytes, Env, String};
use stellar_tokens::non_fungible::{Base, NonFungibleToken};

contractmeta!(key = "event_version", val = "2");

const NAME: &str = "StellarTrain badges";
const SYMBOL: &str = "STBADGE";

#[contract]
pub struct Records;

#[contractimpl]
impl Records {
    /// Fixes the main contract and the badges' picture; nothing else can be set, by anyone, ever.
    ///
    /// # Errors
    ///
    /// * `BadImage`
    pub fn __constructor(e: Env, stellartrain: Address, image: Cid) {
        require(&e, image.codec == RAW || image.codec == UNIXFS, Error::BadImage);
        storage::set_config(&e, &Config { event_version: EVENT_VERSION, stellartrain, image });
        Base::set_metadata(&e, String::from_str(&e, ""), String::from_str(&e, NAME), String::from_str(&e, SYMBOL));
    }

    /// Counts a final submission in its solver's record, once; anyone may call.
    ///
    /// # Returns
    ///
    /// The record with it.
    ///
    /// # Errors
    ///
    /// * `AlreadyFolded`, `NoOutcome`, `NotFinal`
    ///
    /// # Events
    ///
    /// * `submission_folded`
    pub fn fold(e: Env, challenge: u32, solver: Address, attempt: u32) -> SolverRecord {
        storage::keep_contract(&e);
        require(&e, !storage::is_folded(&e, challenge, &solver, attempt), Error::AlreadyFolded);
        let config = storage::config(&e);
        let outcome = last(&e, &config.stellartrain, challenge, &solver, attempt);
        let record = storage::record(&e, &solver).with(&outcome, e.ledger().timestamp());
        storage::set_folded(&e, challenge, &solver, attempt);
        storage::set_record(&e, &solver, &record);
        let Outcome { number, verdict, score, prize, token, .. } = outcome;
        SubmissionFolded { challenge, solver, attempt, number, verdict, score, prize, token }.publish(&e);
        record
    }

    /// Gives the solver of a winning, final submission its badge, once.
    ///
    /// # Arguments
    ///
    /// * `solver` - who won; authorises the call, for a badge is taken and not imposed.
    ///
    /// # Returns
    ///
    /// The badge's number, from 1. It comes from a counter: declare the entries of the next numbers in the footprint, for another badge may be minted first.
    ///
    /// # Errors
    ///
    /// * `AlreadyMinted`, `NoOutcome`, `NotFinal`, `NothingWon`
    ///
    /// # Events
    ///
    /// * `mint`, the token's own
    /// * `badge_minted`
    pub fn mint(e: Env, challenge: u32, solver: Address, attempt: u32) -> u32 {
        solver.require_auth();
        storage::keep_contract(&e);
        require(&e, storage::badge_of(&e, challenge, &solver, attempt).is_none(), Error::AlreadyMinted);
        let config = storage::config(&e);
        let Outcome { number, score, prize, token, .. } = last(&e, &config.stellartrain, challenge, &solver, attempt);
        require(&e, prize > 0, Error::NothingWon);
        let badge = Badge { challenge, number, solver, attempt, score, prize, token };
        let token_id = storage::add_badge(&e, &badge);
        Base::mint_with_id(&e, &badge.solver, token_id);
        let Badge { solver, token, .. } = badge;
        BadgeMinted { challenge, solver, token_id, attempt, number, score, prize, token }.publish(&e);
        token_id
    }

    /// Destroys a badge. Its submission stays in the record and gets no other.
    ///
    /// # Arguments
    ///
    /// * `from` - the badge's owner; authorises the call.
    ///
    /// # Errors
    ///
    /// * `NoBadge`, `NotYourBadge`
    ///
    /// # Events
    ///
    /// * `burn`, the token's own
    pub fn burn(e: Env, from: Address, token_id: u32) {
        require(&e, storage::badge(&e, token_id).solver == from, Error::NotYourBadge);
        storage::keep_contract(&e);
        Base::burn(&e, &from, token_id);
        storage::remove_badge(&e, token_id);
    }

    /// What was fixed when the contract was deployed.
    pub fn config(e: Env) -> Config {
        storage::config(&e)
    }

    /// A solver's record; all zero before the first fold.
    pub fn record(e: Env, solver: Address) -> SolverRecord {
        storage::record(&e, &solver)
    }

    /// Whether a submission is in its solver's record.
    pub fn folded(e: Env, challenge: u32, solver: Address, attempt: u32) -> bool {
        storage::is_folded(&e, challenge, &solver, attempt)
    }

    /// How many badges were minted; they are numbered from 1.
    pub fn badges(e: Env) -> u32 {
        storage::badges(&e)
    }

    /// What a badge says. Fails with `NoBadge`.
    pub fn badge(e: Env, token_id: u32) -> Badge {
        storage::badge(&e, token_id)
    }

    /// The number of a submission's badge, burned or not.
    pub fn badge_of(e: Env, challenge: u32, solver: Address, attempt: u32) -> Option<u32> {
        storage::badge_of(&e, challenge, &solver, attempt)
    }

    /// The JSON document that `token_uri` names, to the last byte: anyone may put it on IPFS. Fails with `NoBadge`.
    pub fn metadata(e: Env, token_id: u32) -> Bytes {
        metadata::document(&e, &storage::config(&e), token_id, &storage::badge(&e, token_id))
    }
}

/// SEP-50, for wallets: badges are seen like any other token, but never move.
#[contractimpl(contracttrait)]
impl NonFungibleToken for Records {
    type ContractType = Base;

    /// Who won the badge. Fails with `NoBadge`.
    fn owner_of(e: &Env, token_id: u32) -> Address {
        storage::badge(e, token_id).solver
    }

    /// Fails with `NotTransferable`.
    fn transfer(e: &Env, _from: Address, _to: Address, _token_id: u32) {
        fail(e, Error::NotTransferable)
    }

    /// Fails with `NotTransferable`.
    fn transfer_from(e: &Env, _spender: Address, _from: Address, _to: Address, _token_id: u32) {
        fail(e, Error::NotTransferable)
    }

    /// Fails with `NotTransferable`.
    fn approve(e: &Env, _approver: Address, _approved: Address, _token_id: u32, _live_until_ledger: u32) {
        fail(e, Error::NotTransferable)
    }

    /// Fails with `NotTransferable`.
    fn approve_for_all(e: &Env, _owner: Address, _operator: Address, _live_until_ledger: u32) {
        fail(e, Error::NotTransferable)
    }

    /// No one. Fails with `NoBadge`.
    fn get_approved(e: &Env, token_id: u32) -> Option<Address> {
        storage::badge(e, token_id);
        None
    }

    /// No one is.
    fn is_approved_for_all(_e: &Env, _owner: Address, _operator: Address) -> bool {
        false
    }

    /// `ipfs://` and the CID of the badge's document. Fails with `NoBadge`.
    fn token_uri(e: &Env, token_id: u32) -> String {
        metadata::uri(e, &Records::metadata(e.clone(), token_id))
    }
}

impl SolverRecord {
    /// The record with one more submission.
    fn with(self, outcome: &Outcome, now: u64) -> SolverRecord {
        let mut record = SolverRecord { submissions: self.submissions + 1, last: now, ..self };
        if record.first == 0 {
            record.first = now;
        }
        if outcome.prize > 0 {
            record.wins += 1;
        }
        *match outcome.verdict {
            Verdict::Scored => &mut record.scored,
            Verdict::Rejected => &mut record.rejected,
            Verdict::Unavailable => &mut record.unavailable,
            Verdict::Void => &mut record.void,
            Verdict::Pending | Verdict::Unsettled => &mut record.unsettled,
        } += 1;
        record
    }
}
