//! A transaction as it was sent, with what the rules ask of it: hash, payer, bids, size.

use crate::{
    auth::Signed,
    ledger::{from_stranger, to_xdr},
};
use soroban_env_host::xdr::{
    AccountId, FeeBumpTransactionInnerTx, Memo, MuxedAccount, Operation, OperationBody, SorobanTransactionData,
    SorobanTransactionDataExt, Transaction, TransactionEnvelope, TransactionExt, TransactionV1Envelope,
};

/// The outer part of a fee bump.
pub struct Bump {
    pub source: MuxedAccount,
    pub fee: i64,
    pub signatures: Signed,
}

/// Classic and contract transactions queue, compete and are priced apart from each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    Classic,
    Contracts,
}

/// What is bid for inclusion, and for how many operations; more for each comes first.
#[derive(Clone, Copy)]
pub struct Bid {
    pub fee: i64,
    pub units: i64,
}

impl Bid {
    pub fn rate_to(self, other: Bid) -> std::cmp::Ordering {
        let side = |fee: i64, units: i64| i128::from(fee) * i128::from(units);
        side(self.fee, other.units).cmp(&side(other.fee, self.units))
    }
}

pub struct Frame {
    pub envelope: TransactionEnvelope,
    pub bytes: Vec<u8>,
    /// Bytes that are paid for: a fee bump's are those of what it wraps.
    pub size: u32,
    pub hash: [u8; 32],
    /// The inner transaction of a fee bump, else the transaction itself.
    pub tx: Transaction,
    pub tx_hash: [u8; 32],
    pub signatures: Signed,
    pub bump: Option<Bump>,
}

impl Frame {
    pub fn read(bytes: &[u8], network_id: [u8; 32]) -> Result<Frame, String> {
        let envelope = match from_stranger(bytes)? {
            // The oldest form goes on in the present one, of which it has the hash.
            TransactionEnvelope::TxV0(v0) => {
                let tx = Transaction::from(v0.tx);
                TransactionEnvelope::Tx(TransactionV1Envelope { tx, signatures: v0.signatures })
            }
            other => other,
        };
        let bytes = to_xdr(&envelope)?;
        let mut size = bytes.len() as u32;
        let hash = envelope.hash(network_id).map_err(|error| error.to_string())?;
        let (tx, tx_hash, signatures, bump) = match &envelope {
            TransactionEnvelope::TxV0(_) => return Err("an envelope of this form is converted".into()),
            TransactionEnvelope::Tx(v1) => (v1.tx.clone(), hash, v1.signatures.to_vec(), None),
            TransactionEnvelope::TxFeeBump(outer) => {
                let FeeBumpTransactionInnerTx::Tx(inner) = &outer.tx.inner_tx;
                let bump = Bump {
                    source: outer.tx.fee_source.clone(),
                    fee: outer.tx.fee,
                    signatures: Signed::new(hash, &outer.signatures),
                };
                size = to_xdr(&TransactionEnvelope::Tx(inner.clone()))?.len() as u32;
                let inner_hash = inner.hash(network_id).map_err(|error| error.to_string())?;
                (inner.tx.clone(), inner_hash, inner.signatures.to_vec(), Some(bump))
            }
        };
        let signatures = Signed::new(tx_hash, &signatures);
        Ok(Frame { bytes, size, envelope, hash, tx, tx_hash, signatures, bump })
    }

    pub fn source(&self) -> AccountId {
        self.tx.source_account.clone().account_id()
    }

    pub fn fee_source(&self) -> AccountId {
        match &self.bump {
            Some(bump) => bump.source.clone().account_id(),
            None => self.source(),
        }
    }

    /// The most that the sender is willing to pay, in stroops.
    pub fn fee_bid(&self) -> i64 {
        self.bump.as_ref().map_or(i64::from(self.tx.fee), |bump| bump.fee)
    }

    pub fn soroban(&self) -> Option<&SorobanTransactionData> {
        match &self.tx.ext {
            TransactionExt::V1(data) => Some(data),
            TransactionExt::V0 => None,
        }
    }

    pub fn resource_fee(&self) -> i64 {
        self.soroban().map_or(0, |data| data.resource_fee)
    }

    pub fn inclusion_bid(&self) -> i64 {
        self.fee_bid().saturating_sub(self.resource_fee())
    }

    /// Operations that the base fee is asked for; a fee bump counts as one more.
    pub fn fee_units(&self) -> i64 {
        self.tx.operations.len() as i64 + i64::from(self.bump.is_some())
    }

    pub fn bid(&self) -> Bid {
        Bid { fee: self.inclusion_bid(), units: self.fee_units().max(1) }
    }

    pub fn lane(&self) -> Lane {
        if self.soroban().is_some() {
            Lane::Contracts
        } else {
            Lane::Classic
        }
    }

    /// What is taken before anything is applied.
    pub fn initial_charge(&self, base_fee: i64) -> i64 {
        let inclusion = self.inclusion_bid().min(base_fee.saturating_mul(self.fee_units()));
        self.resource_fee().saturating_add(inclusion)
    }

    /// Indices, in the read-write footprint, of archived entries to restore on the way.
    pub fn archived(&self) -> &[u32] {
        match self.soroban().map(|data| &data.ext) {
            Some(SorobanTransactionDataExt::V1(ext)) => ext.archived_soroban_entries.as_slice(),
            _ => &[],
        }
    }

    /// Whether a contract call says more of its sender than contracts can be told.
    pub fn has_muxed_or_memo(&self) -> bool {
        if !self.tx.operations.iter().any(|op| matches!(op.body, OperationBody::InvokeHostFunction(_))) {
            return false;
        }
        let muxed = |account: &MuxedAccount| matches!(account, MuxedAccount::MuxedEd25519(_));
        let ops = &self.tx.operations;
        self.tx.memo != Memo::None
            || muxed(&self.tx.source_account)
            || ops.iter().any(|op| op.source_account.as_ref().is_some_and(muxed))
    }

    pub fn op_source(&self, op: &Operation) -> AccountId {
        op.source_account.clone().map_or_else(|| self.source(), MuxedAccount::account_id)
    }
}

pub fn is_soroban(body: &OperationBody) -> bool {
    matches!(
        body,
        OperationBody::InvokeHostFunction(_)
            | OperationBody::ExtendFootprintTtl(_)
            | OperationBody::RestoreFootprint(_)
    )
}
