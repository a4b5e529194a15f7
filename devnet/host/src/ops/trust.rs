//! Trust lines, as their owner changes them.

use super::Work;
use crate::accounts::{
    account, affords_entry, has_flag, issuer, line_liabilities, put, trust_asset, trust_key, trust_line, valid_asset,
    MAX_SUBENTRIES,
};
use soroban_env_host::xdr::{
    AccountFlags, AccountId, Asset, ChangeTrustAsset, ChangeTrustOp, ChangeTrustResult, LedgerEntryData,
    OperationResult, TrustLineEntry, TrustLineEntryExt, TrustLineFlags,
};

/// The asset that a line is for; `None` for pool shares, which are not supported.
pub fn asset(op: &ChangeTrustOp) -> Option<Asset> {
    match op.line.clone() {
        ChangeTrustAsset::Native => Some(Asset::Native),
        ChangeTrustAsset::CreditAlphanum4(asset) => Some(Asset::CreditAlphanum4(asset)),
        ChangeTrustAsset::CreditAlphanum12(asset) => Some(Asset::CreditAlphanum12(asset)),
        ChangeTrustAsset::PoolShare(_) => None,
    }
}

pub fn check(source: &AccountId, asset: &Asset, op: &ChangeTrustOp) -> Option<ChangeTrustResult> {
    let own = issuer(asset).is_none_or(|issuer| issuer == source);
    (op.limit < 0 || own || !valid_asset(asset)).then_some(ChangeTrustResult::Malformed)
}

pub fn apply(work: &mut Work, op: &ChangeTrustOp) -> Result<ChangeTrustResult, OperationResult> {
    let asset = asset(op).ok_or(OperationResult::OpNotSupported)?;
    match trust_line(work.ledger, &work.source, &asset) {
        Some(line) => change(work, &asset, line, op.limit),
        None => create(work, &asset, op.limit),
    }
}

fn change(
    work: &mut Work,
    asset: &Asset,
    mut line: TrustLineEntry,
    limit: i64,
) -> Result<ChangeTrustResult, OperationResult> {
    if limit < line.balance + line_liabilities(&line).0 {
        return Ok(ChangeTrustResult::InvalidLimit);
    }
    if limit == 0 {
        let mut source = account(work.ledger, &work.source).ok_or(OperationResult::OpNoAccount)?;
        source.num_sub_entries -= 1;
        put(work.ledger, source);
        work.ledger.remove(trust_key(&work.source, asset));
        return Ok(ChangeTrustResult::Success);
    }
    if issuer(asset).is_none_or(|issuer| account(work.ledger, issuer).is_none()) {
        return Ok(ChangeTrustResult::NoIssuer);
    }
    line.limit = limit;
    work.ledger.put(LedgerEntryData::Trustline(line));
    Ok(ChangeTrustResult::Success)
}

fn create(work: &mut Work, asset: &Asset, limit: i64) -> Result<ChangeTrustResult, OperationResult> {
    if limit == 0 {
        return Ok(ChangeTrustResult::InvalidLimit);
    }
    let Some(issuer) = issuer(asset).and_then(|issuer| account(work.ledger, issuer)) else {
        return Ok(ChangeTrustResult::NoIssuer);
    };
    let mut source = account(work.ledger, &work.source).ok_or(OperationResult::OpNoAccount)?;
    if source.num_sub_entries >= MAX_SUBENTRIES {
        return Err(OperationResult::OpTooManySubentries);
    }
    if !affords_entry(&source) {
        return Ok(ChangeTrustResult::LowReserve);
    }
    source.num_sub_entries += 1;
    put(work.ledger, source);
    let mut flags = 0;
    if !has_flag(&issuer, AccountFlags::RequiredFlag) {
        flags |= TrustLineFlags::AuthorizedFlag as u32;
    }
    if has_flag(&issuer, AccountFlags::ClawbackEnabledFlag) {
        flags |= TrustLineFlags::TrustlineClawbackEnabledFlag as u32;
    }
    work.ledger.put(LedgerEntryData::Trustline(TrustLineEntry {
        account_id: work.source.clone(),
        asset: trust_asset(asset),
        balance: 0,
        limit,
        flags,
        ext: TrustLineEntryExt::V0,
    }));
    Ok(ChangeTrustResult::Success)
}
