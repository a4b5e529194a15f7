//! Running a contract: the footprint goes in, the host runs it, limits are held, changes come out.

use super::{
    afford,
    diagnostic::{error, error_of_numbers, BAD_VALUE, OVER_BUDGET, OVER_READ, OVER_WRITE},
    durability,
    metrics::Metrics,
    oversized, Outcome,
};
use crate::{
    context::Context,
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
        AccountId, ContractCodeEntry, ContractCodeEntryExt, ContractDataDurability, ContractEvent, DiagnosticEvent,
        Hash, InvokeHostFunctionOp, InvokeHostFunctionResult, InvokeHostFunctionSuccessPreImage, LedgerEntry,
        LedgerKey, OperationResult, OperationResultTr, ScBytes, ScVal, SorobanTransactionData,
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
        let mut metrics = Metrics::default();
        let result = self.attempt(call, &mut outcome, &mut metrics).unwrap_or_else(|failure| failure);
        let success = matches!(result, Failure::Success(_));
        if !success {
            outcome.events.clear();
            outcome.returned = None;
            outcome.restored.clear();
        }
        outcome.diagnostics.extend(metrics.diagnostics(success));
        outcome.result = OperationResult::OpInner(OperationResultTr::InvokeHostFunction(result));
        outcome
    }

    fn attempt(
        &mut self,
        call: &InvokeHostFunctionOp,
        outcome: &mut Outcome,
        metrics: &mut Metrics,
    ) -> Result<Failure, Failure> {
        let budget = self.budget().map_err(|_| Failure::Trapped)?;
        let mut restored = vec![];
        let loaded = self.load(&budget, outcome, metrics, &mut restored)?;
        let run = self.invoke(&budget, call, loaded, &restored, outcome);
        metrics.instructions = budget.get_cpu_insns_consumed().unwrap_or(0);
        metrics.memory = budget.get_mem_bytes_consumed().unwrap_or(0);
        (outcome.usage.instructions, outcome.usage.memory) = (metrics.instructions, metrics.memory);
        let Some(HostResult { encoded_invoke_result: Ok(returned), ledger_changes, encoded_contract_events }) = run
        else {
            return Err(self.stopped(metrics, outcome));
        };
        self.record(&ledger_changes, outcome, metrics)?;
        self.count_events(&encoded_contract_events, &returned, outcome, metrics)?;
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

    /// Each error carries the whole event log so far, which must not cost a call its later diagnostics: hence the room
    /// for debugging, ten times the limits as in the official simulation.
    fn budget(&self) -> Result<Budget, HostError> {
        let config = &self.settings.config;
        let (cpu, memory) = (u64::from(self.data.resources.instructions), u64::from(config.tx_memory_limit));
        Budget::try_from_configs_with_shadow_limits(
            cpu,
            memory,
            cpu.saturating_mul(SHADOW_FACTOR),
            memory.saturating_mul(SHADOW_FACTOR),
            config.cpu_cost_params.clone(),
            config.memory_cost_params.clone(),
        )
    }

    /// Why the host stopped: a limit, or the contract itself.
    fn stopped(&self, metrics: &Metrics, outcome: &mut Outcome) -> Failure {
        let instructions = u64::from(self.data.resources.instructions);
        let memory = u64::from(self.settings.config.tx_memory_limit);
        let (sentence, used, most) = if metrics.instructions > instructions {
            ("operation instructions exceeds amount specified", metrics.instructions, instructions)
        } else if metrics.memory > memory {
            ("operation memory usage exceeds network config limit", metrics.memory, memory)
        } else {
            return Failure::Trapped;
        };
        exceeded(outcome, sentence, used, most)
    }

    /// The footprint's entries in its order; archived ones come back if the transaction says so.
    fn load(
        &self,
        budget: &Budget,
        outcome: &mut Outcome,
        metrics: &mut Metrics,
        restored: &mut Vec<u32>,
    ) -> Result<Vec<Loaded>, Failure> {
        let footprint = &self.data.resources.footprint;
        let read_only = footprint.read_only.iter().map(|key| (None, key));
        let read_write = footprint.read_write.iter().enumerate().map(|(index, key)| (Some(index as u32), key));
        let mut loaded = vec![];
        for (index, key) in read_only.chain(read_write) {
            let classic = durability(key).is_none();
            let found = self.ledger.get(key).filter(|slot| !self.has_gone(key, slot));
            let Some(slot) = found else {
                if classic {
                    metrics.read_from_disk(key, 0);
                } else {
                    metrics.read_entries += 1;
                }
                loaded.push((None, None));
                continue;
            };
            let bytes = to_xdr(&*slot.entry).map_err(|_| Failure::Trapped)?;
            let mut from_disk = classic;
            let mut meta = None;
            if let Some(ttl) = slot.ttl {
                let mut live_until = ttl.live_until;
                if live_until < self.context.sequence {
                    let index = index.filter(|index| self.frame.archived().contains(index));
                    let Some(index) = index else {
                        outcome.diagnostics.extend(archived(key));
                        return Err(Failure::EntryArchived);
                    };
                    restored.push(index);
                    outcome.restored.insert(key.clone());
                    live_until = self.context.sequence + self.settings.config.min_persistent_entry_ttl - 1;
                    from_disk = true;
                }
                self.check_size(key, bytes.len(), outcome)?;
                let entry_size_for_rent =
                    entry_size_for_rent(budget, &slot.entry, bytes.len() as u32).map_err(|_| Failure::Trapped)?;
                meta = Some(TtlLedgerEntryMeta { live_until_ledger: live_until, entry_size_for_rent });
            }
            outcome.usage.read_entries += 1;
            outcome.usage.read_bytes += bytes.len() as u32;
            if from_disk {
                metrics.read_from_disk(key, bytes.len() as u64);
                outcome.usage.disk_read_bytes += bytes.len() as u32;
                let most = u64::from(self.data.resources.disk_read_bytes);
                if metrics.disk_read_bytes > most {
                    return Err(exceeded(outcome, OVER_READ, metrics.disk_read_bytes, most));
                }
            } else {
                metrics.read_entries += 1;
            }
            loaded.push((Some(bytes), meta));
        }
        Ok(loaded)
    }

    /// A temporary entry that has expired is as good as none.
    fn has_gone(&self, key: &LedgerKey, slot: &Slot) -> bool {
        let expired = slot.ttl.is_some_and(|ttl| ttl.live_until < self.context.sequence);
        expired && durability(key) == Some(ContractDataDurability::Temporary)
    }

    fn check_size(&self, key: &LedgerKey, size: usize, outcome: &mut Outcome) -> Result<(), Failure> {
        let Some(why) = oversized(self.settings, key, size) else { return Ok(()) };
        outcome.diagnostics.push(why);
        Err(Failure::ResourceLimitExceeded)
    }

    fn invoke(
        &self,
        budget: &Budget,
        call: &InvokeHostFunctionOp,
        loaded: Vec<Loaded>,
        restored: &[u32],
        outcome: &mut Outcome,
    ) -> Option<HostResult> {
        let mut seed = Sha256::new();
        seed.update(self.context.seed);
        seed.update(self.context.sequence.to_le_bytes());
        seed.update(self.frame.hash);
        let auth: Result<Vec<Vec<u8>>, String> = call.auth.iter().map(to_xdr).collect();
        invoke_host_function(
            budget,
            true,
            to_xdr(&call.host_function).ok()?,
            to_xdr(&self.data.resources).ok()?,
            restored,
            to_xdr(&self.source).ok()?,
            auth.ok()?.into_iter(),
            ledger_info(self.settings, self.context),
            loaded.into_iter(),
            seed.finalize().to_vec(),
            &mut outcome.diagnostics,
            None,
            self.modules.clone(),
        )
        .ok()
    }

    /// Writes what the host changed, within the bytes that the transaction declared.
    fn record(
        &mut self,
        changes: &[LedgerEntryChange],
        outcome: &mut Outcome,
        metrics: &mut Metrics,
    ) -> Result<(), Failure> {
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
            self.check_size(&key, bytes.len(), outcome)?;
            metrics.written(&key, bytes.len() as u64);
            outcome.usage.write_entries += 1;
            outcome.usage.write_bytes += bytes.len() as u32;
            let most = u64::from(self.data.resources.write_bytes);
            if metrics.written_bytes > most {
                return Err(exceeded(outcome, OVER_WRITE, metrics.written_bytes, most));
            }
            let mut entry: LedgerEntry = from_xdr(bytes).map_err(|_| Failure::Trapped)?;
            entry.last_modified_ledger_seq = sequence;
            self.ledger.set(Rc::new(key), Some(Slot { entry: Rc::new(entry), ttl }));
        }
        Ok(())
    }

    /// Events and the returned value, within the bytes that the network allows.
    fn count_events(
        &self,
        events: &[Vec<u8>],
        returned: &[u8],
        outcome: &mut Outcome,
        metrics: &mut Metrics,
    ) -> Result<(), Failure> {
        let all: usize = events.iter().map(Vec::len).sum::<usize>() + returned.len();
        outcome.usage.event_bytes = all as u32;
        let most = u64::from(self.settings.limits.events_size);
        for event in events {
            metrics.emitted(event.len() as u64);
            if metrics.event_bytes > most {
                let sentence = "total events size exceeds network config maximum";
                return Err(exceeded(outcome, sentence, metrics.event_bytes, most));
            }
        }
        metrics.event_bytes += returned.len() as u64;
        if metrics.event_bytes > most {
            let sentence = "return value pushes events size above network config maximum";
            return Err(exceeded(outcome, sentence, metrics.event_bytes, most));
        }
        Ok(())
    }
}

/// How many times its own limits a call's debugging may use.
const SHADOW_FACTOR: u64 = 10;

fn exceeded(outcome: &mut Outcome, sentence: &str, used: u64, most: u64) -> Failure {
    outcome.diagnostics.push(error_of_numbers(OVER_BUDGET, sentence, &[used, most]));
    Failure::ResourceLimitExceeded
}

/// That a call reaches for an entry in the archive and does not bring it back.
fn archived(key: &LedgerKey) -> Option<DiagnosticEvent> {
    match key {
        LedgerKey::ContractCode(code) => {
            let hash = ScVal::Bytes(ScBytes(code.hash.0.to_vec().try_into().ok()?));
            Some(error(BAD_VALUE, "trying to access an archived contract code entry", [hash]))
        }
        LedgerKey::ContractData(data) => {
            let values = [ScVal::Address(data.contract.clone()), data.key.clone()];
            Some(error(BAD_VALUE, "trying to access an archived contract data entry", values))
        }
        _ => None,
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
