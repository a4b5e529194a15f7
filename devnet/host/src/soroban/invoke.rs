//! Running a contract: the footprint goes in, the host runs it, limits are held, changes come out.

use super::{afford, durability, Outcome};
use crate::{
    check::Context,
    frame::Frame,
    ledger::{from_xdr, to_xdr, Ledger, Slot, Ttl},
    settings::Settings,
};
use sha2::{Digest, Sha256};
use soroban_env_host::{
    budget::{AsBudget, Budget},
    e2e_invoke::{
        entry_size_for_rent, extract_rent_changes, invoke_host_function, InvokeHostFunctionResult as HostResult,
        LedgerEntryChange, TtlLedgerEntryMeta,
    },
    fees::compute_rent_fee,
    vm::VersionedContractCodeCostInputs,
    xdr::{
        AccountId, ContractCodeEntry, ContractCodeEntryExt, ContractDataDurability, ContractEvent, Hash,
        InvokeHostFunctionOp, InvokeHostFunctionResult, InvokeHostFunctionSuccessPreImage, LedgerEntry, LedgerKey,
        OperationResult, OperationResultTr, ScVal, SorobanTransactionData,
    },
    CompilationContext, Error, ErrorHandler, HostError, LedgerInfo, ModuleCache, Val,
};
use std::{fmt::Debug, rc::Rc};

pub const PROTOCOL: u32 = 28;

/// Compiled contracts, shared by all transactions as on the network.
pub type Modules = Option<ModuleCache>;

/// Compiles contracts outside of any transaction, at nobody's cost.
#[derive(Clone)]
pub struct CodeCache(Budget);

impl AsBudget for CodeCache {
    fn as_budget(&self) -> &Budget {
        &self.0
    }
}

impl ErrorHandler for CodeCache {
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

impl CompilationContext for CodeCache {}

impl CodeCache {
    /// The budget is bottomless, but its prices are the network's: the engine meters contracts by them.
    fn context(settings: &Settings) -> Option<CodeCache> {
        let config = &settings.config;
        let (cpu, memory) = (config.cpu_cost_params.clone(), config.memory_cost_params.clone());
        Budget::try_from_configs(u64::MAX, u64::MAX, cpu, memory).ok().map(CodeCache)
    }

    pub fn create(settings: &Settings) -> Modules {
        ModuleCache::new(&Self::context(settings)?).ok()
    }

    pub fn add(settings: &Settings, modules: &Modules, code: &ContractCodeEntry) {
        let (Some(context), Some(cache)) = (Self::context(settings), modules) else { return };
        let inputs = match &code.ext {
            ContractCodeEntryExt::V0 => VersionedContractCodeCostInputs::V0 { wasm_bytes: code.code.len() },
            ContractCodeEntryExt::V1(v1) => VersionedContractCodeCostInputs::V1(v1.cost_inputs.clone()),
        };
        // A contract that cannot be compiled ahead is compiled, or refused, when it is called.
        let _ = cache.parse_and_cache_module(&context, PROTOCOL, &code.hash, &code.code, inputs);
    }
}

pub struct Invocation<'a> {
    pub ledger: &'a mut Ledger,
    pub settings: &'a Settings,
    pub modules: &'a Modules,
    pub context: &'a Context,
    pub frame: &'a Frame,
    pub data: &'a SorobanTransactionData,
    pub source: AccountId,
}

type Failure = InvokeHostFunctionResult;
type Loaded = (Option<Vec<u8>>, Option<TtlLedgerEntryMeta>);

