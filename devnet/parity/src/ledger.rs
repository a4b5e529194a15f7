//! The state that steps run on: entries with their lifetimes, the network's settings, compiled contracts.

use crate::{decode, from_base64, plan::Plan, PROTOCOL};
use sha2::{Digest, Sha256};
use soroban_env_host::{
    budget::{AsBudget, Budget},
    storage::{EntryWithLiveUntil, SnapshotSource},
    vm::VersionedContractCodeCostInputs,
    xdr::{
        ConfigSettingEntry, ConfigUpgradeSet, ContractCodeEntryExt, LedgerEntry, LedgerEntryData, LedgerEntryExt,
        LedgerKey, LedgerKeyConfigSetting,
    },
    CompilationContext, Error, ErrorHandler, HostError, LedgerInfo, ModuleCache, Val,
};
use soroban_simulation::NetworkConfig;
use std::{collections::BTreeMap, fmt::Debug, rc::Rc};

/// An entry, and the last ledger in which it lives, if it has a lifetime.
pub type Held = EntryWithLiveUntil;

/// Stroops that each sub-entry of an account sets aside.
const BASE_RESERVE: u32 = 5_000_000;

#[derive(Clone)]
pub struct Ledger {
    pub entries: BTreeMap<LedgerKey, Held>,
    pub config: Rc<NetworkConfig>,
    pub network_id: [u8; 32],
    seed: [u8; 32],
    /// Bytes that the events and the returned value of a transaction may have.
    pub events_limit: u32,
    /// Bytes that an entry of contract data may have.
    pub entry_limit: u32,
}

impl SnapshotSource for Ledger {
    fn get(&self, key: &Rc<LedgerKey>) -> Result<Option<EntryWithLiveUntil>, HostError> {
        Ok(self.entries.get(&**key).cloned())
    }
}

impl Ledger {
    pub fn of(plan: &Plan) -> Ledger {
        let settings: ConfigUpgradeSet = serde_json::from_str(&plan.settings).expect("settings");
        let mut entries = BTreeMap::new();
        let (mut events_limit, mut entry_limit) = (0, 0);
        for setting in settings.updated_entry.iter() {
            match setting {
                ConfigSettingEntry::ContractEventsV0(events) => events_limit = events.tx_max_contract_events_size_bytes,
                ConfigSettingEntry::ContractDataEntrySizeBytes(size) => entry_limit = *size,
                _ => {}
            }
            let key = LedgerKey::ConfigSetting(LedgerKeyConfigSetting { config_setting_id: setting.discriminant() });
            entries.insert(key, (entry(LedgerEntryData::ConfigSetting(setting.clone()), 1), None));
        }
        let mut ledger = Ledger {
            entries: entries.clone(),
            config: Rc::new(NetworkConfig::load_from_snapshot(&Settings(entries)).expect("settings")),
            network_id: Sha256::digest(&plan.passphrase).into(),
            seed: [0; 32],
            events_limit,
            entry_limit,
        };
        for (byte, digits) in ledger.seed.iter_mut().zip(plan.seed.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(digits).expect("digits"), 16).expect("hexadecimal");
        }
        for planned in &plan.entries {
            let data: LedgerEntryData = decode(from_base64(&planned.data));
            ledger
                .entries
                .insert(decode(from_base64(&planned.key)), (entry(data, planned.modified), planned.live_until));
        }
        ledger
    }

    pub fn info(&self, sequence: u32, close_time: u64) -> LedgerInfo {
        let mut info = LedgerInfo {
            protocol_version: PROTOCOL,
            sequence_number: sequence,
            timestamp: close_time,
            network_id: self.network_id,
            base_reserve: BASE_RESERVE,
            ..LedgerInfo::default()
        };
        self.config.fill_config_fields_in_ledger_info(&mut info);
        info
    }

    /// What contracts of a transaction draw random numbers from.
    pub fn randomness(&self, sequence: u32, transaction: &[u8; 32]) -> [u8; 32] {
        Sha256::digest([&self.seed[..], &sequence.to_le_bytes(), transaction].concat()).into()
    }

    /// A budget of this many instructions at the network's prices.
    pub fn budget(&self, instructions: u64, memory: u64) -> Budget {
        let config = &self.config;
        let (cpu, mem) = (config.cpu_cost_params.clone(), config.memory_cost_params.clone());
        Budget::try_from_configs(instructions, memory, cpu, mem).expect("prices")
    }

    /// All contracts that this ledger holds, compiled, as validators have them when a transaction starts.
    pub fn modules(&self) -> ModuleCache {
        let context = Compiling(self.budget(u64::MAX, u64::MAX));
        let cache = ModuleCache::new(&context).expect("a cache");
        for (entry, _) in self.entries.values() {
            let LedgerEntryData::ContractCode(code) = &entry.data else { continue };
            let inputs = match &code.ext {
                ContractCodeEntryExt::V0 => VersionedContractCodeCostInputs::V0 { wasm_bytes: code.code.len() },
                ContractCodeEntryExt::V1(v1) => VersionedContractCodeCostInputs::V1(v1.cost_inputs.clone()),
            };
            let _ = cache.parse_and_cache_module(&context, PROTOCOL, &code.hash, &code.code, inputs);
        }
        cache
    }
}

pub fn entry(data: LedgerEntryData, last_modified_ledger_seq: u32) -> Rc<LedgerEntry> {
    Rc::new(LedgerEntry { last_modified_ledger_seq, data, ext: LedgerEntryExt::V0 })
}

struct Settings(BTreeMap<LedgerKey, Held>);

impl SnapshotSource for Settings {
    fn get(&self, key: &Rc<LedgerKey>) -> Result<Option<EntryWithLiveUntil>, HostError> {
        Ok(self.0.get(&**key).cloned())
    }
}

#[derive(Clone)]
struct Compiling(Budget);

impl AsBudget for Compiling {
    fn as_budget(&self) -> &Budget {
        &self.0
    }
}

impl ErrorHandler for Compiling {
    fn map_err<T, E>(&self, result: Result<T, E>) -> Result<T, HostError>
    where
        Error: From<E>,
        E: Debug,
    {
        result.map_err(|error| HostError::from(Error::from(error)))
    }

    fn error(&self, error: Error, _message: &str, _values: &[Val]) -> HostError {
        HostError::from(error)
    }
}

impl CompilationContext for Compiling {}
