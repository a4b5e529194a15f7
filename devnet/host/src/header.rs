//! The chain of ledger headers, and a ledger's close meta put together from its parts.

use crate::{
    aside::Aside,
    frame::Lane,
    ledger::{from_xdr, to_xdr},
    soroban_protocol,
};
use sha2::{Digest, Sha256};
use soroban_env_host::xdr::{
    DependentTxCluster, ExtensionPoint, GeneralizedTransactionSet, Hash, LedgerCloseMeta, LedgerCloseMetaExt,
    LedgerCloseMetaExtV1, LedgerCloseMetaV2, LedgerEntryChanges, LedgerHeader, LedgerHeaderExt,
    LedgerHeaderHistoryEntry, LedgerHeaderHistoryEntryExt, LedgerKey, ParallelTxExecutionStage, ParallelTxsComponent,
    StellarValue, StellarValueExt, TimePoint, TransactionEnvelope, TransactionMeta, TransactionPhase,
    TransactionResult, TransactionResultMetaV1, TransactionResultPair, TransactionResultSet, TransactionSetV1,
    TxSetComponent, TxSetComponentTxsMaybeDiscountedFee,
};
use std::collections::BTreeMap;

pub const TOTAL_COINS: i64 = 1_000_000_000_000_000_000;

pub fn genesis(close_time: u64, classic_operations: u32) -> LedgerHeader {
    LedgerHeader {
        ledger_version: soroban_protocol(),
        previous_ledger_hash: Hash([0; 32]),
        scp_value: StellarValue {
            tx_set_hash: Hash([0; 32]),
            close_time: TimePoint(close_time),
            upgrades: Default::default(),
            ext: StellarValueExt::Basic,
        },
        tx_set_result_hash: Hash([0; 32]),
        bucket_list_hash: Hash([0; 32]),
        ledger_seq: 1,
        total_coins: TOTAL_COINS,
        fee_pool: 0,
        inflation_seq: 0,
        id_pool: 0,
        base_fee: crate::check::BASE_FEE as u32,
        base_reserve: crate::accounts::BASE_RESERVE as u32,
        max_tx_set_size: classic_operations,
        skip_list: [Hash([0; 32]), Hash([0; 32]), Hash([0; 32]), Hash([0; 32])],
        ext: LedgerHeaderExt::V0,
    }
}

pub fn hash(header: &LedgerHeader) -> Result<[u8; 32], String> {
    Ok(Sha256::digest(to_xdr(header)?).into())
}

/// An envelope, and in which cluster it stands when it is one of contracts.
pub struct Placed {
    pub hash: [u8; 32],
    pub cluster: u8,
    pub envelope: TransactionEnvelope,
}

/// What a closing ledger adds to the chain.
pub struct Closing<'a> {
    pub sequence: u32,
    pub close_time: u64,
    pub fees: i64,
    pub envelopes: Vec<Placed>,
    /// Of an operation, by lane.
    pub prices: [i64; 2],
    pub results: Vec<TransactionResultPair>,
    pub delta: &'a [u8],
}

pub fn next(previous: &LedgerHeader, previous_hash: [u8; 32], closing: Closing) -> Result<LedgerHeader, String> {
    let tx_set = to_xdr(&tx_set(previous_hash, closing.envelopes, closing.prices)?)?;
    let results = TransactionResultSet { results: closing.results.try_into().map_err(|_| "too many results")? };
    // No bucket list is kept: the state's hash is the chain of its changes.
    let mut state = Sha256::new();
    state.update(previous.bucket_list_hash.0);
    state.update(closing.delta);
    let mut header = previous.clone();
    header.previous_ledger_hash = Hash(previous_hash);
    header.ledger_seq = closing.sequence;
    header.scp_value.close_time = TimePoint(closing.close_time);
    header.scp_value.tx_set_hash = Hash(Sha256::digest(tx_set).into());
    header.tx_set_result_hash = Hash(Sha256::digest(to_xdr(&results)?).into());
    header.bucket_list_hash = Hash(state.finalize().into());
    header.fee_pool += closing.fees;
    Ok(header)
}

pub fn history_entry(header: &LedgerHeader, hash: [u8; 32]) -> LedgerHeaderHistoryEntry {
    LedgerHeaderHistoryEntry { hash: Hash(hash), header: header.clone(), ext: LedgerHeaderHistoryEntryExt::V0 }
}

