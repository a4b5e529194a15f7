//! What is wrong with a contract transaction before it runs, checked in the order of nodes and said in their sentences.

use super::{
    diagnostic::{error_of_numbers, BAD_VALUE, OVER_BUDGET},
    disk_reads, durability, fixed_fee,
};
use crate::{
    accounts::{issuer, valid_asset},
    frame::Frame,
    ledger::to_xdr,
    settings::Settings,
};
use soroban_env_host::xdr::{
    Asset, ContractDataDurability, ContractIdPreimage, CreateContractArgs, CreateContractArgsV2, DiagnosticEvent,
    ExtendFootprintTtlResult, HostFunction, InvokeHostFunctionResult, LedgerKey, OperationBody, OperationResultTr,
    RestoreFootprintResult, ScError, ScErrorCode, SorobanTransactionData, TrustLineAsset,
};
use std::collections::BTreeSet;

/// A fault: what kind of, the network's own sentence for it, and the numbers that show it.
pub struct Fault {
    error: ScError,
    sentence: &'static str,
    numbers: Vec<u64>,
}

type Checked = Result<(), Fault>;

fn fault(error: ScError, sentence: &'static str, numbers: &[u64]) -> Fault {
    Fault { error, sentence, numbers: numbers.to_vec() }
}

const OVER_STORAGE: ScError = ScError::Storage(ScErrorCode::ExceededLimit);
const BAD_STORAGE: ScError = ScError::Storage(ScErrorCode::InvalidInput);
const ODD_STORAGE: ScError = ScError::Storage(ScErrorCode::UnexpectedType);
const OVER_VALUE: ScError = ScError::Value(ScErrorCode::ExceededLimit);

impl Fault {
    /// As a client finds it beside the refusal.
    pub fn event(&self) -> DiagnosticEvent {
        error_of_numbers(self.error.clone(), self.sentence, &self.numbers)
    }
}

/// Holds what a transaction declares against the network's limits.
pub fn check_transaction(settings: &Settings, frame: &Frame, data: &SorobanTransactionData) -> Checked {
    if frame.has_muxed_or_memo() {
        return Err(fault(BAD_VALUE, "Soroban transactions are not allowed to use memo or muxed source account", &[]));
    }
    resources(settings, frame, data)?;
    let footprint = &data.resources.footprint;
    for key in footprint.read_only.iter().chain(footprint.read_write.iter()) {
        check_key(settings.limits.key_size, key)?;
    }
    let (size, limit) = (u64::from(frame.size), u64::from(settings.bandwidth().tx_max_size_bytes));
    if size > limit {
        return Err(fault(OVER_BUDGET, "total transaction size exceeds network config limit", &[size, limit]));
    }
    archived(frame, data)?;
    let bid = frame.fee_bid();
    if data.resource_fee < 0 || data.resource_fee > bid {
        let sentence = "transaction `sorobanData.resourceFee` is higher than the full transaction fee";
        return Err(fault(OVER_VALUE, sentence, &[data.resource_fee as u64, bid as u64]));
    }
    let fixed = fixed_fee(settings, frame, data);
    if fixed > data.resource_fee {
        let sentence = "transaction `sorobanData.resourceFee` is lower than the actual Soroban resource fee";
        return Err(fault(OVER_VALUE, sentence, &[data.resource_fee as u64, fixed as u64]));
    }
    let mut seen = BTreeSet::new();
    if !footprint.read_only.iter().chain(footprint.read_write.iter()).all(|key| seen.insert(key)) {
        let sentence = "Found duplicate key in the Soroban footprint; every key across read-only and read-write \
                        footprints has to be unique.";
        return Err(fault(BAD_STORAGE, sentence, &[]));
    }
    Ok(())
}

fn resources(settings: &Settings, frame: &Frame, data: &SorobanTransactionData) -> Checked {
    let (declared, footprint) = (&data.resources, &data.resources.footprint);
    let (compute, cost) = (settings.compute(), settings.cost());
    let number = |value: usize| value as u64;
    let writes = number(footprint.read_write.len());
    let limits: [(ScError, &str, u64, u64); 6] = [
        (
            OVER_BUDGET,
            "transaction instructions resources exceed network config limit",
            u64::from(declared.instructions),
            compute.tx_max_instructions.max(0) as u64,
        ),
        (
            OVER_STORAGE,
            "transaction byte-read resources exceed network config limit",
            u64::from(declared.disk_read_bytes),
            u64::from(cost.tx_max_disk_read_bytes),
        ),
        (
            OVER_STORAGE,
            "transaction byte-write resources exceed network config limit",
            u64::from(declared.write_bytes),
            u64::from(cost.tx_max_write_bytes),
        ),
        (
            OVER_STORAGE,
            "the number of entries in transaction footprint exceeds the network config limit",
            number(footprint.read_only.len()) + writes,
            u64::from(settings.limits.footprint_entries),
        ),
        (
            OVER_STORAGE,
            "transaction entry-disk-read resources exceed network config limit",
            u64::from(disk_reads(frame, data)),
            u64::from(cost.tx_max_disk_read_entries),
        ),
        (
            OVER_STORAGE,
            "transaction entry-write resources exceed network config limit",
            writes,
            u64::from(cost.tx_max_write_ledger_entries),
        ),
    ];
    match limits.into_iter().find(|(_, _, value, limit)| value > limit) {
        Some((error, sentence, value, limit)) => Err(fault(error, sentence, &[value, limit])),
        None => Ok(()),
    }
}

