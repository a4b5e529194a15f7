//! A step as the official host does it when it is called directly, and what that takes.

use crate::{
    base64, decode, encode,
    ledger::Ledger,
    plan::{shown, Frame, Step},
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use soroban_env_host::{
    e2e_invoke::{
        entry_size_for_rent, extract_rent_changes, invoke_host_function, LedgerEntryChange,
        RecordingInvocationAuthMode, TtlLedgerEntryMeta,
    },
    fees::{compute_rent_fee, compute_transaction_resource_fee, LedgerEntryRentChange, TransactionResources},
    ledger_info::get_key_durability,
    xdr::{
        ContractDataDurability, DiagnosticEvent, Hash, InvokeHostFunctionSuccessPreImage, LedgerEntry, LedgerKey,
        OperationBody, ScVal, SorobanTransactionData, SorobanTransactionDataExt,
    },
};
use soroban_simulation::simulation::{
    simulate_extend_ttl_op, simulate_invoke_host_function_op, simulate_restore_op, SimulationAdjustmentConfig,
};
use std::rc::Rc;

/// What a simulation answers. XDR in base64; what is long, as its hash.
#[derive(Serialize, Default, Debug, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Simulated {
    /// An error with the log of events before it.
    pub error: String,
    pub data: String,
    pub fee: i64,
    pub value: String,
    pub auth: Vec<String>,
    /// Diagnostic events, each hashed.
    pub events: Vec<String>,
    /// Entries before and after, of those that change.
    pub changes: Vec<[String; 3]>,
}

pub fn simulate(ledger: &Rc<Ledger>, step: &Step) -> Simulated {
    let frame = step.frame(ledger.network_id);
    let adjustment = SimulationAdjustmentConfig::default_adjustment();
    let info = ledger.info(step.sequence, step.close_time);
    let mut answer = Simulated::default();
    let data = match &frame.operation.body {
        OperationBody::InvokeHostFunction(call) => {
            let mode = match step.flags {
                0 => RecordingInvocationAuthMode::Enforcing(call.auth.to_vec()),
                flags => RecordingInvocationAuthMode::recording(flags & 2 == 0, flags & 4 != 0),
            };
            let result = simulate_invoke_host_function_op(
                ledger.clone(),
                &ledger.config,
                &adjustment,
                &info,
                call.host_function.clone(),
                mode,
                &frame.source,
                ledger.randomness(step.sequence, &frame.hash),
                true,
            )
            .expect("a simulation answers");
            answer.events = result.diagnostic_events.iter().map(|event| shown(&encode(event))).collect();
            match result.invoke_result {
                Err(error) => answer.error = format!("{error:?}"),
                Ok(value) => {
                    answer.value = shown(&encode(&value));
                    answer.auth = result.auth.iter().map(|entry| shown(&encode(entry))).collect();
                    answer.changes = result
                        .modified_entries
                        .iter()
                        .filter_map(|diff| {
                            let entry = diff.state_before.as_ref().or(diff.state_after.as_ref())?;
                            let side = |entry: &Option<LedgerEntry>| {
                                entry.as_ref().map_or(String::new(), |e| shown(&encode(e)))
                            };
                            Some([shown(&encode(&entry.to_key())), side(&diff.state_before), side(&diff.state_after)])
                        })
                        .collect();
                }
            }
            result.transaction_data
        }
        OperationBody::ExtendFootprintTtl(extend) => {
            let keys = footprint(&frame).0;
            let result = simulate_extend_ttl_op(&**ledger, &ledger.config, &adjustment, &info, &keys, extend.extend_to);
            Some(result.expect("a simulation answers").transaction_data)
        }
        OperationBody::RestoreFootprint(_) => {
            let keys = footprint(&frame).1;
            let result = simulate_restore_op(&**ledger, &ledger.config, &adjustment, &info, &keys);
            Some(result.expect("a simulation answers").transaction_data)
        }
        other => panic!("{}: {} is no operation of contracts", step.name, other.name()),
    };
    if let Some(data) = data {
        answer.fee = data.resource_fee;
        answer.data = base64(encode(&data));
    }
    answer
}

