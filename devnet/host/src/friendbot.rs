//! Friendbot's transactions, from the root account: as the official friendbot has them, but several accounts at once.

use crate::{
    accounts::account,
    chain::{account_id, Chain, Clock},
    events::asset_contract,
    frame::Frame,
    ledger::to_xdr,
    simulate::{prepare, Prepared},
    wire::Writer,
};
use ed25519_dalek::Signer;
use soroban_env_host::xdr::{
    AccountId, Asset, ContractDataDurability, ContractExecutable, ContractId, ContractIdPreimage, CreateAccountOp,
    CreateContractArgs, DecoratedSignature, Hash, HostFunction, Int128Parts, InvokeContractArgs, InvokeHostFunctionOp,
    LedgerEntryData, LedgerKey, LedgerKeyContractData, Memo, MuxedAccount, Operation, OperationBody, PaymentOp,
    Preconditions, PublicKey, ScAddress, ScSymbol, ScVal, ScVec, SequenceNumber, Signature, SignatureHint,
    SorobanAuthorizationEntry, Transaction, TransactionEnvelope, TransactionExt, TransactionV1Envelope, Uint256, VecM,
};

/// Stroops an operation: people get their accounts even in a crowd, and the price is what is charged.
const BID: u32 = 100_000;

/// What becomes of a request for a contract.
pub enum Step {
    /// This pays the contract.
    Pay(Vec<u8>),
    /// This makes the native asset's contract, without which there is nothing to pay a contract with; ask again after.
    Deploy(Vec<u8>),
    Funded,
}

/// For each account whether it has the starting balance, and an envelope that gives it to those that have not: new
/// accounts are created with it, and the others get it on top. Empty when nobody needs it.
pub fn fund_accounts(chain: &Chain, keys: &[[u8; 32]], balance: i64) -> Result<Vec<u8>, String> {
    let mut operations = vec![];
    let mut funded = vec![];
    for key in keys {
        let destination = AccountId(PublicKey::PublicKeyTypeEd25519(Uint256(*key)));
        let held = account(&chain.ledger, &destination).map(|account| account.balance);
        funded.push(u8::from(held.is_some_and(|held| held >= balance)));
        let body = match held {
            Some(held) if held >= balance => continue,
            Some(_) => OperationBody::Payment(PaymentOp {
                destination: MuxedAccount::from(destination),
                asset: Asset::Native,
                amount: balance,
            }),
            None => OperationBody::CreateAccount(CreateAccountOp { destination, starting_balance: balance }),
        };
        operations.push(Operation { source_account: None, body });
    }
    let envelope = if operations.is_empty() {
        vec![]
    } else {
        signed(chain, transaction(chain, operations, TransactionExt::V0, 0)?)?
    };
    let mut writer = Writer::default();
    writer.bytes(&funded).bytes(&envelope);
    Ok(writer.done())
}

/// The next step towards a contract's starting balance.
pub fn fund_contract(chain: &Chain, id: [u8; 32], balance: i64, clock: Clock) -> Result<Step, String> {
    let native = asset_contract(chain.network_id, &Asset::Native);
    let contract = ScAddress::Contract(ContractId(Hash(id)));
    if chain.ledger.get(&contract_key(&native, ScVal::LedgerKeyContractInstance)).is_none() {
        let create = HostFunction::CreateContract(CreateContractArgs {
            contract_id_preimage: ContractIdPreimage::Asset(Asset::Native),
            executable: ContractExecutable::StellarAsset,
        });
        return call(chain, create, clock).map(Step::Deploy);
    }
    if held_by_contract(chain, &native, &contract) >= i128::from(balance) {
        return Ok(Step::Funded);
    }
    let amount = ScVal::I128(Int128Parts { hi: 0, lo: balance as u64 });
    let root = ScAddress::Account(account_id(&chain.root));
    let transfer = HostFunction::InvokeContract(InvokeContractArgs {
        contract_address: ScAddress::Contract(native),
        function_name: symbol("transfer")?,
        args: vec![ScVal::Address(root), ScVal::Address(contract), amount].try_into().map_err(|_| "arguments")?,
    });
    call(chain, transfer, clock).map(Step::Pay)
}

