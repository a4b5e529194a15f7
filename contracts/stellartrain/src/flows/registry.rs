//! Oracles and their keys; lifetimes.
use super::check_cid;
use crate::errors::{require, Error, OrFail};
use crate::rules::{sums, MAX_BATCH, MAX_URL};
use crate::storage;
use crate::types::{Cid, OracleKey, OracleRecord, SubmissionId};
use soroban_sdk::{Address, BytesN, Env, String, Vec};

pub fn register(e: &Env, oracle: &Address, key: &BytesN<32>, url: &String, metadata: &Cid) -> u32 {
    require(url.len() <= MAX_URL, Error::UrlTooLong).or_fail(e);
    check_cid(metadata).or_fail(e);
    storage::keep_contract(e);

    let record = storage::oracle(e, oracle).unwrap_or_default();
    let version = sums::inc(record.versions).or_fail(e);
    let time = e.ledger().timestamp();
    let key = OracleKey { key: key.clone(), url: url.clone(), metadata: metadata.clone(), time };
    storage::add_oracle_key(e, oracle, version, &key);
    storage::set_oracle(e, oracle, &OracleRecord { versions: version, ..record });
    version
}

pub fn extend(e: &Env, id: u32, submissions: &Vec<SubmissionId>) {
    require(submissions.len() <= MAX_BATCH, Error::BadBatch).or_fail(e);
    storage::load(e, id);
    storage::keep_challenge_longest(e, id);
    for SubmissionId { solver, attempt } in submissions.iter() {
        storage::keep_entry_longest(e, id, &solver, attempt);
    }
}