fn footprint(frame: &Frame) -> (Vec<LedgerKey>, Vec<LedgerKey>) {
    let footprint = &frame.data.as_ref().expect("resources").resources.footprint;
    (footprint.read_only.to_vec(), footprint.read_write.to_vec())
}

/// What an applied step left behind. Fees in stroops.
#[derive(Serialize, Default, Debug, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Applied {
    pub outcome: &'static str,
    /// Hash of the returned value and the events, in hexadecimal.
    pub success: String,
    pub value: String,
    pub events: Vec<String>,
    /// The host's own; a node adds its figures, and why it failed a call.
    pub diagnostics: Vec<String>,
    pub costs: Costs,
    /// Key, data and last ledger of each entry of the footprint, as it is afterwards.
    pub entries: Vec<(String, String, Option<u32>)>,
}

#[derive(Serialize, Default, Debug, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Costs {
    pub instructions: u64,
    pub memory: u64,
    pub read_entries: u32,
    pub read_bytes: u32,
    pub disk_read_bytes: u32,
    pub write_entries: u32,
    pub write_bytes: u32,
    pub event_bytes: u32,
    pub transaction_bytes: u32,
    pub rent_fee: i64,
    /// Owed whatever happens.
    pub fixed_fee: i64,
    /// Owed for events and rent.
    pub refundable_fee: i64,
}

pub const SUCCESS: &str = "success";
const TRAPPED: &str = "trapped";
const EXCEEDED: &str = "resourceLimitExceeded";
const ARCHIVED: &str = "entryArchived";
const INSUFFICIENT: &str = "insufficientRefundableFee";

/// Applies a step; the ledger changes only when it succeeds.
pub fn apply(ledger: &mut Ledger, step: &Step) -> Applied {
    let frame = step.frame(ledger.network_id);
    let mut applied = Applied::default();
    applied.costs.transaction_bytes = frame.bytes.len() as u32;
    let mut next = ledger.clone();
    applied.outcome = match run(&mut next, step, &frame, &mut applied) {
        Ok(()) => {
            *ledger = next;
            SUCCESS
        }
        Err(outcome) => {
            applied.costs.refundable_fee = 0;
            (applied.success, applied.value, applied.events) = Default::default();
            outcome
        }
    };
    let (read_only, read_write) = footprint(&frame);
    for key in read_only.iter().chain(&read_write) {
        let Some((entry, live_until)) = ledger.entries.get(key) else { continue };
        let temporary = get_key_durability(key) == Some(ContractDataDurability::Temporary);
        let expired = live_until.is_some_and(|until| until < step.sequence);
        if temporary && expired {
            continue;
        }
        // The network does not tell since when an entry has been archived.
        let told = live_until.map(|until| if expired { 0 } else { until });
        applied.entries.push((shown(&encode(key)), shown(&encode(&entry.data)), told));
    }
    applied
}

fn run(ledger: &mut Ledger, step: &Step, frame: &Frame, applied: &mut Applied) -> Result<(), &'static str> {
    let data = frame.data.as_ref().expect("resources");
    applied.costs.fixed_fee = fees(ledger, frame, data, 0).0;
    let rent = match &frame.operation.body {
        OperationBody::InvokeHostFunction(_) => invoke(ledger, step, frame, data, applied)?,
        OperationBody::ExtendFootprintTtl(extend) => {
            let until = step.sequence + extend.extend_to;
            relive(ledger, step, &footprint(frame).0, until, false, applied)
        }
        _ => {
            let until = step.sequence + ledger.config.min_persistent_entry_ttl - 1;
            relive(ledger, step, &footprint(frame).1, until, true, applied)
        }
    };
    let costs = &mut applied.costs;
    costs.rent_fee = compute_rent_fee(&rent, &ledger.config.rent_fee_configuration, step.sequence);
    costs.refundable_fee = costs.rent_fee + fees(ledger, frame, data, costs.event_bytes).1;
    if costs.refundable_fee > data.resource_fee - costs.fixed_fee {
        return Err(INSUFFICIENT);
    }
    Ok(())
}