/// A contract's balance of the native asset, in stroops.
fn held_by_contract(chain: &Chain, native: &ContractId, contract: &ScAddress) -> i128 {
    let Ok(name) = symbol("Balance") else { return 0 };
    let Ok(path) = vec![ScVal::Symbol(name), ScVal::Address(contract.clone())].try_into() else { return 0 };
    let key = contract_key(native, ScVal::Vec(Some(ScVec(path))));
    let Some(LedgerEntryData::ContractData(data)) = chain.ledger.data(&key) else { return 0 };
    let ScVal::Map(Some(fields)) = &data.val else { return 0 };
    let amount = fields.0.iter().find_map(|field| match (&field.key, &field.val) {
        (ScVal::Symbol(name), ScVal::I128(amount)) if name.0.as_slice() == b"amount" => Some(amount),
        _ => None,
    });
    amount.map_or(0, |amount| (i128::from(amount.hi) << 64) | i128::from(amount.lo))
}

fn contract_key(contract: &ContractId, key: ScVal) -> LedgerKey {
    let contract = ScAddress::Contract(contract.clone());
    LedgerKey::ContractData(LedgerKeyContractData { contract, key, durability: ContractDataDurability::Persistent })
}

fn symbol(text: &str) -> Result<ScSymbol, String> {
    text.try_into().map(ScSymbol).map_err(|_| "a symbol".into())
}

/// A signed envelope of one call, with the resources that its simulation found.
fn call(chain: &Chain, host_function: HostFunction, clock: Clock) -> Result<Vec<u8>, String> {
    let operation = |auth: VecM<SorobanAuthorizationEntry>| Operation {
        source_account: None,
        body: OperationBody::InvokeHostFunction(InvokeHostFunctionOp { host_function: host_function.clone(), auth }),
    };
    let draft = transaction(chain, vec![operation(VecM::default())], TransactionExt::V0, 0)?;
    let frame = Frame::read(&signed(chain, draft)?, chain.network_id)?;
    let Prepared { data, auth } = prepare(chain, &frame, clock)?;
    let fee = u32::try_from(data.resource_fee).map_err(|_| "a fee")?;
    let auth = auth.try_into().map_err(|_| "authorization")?;
    signed(chain, transaction(chain, vec![operation(auth)], TransactionExt::V1(data), fee)?)
}

fn transaction(
    chain: &Chain,
    operations: Vec<Operation>,
    ext: TransactionExt,
    fee: u32,
) -> Result<Transaction, String> {
    let root = account_id(&chain.root);
    let sequence = account(&chain.ledger, &root).ok_or("the root account is gone")?.seq_num.0 + 1;
    Ok(Transaction {
        source_account: MuxedAccount::from(root),
        fee: (BID * operations.len() as u32).saturating_add(fee),
        seq_num: SequenceNumber(sequence),
        cond: Preconditions::None,
        memo: Memo::None,
        operations: operations.try_into().map_err(|_| "at most 100 accounts at once")?,
        ext,
    })
}

fn signed(chain: &Chain, tx: Transaction) -> Result<Vec<u8>, String> {
    let hash = tx.hash(chain.network_id).map_err(|error| error.to_string())?;
    let key = chain.root.verifying_key().to_bytes();
    let signature = Signature(chain.root.sign(&hash).to_bytes().to_vec().try_into().map_err(|_| "signature")?);
    let hint = SignatureHint([key[28], key[29], key[30], key[31]]);
    let signatures = vec![DecoratedSignature { hint, signature }].try_into().map_err(|_| "signatures")?;
    to_xdr(&TransactionEnvelope::Tx(TransactionV1Envelope { tx, signatures }))
}
