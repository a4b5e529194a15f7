//! Whether a transaction may enter a ledger: structure, time, fee, sequence number, signatures, in that order.

use crate::{
    accounts::{self, account},
    auth::{self, Level, Signatures},
    context::Context,
    frame::{is_soroban, Frame},
    ledger::Ledger,
    ops,
    settings::Settings,
    soroban,
};
use soroban_env_host::xdr::{
    AccountEntry, LedgerBounds, OperationResult, Preconditions, PreconditionsV2, SignerKey, TimeBounds,
    TransactionResultResult as Code,
};

/// Stroops per operation.
pub const BASE_FEE: i64 = 100;

/// Checks a transaction (the inner one of a fee bump) on its way into the queue (`applying: false`) or,
/// its fee already paid, as it is applied.
pub fn check(
    ledger: &Ledger,
    settings: &Settings,
    context: &Context,
    frame: &Frame,
    applying: bool,
) -> Result<(), Code> {
    structure(settings, frame)?;
    let conditions = conditions(&frame.tx.cond);
    extra_signers(&conditions)?;
    bounds(context, &conditions)?;
    if !applying && frame.bump.is_none() && frame.inclusion_bid() < BASE_FEE * frame.fee_units() {
        return Err(Code::TxInsufficientFee);
    }
    let source = account(ledger, &frame.source()).ok_or(Code::TxNoAccount)?;
    sequence(context, frame, &conditions, &source)?;
    let mut signatures = Signatures::new(&frame.signatures);
    if !signatures.account(&source, Level::Low) {
        return Err(Code::TxBadAuth);
    }
    if !conditions.extra_signers.iter().all(|key| signatures.signer(key)) {
        return Err(Code::TxBadAuth);
    }
    if !applying && frame.bump.is_none() && accounts::available(&source) < frame.fee_bid() {
        return Err(Code::TxInsufficientBalance);
    }
    operations(ledger, settings, frame, &mut signatures, applying)?;
    if signatures.all_used() {
        Ok(())
    } else {
        Err(Code::TxBadAuthExtra)
    }
}

/// The fee that is told with a refusal: what the transaction would cost at the lowest price of an operation.
pub fn told_fee(frame: &Frame) -> i64 {
    frame.resource_fee().saturating_add(BASE_FEE * frame.fee_units())
}

/// The outer rules of a fee bump: who pays, how much, and that they agreed; what breaks them, and the fee to tell.
pub fn check_bump(ledger: &Ledger, frame: &Frame) -> Result<(), (Code, i64)> {
    let Some(bump) = &frame.bump else { return Ok(()) };
    let refuse = |code| (code, told_fee(frame));
    let units = frame.fee_units();
    if frame.inclusion_bid() < BASE_FEE * units {
        return Err(refuse(Code::TxInsufficientFee));
    }
    // Never a lower bid per operation than the inner transaction made.
    let inner_units = i128::from((units - 1).max(1));
    let inner_bid = i128::from(i64::from(frame.tx.fee).saturating_sub(frame.resource_fee())) * i128::from(units);
    if i128::from(frame.inclusion_bid()) * inner_units < inner_bid {
        let needed = (inner_bid + inner_units - 1) / inner_units;
        return Err((Code::TxInsufficientFee, i64::try_from(needed).unwrap_or(i64::MAX)));
    }
    let source = account(ledger, &frame.fee_source()).ok_or_else(|| refuse(Code::TxNoAccount))?;
    let mut signatures = Signatures::new(&bump.signatures);
    if !signatures.account(&source, Level::Low) {
        return Err(refuse(Code::TxBadAuth));
    }
    if accounts::available(&source) < bump.fee {
        return Err(refuse(Code::TxInsufficientBalance));
    }
    if signatures.all_used() {
        Ok(())
    } else {
        Err(refuse(Code::TxBadAuthExtra))
    }
}

/// Nobody signs twice, or for nothing.
fn extra_signers(conditions: &PreconditionsV2) -> Result<(), Code> {
    let signers = conditions.extra_signers.as_slice();
    let empty = |key: &SignerKey| matches!(key, SignerKey::Ed25519SignedPayload(signed) if signed.payload.is_empty());
    let twice = matches!(signers, [one, other] if one == other);
    if twice || signers.iter().any(empty) {
        return Err(Code::TxMalformed);
    }
    Ok(())
}