/// Fees that are owed whatever happens, and those for events.
fn fees(ledger: &Ledger, frame: &Frame, data: &SorobanTransactionData, event_bytes: u32) -> (i64, i64) {
    let resources = &data.resources;
    let (read_only, read_write) = footprint(frame);
    let classic = read_only.iter().chain(&read_write).filter(|key| get_key_durability(key).is_none()).count();
    let restored = match &frame.operation.body {
        OperationBody::RestoreFootprint(_) => read_write.len(),
        _ => archived(data).len(),
    };
    let used = TransactionResources {
        instructions: resources.instructions,
        disk_read_entries: (classic + restored) as u32,
        write_entries: read_write.len() as u32,
        disk_read_bytes: resources.disk_read_bytes,
        write_bytes: resources.write_bytes,
        contract_events_size_bytes: event_bytes,
        transaction_size_bytes: frame.bytes.len() as u32,
    };
    compute_transaction_resource_fee(&used, &ledger.config.fee_configuration)
}

fn archived(data: &SorobanTransactionData) -> &[u32] {
    match &data.ext {
        SorobanTransactionDataExt::V1(ext) => ext.archived_soroban_entries.as_slice(),
        SorobanTransactionDataExt::V0 => &[],
    }
}

type Loaded = (Option<Vec<u8>>, Option<TtlLedgerEntryMeta>);

fn invoke(
    ledger: &mut Ledger,
    step: &Step,
    frame: &Frame,
    data: &SorobanTransactionData,
    applied: &mut Applied,
) -> Result<Vec<LedgerEntryRentChange>, &'static str> {
    let OperationBody::InvokeHostFunction(call) = &frame.operation.body else { return Err(TRAPPED) };
    let limit = u64::from(ledger.config.tx_memory_limit);
    let budget = ledger.budget(u64::from(data.resources.instructions), limit);
    let mut loaded: Vec<Loaded> = vec![];
    let (read_only, read_write) = footprint(frame);
    let costs = &mut applied.costs;
    for (place, key) in read_only.iter().chain(&read_write).enumerate() {
        let found = ledger.entries.get(key);
        let lives = |until: &Option<u32>| until.is_none_or(|until| until >= step.sequence);
        let temporary = get_key_durability(key) == Some(ContractDataDurability::Temporary);
        let Some((entry, live_until)) = found.filter(|(_, until)| lives(until) || !temporary) else {
            loaded.push((None, None));
            continue;
        };
        let bytes = encode(&**entry);
        let mut from_disk = live_until.is_none();
        let mut meta = None;
        if let Some(until) = live_until {
            let mut live_until_ledger = *until;
            if *until < step.sequence {
                let index = place.checked_sub(read_only.len()).map(|index| index as u32);
                if !index.is_some_and(|index| archived(data).contains(&index)) {
                    return Err(ARCHIVED);
                }
                live_until_ledger = step.sequence + ledger.config.min_persistent_entry_ttl - 1;
                from_disk = true;
            }
            let entry_size_for_rent = entry_size_for_rent(&budget, entry, bytes.len() as u32).expect("a size");
            meta = Some(TtlLedgerEntryMeta { live_until_ledger, entry_size_for_rent });
        }
        costs.read_entries += 1;
        costs.read_bytes += bytes.len() as u32;
        if from_disk {
            costs.disk_read_bytes += bytes.len() as u32;
            if costs.disk_read_bytes > data.resources.disk_read_bytes {
                return Err(EXCEEDED);
            }
        }
        loaded.push((Some(bytes), meta));
    }
    let mut diagnostics: Vec<DiagnosticEvent> = vec![];
    let result = invoke_host_function(
        &budget,
        true,
        encode(&call.host_function),
        encode(&data.resources),
        archived(data),
        encode(&frame.source),
        call.auth.iter().map(encode).collect::<Vec<_>>().into_iter(),
        ledger.info(step.sequence, step.close_time),
        loaded.into_iter(),
        ledger.randomness(step.sequence, &frame.hash).to_vec(),
        &mut diagnostics,
        None,
        Some(ledger.modules()),
    );
    costs.instructions = budget.get_cpu_insns_consumed().expect("a count");
    costs.memory = budget.get_mem_bytes_consumed().expect("a count");
    applied.diagnostics = diagnostics.iter().map(|event| shown(&encode(event))).collect();
    let over = costs.instructions > u64::from(data.resources.instructions) || costs.memory > limit;
    let failure = if over { EXCEEDED } else { TRAPPED };
    let result = result.map_err(|_| failure)?;
    let value = result.encoded_invoke_result.map_err(|_| failure)?;
    for change in &result.ledger_changes {
        write(ledger, step.sequence, change, data, costs)?;
    }
    costs.event_bytes = (result.encoded_contract_events.iter().map(Vec::len).sum::<usize>() + value.len()) as u32;
    if costs.event_bytes > ledger.events_limit {
        return Err(EXCEEDED);
    }
    let image = InvokeHostFunctionSuccessPreImage {
        return_value: decode::<ScVal>(&value),
        events: result.encoded_contract_events.iter().map(decode).collect::<Vec<_>>().try_into().expect("events"),
    };
    applied.success = Hash(Sha256::digest(encode(&image)).into()).to_string();
    applied.value = shown(&value);
    applied.events = result.encoded_contract_events.iter().map(|event| shown(event)).collect();
    Ok(extract_rent_changes(&result.ledger_changes))
}

