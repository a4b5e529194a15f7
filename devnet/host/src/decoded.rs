//! How much memory the official server would take to decode what a stranger sent: it refuses keys above 16 KiB and
//! envelopes above 1 MiB. It counts the Go types of what it decodes, of which the sizes here are.

use crate::settings::Settings;
use soroban_env_host::xdr::{
    ContractExecutable, ContractIdPreimage, CreateContractArgs, CreateContractArgsV2, FeeBumpTransactionInnerTx,
    HostFunction, InvokeContractArgs, InvokeHostFunctionOp, LedgerKey, Memo, MuxedAccount, Operation, OperationBody,
    Preconditions, ScAddress, ScMap, ScVal, SorobanAddressCredentials, SorobanAuthorizationEntry,
    SorobanAuthorizedFunction, SorobanAuthorizedInvocation, SorobanCredentials, SorobanDelegateSignature,
    SorobanTransactionData, SorobanTransactionDataExt, Transaction, TransactionEnvelope, TransactionExt,
    TransactionV1Envelope, TrustLineAsset,
};

const KEY: usize = 16 * 1024;
const ENVELOPE: usize = 1024 * 1024;

/// Whether the official server would decode a key; a network whose keys may be longer does.
pub fn takes_key(settings: &Settings, given: &LedgerKey) -> bool {
    settings.limits.key_size as usize > KEY || key(given) <= KEY
}

/// Whether the official server would decode an envelope; a network whose transactions may be longer does.
pub fn takes_envelope(settings: &Settings, given: &TransactionEnvelope) -> bool {
    settings.bandwidth().tx_max_size_bytes as usize > ENVELOPE || envelope(given) <= ENVELOPE
}

fn envelope(envelope: &TransactionEnvelope) -> usize {
    match envelope {
        TransactionEnvelope::TxV0(v0) => 152 + signatures(v0.signatures.iter().map(|s| s.signature.0.len())),
        TransactionEnvelope::Tx(v1) => signed(v1),
        TransactionEnvelope::TxFeeBump(bump) => {
            let FeeBumpTransactionInnerTx::Tx(inner) = &bump.tx.inner_tx;
            let outer = signatures(bump.signatures.iter().map(|s| s.signature.0.len()));
            80 + muxed(&bump.tx.fee_source) + signed(inner) + outer
        }
    }
}

fn signed(v1: &TransactionV1Envelope) -> usize {
    168 + transaction(&v1.tx) + signatures(v1.signatures.iter().map(|s| s.signature.0.len()))
}

fn signatures(lengths: impl Iterator<Item = usize>) -> usize {
    lengths.map(|length| 32 + length).sum()
}

fn transaction(tx: &Transaction) -> usize {
    let conditions = match &tx.cond {
        Preconditions::None => 0,
        Preconditions::Time(_) => 16,
        Preconditions::V2(_) => 64,
    };
    let memo = match &tx.memo {
        Memo::None => 0,
        Memo::Text(text) => 16 + text.len(),
        Memo::Id(_) => 8,
        Memo::Hash(_) | Memo::Return(_) => 32,
    };
    let operations: usize = tx.operations.iter().map(operation).sum();
    let ext = match &tx.ext {
        TransactionExt::V0 => 0,
        TransactionExt::V1(data) => resources(data),
    };
    muxed(&tx.source_account) + conditions + memo + operations + ext
}

fn resources(data: &SorobanTransactionData) -> usize {
    let footprint = &data.resources.footprint;
    let keys: usize = footprint.read_only.iter().chain(footprint.read_write.iter()).map(|given| 88 + key(given)).sum();
    let archived = match &data.ext {
        SorobanTransactionDataExt::V0 => 0,
        SorobanTransactionDataExt::V1(ext) => 24 + 4 * ext.archived_soroban_entries.len(),
    };
    88 + keys + archived
}

/// Classic operations hold so little that a hundred of them are far from the limit: only their places are counted.
fn operation(op: &Operation) -> usize {
    let body = match &op.body {
        OperationBody::InvokeHostFunction(call) => invocation_of_host(call),
        _ => 0,
    };
    216 + op.source_account.as_ref().map_or(0, |source| 24 + muxed(source)) + body
}

fn invocation_of_host(call: &InvokeHostFunctionOp) -> usize {
    let function = match &call.host_function {
        HostFunction::InvokeContract(args) => call_of(args),
        HostFunction::CreateContract(args) => create(args),
        HostFunction::UploadContractWasm(code) => 24 + code.len(),
        HostFunction::CreateContractV2(args) => create_with_constructor(args),
    };
    64 + function + call.auth.iter().map(authorization).sum::<usize>()
}

fn call_of(args: &InvokeContractArgs) -> usize {
    88 + address(&args.contract_address) + args.function_name.0.len() + elements(args.args.iter())
}

fn create(args: &CreateContractArgs) -> usize {
    48 + preimage(&args.contract_id_preimage) + executable(&args.executable)
}

fn create_with_constructor(args: &CreateContractArgsV2) -> usize {
    let what = preimage(&args.contract_id_preimage) + executable(&args.executable);
    72 + what + elements(args.constructor_args.iter())
}

