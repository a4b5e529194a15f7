//! Contract transactions: limits on what they declare, and what their resources cost.

mod diagnostic;
mod faults;
mod invoke;
mod lifetime;
mod metrics;

pub use faults::{check_operation, check_transaction};
pub use invoke::{ledger_info, CodeCache, Modules, PROTOCOL};
pub use lifetime::rented_size;

use crate::{context::Context, frame::Frame, ledger::Ledger, settings::Settings};
use diagnostic::{error_of_numbers, OVER_BUDGET};
use soroban_env_host::{
    fees::{compute_transaction_resource_fee, TransactionResources},
    xdr::{
        ContractDataDurability, ContractEvent, DiagnosticEvent, InvokeHostFunctionResult, LedgerKey, Operation,
        OperationBody, OperationResult, OperationResultTr, ScVal, SorobanTransactionData,
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
    let rent = outcome.usage.rent_fee;
    let events = event_fee(settings, frame, data, outcome.usage.event_bytes);
    outcome.refundable = rent.saturating_add(events);
    let set_aside = data.resource_fee - fixed_fee(settings, frame, data);
    if outcome.refundable <= set_aside {
        return true;
    }
    let (sentence, numbers) = if rent > set_aside {
        ("refundable resource fee was not sufficient to cover the ledger storage rent: {} > {}", [rent, set_aside])
    } else {
        let sentence = "refundable resource fee was not sufficient to cover the events fee after paying for ledger \
                        storage rent: {} > {}";
        (sentence, [events, set_aside - rent])
    };
    outcome.diagnostics.push(error_of_numbers(OVER_BUDGET, sentence, &numbers.map(|number| number as u64)));
    false
}

/// Why an entry is too large for the network, if it is.
fn oversized(settings: &Settings, key: &LedgerKey, bytes: usize) -> Option<DiagnosticEvent> {
    let limits = &settings.limits;
    let (limit, sentence) = match key {
        LedgerKey::ContractCode(_) => (limits.contract_size, "Wasm size exceeds network config maximum contract size"),
        LedgerKey::ContractData(_) => (limits.entry_size, "ContractData size exceeds network config maximum size"),
        _ => return None,
    };
    let numbers = [bytes as u64, u64::from(limit)];
    (numbers[0] > numbers[1]).then(|| error_of_numbers(OVER_BUDGET, sentence, &numbers))
}
