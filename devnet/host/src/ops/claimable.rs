//! Claimable balances: set aside for claimants under conditions, claimed, and clawed back by an issuer.

use super::Work;
use crate::{
    accounts::{
        account, add_sponsoring, available, credit, has_flag, issuer, line_liabilities, put, sponsoring, trust_line,
        valid_asset, BASE_RESERVE,
    },
    events::Party,
    ledger::to_xdr,
};
use sha2::{Digest, Sha256};
use soroban_env_host::xdr::{
    AccountFlags, Asset, ClaimClaimableBalanceOp, ClaimClaimableBalanceResult, ClaimPredicate, ClaimableBalanceEntry,
    ClaimableBalanceEntryExt, ClaimableBalanceEntryExtensionV1, ClaimableBalanceEntryExtensionV1Ext,
    ClaimableBalanceFlags, ClaimableBalanceId, Claimant, ClaimantV0, ClawbackClaimableBalanceOp,
    ClawbackClaimableBalanceResult, CreateClaimableBalanceOp, CreateClaimableBalanceResult, Hash, HashIdPreimage,
    LedgerEntryData, LedgerEntryExt, LedgerKey, LedgerKeyClaimableBalance, OperationResult, TrustLineFlags,
};

/// How deep conditions may be nested.
const MAX_DEPTH: u32 = 4;
const CLAWBACK: u32 = ClaimableBalanceFlags::ClaimableBalanceClawbackEnabledFlag as u32;
const AUTHORIZED: u32 = TrustLineFlags::AuthorizedFlag as u32;

pub fn check(op: &CreateClaimableBalanceOp) -> Option<CreateClaimableBalanceResult> {
    let claimants: Vec<&ClaimantV0> = op.claimants.iter().map(|Claimant::ClaimantTypeV0(claimant)| claimant).collect();
    let twice =
        (1..claimants.len()).any(|at| claimants[..at].iter().any(|c| c.destination == claimants[at].destination));
    let bad = op.amount <= 0
        || !valid_asset(&op.asset)
        || claimants.is_empty()
        || twice
        || !claimants.iter().all(|claimant| valid(&claimant.predicate, 1));
    bad.then_some(CreateClaimableBalanceResult::Malformed)
}

fn valid(predicate: &ClaimPredicate, depth: u32) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    match predicate {
        ClaimPredicate::Unconditional => true,
        ClaimPredicate::And(both) | ClaimPredicate::Or(both) => {
            both.len() == 2 && both.iter().all(|one| valid(one, depth + 1))
        }
        ClaimPredicate::Not(inner) => inner.as_ref().is_some_and(|inner| valid(inner, depth + 1)),
        ClaimPredicate::BeforeAbsoluteTime(time) | ClaimPredicate::BeforeRelativeTime(time) => *time >= 0,
    }
}

/// The condition with times of the clock in place of times from now on.
fn absolute(predicate: ClaimPredicate, now: u64) -> ClaimPredicate {
    let each = |list: &[ClaimPredicate]| -> Vec<ClaimPredicate> {
        list.iter().map(|one| absolute(one.clone(), now)).collect()
    };
    match predicate {
        ClaimPredicate::And(both) => ClaimPredicate::And(each(&both).try_into().unwrap_or_default()),
        ClaimPredicate::Or(both) => ClaimPredicate::Or(each(&both).try_into().unwrap_or_default()),
        ClaimPredicate::Not(inner) => ClaimPredicate::Not(inner.map(|inner| Box::new(absolute(*inner, now)))),
        ClaimPredicate::BeforeRelativeTime(time) => {
            ClaimPredicate::BeforeAbsoluteTime(i64::try_from(now).unwrap_or(i64::MAX).saturating_add(time))
        }
        other => other,
    }
}