impl Invocation<'_> {
    pub fn run(mut self, call: &InvokeHostFunctionOp) -> Outcome {
        let mut outcome = Outcome::new(OperationResultTr::InvokeHostFunction(Failure::Trapped));
        let result = self.attempt(call, &mut outcome).unwrap_or_else(|failure| failure);
        if !matches!(result, Failure::Success(_)) {
            outcome.events.clear();
            outcome.returned = None;
            outcome.restored.clear();
        }
        outcome.result = OperationResult::OpInner(OperationResultTr::InvokeHostFunction(result));
        outcome
    }

    fn attempt(&mut self, call: &InvokeHostFunctionOp, outcome: &mut Outcome) -> Result<Failure, Failure> {
        let budget = self.budget().map_err(|_| Failure::Trapped)?;
        let mut restored = vec![];
        let loaded = self.load(&budget, outcome, &mut restored)?;
        let run = self.invoke(&budget, call, loaded, &restored, outcome);
        outcome.usage.instructions = budget.get_cpu_insns_consumed().unwrap_or(0);
        outcome.usage.memory = budget.get_mem_bytes_consumed().unwrap_or(0);
        let over = outcome.usage.instructions > u64::from(self.data.resources.instructions)
            || outcome.usage.memory > u64::from(self.settings.config.tx_memory_limit);
        let failed = if over { Failure::ResourceLimitExceeded } else { Failure::Trapped };
        let Ok(HostResult { encoded_invoke_result: Ok(returned), ledger_changes, encoded_contract_events }) = run
        else {
            return Err(failed);
        };
        self.record(&ledger_changes, outcome)?;
        let event_bytes: usize = encoded_contract_events.iter().map(Vec::len).sum::<usize>() + returned.len();
        outcome.usage.event_bytes = event_bytes as u32;
        if outcome.usage.event_bytes > self.settings.limits.events_size {
            return Err(Failure::ResourceLimitExceeded);
        }
        let rent = extract_rent_changes(&ledger_changes);
        let config = &self.settings.config.rent_fee_configuration;
        outcome.usage.rent_fee = compute_rent_fee(&rent, config, self.context.sequence);
        if !afford(self.settings, self.frame, self.data, outcome) {
            return Err(Failure::InsufficientRefundableFee);
        }
        let returned: ScVal = from_xdr(&returned).map_err(|_| Failure::Trapped)?;
        let events: Result<Vec<ContractEvent>, String> =
            encoded_contract_events.iter().map(|event| from_xdr(event)).collect();
        outcome.events = events.map_err(|_| Failure::Trapped)?;
        outcome.returned = Some(returned.clone());
        let image = InvokeHostFunctionSuccessPreImage {
            return_value: returned,
            events: outcome.events.clone().try_into().map_err(|_| Failure::Trapped)?,
        };
        let image = to_xdr(&image).map_err(|_| Failure::Trapped)?;
        Ok(Failure::Success(Hash(Sha256::digest(image).into())))
    }

    fn budget(&self) -> Result<Budget, HostError> {
        let config = &self.settings.config;
        Budget::try_from_configs(
            u64::from(self.data.resources.instructions),
            u64::from(config.tx_memory_limit),
            config.cpu_cost_params.clone(),
            config.memory_cost_params.clone(),
        )
    }

    /// The footprint's entries in its order; archived ones come back if the transaction says so.
    fn load(&self, budget: &Budget, outcome: &mut Outcome, restored: &mut Vec<u32>) -> Result<Vec<Loaded>, Failure> {
        let footprint = &self.data.resources.footprint;
        let read_only = footprint.read_only.iter().map(|key| (None, key));
        let read_write = footprint.read_write.iter().enumerate().map(|(index, key)| (Some(index as u32), key));
        let mut loaded = vec![];
        for (index, key) in read_only.chain(read_write) {
            let Some(slot) = self.ledger.get(key) else {
                loaded.push((None, None));
                continue;
            };
            let bytes = to_xdr(&*slot.entry).map_err(|_| Failure::Trapped)?;
            let mut from_disk = slot.ttl.is_none();
            let mut meta = None;
            if let Some(ttl) = slot.ttl {
                let mut live_until = ttl.live_until;
                if live_until < self.context.sequence {
                    if durability(key) == Some(ContractDataDurability::Temporary) {
                        loaded.push((None, None));
                        continue;
                    }
                    let index = index.filter(|index| self.frame.archived().contains(index));
                    let Some(index) = index else { return Err(Failure::EntryArchived) };
                    restored.push(index);
                    outcome.restored.insert(key.clone());
                    live_until = self.context.sequence + self.settings.config.min_persistent_entry_ttl - 1;
                    from_disk = true;
                }
                self.check_size(key, bytes.len())?;
                let entry_size_for_rent =
                    entry_size_for_rent(budget, &slot.entry, bytes.len() as u32).map_err(|_| Failure::Trapped)?;
                meta = Some(TtlLedgerEntryMeta { live_until_ledger: live_until, entry_size_for_rent });
            }
            outcome.usage.read_entries += 1;
            outcome.usage.read_bytes += bytes.len() as u32;
            if from_disk {
                outcome.usage.disk_read_bytes += bytes.len() as u32;
                if outcome.usage.disk_read_bytes > self.data.resources.disk_read_bytes {
                    return Err(Failure::ResourceLimitExceeded);
                }
            }
            loaded.push((Some(bytes), meta));
        }
        Ok(loaded)
    }

    fn check_size(&self, key: &LedgerKey, size: usize) -> Result<(), Failure> {
        let limits = &self.settings.limits;
        let limit = match key {
            LedgerKey::ContractCode(_) => limits.contract_size,
            LedgerKey::ContractData(_) => limits.entry_size,
            _ => u32::MAX,
        };
        if size as u32 > limit {
            return Err(Failure::ResourceLimitExceeded);
        }
        Ok(())
    }

    fn invoke(
        &self,
        budget: &Budget,
        call: &InvokeHostFunctionOp,
        loaded: Vec<Loaded>,
        restored: &[u32],
        outcome: &mut Outcome,
    ) -> Result<HostResult, String> {
        let mut seed = Sha256::new();
        seed.update(self.context.seed);
        seed.update(self.context.sequence.to_le_bytes());
        seed.update(self.frame.hash);
        let auth: Result<Vec<Vec<u8>>, String> = call.auth.iter().map(to_xdr).collect();
        let result = invoke_host_function(
            budget,
            true,
            to_xdr(&call.host_function)?,
            to_xdr(&self.data.resources)?,
            restored,
            to_xdr(&self.source)?,
            auth?.into_iter(),
            ledger_info(self.settings, self.context),
            loaded.into_iter(),
            seed.finalize().to_vec(),
            &mut outcome.diagnostics,
            None,
            self.modules.clone(),
        );
        result.map_err(|error| format!("{error:?}"))
    }

    /// Writes what the host changed, within the bytes that the transaction declared.
    fn record(&mut self, changes: &[LedgerEntryChange], outcome: &mut Outcome) -> Result<(), Failure> {
        let sequence = self.context.sequence;
        for change in changes {
            let key: LedgerKey = from_xdr(&change.encoded_key).map_err(|_| Failure::Trapped)?;
            let known = self.ledger.get(&key).cloned();
            let mut ttl = known.as_ref().and_then(|slot| slot.ttl);
            if let Some(lives) = &change.ttl_change {
                if lives.new_live_until_ledger > lives.old_live_until_ledger {
                    ttl = Some(Ttl::new(lives.new_live_until_ledger, sequence));
                }
            }
            if change.read_only {
                if let Some(slot) = known.filter(|slot| slot.ttl != ttl) {
                    self.ledger.set(Rc::new(key), Some(Slot { entry: slot.entry, ttl }));
                }
                continue;
            }
            let Some(bytes) = &change.encoded_new_value else {
                if known.is_some() {
                    outcome.usage.write_entries += 1;
                    self.ledger.remove(key);
                }
                continue;
            };
            self.check_size(&key, bytes.len())?;
            outcome.usage.write_entries += 1;
            outcome.usage.write_bytes += bytes.len() as u32;
            if outcome.usage.write_bytes > self.data.resources.write_bytes {
                return Err(Failure::ResourceLimitExceeded);
            }
            let mut entry: LedgerEntry = from_xdr(bytes).map_err(|_| Failure::Trapped)?;
            entry.last_modified_ledger_seq = sequence;
            self.ledger.set(Rc::new(key), Some(Slot { entry: Rc::new(entry), ttl }));
        }
        Ok(())
    }
}

pub fn ledger_info(settings: &Settings, context: &Context) -> LedgerInfo {
    let mut info = LedgerInfo {
        protocol_version: PROTOCOL,
        sequence_number: context.sequence,
        timestamp: context.close_time,
        network_id: context.network_id,
        base_reserve: crate::accounts::BASE_RESERVE as u32,
        ..LedgerInfo::default()
    };
    settings.config.fill_config_fields_in_ledger_info(&mut info);
    info
}
