//! What is wrong with a contract transaction before it runs: held against the network's limits, and told as nodes tell it.

use super::{disk_reads, durability, fixed_fee};
use crate::{
    accounts::{issuer, valid_asset},
    frame::Frame,
    ledger::to_xdr,
    settings::Settings,
};
use soroban_env_host::xdr::{
    Asset, ContractDataDurability, ContractEvent, ContractEventBody, ContractEventType, ContractEventV0,
    ContractIdPreimage, CreateContractArgs, CreateContractArgsV2, DiagnosticEvent, ExtendFootprintTtlResult,
    ExtensionPoint, HostFunction, InvokeHostFunctionResult, LedgerKey, OperationBody, OperationResultTr,
    RestoreFootprintResult, ScError, ScErrorCode, ScString, ScSymbol, ScVal, SorobanTransactionData, TrustLineAsset,
};
use std::collections::BTreeSet;

/// A fault: what kind of, in words, and the numbers that show it.
pub struct Fault {
    error: ScError,
    words: &'static str,
    numbers: Vec<u64>,
}

type Checked = Result<(), Fault>;

fn fault(error: ScError, words: &'static str, numbers: &[u64]) -> Fault {
    Fault { error, words, numbers: numbers.to_vec() }
}

const OVER_BUDGET: ScError = ScError::Budget(ScErrorCode::ExceededLimit);
const OVER_STORAGE: ScError = ScError::Storage(ScErrorCode::ExceededLimit);
const BAD_STORAGE: ScError = ScError::Storage(ScErrorCode::InvalidInput);
const ODD_STORAGE: ScError = ScError::Storage(ScErrorCode::UnexpectedType);
const OVER_VALUE: ScError = ScError::Value(ScErrorCode::ExceededLimit);
const BAD_VALUE: ScError = ScError::Value(ScErrorCode::InvalidInput);

impl Fault {
    /// As a client finds it beside the refusal.
    pub fn event(&self) -> DiagnosticEvent {
        let words = ScVal::String(ScString(self.words.try_into().unwrap_or_default()));
        let data = if self.numbers.is_empty() {
            words
        } else {
            let values: Vec<ScVal> =
                std::iter::once(words).chain(self.numbers.iter().map(|number| ScVal::U64(*number))).collect();
            ScVal::Vec(values.try_into().ok())
        };
        let topics =
            vec![ScVal::Symbol(ScSymbol("error".try_into().unwrap_or_default())), ScVal::Error(self.error.clone())];
        DiagnosticEvent {
            in_successful_contract_call: false,
            event: ContractEvent {
                ext: ExtensionPoint::V0,
                contract_id: None,
                type_: ContractEventType::Diagnostic,
                body: ContractEventBody::V0(ContractEventV0 { topics: topics.try_into().unwrap_or_default(), data }),
            },
        }
    }
}

/// Holds what a transaction declares against the network's limits.
pub fn check_transaction(settings: &Settings, frame: &Frame, data: &SorobanTransactionData) -> Checked {
    if frame.has_muxed_or_memo() {
        return Err(fault(BAD_VALUE, "a contract call takes no memo and no muxed source account", &[]));
    }
    resources(settings, frame, data)?;
    let footprint = &data.resources.footprint;
    for key in footprint.read_only.iter().chain(footprint.read_write.iter()) {
        check_key(settings.limits.key_size, key)?;
    }
    archived(frame, data)?;
    let bid = frame.fee_bid();
    if data.resource_fee < 0 || data.resource_fee > bid {
        let numbers = [data.resource_fee.max(0) as u64, bid.max(0) as u64];
        return Err(fault(OVER_VALUE, "the resource fee is more than the whole fee", &numbers));
    }
    let fixed = fixed_fee(settings, frame, data);
    if fixed > data.resource_fee {
        let numbers = [data.resource_fee as u64, fixed as u64];
        return Err(fault(OVER_VALUE, "the resource fee is less than what the declared resources cost", &numbers));
    }
    let mut seen = BTreeSet::new();
    if !footprint.read_only.iter().chain(footprint.read_write.iter()).all(|key| seen.insert(key)) {
        return Err(fault(BAD_STORAGE, "a key stands twice in the footprint", &[]));
    }
    Ok(())
}