fn preimage(preimage: &ContractIdPreimage) -> usize {
    match preimage {
        ContractIdPreimage::Address(from) => 80 + address(&from.address),
        ContractIdPreimage::Asset(_) => 24,
    }
}

fn executable(executable: &ContractExecutable) -> usize {
    match executable {
        ContractExecutable::Wasm(_) => 32,
        ContractExecutable::StellarAsset => 0,
        ContractExecutable::ExternalRef(external) => 64 + address(&external.executable_owner) + external.tag.0.len(),
    }
}

fn authorization(entry: &SorobanAuthorizationEntry) -> usize {
    let credentials = match &entry.credentials {
        SorobanCredentials::SourceAccount => 0,
        SorobanCredentials::Address(by) | SorobanCredentials::AddressV2(by) => 240 + credentials(by),
        SorobanCredentials::AddressWithDelegates(by) => {
            264 + credentials(&by.address_credentials) + by.delegates.iter().map(delegate).sum::<usize>()
        }
    };
    88 + credentials + authorized(&entry.root_invocation)
}

fn credentials(by: &SorobanAddressCredentials) -> usize {
    address(&by.address) + value(&by.signature)
}

fn delegate(by: &SorobanDelegateSignature) -> usize {
    let nested: usize = by.nested_delegates.iter().map(delegate).sum();
    248 + address(&by.address) + value(&by.signature) + nested
}

fn authorized(invocation: &SorobanAuthorizedInvocation) -> usize {
    let function = match &invocation.function {
        SorobanAuthorizedFunction::ContractFn(args) => call_of(args),
        SorobanAuthorizedFunction::CreateContractHostFn(args) => create(args),
        SorobanAuthorizedFunction::CreateContractV2HostFn(args) => create_with_constructor(args),
    };
    function + invocation.sub_invocations.iter().map(|sub| 56 + authorized(sub)).sum::<usize>()
}

fn muxed(account: &MuxedAccount) -> usize {
    match account {
        MuxedAccount::Ed25519(_) => 32,
        MuxedAccount::MuxedEd25519(_) => 40,
    }
}

fn key(key: &LedgerKey) -> usize {
    match key {
        LedgerKey::Account(_) => 16 + 32,
        LedgerKey::Trustline(line) => {
            let asset = match &line.asset {
                TrustLineAsset::Native => 0,
                TrustLineAsset::CreditAlphanum4(_) => 24 + 32,
                TrustLineAsset::CreditAlphanum12(_) => 32 + 32,
                TrustLineAsset::PoolShare(_) => 32,
            };
            48 + 32 + asset
        }
        LedgerKey::Offer(_) => 24 + 32,
        LedgerKey::Data(data) => 32 + 32 + data.data_name.0.len(),
        LedgerKey::ClaimableBalance(_) => 16 + 32,
        LedgerKey::ContractData(data) => 232 + address(&data.contract) + value(&data.key),
        LedgerKey::ConfigSetting(_) => 4,
        LedgerKey::LiquidityPool(_) | LedgerKey::ContractCode(_) | LedgerKey::Ttl(_) => 32,
    }
}

fn address(address: &ScAddress) -> usize {
    match address {
        ScAddress::Account(_) | ScAddress::ClaimableBalance(_) => 16 + 32,
        ScAddress::Contract(_) | ScAddress::LiquidityPool(_) => 32,
        ScAddress::MuxedAccount(_) => 40,
    }
}

fn elements<'a>(values: impl Iterator<Item = &'a ScVal>) -> usize {
    values.map(|element| 176 + value(element)).sum()
}

fn pairs(map: &ScMap) -> usize {
    map.0.iter().map(|entry| 352 + value(&entry.key) + value(&entry.val)).sum()
}

/// What a value takes besides its own place.
fn value(value: &ScVal) -> usize {
    match value {
        ScVal::Void | ScVal::LedgerKeyContractInstance => 0,
        ScVal::Bool(_) => 1,
        ScVal::U32(_) | ScVal::I32(_) => 4,
        ScVal::U64(_) | ScVal::I64(_) | ScVal::Timepoint(_) | ScVal::Duration(_) | ScVal::LedgerKeyNonce(_) => 8,
        ScVal::U128(_) | ScVal::I128(_) => 16,
        ScVal::Error(_) => 24 + 4,
        ScVal::U256(_) | ScVal::I256(_) => 32,
        ScVal::Bytes(bytes) => 24 + bytes.0.len(),
        ScVal::String(text) | ScVal::ExecutableTag(text) => 16 + text.0.len(),
        ScVal::Symbol(text) => 16 + text.0.len(),
        ScVal::Vec(list) => 8 + list.as_ref().map_or(0, |list| 24 + elements(list.0.iter())),
        ScVal::Map(map) => 8 + map.as_ref().map_or(0, |map| 24 + pairs(map)),
        ScVal::Address(of) => 48 + address(of),
        ScVal::ContractInstance(instance) => {
            let storage = instance.storage.as_ref().map_or(0, |storage| 24 + pairs(storage));
            32 + executable(&instance.executable) + storage
        }
    }
}
