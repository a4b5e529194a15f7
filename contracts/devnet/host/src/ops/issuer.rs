//! What an issuer may do to the holders of its asset: authorise, freeze, claw back.

use super::Work;
use crate::accounts::{account, has_flag, issuer, line_liabilities, trust_line, valid_asset};
use soroban_env_host::xdr::{
    AccountFlags, AccountId, AllowTrustOp, AllowTrustResult, AlphaNum12, AlphaNum4, Asset, AssetCode, ClawbackOp,
    ClawbackResult, LedgerEntryData, SetTrustLineFlagsOp, SetTrustLineFlagsResult, TrustLineEntry, TrustLineFlags,
};

const AUTHORIZED: u32 = TrustLineFlags::AuthorizedFlag as u32;
const MAINTAIN: u32 = TrustLineFlags::AuthorizedToMaintainLiabilitiesFlag as u32;
const CLAWBACK: u32 = TrustLineFlags::TrustlineClawbackEnabledFlag as u32;
const AUTH: u32 = AUTHORIZED | MAINTAIN;

/// Why authorisation could not be changed.
enum Refused {
    NoLine,
    CantRevoke,
}

/// 2 for full authorisation, 1 for keeping liabilities only, 0 for frozen.
fn rank(flags: u32) -> u32 {
    match flags & AUTH {
        0 => 0,
        MAINTAIN => 1,
        _ => 2,
    }
}

fn authorise(work: &mut Work, trustor: &AccountId, asset: &Asset, flags: impl Fn(u32) -> u32) -> Result<(), Refused> {
    let mut line = trust_line(work.ledger, trustor, asset).ok_or(Refused::NoLine)?;
    let before = line.flags;
    line.flags = flags(before);
    let revocable =
        account(work.ledger, &work.source).is_some_and(|account| has_flag(&account, AccountFlags::RevocableFlag));
    if rank(line.flags) < rank(before) && !revocable {
        return Err(Refused::CantRevoke);
    }
    let now = line.flags & AUTHORIZED != 0;
    if now != (before & AUTHORIZED != 0) {
        work.events.push(work.emitter.set_authorized(asset, trustor, now));
    }
    work.ledger.put(LedgerEntryData::Trustline(line));
    Ok(())
}

pub fn check_flags(source: &AccountId, op: &SetTrustLineFlagsOp) -> Option<SetTrustLineFlagsResult> {
    let malformed = issuer(&op.asset) != Some(source)
        || !valid_asset(&op.asset)
        || op.trustor == *source
        || op.set_flags & op.clear_flags != 0
        || op.set_flags & !AUTH != 0
        || op.set_flags & AUTH == AUTH
        || op.clear_flags & !(AUTH | CLAWBACK) != 0;
    malformed.then_some(SetTrustLineFlagsResult::Malformed)
}

pub fn flags(work: &mut Work, op: &SetTrustLineFlagsOp) -> SetTrustLineFlagsResult {
    let wanted = |flags: u32| (flags & !op.clear_flags) | op.set_flags;
    if trust_line(work.ledger, &op.trustor, &op.asset).is_some_and(|line| wanted(line.flags) & AUTH == AUTH) {
        return SetTrustLineFlagsResult::InvalidState;
    }
    match authorise(work, &op.trustor, &op.asset, wanted) {
        Ok(()) => SetTrustLineFlagsResult::Success,
        Err(Refused::NoLine) => SetTrustLineFlagsResult::NoTrustLine,
        Err(Refused::CantRevoke) => SetTrustLineFlagsResult::CantRevoke,
    }
}

fn allow_asset(source: &AccountId, code: &AssetCode) -> Asset {
    let issuer = source.clone();
    match code.clone() {
        AssetCode::CreditAlphanum4(asset_code) => Asset::CreditAlphanum4(AlphaNum4 { asset_code, issuer }),
        AssetCode::CreditAlphanum12(asset_code) => Asset::CreditAlphanum12(AlphaNum12 { asset_code, issuer }),
    }
}

pub fn check_allow(source: &AccountId, op: &AllowTrustOp) -> Option<AllowTrustResult> {
    let bad = op.authorize > MAINTAIN || op.trustor == *source || !valid_asset(&allow_asset(source, &op.asset));
    bad.then_some(AllowTrustResult::Malformed)
}

pub fn allow(work: &mut Work, op: &AllowTrustOp) -> AllowTrustResult {
    let asset = allow_asset(&work.source, &op.asset);
    match authorise(work, &op.trustor, &asset, |flags| (flags & !AUTH) | op.authorize) {
        Ok(()) => AllowTrustResult::Success,
        Err(Refused::NoLine) => AllowTrustResult::NoTrustLine,
        Err(Refused::CantRevoke) => AllowTrustResult::CantRevoke,
    }
}

pub fn check_clawback(source: &AccountId, op: &ClawbackOp) -> Option<ClawbackResult> {
    let bad = op.amount <= 0
        || issuer(&op.asset) != Some(source)
        || !valid_asset(&op.asset)
        || op.from.clone().account_id() == *source;
    bad.then_some(ClawbackResult::Malformed)
}

pub fn clawback(work: &mut Work, op: &ClawbackOp) -> ClawbackResult {
    let from = op.from.clone().account_id();
    let Some(mut line) = trust_line(work.ledger, &from, &op.asset) else { return ClawbackResult::NoTrust };
    if line.flags & CLAWBACK == 0 {
        return ClawbackResult::NotClawbackEnabled;
    }
    if spendable(&line) < op.amount {
        return ClawbackResult::Underfunded;
    }
    line.balance -= op.amount;
    work.ledger.put(LedgerEntryData::Trustline(line));
    work.events.push(work.emitter.clawback(&op.asset, &from, op.amount));
    ClawbackResult::Success
}

fn spendable(line: &TrustLineEntry) -> i64 {
    line.balance - line_liabilities(line).1
}
