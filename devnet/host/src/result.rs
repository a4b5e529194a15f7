//! Transaction results, plain or inside a fee bump's.

use crate::frame::Frame;
use soroban_env_host::xdr::{
    Hash, InnerTransactionResult, InnerTransactionResultExt, InnerTransactionResultPair,
    InnerTransactionResultResult as Inner, TransactionResult, TransactionResultExt, TransactionResultResult as Code,
};

/// A result as the sender of this envelope sees it; `outer` when the fee bump itself was at fault.
pub fn result(frame: &Frame, fee_charged: i64, code: Code, outer: bool) -> TransactionResult {
    let result = match inner(&code) {
        Some(inner) if frame.bump.is_some() && !outer => {
            let pair = InnerTransactionResultPair {
                transaction_hash: Hash(frame.tx_hash),
                result: InnerTransactionResult { fee_charged: 0, result: inner, ext: InnerTransactionResultExt::V0 },
            };
            match code {
                Code::TxSuccess(_) => Code::TxFeeBumpInnerSuccess(pair),
                _ => Code::TxFeeBumpInnerFailed(pair),
            }
        }
        _ => code,
    };
    TransactionResult { fee_charged, result, ext: TransactionResultExt::V0 }
}

fn inner(code: &Code) -> Option<Inner> {
    Some(match code {
        Code::TxSuccess(ops) => Inner::TxSuccess(ops.clone()),
        Code::TxFailed(ops) => Inner::TxFailed(ops.clone()),
        Code::TxTooEarly => Inner::TxTooEarly,
        Code::TxTooLate => Inner::TxTooLate,
        Code::TxMissingOperation => Inner::TxMissingOperation,
        Code::TxBadSeq => Inner::TxBadSeq,
        Code::TxBadAuth => Inner::TxBadAuth,
        Code::TxInsufficientBalance => Inner::TxInsufficientBalance,
        Code::TxNoAccount => Inner::TxNoAccount,
        Code::TxInsufficientFee => Inner::TxInsufficientFee,
        Code::TxBadAuthExtra => Inner::TxBadAuthExtra,
        Code::TxInternalError => Inner::TxInternalError,
        Code::TxNotSupported => Inner::TxNotSupported,
        Code::TxBadSponsorship => Inner::TxBadSponsorship,
        Code::TxBadMinSeqAgeOrGap => Inner::TxBadMinSeqAgeOrGap,
        Code::TxMalformed => Inner::TxMalformed,
        Code::TxSorobanInvalid => Inner::TxSorobanInvalid,
        Code::TxFrozenKeyAccessed => Inner::TxFrozenKeyAccessed,
        Code::TxFeeBumpInnerSuccess(_) | Code::TxFeeBumpInnerFailed(_) => return None,
    })
}