fn holds(predicate: &ClaimPredicate, now: u64) -> bool {
    match predicate {
        ClaimPredicate::Unconditional => true,
        ClaimPredicate::And(both) => both.iter().all(|one| holds(one, now)),
        ClaimPredicate::Or(both) => both.iter().any(|one| holds(one, now)),
        ClaimPredicate::Not(inner) => inner.as_ref().is_some_and(|inner| !holds(inner, now)),
        ClaimPredicate::BeforeAbsoluteTime(time) => u64::try_from(*time).is_ok_and(|time| time > now),
        ClaimPredicate::BeforeRelativeTime(_) => false,
    }
}

pub fn create(work: &mut Work, op: &CreateClaimableBalanceOp) -> Result<CreateClaimableBalanceResult, OperationResult> {
    use CreateClaimableBalanceResult as Result_;
    let clawback = match take(work, op) {
        Ok(clawback) => clawback,
        Err(result) => return Ok(result),
    };
    // Whoever makes a balance carries its reserve until it is claimed.
    let mut source = account(work.ledger, &work.source).ok_or(OperationResult::OpNoAccount)?;
    let entries = op.claimants.len() as i64;
    if available(&source) < entries * BASE_RESERVE {
        return Ok(Result_::LowReserve);
    }
    if i64::from(sponsoring(&source)) + i64::from(source.num_sub_entries) + entries > i64::from(u32::MAX) {
        return Err(OperationResult::OpTooManySponsoring);
    }
    add_sponsoring(&mut source, entries);
    put(work.ledger, source);
    let image = to_xdr(&HashIdPreimage::OpId(work.id.clone())).unwrap_or_default();
    let balance_id = ClaimableBalanceId::ClaimableBalanceIdTypeV0(Hash(Sha256::digest(image).into()));
    let now = work.context.close_time;
    let claimants: Vec<Claimant> = op
        .claimants
        .iter()
        .map(|Claimant::ClaimantTypeV0(ClaimantV0 { destination, predicate })| {
            let predicate = absolute(predicate.clone(), now);
            Claimant::ClaimantTypeV0(ClaimantV0 { destination: destination.clone(), predicate })
        })
        .collect();
    let flags = ClaimableBalanceEntryExtensionV1 { ext: ClaimableBalanceEntryExtensionV1Ext::V0, flags: CLAWBACK };
    let entry = ClaimableBalanceEntry {
        balance_id: balance_id.clone(),
        claimants: claimants.try_into().unwrap_or_default(),
        asset: op.asset.clone(),
        amount: op.amount,
        ext: if clawback { ClaimableBalanceEntryExt::V1(flags) } else { ClaimableBalanceEntryExt::V0 },
    };
    work.ledger.put_sponsored(LedgerEntryData::ClaimableBalance(entry), work.source.clone());
    let (from, to) = (Party::from(&work.source), Party::Balance(balance_id.clone()));
    work.events.push(work.emitter.transfer(&op.asset, &from, &to, op.amount));
    Ok(Result_::Success(balance_id))
}

/// Takes the amount from the source; tells whether it can be clawed back.
fn take(work: &mut Work, op: &CreateClaimableBalanceOp) -> Result<bool, CreateClaimableBalanceResult> {
    use CreateClaimableBalanceResult as Result_;
    let mut source = account(work.ledger, &work.source).ok_or(Result_::Underfunded)?;
    if op.asset == Asset::Native {
        if available(&source) < op.amount {
            return Err(Result_::Underfunded);
        }
        source.balance -= op.amount;
        put(work.ledger, source);
        return Ok(false);
    }
    if issuer(&op.asset) == Some(&work.source) {
        return Ok(has_flag(&source, AccountFlags::ClawbackEnabledFlag));
    }
    let mut line = trust_line(work.ledger, &work.source, &op.asset).ok_or(Result_::NoTrust)?;
    if line.flags & AUTHORIZED == 0 {
        return Err(Result_::NotAuthorized);
    }
    if line.balance - line_liabilities(&line).1 < op.amount {
        return Err(Result_::Underfunded);
    }
    line.balance -= op.amount;
    let clawback = line.flags & TrustLineFlags::TrustlineClawbackEnabledFlag as u32 != 0;
    work.ledger.put(LedgerEntryData::Trustline(line));
    Ok(clawback)
}