/// The transactions as they were agreed upon: in the order of their hashes, whatever order they are applied in.
fn tx_set(
    previous_hash: [u8; 32],
    mut envelopes: Vec<Placed>,
    prices: [i64; 2],
) -> Result<GeneralizedTransactionSet, String> {
    let many = |_| "too many transactions".to_string();
    envelopes.sort_by_key(|placed| placed.hash);
    let (mut classic, mut clusters) = (vec![], BTreeMap::<u8, Vec<TransactionEnvelope>>::new());
    for Placed { cluster, envelope, .. } in envelopes {
        if is_contract(&envelope) {
            clusters.entry(cluster).or_default().push(envelope);
        } else {
            classic.push(envelope);
        }
    }
    let mut components = vec![];
    if !classic.is_empty() {
        components.push(TxSetComponent::TxsetCompTxsMaybeDiscountedFee(TxSetComponentTxsMaybeDiscountedFee {
            base_fee: Some(prices[Lane::Classic as usize]),
            txs: classic.try_into().map_err(many)?,
        }));
    }
    let price = (!clusters.is_empty()).then_some(prices[Lane::Contracts as usize]);
    let mut stages = vec![];
    if !clusters.is_empty() {
        let mut stage = vec![];
        for transactions in clusters.into_values() {
            stage.push(DependentTxCluster(transactions.try_into().map_err(many)?));
        }
        stages.push(ParallelTxExecutionStage(stage.try_into().map_err(many)?));
    }
    let phases = vec![
        TransactionPhase::V0(components.try_into().map_err(many)?),
        TransactionPhase::V1(ParallelTxsComponent {
            base_fee: price,
            execution_stages: stages.try_into().map_err(many)?,
        }),
    ];
    Ok(GeneralizedTransactionSet::V1(TransactionSetV1 {
        previous_ledger_hash: Hash(previous_hash),
        phases: phases.try_into().map_err(many)?,
    }))
}

fn is_contract(envelope: &TransactionEnvelope) -> bool {
    use soroban_env_host::xdr::{FeeBumpTransactionInnerTx, TransactionExt};
    match envelope {
        TransactionEnvelope::TxV0(_) => false,
        TransactionEnvelope::Tx(v1) => v1.tx.ext != TransactionExt::V0,
        TransactionEnvelope::TxFeeBump(bump) => {
            let FeeBumpTransactionInnerTx::Tx(inner) = &bump.tx.inner_tx;
            inner.tx.ext != TransactionExt::V0
        }
    }
}

/// One applied transaction, as the close meta needs it.
pub struct Part<'a> {
    pub hash: &'a [u8],
    pub envelope: &'a [u8],
    pub result: &'a [u8],
    pub meta: &'a [u8],
    pub fee_changes: &'a [u8],
    pub refund_changes: &'a [u8],
}

pub fn close_meta(entry: &[u8], parts: &[Part], aside: &Aside) -> Result<Vec<u8>, String> {
    let ledger_header: LedgerHeaderHistoryEntry = from_xdr(entry)?;
    let mut envelopes = vec![];
    let mut processing = vec![];
    for (index, part) in parts.iter().enumerate() {
        let hash: [u8; 32] = part.hash.try_into().map_err(|_| "a hash has 32 bytes")?;
        let cluster = aside.clusters.get(index).copied().unwrap_or(0);
        envelopes.push(Placed { hash, cluster, envelope: from_xdr(part.envelope)? });
        let result: TransactionResult = from_xdr(part.result)?;
        let tx_apply_processing: TransactionMeta = from_xdr(part.meta)?;
        let fee_processing: LedgerEntryChanges = from_xdr(part.fee_changes)?;
        let post_tx_apply_fee_processing: LedgerEntryChanges = from_xdr(part.refund_changes)?;
        processing.push(TransactionResultMetaV1 {
            ext: ExtensionPoint::V0,
            result: TransactionResultPair { transaction_hash: Hash(hash), result },
            fee_processing,
            tx_apply_processing,
            post_tx_apply_fee_processing,
        });
    }
    let evicted: Result<Vec<LedgerKey>, String> = aside.evicted.iter().map(|key| from_xdr(key)).collect();
    let evicted = evicted?;
    let previous = ledger_header.header.previous_ledger_hash.0;
    to_xdr(&LedgerCloseMeta::V2(LedgerCloseMetaV2 {
        ext: LedgerCloseMetaExt::V1(LedgerCloseMetaExtV1 {
            ext: ExtensionPoint::V0,
            soroban_fee_write1_kb: aside.rent_price,
        }),
        ledger_header,
        tx_set: tx_set(previous, envelopes, aside.prices)?,
        tx_processing: processing.try_into().map_err(|_| "too many transactions")?,
        upgrades_processing: Default::default(),
        scp_info: Default::default(),
        total_byte_size_of_live_soroban_state: aside.state_size,
        evicted_keys: evicted.try_into().map_err(|_| "too many evicted keys")?,
    }))
}