fn write(
    ledger: &mut Ledger,
    sequence: u32,
    change: &LedgerEntryChange,
    data: &SorobanTransactionData,
    costs: &mut Costs,
) -> Result<(), &'static str> {
    let key: LedgerKey = decode(&change.encoded_key);
    let known = ledger.entries.get(&key).cloned();
    let lives = change.ttl_change.as_ref().map(|change| change.new_live_until_ledger);
    if change.read_only {
        if let (Some((entry, _)), Some(until)) = (known, lives) {
            ledger.entries.insert(key, (entry, Some(until)));
        }
        return Ok(());
    }
    let Some(bytes) = &change.encoded_new_value else {
        if known.is_some() {
            costs.write_entries += 1;
            ledger.entries.remove(&key);
        }
        return Ok(());
    };
    if matches!(key, LedgerKey::ContractData(_)) && bytes.len() as u32 > ledger.entry_limit {
        return Err(EXCEEDED);
    }
    costs.write_entries += 1;
    costs.write_bytes += bytes.len() as u32;
    if costs.write_bytes > data.resources.write_bytes {
        return Err(EXCEEDED);
    }
    let mut entry: LedgerEntry = decode(bytes);
    entry.last_modified_ledger_seq = sequence;
    ledger.entries.insert(key, (Rc::new(entry), lives));
    Ok(())
}

/// Lets entries live on, or brings archived ones back.
fn relive(
    ledger: &mut Ledger,
    step: &Step,
    keys: &[LedgerKey],
    until: u32,
    restore: bool,
    applied: &mut Applied,
) -> Vec<LedgerEntryRentChange> {
    let budget = ledger.budget(u64::MAX, u64::MAX);
    let mut rent = vec![];
    for key in keys {
        let Some((entry, Some(lives))) = ledger.entries.get(key).cloned() else { continue };
        let dead = lives < step.sequence;
        if dead != restore || lives >= until {
            continue;
        }
        let bytes = encode(&*entry).len() as u32;
        let size = entry_size_for_rent(&budget, &entry, bytes).expect("a size");
        let costs = &mut applied.costs;
        costs.read_entries += 1;
        costs.read_bytes += bytes;
        if restore {
            costs.disk_read_bytes += bytes;
            costs.write_entries += 1;
            costs.write_bytes += bytes;
        }
        rent.push(LedgerEntryRentChange {
            is_persistent: get_key_durability(key) == Some(ContractDataDurability::Persistent),
            is_code_entry: matches!(key, LedgerKey::ContractCode(_)),
            old_size_bytes: if restore { 0 } else { size },
            new_size_bytes: size,
            old_live_until_ledger: if restore { 0 } else { lives },
            new_live_until_ledger: until,
        });
        ledger.entries.insert(key.clone(), (entry, Some(until)));
    }
    rent
}
