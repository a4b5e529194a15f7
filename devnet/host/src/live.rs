//! How many bytes of contract state live, and the samples of it by which rent is priced.

use crate::{
    ledger::{Change, Ledger, Map, Slot},
    settings::Settings,
    soroban::rented_size,
};
use soroban_env_host::xdr::{ConfigSettingEntry, ConfigSettingId, LedgerEntryData, LedgerKey, LedgerKeyConfigSetting};

/// Bytes of all live entries of contracts.
pub fn size(settings: &Settings, entries: &Map) -> u64 {
    entries.values().map(|slot| size_of(settings, slot)).sum()
}

/// The same after some changes.
pub fn changed(settings: &Settings, size: u64, changes: &[Change]) -> u64 {
    let part = |slot: &Option<Slot>| slot.as_ref().map_or(0, |slot| size_of(settings, slot));
    changes.iter().fold(size, |size, change| (size + part(&change.after)).saturating_sub(part(&change.before)))
}

fn size_of(settings: &Settings, slot: &Slot) -> u64 {
    match slot.ttl {
        Some(ttl) if !ttl.evicted => u64::from(rented_size(settings, &slot.entry)),
        _ => 0,
    }
}

/// Takes a sample for each period that ends with a ledger `previous..sequence`, as the network does for each one.
pub fn sample(settings: &Settings, ledger: &mut Ledger, previous: u32, size: u64) {
    let period = settings.limits.sample_period.max(1);
    let due = (ledger.sequence / period - previous / period).min(settings.limits.samples);
    if due == 0 {
        return;
    }
    let mut window = window(ledger);
    window.extend(std::iter::repeat_n(size, due as usize));
    let surplus = window.len().saturating_sub(settings.limits.samples as usize);
    window.drain(..surplus);
    if let Ok(window) = window.try_into() {
        ledger.put(LedgerEntryData::ConfigSetting(ConfigSettingEntry::LiveSorobanStateSizeWindow(window)));
    }
}

/// The average of the samples: what rent is priced by.
pub fn average(ledger: &Ledger) -> u64 {
    let window = window(ledger);
    window.iter().sum::<u64>() / (window.len().max(1) as u64)
}

fn window(ledger: &Ledger) -> Vec<u64> {
    let config_setting_id = ConfigSettingId::LiveSorobanStateSizeWindow;
    match ledger.data(&LedgerKey::ConfigSetting(LedgerKeyConfigSetting { config_setting_id })) {
        Some(LedgerEntryData::ConfigSetting(ConfigSettingEntry::LiveSorobanStateSizeWindow(window))) => window.to_vec(),
        _ => vec![],
    }
}
