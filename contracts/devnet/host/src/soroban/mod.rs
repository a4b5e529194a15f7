//! Contract transactions: limits on what they declare, and what their resources cost.

mod invoke;
mod lifetime;

pub use invoke::{ledger_info, CodeCache, Modules, PROTOCOL};

use crate::{
    accounts::{issuer, valid_asset},
    check::Context,
    frame::Frame,
    ledger::{to_xdr, Ledger},
    settings::Settings,
};
use soroban_env_host::{
    fees::{compute_transaction_resource_fee, TransactionResources},
    xdr::{
        Asset, ContractDataDurability, ContractEvent, ContractIdPreimage, CreateContractArgs, CreateContractArgsV2,
        DiagnosticEvent, ExtendFootprintTtlResult, HostFunction, InvokeHostFunctionResult, LedgerKey, Operation,
        OperationBody, OperationResult, OperationResultTr, RestoreFootprintResult, ScVal, SorobanTransactionData,
        TransactionResultResult as Code, TrustLineAsset,
    },
};
use std::collections::BTreeSet;

/// What a contract operation used, for its fee and for whoever measures.
#[derive(Default, Clone)]
pub struct Usage {
    pub instructions: u64,
    pub memory: u64,
    pub read_entries: u32,
    pub read_bytes: u32,
    pub disk_read_bytes: u32,
    pub write_entries: u32,
    pub write_bytes: u32,
    pub event_bytes: u32,
    pub rent_fee: i64,
}

pub struct Outcome {
    pub result: OperationResult,
    pub events: Vec<ContractEvent>,
    pub returned: Option<ScVal>,
    pub diagnostics: Vec<DiagnosticEvent>,
    pub usage: Usage,
    /// Refundable fee used up: rent and events.
    pub refundable: i64,
    pub restored: BTreeSet<LedgerKey>,
}

impl Outcome {
    fn new(result: OperationResultTr) -> Self {
        Outcome {
            result: OperationResult::OpInner(result),
            events: vec![],
            returned: None,
            diagnostics: vec![],
            usage: Usage::default(),
            refundable: 0,
            restored: BTreeSet::new(),
        }
    }
}

pub fn durability(key: &LedgerKey) -> Option<ContractDataDurability> {
    soroban_env_host::ledger_info::get_key_durability(key)
}

/// Entries that the fee counts as read from disk: classic ones, and archived ones that come back.
pub fn disk_reads(frame: &Frame, data: &SorobanTransactionData) -> u32 {
    let footprint = &data.resources.footprint;
    let classic = footprint.read_only.iter().chain(footprint.read_write.iter()).filter(|key| durability(key).is_none());
    // A restore operation reads its whole footprint.
    let restores = frame.tx.operations.iter().any(|op| matches!(op.body, OperationBody::RestoreFootprint(_)));
    let restored = if restores { footprint.read_write.len() } else { frame.archived().len() };
    (classic.count() + restored) as u32
}

fn priced(frame: &Frame, data: &SorobanTransactionData, event_bytes: u32) -> TransactionResources {
    let resources = &data.resources;
    TransactionResources {
        instructions: resources.instructions,
        disk_read_entries: disk_reads(frame, data),
        write_entries: resources.footprint.read_write.len() as u32,
        disk_read_bytes: resources.disk_read_bytes,
        write_bytes: resources.write_bytes,
        contract_events_size_bytes: event_bytes,
        transaction_size_bytes: frame.size,
    }
}

/// The part of the resource fee that is owed whatever happens.
pub fn fixed_fee(settings: &Settings, frame: &Frame, data: &SorobanTransactionData) -> i64 {
    compute_transaction_resource_fee(&priced(frame, data, 0), settings.fees()).0
}

/// The refundable fee for events of this size.
fn event_fee(settings: &Settings, frame: &Frame, data: &SorobanTransactionData, event_bytes: u32) -> i64 {
    compute_transaction_resource_fee(&priced(frame, data, event_bytes), settings.fees()).1
}

