//! Payments of native and issued assets.

use super::Work;
use crate::accounts::{account, available, credit, issuer, line_liabilities, put, trust_line, valid_asset};
use crate::events::Party;
use soroban_env_host::xdr::{AccountId, Asset, LedgerEntryData, PaymentOp, PaymentResult, TrustLineFlags};

pub fn check(op: &PaymentOp) -> Option<PaymentResult> {
    (op.amount <= 0 || !valid_asset(&op.asset)).then_some(PaymentResult::Malformed)
}

pub fn apply(work: &mut Work, op: &PaymentOp) -> PaymentResult {
    let to = op.destination.clone().account_id();
    let from = work.source.clone();
    let moved = if op.asset == Asset::Native {
        native(work, &from, &to, op.amount)
    } else {
        receive(work, &to, op).and_then(|()| send(work, &from, op))
    };
    match moved {
        Ok(()) => {
            let (from, to) = (Party::from(&from), Party::Account(op.destination.clone()));
            work.events.push(work.emitter.transfer(&op.asset, &from, &to, op.amount));
            PaymentResult::Success
        }
        Err(result) => result,
    }
}

fn native(work: &mut Work, from: &AccountId, to: &AccountId, amount: i64) -> Result<(), PaymentResult> {
    let mut recipient = account(work.ledger, to).ok_or(PaymentResult::NoDestination)?;
    let mut sender = account(work.ledger, from).ok_or(PaymentResult::Underfunded)?;
    if from == to {
        return Ok(());
    }
    if !credit(&mut recipient, amount) {
        return Err(PaymentResult::LineFull);
    }
    if available(&sender) < amount {
        return Err(PaymentResult::Underfunded);
    }
    sender.balance -= amount;
    put(work.ledger, recipient);
    put(work.ledger, sender);
    Ok(())
}

fn receive(work: &mut Work, to: &AccountId, op: &PaymentOp) -> Result<(), PaymentResult> {
    if issuer(&op.asset) == Some(to) {
        return Ok(());
    }
    account(work.ledger, to).ok_or(PaymentResult::NoDestination)?;
    let mut line = trust_line(work.ledger, to, &op.asset).ok_or(PaymentResult::NoTrust)?;
    if line.flags & TrustLineFlags::AuthorizedFlag as u32 == 0 {
        return Err(PaymentResult::NotAuthorized);
    }
    if line.limit - line.balance - line_liabilities(&line).0 < op.amount {
        return Err(PaymentResult::LineFull);
    }
    line.balance += op.amount;
    work.ledger.put(LedgerEntryData::Trustline(line));
    Ok(())
}

fn send(work: &mut Work, from: &AccountId, op: &PaymentOp) -> Result<(), PaymentResult> {
    if issuer(&op.asset) == Some(from) {
        return Ok(());
    }
    let mut line = trust_line(work.ledger, from, &op.asset).ok_or(PaymentResult::SrcNoTrust)?;
    if line.flags & TrustLineFlags::AuthorizedFlag as u32 == 0 {
        return Err(PaymentResult::SrcNotAuthorized);
    }
    if line.balance - line_liabilities(&line).1 < op.amount {
        return Err(PaymentResult::Underfunded);
    }
    line.balance -= op.amount;
    work.ledger.put(LedgerEntryData::Trustline(line));
    Ok(())
}
