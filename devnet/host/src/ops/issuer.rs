//! What an issuer may do to the holders of its asset: authorise, freeze, claw back.

use super::Work;
use crate::accounts::{account, has_flag, issuer, line_liabilities, trust_line, valid_asset};
use crate::events::Party;
use soroban_env_host::xdr::{
    AccountFlags, AccountId, AllowTrustOp, AllowTrustResult, AlphaNum12, AlphaNum4, Asset, AssetCode, ClawbackOp,
    ClawbackResult, LedgerEntryData, MuxedAccount, SetTrustLineFlagsOp, SetTrustLineFlagsResult, TrustLineEntry,
    TrustLineFlags,
};

const AUTHORIZED: u32 = TrustLineFlags::AuthorizedFlag as u32;
const MAINTAIN: u32 = TrustLineFlags::AuthorizedToMaintainLiabilitiesFlag as u32;
const CLAWBACK: u32 = TrustLineFlags::TrustlineClawbackEnabledFlag as u32;
const AUTH: u32 = AUTHORIZED | MAINTAIN;

/// What becomes of the flags, and the event that tells of it; the line was there.
fn authorise(work: &mut Work, trustor: &AccountId, asset: &Asset, mut line: TrustLineEntry, flags: u32) {
    line.flags = flags;
    work.events.push(work.emitter.set_authorized(asset, trustor, flags & AUTHORIZED != 0));
    work.ledger.put(LedgerEntryData::Trustline(line));
}

fn may_revoke(work: &Work) -> bool {
    account(work.ledger, &work.source).is_some_and(|account| has_flag(&account, AccountFlags::RevocableFlag))
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
    if op.clear_flags & AUTH != 0 && op.set_flags & AUTHORIZED == 0 && !may_revoke(work) {
        return SetTrustLineFlagsResult::CantRevoke;
    }
    let Some(line) = trust_line(work.ledger, &op.trustor, &op.asset) else {
        return SetTrustLineFlagsResult::NoTrustLine;
    };
    let wanted = (line.flags & !op.clear_flags) | op.set_flags;
    if wanted & AUTH == AUTH {
        return SetTrustLineFlagsResult::InvalidState;
    }
    authorise(work, &op.trustor, &op.asset, line, wanted);
    SetTrustLineFlagsResult::Success
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
    let revocable = may_revoke(work);
    if !revocable && op.authorize == 0 {
        return AllowTrustResult::CantRevoke;
    }
    let Some(line) = trust_line(work.ledger, &op.trustor, &asset) else { return AllowTrustResult::NoTrustLine };
    if !revocable && line.flags & AUTHORIZED != 0 && op.authorize & MAINTAIN != 0 {
        return AllowTrustResult::CantRevoke;
    }
    let wanted = (line.flags & !AUTH) | op.authorize;
    authorise(work, &op.trustor, &asset, line, wanted);
    AllowTrustResult::Success
}

pub fn check_clawback(source: &AccountId, op: &ClawbackOp) -> Option<ClawbackResult> {
    let bad = op.amount <= 0
        || issuer(&op.asset) != Some(source)
        || !valid_asset(&op.asset)
        || op.from == MuxedAccount::from(source.clone());
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
    work.events.push(work.emitter.clawback(&op.asset, &Party::from(&from), op.amount));
    ClawbackResult::Success
}

fn spendable(line: &TrustLineEntry) -> i64 {
    line.balance - line_liabilities(line).1
}