/// Holds what a transaction declares against the network's limits.
pub fn check_transaction(settings: &Settings, frame: &Frame, data: &SorobanTransactionData) -> Result<(), Code> {
    let (resources, footprint) = (&data.resources, &data.resources.footprint);
    let (compute, cost, limits) = (settings.compute(), settings.cost(), &settings.limits);
    if data.resource_fee < 0 || data.resource_fee > frame.fee_bid() {
        return Err(Code::TxSorobanInvalid);
    }
    let entries = footprint.read_only.len() + footprint.read_write.len();
    let over = i64::from(resources.instructions) > compute.tx_max_instructions
        || resources.disk_read_bytes > cost.tx_max_disk_read_bytes
        || resources.write_bytes > cost.tx_max_write_bytes
        || disk_reads(frame, data) > cost.tx_max_disk_read_entries
        || footprint.read_write.len() as u32 > cost.tx_max_write_ledger_entries
        || entries as u32 > limits.footprint_entries
        || frame.size > settings.bandwidth().tx_max_size_bytes;
    if over || frame.has_muxed_or_memo() || fixed_fee(settings, frame, data) > data.resource_fee {
        return Err(Code::TxSorobanInvalid);
    }
    let mut seen = BTreeSet::new();
    for key in footprint.read_only.iter().chain(footprint.read_write.iter()) {
        if !seen.insert(key) || !valid_key(limits.key_size, key) {
            return Err(Code::TxSorobanInvalid);
        }
    }
    let mut last = None;
    for &index in frame.archived() {
        let key = footprint.read_write.get(index as usize);
        let persistent = key.is_some_and(|key| durability(key) == Some(ContractDataDurability::Persistent));
        if !persistent || last.is_some_and(|last| last >= index) {
            return Err(Code::TxSorobanInvalid);
        }
        last = Some(index);
    }
    Ok(())
}

fn valid_key(limit: u32, key: &LedgerKey) -> bool {
    match key {
        LedgerKey::Account(_) | LedgerKey::ContractCode(_) => true,
        LedgerKey::ContractData(_) => to_xdr(key).is_ok_and(|bytes| bytes.len() as u32 <= limit),
        LedgerKey::Trustline(line) => {
            let asset = match line.asset.clone() {
                TrustLineAsset::CreditAlphanum4(asset) => Asset::CreditAlphanum4(asset),
                TrustLineAsset::CreditAlphanum12(asset) => Asset::CreditAlphanum12(asset),
                TrustLineAsset::Native | TrustLineAsset::PoolShare(_) => return false,
            };
            valid_asset(&asset) && issuer(&asset) != Some(&line.account_id)
        }
        _ => false,
    }
}

/// What is malformed about a contract operation, whatever the ledger holds.
pub fn check_operation(settings: &Settings, frame: &Frame, body: &OperationBody) -> Option<OperationResultTr> {
    let Some(footprint) = frame.soroban().map(|data| &data.resources.footprint) else {
        return Some(OperationResultTr::InvokeHostFunction(InvokeHostFunctionResult::Malformed));
    };
    let persistent = |key: &LedgerKey| durability(key) == Some(ContractDataDurability::Persistent);
    match body {
        OperationBody::InvokeHostFunction(op) => match &op.host_function {
            HostFunction::UploadContractWasm(code) => code.len() as u32 > settings.limits.contract_size,
            HostFunction::CreateContract(CreateContractArgs { contract_id_preimage, .. })
            | HostFunction::CreateContractV2(CreateContractArgsV2 { contract_id_preimage, .. }) => {
                matches!(contract_id_preimage, ContractIdPreimage::Asset(asset) if !valid_asset(asset))
            }
            HostFunction::InvokeContract(_) => false,
        }
        .then_some(OperationResultTr::InvokeHostFunction(InvokeHostFunctionResult::Malformed)),
        OperationBody::ExtendFootprintTtl(op) => (op.extend_to > settings.config.max_entry_ttl.saturating_sub(1)
            || !footprint.read_write.is_empty()
            || !footprint.read_only.iter().all(|key| durability(key).is_some()))
        .then_some(OperationResultTr::ExtendFootprintTtl(ExtendFootprintTtlResult::Malformed)),
        OperationBody::RestoreFootprint(_) => (!footprint.read_only.is_empty()
            || !footprint.read_write.iter().all(persistent))
        .then_some(OperationResultTr::RestoreFootprint(RestoreFootprintResult::Malformed)),
        _ => Some(OperationResultTr::RestoreFootprint(RestoreFootprintResult::Malformed)),
    }
}

/// Does a contract operation on the ledger's top layer.
pub fn apply(
    ledger: &mut Ledger,
    settings: &Settings,
    modules: &Modules,
    context: &Context,
    frame: &Frame,
    op: &Operation,
) -> Outcome {
    let Some(data) = frame.soroban() else {
        return Outcome::new(OperationResultTr::InvokeHostFunction(InvokeHostFunctionResult::Malformed));
    };
    match &op.body {
        OperationBody::InvokeHostFunction(call) => {
            let source = frame.op_source(op);
            invoke::Invocation { ledger, settings, modules, context, frame, data, source }.run(call)
        }
        OperationBody::ExtendFootprintTtl(extend) => {
            lifetime::extend(ledger, settings, context, frame, data, extend.extend_to)
        }
        _ => lifetime::restore(ledger, settings, context, frame, data),
    }
}

/// Whether rent and events fit into what was set aside for them.
fn afford(settings: &Settings, frame: &Frame, data: &SorobanTransactionData, outcome: &mut Outcome) -> bool {
    let used = outcome.usage.rent_fee.saturating_add(event_fee(settings, frame, data, outcome.usage.event_bytes));
    outcome.refundable = used;
    used <= data.resource_fee - fixed_fee(settings, frame, data)
}
