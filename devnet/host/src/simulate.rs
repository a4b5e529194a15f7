//! Simulation: what a contract transaction would do, need and cost, from the closed state.

use crate::{
    chain::{Chain, Clock},
    frame::Frame,
    ledger::{from_xdr, to_xdr},
    soroban::ledger_info,
    wire::Writer,
};
use sha2::{Digest, Sha256};
use soroban_env_host::{
    e2e_invoke::RecordingInvocationAuthMode,
    storage::{EntryWithLiveUntil, SnapshotSource},
    xdr::{LedgerKey, OperationBody, SorobanAuthorizationEntry, SorobanTransactionData, WriteXdr},
    HostError,
};
use soroban_simulation::simulation::{
    simulate_extend_ttl_op, simulate_invoke_host_function_op, simulate_restore_op, LedgerEntryDiff,
    SimulationAdjustmentConfig,
};
use std::rc::Rc;

/// How authorisation is treated: as the entries given, or recorded.
#[derive(Clone, Copy)]
pub struct Auth {
    pub record: bool,
    pub allow_nonroot: bool,
    pub address_v2: bool,
}

/// The answer's fields, on the wire: error, data, fee, value, auth, events, changes.
#[derive(Default)]
struct Answer {
    error: String,
    data: Vec<u8>,
    fee: i64,
    value: Vec<u8>,
    auth: Vec<Vec<u8>>,
    events: Vec<Vec<u8>>,
    changes: Vec<Vec<u8>>,
}

/// Simulates the one operation of a transaction.
pub fn simulate(chain: &Chain, frame: &Frame, auth: Auth, leeway: u32, clock: Clock) -> Result<Vec<u8>, String> {
    let answer =
        attempt(chain, frame, auth, leeway, clock).unwrap_or_else(|error| Answer { error, ..Answer::default() });
    let mut writer = Writer::default();
    writer
        .text(&answer.error)
        .bytes(&answer.data)
        .number(answer.fee.max(0) as u64)
        .bytes(&answer.value)
        .list(&answer.auth)
        .list(&answer.events)
        .list(&answer.changes);
    Ok(writer.done())
}

/// What a call of our own must declare, and the authorization that it needs.
pub struct Prepared {
    pub data: SorobanTransactionData,
    pub auth: Vec<SorobanAuthorizationEntry>,
}

/// Simulates a call of our own, recording its authorization.
pub fn prepare(chain: &Chain, frame: &Frame, clock: Clock) -> Result<Prepared, String> {
    let auth = Auth { record: true, allow_nonroot: false, address_v2: false };
    let answer = attempt(chain, frame, auth, 0, clock)?;
    if !answer.error.is_empty() {
        return Err(answer.error);
    }
    let auth: Result<Vec<SorobanAuthorizationEntry>, String> =
        answer.auth.iter().map(|entry| from_xdr(entry)).collect();
    Ok(Prepared { data: from_xdr(&answer.data)?, auth: auth? })
}

fn attempt(chain: &Chain, frame: &Frame, auth: Auth, leeway: u32, clock: Clock) -> Result<Answer, String> {
    let context = chain.context(clock, 1);
    let info = ledger_info(&chain.settings, &context);
    let config = &chain.settings.config;
    let mut adjustment = SimulationAdjustmentConfig::default_adjustment();
    adjustment.instructions.additive_factor = adjustment.instructions.additive_factor.max(leeway);
    let Some(op) = frame.tx.operations.first() else { return Err("Transaction contains no operation".into()) };
    let footprint = frame.soroban().map(|data| &data.resources.footprint);
    let keys = |keys: &[LedgerKey]| keys.to_vec();
    match &op.body {
        OperationBody::InvokeHostFunction(call) => {
            let mode = if auth.record {
                RecordingInvocationAuthMode::recording(!auth.allow_nonroot, auth.address_v2)
            } else {
                RecordingInvocationAuthMode::Enforcing(call.auth.to_vec())
            };
            let seed = Sha256::digest([&context.seed[..], &context.sequence.to_le_bytes(), &frame.hash].concat());
            let result = simulate_invoke_host_function_op(
                chain.ledger.view(),
                config,
                &adjustment,
                &info,
                call.host_function.clone(),
                mode,
                &frame.op_source(op),
                seed.into(),
                true,
            )
            .map_err(|error| format!("{error:?}"))?;
            let mut answer = Answer { events: all(&result.diagnostic_events)?, ..Answer::default() };
            match result.invoke_result {
                Err(error) => answer.error = format!("{error:?}"),
                Ok(value) => {
                    answer.value = to_xdr(&value)?;
                    answer.auth = all(&result.auth)?;
                    answer.changes = changes(&result.modified_entries)?;
                    answer.fill(result.transaction_data.ok_or("simulation gave no transaction data")?)?;
                }
            }
            Ok(answer)
        }
        OperationBody::ExtendFootprintTtl(extend) => {
            let keys = keys(footprint.ok_or(NO_DATA)?.read_only.as_slice());
            let view = Held(chain.ledger.view());
            simulate_extend_ttl_op(&view, config, &adjustment, &info, &keys, extend.extend_to)
                .map_err(|error| format!("{error:?}"))
                .and_then(|result| Answer::default().filled(result.transaction_data))
        }
        OperationBody::RestoreFootprint(_) => {
            let keys = keys(footprint.ok_or(NO_DATA)?.read_write.as_slice());
            let view = Held(chain.ledger.view());
            simulate_restore_op(&view, config, &adjustment, &info, &keys)
                .map_err(|error| format!("{error:?}"))
                .and_then(|result| Answer::default().filled(result.transaction_data))
        }
        other => Err(format!("Transaction contains unsupported operation type: OperationType{}", other.name())),
    }
}

const NO_DATA: &str = "To perform a SimulateTransaction for ExtendFootprintTtl or RestoreFootprint operations, \
                       SorobanTransactionData must be provided";

impl Answer {
    fn fill(&mut self, data: SorobanTransactionData) -> Result<(), String> {
        self.fee = data.resource_fee;
        self.data = to_xdr(&data)?;
        Ok(())
    }

    fn filled(mut self, data: SorobanTransactionData) -> Result<Answer, String> {
        self.fill(data)?;
        Ok(self)
    }
}

fn all<T: WriteXdr>(values: &[T]) -> Result<Vec<Vec<u8>>, String> {
    values.iter().map(|value| to_xdr(value)).collect()
}

fn changes(diffs: &[LedgerEntryDiff]) -> Result<Vec<Vec<u8>>, String> {
    let mut out = vec![];
    for diff in diffs {
        let Some(entry) = diff.state_before.as_ref().or(diff.state_after.as_ref()) else { continue };
        let side = |entry: &Option<_>| entry.as_ref().map_or(Ok(vec![]), to_xdr);
        let mut writer = Writer::default();
        writer.bytes(&to_xdr(&entry.to_key())?).bytes(&side(&diff.state_before)?).bytes(&side(&diff.state_after)?);
        out.push(writer.done());
    }
    Ok(out)
}

/// A shared view as the sized type that the simulation library asks for.
struct Held(Rc<dyn SnapshotSource>);

impl SnapshotSource for Held {
    fn get(&self, key: &Rc<LedgerKey>) -> Result<Option<EntryWithLiveUntil>, HostError> {
        self.0.get(key)
    }
}
