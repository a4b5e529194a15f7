//! Extending lifetimes, and bringing archived entries back.

use super::{
    afford,
    diagnostic::{error_of_numbers, OVER_BUDGET, OVER_READ, OVER_WRITE},
    durability, oversized, Outcome, Usage,
};
use crate::{
    context::Context,
    frame::Frame,
    ledger::{to_xdr, Ledger, Slot, Ttl},
    settings::Settings,
};
use soroban_env_host::{
    budget::Budget,
    e2e_invoke::entry_size_for_rent,
    fees::{compute_rent_fee, LedgerEntryRentChange},
    xdr::{
        ContractDataDurability, DiagnosticEvent, ExtendFootprintTtlResult, LedgerEntry, LedgerEntryData, LedgerKey,
        OperationResult, OperationResultTr, RestoreFootprintResult, SorobanTransactionData,
    },
};
use std::rc::Rc;

pub fn extend(
    ledger: &mut Ledger,
    settings: &Settings,
    context: &Context,
    frame: &Frame,
    data: &SorobanTransactionData,
    extend_to: u32,
) -> Outcome {
    use ExtendFootprintTtlResult as Result_;
    let mut outcome = Outcome::new(OperationResultTr::ExtendFootprintTtl(Result_::Success));
    let mut result = Result_::Success;
    let live_until = context.sequence.saturating_add(extend_to);
    let mut rent = vec![];
    for key in data.resources.footprint.read_only.iter() {
        let Some((slot, ttl)) = alive(ledger, key, context.sequence) else { continue };
        if ttl.live_until >= live_until {
            continue;
        }
        let (bytes, size) = sizes(settings, &slot.entry);
        outcome.usage.read_entries += 1;
        outcome.usage.read_bytes += bytes;
        rent.push(rent_change(key, size, (size, ttl.live_until), live_until));
        let ttl = Some(Ttl::new(live_until, context.sequence));
        ledger.set(Rc::new(key.clone()), Some(Slot { entry: slot.entry, ttl }));
    }
    outcome.usage.rent_fee = compute_rent_fee(&rent, &settings.config.rent_fee_configuration, context.sequence);
    if !afford(settings, frame, data, &mut outcome) {
        result = Result_::InsufficientRefundableFee;
    }
    outcome.result = OperationResult::OpInner(OperationResultTr::ExtendFootprintTtl(result));
    outcome
}

pub fn restore(
    ledger: &mut Ledger,
    settings: &Settings,
    context: &Context,
    frame: &Frame,
    data: &SorobanTransactionData,
) -> Outcome {
    use RestoreFootprintResult as Result_;
    let mut outcome = Outcome::new(OperationResultTr::RestoreFootprint(Result_::Success));
    let mut result = Result_::Success;
    let live_until = context.sequence + settings.config.min_persistent_entry_ttl - 1;
    let mut rent = vec![];
    for key in data.resources.footprint.read_write.iter() {
        let Some(slot) = ledger.get(key).cloned() else { continue };
        let Some(old) = slot.ttl.filter(|ttl| ttl.live_until < context.sequence) else { continue };
        let (bytes, size) = sizes(settings, &slot.entry);
        let usage = &mut outcome.usage;
        usage.read_entries += 1;
        usage.read_bytes += bytes;
        usage.disk_read_bytes += bytes;
        usage.write_entries += 1;
        usage.write_bytes += bytes;
        if let Some(why) = over(settings, data, usage, key, bytes) {
            outcome.diagnostics.push(why);
            result = Result_::ResourceLimitExceeded;
            break;
        }
        rent.push(rent_change(key, size, (0, 0), live_until));
        outcome.restored.insert(key.clone());
        let mut entry = slot.entry;
        if old.evicted {
            // What comes back from the archive is written anew.
            Rc::make_mut(&mut entry).last_modified_ledger_seq = context.sequence;
        }
        ledger.set(Rc::new(key.clone()), Some(Slot { entry, ttl: Some(Ttl::new(live_until, context.sequence)) }));
    }
    if matches!(result, Result_::Success) {
        let config = &settings.config.rent_fee_configuration;
        outcome.usage.rent_fee = compute_rent_fee(&rent, config, context.sequence);
        if !afford(settings, frame, data, &mut outcome) {
            result = Result_::InsufficientRefundableFee;
        }
    }
    outcome.result = OperationResult::OpInner(OperationResultTr::RestoreFootprint(result));
    outcome
}

/// Which limit an entry that comes back breaks, if any: the declared bytes to read, the network's, the declared ones to write.
fn over(
    settings: &Settings,
    data: &SorobanTransactionData,
    usage: &Usage,
    key: &LedgerKey,
    bytes: u32,
) -> Option<DiagnosticEvent> {
    let declared = &data.resources;
    let beyond = |sentence, used: u32, most: u32| {
        (used > most).then(|| error_of_numbers(OVER_BUDGET, sentence, &[u64::from(used), u64::from(most)]))
    };
    beyond(OVER_READ, usage.disk_read_bytes, declared.disk_read_bytes)
        .or_else(|| oversized(settings, key, bytes as usize))
        .or_else(|| beyond(OVER_WRITE, usage.write_bytes, declared.write_bytes))
}

fn alive(ledger: &Ledger, key: &LedgerKey, sequence: u32) -> Option<(Slot, Ttl)> {
    let slot = ledger.get(key)?.clone();
    let ttl = slot.ttl.filter(|ttl| ttl.live_until >= sequence)?;
    Some((slot, ttl))
}

/// The bytes that an entry's rent is for.
pub fn rented_size(settings: &Settings, entry: &LedgerEntry) -> u32 {
    sizes(settings, entry).1
}

/// An entry's bytes, and the bytes that its rent is for.
fn sizes(settings: &Settings, entry: &LedgerEntry) -> (u32, u32) {
    let bytes = to_xdr(entry).map_or(0, |bytes| bytes.len() as u32);
    // Only code takes more in memory than on disk.
    if !matches!(entry.data, LedgerEntryData::ContractCode(_)) {
        return (bytes, bytes);
    }
    let config = &settings.config;
    let budget =
        Budget::try_from_configs(u64::MAX, u64::MAX, config.cpu_cost_params.clone(), config.memory_cost_params.clone());
    let rented = budget.and_then(|budget| entry_size_for_rent(&budget, entry, bytes));
    (bytes, rented.unwrap_or(bytes))
}

fn rent_change(key: &LedgerKey, size: u32, (old_size, old_until): (u32, u32), until: u32) -> LedgerEntryRentChange {
    LedgerEntryRentChange {
        is_persistent: durability(key) == Some(ContractDataDurability::Persistent),
        is_code_entry: matches!(key, LedgerKey::ContractCode(_)),
        old_size_bytes: old_size,
        new_size_bytes: size,
        old_live_until_ledger: old_until,
        new_live_until_ledger: until,
    }
}
