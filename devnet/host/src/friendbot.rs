//! The friendbot's transaction: the root account creates accounts, several at once.

use crate::{
    accounts::account,
    chain::{account_id, Chain},
    ledger::to_xdr,
};
use ed25519_dalek::Signer;
use soroban_env_host::xdr::{
    AccountId, CreateAccountOp, DecoratedSignature, Memo, MuxedAccount, Operation, OperationBody, Preconditions,
    PublicKey, SequenceNumber, Signature, SignatureHint, Transaction, TransactionEnvelope, TransactionExt,
    TransactionV1Envelope, Uint256,
};

/// Stroops an operation: people get their accounts even in a crowd, and the price is what is charged.
const BID: u32 = 100_000;

/// A signed envelope that creates these accounts, or `None` when one of them exists already.
pub fn envelope(chain: &Chain, keys: &[[u8; 32]], balance: i64) -> Result<Option<Vec<u8>>, String> {
    let root = account_id(&chain.root);
    let sequence = account(&chain.ledger, &root).ok_or("the root account is gone")?.seq_num.0 + 1;
    let mut operations = vec![];
    for key in keys {
        let destination = AccountId(PublicKey::PublicKeyTypeEd25519(Uint256(*key)));
        if account(&chain.ledger, &destination).is_some() {
            return Ok(None);
        }
        let body = OperationBody::CreateAccount(CreateAccountOp { destination, starting_balance: balance });
        operations.push(Operation { source_account: None, body });
    }
    let tx = Transaction {
        source_account: MuxedAccount::from(root),
        fee: BID * operations.len() as u32,
        seq_num: SequenceNumber(sequence),
        cond: Preconditions::None,
        memo: Memo::None,
        operations: operations.try_into().map_err(|_| "at most 100 accounts at once")?,
        ext: TransactionExt::V0,
    };
    let hash = tx.hash(chain.network_id).map_err(|error| error.to_string())?;
    let key = chain.root.verifying_key().to_bytes();
    let signature = Signature(chain.root.sign(&hash).to_bytes().to_vec().try_into().map_err(|_| "signature")?);
    let hint = SignatureHint([key[28], key[29], key[30], key[31]]);
    let signatures = vec![DecoratedSignature { hint, signature }].try_into().map_err(|_| "signatures")?;
    to_xdr(&TransactionEnvelope::Tx(TransactionV1Envelope { tx, signatures })).map(Some)
}
