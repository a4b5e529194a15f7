//! The steps to run: where a chain stood, and the envelopes that it was then given.

use crate::{base64, decode, encode, from_base64};
use serde::{Deserialize, Serialize};
use soroban_env_host::xdr::{
    AccountId, Operation, SorobanTransactionData, Transaction, TransactionEnvelope, TransactionExt,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    pub passphrase: String,
    /// What the chain draws its randomness from, in hexadecimal.
    pub seed: String,
    pub settings: String,
    pub entries: Vec<PlannedEntry>,
    pub steps: Vec<Step>,
}

/// A ledger entry's key and data in base64.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlannedEntry {
    pub key: String,
    pub data: String,
    pub modified: u32,
    pub live_until: Option<u32>,
}

#[derive(Deserialize, Clone)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    pub name: String,
    pub kind: Kind,
    pub sequence: u32,
    pub close_time: u64,
    pub envelope: String,
    /// How a simulation treats authorization: 1 records, 2 below the root too, 4 with addresses in the payload.
    #[serde(default)]
    pub flags: u32,
}

#[derive(Deserialize, Serialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    Simulate,
    Apply,
}

/// The one operation of a step, with all that decides what it does.
pub struct Frame {
    pub bytes: Vec<u8>,
    pub hash: [u8; 32],
    pub source: AccountId,
    pub operation: Operation,
    pub data: Option<SorobanTransactionData>,
}

impl Step {
    pub fn frame(&self, network_id: [u8; 32]) -> Frame {
        let envelope: TransactionEnvelope = decode(from_base64(&self.envelope));
        let hash = envelope.hash(network_id).expect("an envelope has a hash");
        let TransactionEnvelope::Tx(v1) = &envelope else { panic!("{}: not a plain transaction", self.name) };
        let Transaction { source_account, operations, ext, .. } = v1.tx.clone();
        let operation = operations[0].clone();
        let source = operation.source_account.clone().unwrap_or(source_account).account_id();
        let data = match ext {
            TransactionExt::V1(data) => Some(data),
            TransactionExt::V0 => None,
        };
        Frame { bytes: encode(&envelope), hash, source, operation, data }
    }
}

/// What is short as it is, what is long as its hash.
pub fn shown(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    if bytes.len() <= 240 {
        return base64(bytes);
    }
    let hash = Sha256::digest(bytes);
    format!("sha256:{}:{}", bytes.len(), base64(hash))
}