pub fn claim(work: &mut Work, op: &ClaimClaimableBalanceOp) -> ClaimClaimableBalanceResult {
    use ClaimClaimableBalanceResult as Result_;
    let Some(entry) = find(work, &op.balance_id) else { return Result_::DoesNotExist };
    let own = |claimant: &&ClaimantV0| claimant.destination == work.source;
    let claimant = entry.claimants.iter().map(|Claimant::ClaimantTypeV0(claimant)| claimant).find(own);
    if !claimant.is_some_and(|claimant| holds(&claimant.predicate, work.context.close_time)) {
        return Result_::CannotClaim;
    }
    if let Err(result) = give(work, &entry) {
        return result;
    }
    remove(work, &entry);
    let (from, to) = (Party::Balance(op.balance_id.clone()), Party::Account(work.sender.clone()));
    work.events.push(work.emitter.transfer(&entry.asset, &from, &to, entry.amount));
    Result_::Success
}

fn give(work: &mut Work, entry: &ClaimableBalanceEntry) -> Result<(), ClaimClaimableBalanceResult> {
    use ClaimClaimableBalanceResult as Result_;
    if entry.asset == Asset::Native {
        let mut source = account(work.ledger, &work.source).ok_or(Result_::CannotClaim)?;
        if !credit(&mut source, entry.amount) {
            return Err(Result_::LineFull);
        }
        put(work.ledger, source);
        return Ok(());
    }
    if issuer(&entry.asset) == Some(&work.source) {
        return Ok(());
    }
    let mut line = trust_line(work.ledger, &work.source, &entry.asset).ok_or(Result_::NoTrust)?;
    if line.flags & AUTHORIZED == 0 {
        return Err(Result_::NotAuthorized);
    }
    if line.limit - line.balance - line_liabilities(&line).0 < entry.amount {
        return Err(Result_::LineFull);
    }
    line.balance += entry.amount;
    work.ledger.put(LedgerEntryData::Trustline(line));
    Ok(())
}

pub fn clawback(work: &mut Work, op: &ClawbackClaimableBalanceOp) -> ClawbackClaimableBalanceResult {
    use ClawbackClaimableBalanceResult as Result_;
    let Some(entry) = find(work, &op.balance_id) else { return Result_::DoesNotExist };
    if issuer(&entry.asset) != Some(&work.source) {
        return Result_::NotIssuer;
    }
    if !matches!(&entry.ext, ClaimableBalanceEntryExt::V1(v1) if v1.flags & CLAWBACK != 0) {
        return Result_::NotClawbackEnabled;
    }
    remove(work, &entry);
    work.events.push(work.emitter.clawback(&entry.asset, &Party::Balance(op.balance_id.clone()), entry.amount));
    Result_::Success
}

fn key(id: &ClaimableBalanceId) -> LedgerKey {
    LedgerKey::ClaimableBalance(LedgerKeyClaimableBalance { balance_id: id.clone() })
}

fn find(work: &Work, id: &ClaimableBalanceId) -> Option<ClaimableBalanceEntry> {
    match work.ledger.data(&key(id)) {
        Some(LedgerEntryData::ClaimableBalance(entry)) => Some(entry.clone()),
        _ => None,
    }
}

/// Removes a balance and gives its reserve back to whom it was locked up for.
fn remove(work: &mut Work, entry: &ClaimableBalanceEntry) {
    let key = key(&entry.balance_id);
    let sponsor = work.ledger.get(&key).and_then(|slot| match &slot.entry.ext {
        LedgerEntryExt::V1(v1) => v1.sponsoring_id.0.clone(),
        LedgerEntryExt::V0 => None,
    });
    if let Some(mut sponsor) = sponsor.and_then(|id| account(work.ledger, &id)) {
        add_sponsoring(&mut sponsor, -(entry.claimants.len() as i64));
        put(work.ledger, sponsor);
    }
    work.ledger.remove(key);
}