fn resources(settings: &Settings, frame: &Frame, data: &SorobanTransactionData) -> Checked {
    let (declared, footprint) = (&data.resources, &data.resources.footprint);
    let (compute, cost) = (settings.compute(), settings.cost());
    let number = |value: usize| value as u64;
    let writes = number(footprint.read_write.len());
    let limits: [(ScError, &str, u64, u64); 7] = [
        (
            OVER_BUDGET,
            "instructions declared, and the limit of a transaction",
            u64::from(declared.instructions),
            compute.tx_max_instructions.max(0) as u64,
        ),
        (
            OVER_STORAGE,
            "bytes to read from disk, and the limit of a transaction",
            u64::from(declared.disk_read_bytes),
            u64::from(cost.tx_max_disk_read_bytes),
        ),
        (
            OVER_STORAGE,
            "bytes to write, and the limit of a transaction",
            u64::from(declared.write_bytes),
            u64::from(cost.tx_max_write_bytes),
        ),
        (
            OVER_STORAGE,
            "entries in the footprint, and the limit of a transaction",
            number(footprint.read_only.len()) + writes,
            u64::from(settings.limits.footprint_entries),
        ),
        (
            OVER_STORAGE,
            "entries to read from disk, and the limit of a transaction",
            u64::from(disk_reads(frame, data)),
            u64::from(cost.tx_max_disk_read_entries),
        ),
        (
            OVER_STORAGE,
            "entries to write, and the limit of a transaction",
            writes,
            u64::from(cost.tx_max_write_ledger_entries),
        ),
        (
            OVER_BUDGET,
            "bytes of the transaction, and the limit of one",
            u64::from(frame.size),
            u64::from(settings.bandwidth().tx_max_size_bytes),
        ),
    ];
    match limits.into_iter().find(|(_, _, value, limit)| value > limit) {
        Some((error, words, value, limit)) => Err(fault(error, words, &[value, limit])),
        None => Ok(()),
    }
}

fn check_key(limit: u32, key: &LedgerKey) -> Checked {
    match key {
        LedgerKey::Account(_) | LedgerKey::ContractCode(_) => Ok(()),
        LedgerKey::ContractData(_) => {
            let size = to_xdr(key).map_or(u64::MAX, |bytes| bytes.len() as u64);
            if size > u64::from(limit) {
                let words = "bytes of a key in the footprint, and the limit of one";
                return Err(fault(OVER_STORAGE, words, &[size, u64::from(limit)]));
            }
            Ok(())
        }
        LedgerKey::Trustline(line) => {
            let asset = match line.asset.clone() {
                TrustLineAsset::CreditAlphanum4(asset) => Some(Asset::CreditAlphanum4(asset)),
                TrustLineAsset::CreditAlphanum12(asset) => Some(Asset::CreditAlphanum12(asset)),
                TrustLineAsset::Native | TrustLineAsset::PoolShare(_) => None,
            };
            match asset {
                Some(asset) if valid_asset(&asset) && issuer(&asset) != Some(&line.account_id) => Ok(()),
                _ => Err(fault(BAD_STORAGE, "a trust line in the footprint is of no asset that can have one", &[])),
            }
        }
        _ => {
            let words = "contracts cannot reach entries of a type that is in the footprint";
            Err(fault(ODD_STORAGE, words, &[key.discriminant() as u64]))
        }
    }
}

/// Indices of entries to restore: ascending, in the footprint, of persistent entries.
fn archived(frame: &Frame, data: &SorobanTransactionData) -> Checked {
    let read_write = &data.resources.footprint.read_write;
    let mut last = None;
    for &index in frame.archived() {
        if last.is_some_and(|last| last >= index) {
            return Err(fault(BAD_STORAGE, "indices of entries to restore must ascend", &[]));
        }
        last = Some(index);
        let Some(key) = read_write.get(index as usize) else {
            let numbers = [u64::from(index), read_write.len() as u64];
            return Err(fault(BAD_STORAGE, "an index of an entry to restore, and entries in the footprint", &numbers));
        };
        if !is_persistent(key) {
            let words = "an entry to restore is not persistent: its index";
            return Err(fault(BAD_STORAGE, words, &[u64::from(index)]));
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
                Err(fault(OVER_BUDGET, "bytes of the contract's code, and the limit of one", &numbers))
            }
            HostFunction::CreateContract(CreateContractArgs { contract_id_preimage, .. })
            | HostFunction::CreateContractV2(CreateContractArgsV2 { contract_id_preimage, .. }) => {
                match contract_id_preimage {
                    ContractIdPreimage::Asset(asset) if !valid_asset(asset) => {
                        Err(fault(BAD_VALUE, "the asset of the contract is none", &[]))
                    }
                    _ => Ok(()),
                }
            }
            _ => Ok(()),
        },
        OperationBody::ExtendFootprintTtl(op) => {
            let most = settings.config.max_entry_ttl.saturating_sub(1);
            if !footprint.read_write.is_empty() {
                return Err(fault(BAD_STORAGE, "what is to live longer stands in the read-only footprint alone", &[]));
            }
            if !footprint.read_only.iter().all(|key| durability(key).is_some()) {
                return Err(fault(BAD_STORAGE, "only entries of contracts have a lifetime", &[]));
            }
            if op.extend_to > most {
                let numbers = [u64::from(op.extend_to), u64::from(most)];
                return Err(fault(BAD_STORAGE, "ledgers to live for, and the most", &numbers));
            }
            Ok(())
        }
        _ if !footprint.read_only.is_empty() => {
            Err(fault(BAD_STORAGE, "what is to be restored stands in the read-write footprint alone", &[]))
        }
        _ if !footprint.read_write.iter().all(is_persistent) => {
            Err(fault(BAD_STORAGE, "only persistent entries of contracts can be restored", &[]))
        }
        _ => Ok(()),
    }
}
