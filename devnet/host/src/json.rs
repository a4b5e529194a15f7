//! XDR as JSON, in the form that the official server writes with the same library (SEP-51).

use crate::ledger::from_xdr;
use soroban_env_host::xdr::{
    ContractEvent, DiagnosticEvent, LedgerCloseMeta, LedgerEntry, LedgerEntryData, LedgerEntryExt, LedgerHeader,
    LedgerHeaderHistoryEntry, LedgerKey, ScVal, SorobanAuthorizationEntry, SorobanTransactionData, TransactionEnvelope,
    TransactionEvent, TransactionMeta, TransactionResult,
};

macro_rules! by_name {
    ($name:expr, $bytes:expr, $($kind:ident),+) => {
        match $name {
            $(stringify!($kind) => serde_json::to_string(&from_xdr::<$kind>($bytes)?).map_err(|error| error.to_string()),)+
            name => Err(format!("no JSON of {name}")),
        }
    };
}

/// The JSON text of a value of a named type.
pub fn json(name: &str, bytes: &[u8]) -> Result<String, String> {
    by_name!(
        name,
        bytes,
        ContractEvent,
        DiagnosticEvent,
        LedgerCloseMeta,
        LedgerEntry,
        LedgerEntryData,
        LedgerEntryExt,
        LedgerHeader,
        LedgerHeaderHistoryEntry,
        LedgerKey,
        ScVal,
        SorobanAuthorizationEntry,
        SorobanTransactionData,
        TransactionEnvelope,
        TransactionEvent,
        TransactionMeta,
        TransactionResult
    )
}
