//! A step in the test utilities of the contract library: what a developer's own Rust test would see.

use crate::{
    encode,
    ledger::Ledger,
    plan::{shown, Step},
};
use serde::Serialize;
use soroban_env_host::budget::Budget;
use soroban_sdk::{
    testutils::{EnvTestConfig, Events, Ledger as _},
    xdr::{ContractCostType, HostFunction, InvokeContractArgs, LedgerKey, OperationBody, ScVal},
    Address, Env, Error, InvokeError, Symbol, TryFromVal, TryIntoVal, Val, Vec as SdkVec,
};
use std::{
    panic::{catch_unwind, AssertUnwindSafe},
    rc::Rc,
};

/// What the test utilities tell of a call; fees at the network's prices, in stroops.
#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    /// Empty when the call succeeded.
    pub error: String,
    pub value: String,
    pub events: Vec<String>,
    pub instructions: i64,
    pub memory: i64,
    pub disk_read_entries: u32,
    pub memory_read_entries: u32,
    pub disk_read_bytes: u32,
    pub write_entries: u32,
    pub write_bytes: u32,
    pub event_bytes: u32,
    pub rent_fee: i64,
}

/// Whether the library's own prices are those of the network's settings.
pub fn prices(ledger: &Ledger) -> &'static str {
    let table = |budget: Budget| -> Vec<String> {
        let text = format!("{budget:?}");
        let named =
            |line: &&str| ContractCostType::variants().iter().any(|kind| line.starts_with(&format!("{kind:?} ")));
        text.lines().filter(named).map(String::from).collect()
    };
    let (network, library) = (table(ledger.budget(u64::MAX, u64::MAX)), table(Budget::default()));
    assert_eq!(library.len(), ContractCostType::variants().len());
    if network == library {
        "equal"
    } else {
        "different"
    }
}

/// Runs a contract call; lifetimes and restoring as operations do not exist in the test utilities.
pub fn run(ledger: &Ledger, step: &Step) -> Option<Seen> {
    let frame = step.frame(ledger.network_id);
    let OperationBody::InvokeHostFunction(call) = &frame.operation.body else { return None };
    let env = Env::new_with_config(EnvTestConfig { capture_snapshot_at_drop: false });
    env.ledger().set(ledger.info(step.sequence, step.close_time));
    env.cost_estimate().disable_resource_limits();
    // As in a test that has made all of it: entries and compiled contracts are there when the call begins.
    for (key, (entry, live_until)) in &ledger.entries {
        if !matches!(key, LedgerKey::ConfigSetting(_)) {
            env.host().add_ledger_entry(&Rc::new(key.clone()), entry, *live_until).expect("an entry");
        }
    }
    env.host().ensure_module_cache_contains_host_storage_contracts().expect("a cache");
    let config = &ledger.config;
    let most = (config.tx_max_instructions as u64, u64::from(config.tx_memory_limit));
    env.cost_estimate().budget().reset_limits(most.0, most.1);
    env.host().set_source_account(frame.source.clone()).expect("a sender");
    env.host().set_base_prng_seed(ledger.randomness(step.sequence, &frame.hash)).expect("a seed");
    env.set_auths(&call.auth);
    let ended = catch_unwind(AssertUnwindSafe(|| match &call.host_function {
        HostFunction::InvokeContract(args) => invoke(&env, args),
        other => env.host().invoke_function(other.clone()).map_err(|error| format!("{:?}", error.error)),
    }));
    let mut seen = Seen::default();
    match ended {
        Ok(Ok(value)) => {
            seen.value = shown(&encode(&value));
            seen.events = env.events().all().events().iter().map(|event| shown(&encode(event))).collect();
        }
        Ok(Err(error)) => seen.error = error,
        Err(_) => seen.error = "panicked".into(),
    }
    let resources = env.cost_estimate().resources();
    let rent = &config.rent_fee_configuration;
    let fees = resources.estimate_fees(
        &config.fee_configuration,
        rent.fee_per_rent_1kb,
        rent.persistent_rent_rate_denominator,
        rent.temporary_rent_rate_denominator,
    );
    seen.instructions = resources.instructions;
    seen.memory = resources.mem_bytes;
    seen.disk_read_entries = resources.disk_read_entries;
    seen.memory_read_entries = resources.memory_read_entries;
    seen.disk_read_bytes = resources.disk_read_bytes;
    seen.write_entries = resources.write_entries;
    seen.write_bytes = resources.write_bytes;
    seen.event_bytes = resources.contract_events_size_bytes;
    seen.rent_fee = fees.persistent_entry_rent + fees.temporary_entry_rent;
    Some(seen)
}

fn invoke(env: &Env, args: &InvokeContractArgs) -> Result<ScVal, String> {
    let contract = Address::try_from_val(env, &args.contract_address).expect("an address");
    let name = Symbol::new(env, &args.function_name.0.to_utf8_string_lossy());
    let mut values: SdkVec<Val> = SdkVec::new(env);
    for arg in args.args.iter() {
        values.push_back(Val::try_from_val(env, arg).expect("a value"));
    }
    match env.try_invoke_contract::<Val, Error>(&contract, &name, values) {
        Ok(Ok(value)) => Ok(value.try_into_val(env).expect("a value")),
        Ok(Err(error)) => Err(format!("{error:?}")),
        Err(Ok(error)) => Err(format!("{error:?}")),
        Err(Err(InvokeError::Contract(code))) => Err(format!("Error(Contract, #{code})")),
        Err(Err(InvokeError::Abort)) => Err("aborted".into()),
    }
}