fn check_key(limit: u32, key: &LedgerKey) -> Checked {
    match key {
        LedgerKey::Account(_) | LedgerKey::ContractCode(_) | LedgerKey::ContractData(_) => {}
        LedgerKey::Trustline(line) => {
            let asset = match line.asset.clone() {
                TrustLineAsset::CreditAlphanum4(asset) => Some(Asset::CreditAlphanum4(asset)),
                TrustLineAsset::CreditAlphanum12(asset) => Some(Asset::CreditAlphanum12(asset)),
                TrustLineAsset::Native | TrustLineAsset::PoolShare(_) => None,
            };
            if !asset.is_some_and(|asset| valid_asset(&asset) && issuer(&asset) != Some(&line.account_id)) {
                return Err(fault(BAD_STORAGE, "transaction footprint contains invalid trustline asset", &[]));
            }
        }
        _ => {
            let sentence = "transaction footprint contains unsupported ledger key type";
            return Err(fault(ODD_STORAGE, sentence, &[key.discriminant() as u64]));
        }
    }
    let size = to_xdr(key).map_or(u64::MAX, |bytes| bytes.len() as u64);
    if size > u64::from(limit) {
        let sentence = "transaction footprint key exceeds network config limit";
        return Err(fault(OVER_STORAGE, sentence, &[size, u64::from(limit)]));
    }
    Ok(())
}

/// Indices of entries to restore: ascending, in the footprint, of persistent entries.
fn archived(frame: &Frame, data: &SorobanTransactionData) -> Checked {
    let read_write = &data.resources.footprint.read_write;
    let mut last = None;
    for &index in frame.archived() {
        if last.is_some_and(|last| last >= index) {
            return Err(fault(BAD_STORAGE, "archivedSorobanEntries must be sorted in ascending order", &[]));
        }
        last = Some(index);
        let Some(key) = read_write.get(index as usize) else {
            let numbers = [u64::from(index), read_write.len() as u64];
            return Err(fault(BAD_STORAGE, "archivedSorobanEntries index is out of bounds", &numbers));
        };
        if !is_persistent(key) {
            let sentence = "archivedSorobanEntries index points to a non-persistent entry";
            return Err(fault(BAD_STORAGE, sentence, &[u64::from(index), key.discriminant() as u64]));
        }
    }
    Ok(())
}

fn is_persistent(key: &LedgerKey) -> bool {
    durability(key) == Some(ContractDataDurability::Persistent)
}

/// What is malformed about a contract operation, whatever the ledger holds.
pub fn check_operation(
    settings: &Settings,
    frame: &Frame,
    body: &OperationBody,
) -> Result<(), (OperationResultTr, Fault)> {
    let malformed = |fault: Fault| {
        let result = match body {
            OperationBody::ExtendFootprintTtl(_) => {
                OperationResultTr::ExtendFootprintTtl(ExtendFootprintTtlResult::Malformed)
            }
            OperationBody::RestoreFootprint(_) => {
                OperationResultTr::RestoreFootprint(RestoreFootprintResult::Malformed)
            }
            _ => OperationResultTr::InvokeHostFunction(InvokeHostFunctionResult::Malformed),
        };
        (result, fault)
    };
    operation(settings, frame, body).map_err(malformed)
}

fn operation(settings: &Settings, frame: &Frame, body: &OperationBody) -> Checked {
    let Some(footprint) = frame.soroban().map(|data| &data.resources.footprint) else {
        return Err(fault(BAD_VALUE, "no resources are declared", &[]));
    };
    match body {
        OperationBody::InvokeHostFunction(op) => match &op.host_function {
            HostFunction::UploadContractWasm(code) if code.len() as u32 > settings.limits.contract_size => {
                let numbers = [code.len() as u64, u64::from(settings.limits.contract_size)];
                Err(fault(OVER_BUDGET, "uploaded Wasm size exceeds network config maximum contract size", &numbers))
            }
            HostFunction::CreateContract(CreateContractArgs { contract_id_preimage, .. })
            | HostFunction::CreateContractV2(CreateContractArgsV2 { contract_id_preimage, .. }) => {
                match contract_id_preimage {
                    ContractIdPreimage::Asset(asset) if !valid_asset(asset) => {
                        Err(fault(BAD_VALUE, "invalid asset to create contract from", &[]))
                    }
                    _ => Ok(()),
                }
            }
            _ => Ok(()),
        },
        OperationBody::ExtendFootprintTtl(op) => {
            let most = settings.config.max_entry_ttl.saturating_sub(1);
            if !footprint.read_write.is_empty() {
                return Err(fault(
                    BAD_STORAGE,
                    "read-write footprint must be empty for ExtendFootprintTTL operation",
                    &[],
                ));
            }
            if !footprint.read_only.iter().all(|key| durability(key).is_some()) {
                return Err(fault(
                    BAD_STORAGE,
                    "only entries with TTL (contract data or code entries) can have it extended",
                    &[],
                ));
            }
            if op.extend_to > most {
                let numbers = [u64::from(op.extend_to), u64::from(most)];
                return Err(fault(BAD_STORAGE, "TTL extension is too large: {} > {}", &numbers));
            }
            Ok(())
        }
        _ if !footprint.read_only.is_empty() => {
            Err(fault(BAD_STORAGE, "read-only footprint must be empty for RestoreFootprint operation", &[]))
        }
        _ if !footprint.read_write.iter().all(is_persistent) => {
            Err(fault(BAD_STORAGE, "only persistent Soroban entries can be restored", &[]))
        }
        _ => Ok(()),
    }
}
