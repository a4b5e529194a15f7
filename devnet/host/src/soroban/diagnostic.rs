//! The diagnostic events that a node adds to those of the host: why it failed a call, and what the call used.

use soroban_env_host::xdr::{
    ContractEvent, ContractEventBody, ContractEventType, ContractEventV0, DiagnosticEvent, ExtensionPoint, ScError,
    ScErrorCode, ScString, ScSymbol, ScVal,
};

pub const OVER_BUDGET: ScError = ScError::Budget(ScErrorCode::ExceededLimit);
pub const BAD_VALUE: ScError = ScError::Value(ScErrorCode::InvalidInput);

pub const OVER_READ: &str = "operation byte-read resources exceeds amount specified";
pub const OVER_WRITE: &str = "operation byte-write resources exceeds amount specified";

/// An error in the network's own sentence, with the values that show it.
pub fn error(error: ScError, sentence: &str, values: impl IntoIterator<Item = ScVal>) -> DiagnosticEvent {
    let sentence = ScVal::String(ScString(sentence.try_into().unwrap_or_default()));
    let all: Vec<ScVal> = std::iter::once(sentence.clone()).chain(values).collect();
    let data = if all.len() == 1 { sentence } else { ScVal::Vec(all.try_into().ok()) };
    event(false, vec![symbol("error"), ScVal::Error(error)], data)
}

/// An error with the numbers that show it.
pub fn error_of_numbers(kind: ScError, sentence: &str, numbers: &[u64]) -> DiagnosticEvent {
    error(kind, sentence, numbers.iter().map(|number| ScVal::U64(*number)))
}

/// One figure of what a call used.
pub fn metric(success: bool, name: &str, value: u64) -> DiagnosticEvent {
    event(success, vec![symbol("core_metrics"), symbol(name)], ScVal::U64(value))
}

fn symbol(text: &str) -> ScVal {
    ScVal::Symbol(ScSymbol(text.try_into().unwrap_or_default()))
}

fn event(success: bool, topics: Vec<ScVal>, data: ScVal) -> DiagnosticEvent {
    DiagnosticEvent {
        in_successful_contract_call: success,
        event: ContractEvent {
            ext: ExtensionPoint::V0,
            contract_id: None,
            type_: ContractEventType::Diagnostic,
            body: ContractEventBody::V0(ContractEventV0 { topics: topics.try_into().unwrap_or_default(), data }),
        },
    }
}