fn structure(settings: &Settings, frame: &Frame) -> Result<(), Code> {
    let ops = &frame.tx.operations;
    if ops.is_empty() {
        return Err(Code::TxMissingOperation);
    }
    let soroban_ops = ops.iter().filter(|op| is_soroban(&op.body)).count();
    match (soroban_ops, frame.soroban()) {
        (0, None) => Ok(()),
        (1, Some(data)) if ops.len() == 1 => {
            soroban::check_transaction(settings, frame, data).map_err(|_| Code::TxSorobanInvalid)
        }
        _ => Err(Code::TxMalformed),
    }
}

fn conditions(cond: &Preconditions) -> PreconditionsV2 {
    let time_bounds = match cond {
        Preconditions::V2(v2) => return v2.clone(),
        Preconditions::Time(bounds) => Some(bounds.clone()),
        Preconditions::None => None,
    };
    PreconditionsV2 {
        time_bounds,
        ledger_bounds: None,
        min_seq_num: None,
        min_seq_age: 0u64.into(),
        min_seq_ledger_gap: 0,
        extra_signers: Default::default(),
    }
}

fn bounds(context: &Context, conditions: &PreconditionsV2) -> Result<(), Code> {
    if let Some(TimeBounds { min_time, max_time }) = &conditions.time_bounds {
        if min_time.0 > context.bounds_time {
            return Err(Code::TxTooEarly);
        }
        if max_time.0 != 0 && max_time.0 < context.bounds_time {
            return Err(Code::TxTooLate);
        }
    }
    if let Some(LedgerBounds { min_ledger, max_ledger }) = &conditions.ledger_bounds {
        if *min_ledger > context.sequence {
            return Err(Code::TxTooEarly);
        }
        if *max_ledger != 0 && *max_ledger <= context.sequence {
            return Err(Code::TxTooLate);
        }
    }
    Ok(())
}

fn sequence(context: &Context, frame: &Frame, conditions: &PreconditionsV2, source: &AccountEntry) -> Result<(), Code> {
    let (wanted, current) = (frame.tx.seq_num.0, source.seq_num.0);
    let lowest = conditions.min_seq_num.as_ref().map_or(wanted.checked_sub(1), |min| Some(min.0));
    let starting = i64::from(context.sequence) << 32;
    if wanted < 0 || wanted == starting || wanted <= current || lowest.is_none_or(|lowest| current < lowest) {
        return Err(Code::TxBadSeq);
    }
    let (used_ledger, used_time) = accounts::v3(source).map_or((0, 0), |v3| (v3.seq_ledger, v3.seq_time.0));
    let age = context.close_time.saturating_sub(used_time);
    if age < conditions.min_seq_age.0 || context.sequence.saturating_sub(used_ledger) < conditions.min_seq_ledger_gap {
        return Err(Code::TxBadMinSeqAgeOrGap);
    }
    Ok(())
}

/// Who agreed to each operation and, on the way into the queue, whether it makes sense; there the first fault is enough.
fn operations(
    ledger: &Ledger,
    settings: &Settings,
    frame: &Frame,
    signatures: &mut Signatures,
    applying: bool,
) -> Result<(), Code> {
    let mut results: Vec<OperationResult> = frame.tx.operations.iter().map(|op| ops::placeholder(&op.body)).collect();
    let mut failed = false;
    for (result, op) in results.iter_mut().zip(frame.tx.operations.iter()) {
        let id = frame.op_source(op);
        let agreed = |signatures: &mut Signatures| match account(ledger, &id) {
            Some(source) => signatures.account(&source, auth::level(&op.body)),
            // Earlier operations of this transaction may yet create it.
            None => signatures.missing_account(&id),
        };
        let refusal = if !applying && !ops::supported(&op.body) {
            Some(OperationResult::OpNotSupported)
        } else if !agreed(signatures) {
            Some(OperationResult::OpBadAuth)
        } else if applying {
            // An operation's own failure is found, and reported, by applying it.
            None
        } else {
            ops::check(settings, frame, &id, op)
        };
        if let Some(refusal) = refusal {
            failed = true;
            *result = refusal;
            if !applying {
                break;
            }
        }
    }
    if failed {
        return Err(Code::TxFailed(results.try_into().unwrap_or_default()));
    }
    Ok(())
}
