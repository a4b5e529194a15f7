//! The network's settings: limits and prices, kept as ledger entries as on the real networks.

use crate::ledger::Ledger;
use soroban_env_host::{
    fees::FeeConfiguration,
    storage::{EntryWithLiveUntil, SnapshotSource},
    xdr::{
        ConfigSettingContractBandwidthV0, ConfigSettingContractComputeV0, ConfigSettingContractLedgerCostV0,
        ConfigSettingEntry, ConfigSettingId, ConfigUpgradeSet, LedgerEntryData, LedgerKey, LedgerKeyConfigSetting,
    },
    HostError,
};
use soroban_simulation::NetworkConfig;
use std::rc::Rc;

/// Limits of one transaction and one ledger that the host itself does not know.
#[derive(Default)]
pub struct Limits {
    pub contract_size: u32,
    pub key_size: u32,
    pub entry_size: u32,
    pub compute: Option<ConfigSettingContractComputeV0>,
    pub cost: Option<ConfigSettingContractLedgerCostV0>,
    pub footprint_entries: u32,
    pub events_size: u32,
    pub bandwidth: Option<ConfigSettingContractBandwidthV0>,
    pub ledger_txs: u32,
    /// Clusters of contract transactions that run side by side, each with a ledger's instructions.
    pub clusters: u32,
    /// Expired entries that one ledger removes.
    pub evictions: u32,
    /// Samples of the size of live state that count, and ledgers from one to the next.
    pub samples: u32,
    pub sample_period: u32,
}

pub struct Settings {
    pub limits: Limits,
    pub config: NetworkConfig,
}

impl Settings {
    pub fn fees(&self) -> &FeeConfiguration {
        &self.config.fee_configuration
    }

    pub fn compute(&self) -> &ConfigSettingContractComputeV0 {
        self.limits.compute.as_ref().expect("checked when the settings were read")
    }

    pub fn cost(&self) -> &ConfigSettingContractLedgerCostV0 {
        self.limits.cost.as_ref().expect("checked when the settings were read")
    }

    pub fn bandwidth(&self) -> &ConfigSettingContractBandwidthV0 {
        self.limits.bandwidth.as_ref().expect("checked when the settings were read")
    }
}

/// Writes the settings given as the network's own JSON into the ledger.
pub fn install(ledger: &mut Ledger, json: &str) -> Result<(), String> {
    let set: ConfigUpgradeSet =
        serde_json::from_str(json).map_err(|error| format!("settings are not a ConfigUpgradeSet: {error}"))?;
    for entry in set.updated_entry.iter() {
        ledger.put(LedgerEntryData::ConfigSetting(entry.clone()));
    }
    Ok(())
}

struct Installed<'a>(&'a Ledger);

impl SnapshotSource for Installed<'_> {
    fn get(&self, key: &Rc<LedgerKey>) -> Result<Option<EntryWithLiveUntil>, HostError> {
        Ok(self.0.get(key).map(|slot| (slot.entry.clone(), None)))
    }
}

/// Reads the settings that are in force.
pub fn load(ledger: &Ledger) -> Result<Settings, String> {
    let config =
        NetworkConfig::load_from_snapshot(&Installed(ledger)).map_err(|error| format!("settings: {error:#}"))?;
    let mut limits = Limits::default();
    for id in ConfigSettingId::variants() {
        let key = LedgerKey::ConfigSetting(LedgerKeyConfigSetting { config_setting_id: id });
        let Some(LedgerEntryData::ConfigSetting(setting)) = ledger.data(&key) else { continue };
        match setting.clone() {
            ConfigSettingEntry::ContractMaxSizeBytes(size) => limits.contract_size = size,
            ConfigSettingEntry::ContractDataKeySizeBytes(size) => limits.key_size = size,
            ConfigSettingEntry::ContractDataEntrySizeBytes(size) => limits.entry_size = size,
            ConfigSettingEntry::ContractComputeV0(compute) => limits.compute = Some(compute),
            ConfigSettingEntry::ContractLedgerCostV0(cost) => limits.cost = Some(cost),
            ConfigSettingEntry::ContractLedgerCostExtV0(ext) => limits.footprint_entries = ext.tx_max_footprint_entries,
            ConfigSettingEntry::ContractEventsV0(events) => {
                limits.events_size = events.tx_max_contract_events_size_bytes
            }
            ConfigSettingEntry::ContractParallelComputeV0(parallel) => {
                limits.clusters = parallel.ledger_max_dependent_tx_clusters
            }
            ConfigSettingEntry::StateArchival(archival) => {
                limits.evictions = archival.max_entries_to_archive;
                limits.samples = archival.live_soroban_state_size_window_sample_size;
                limits.sample_period = archival.live_soroban_state_size_window_sample_period;
            }
            ConfigSettingEntry::ContractBandwidthV0(bandwidth) => limits.bandwidth = Some(bandwidth),
            ConfigSettingEntry::ContractExecutionLanes(lanes) => limits.ledger_txs = lanes.ledger_max_tx_count,
            _ => {}
        }
    }
    if limits.compute.is_none() || limits.cost.is_none() || limits.bandwidth.is_none() {
        return Err("settings lack compute, ledger cost or bandwidth".into());
    }
    Ok(Settings { limits, config })
}
