//! Set options: flags, thresholds, signers, home domain.

use super::Work;
use crate::accounts::{account, affords_entry, align_signer_sponsors, has_flag, put, MAX_SUBENTRIES};
use soroban_env_host::xdr::{
    AccountEntry, AccountFlags, AccountId, OperationResult, PublicKey, SetOptionsOp, SetOptionsResult, Signer,
    SignerKey,
};

const AUTH_FLAGS: u32 = 1 | 2 | 8;
const ALL_FLAGS: u32 = AUTH_FLAGS | 4;
const MAX_SIGNERS: usize = 20;

pub fn check(source: &AccountId, op: &SetOptionsOp) -> Option<SetOptionsResult> {
    let (set, clear) = (op.set_flags.unwrap_or(0), op.clear_flags.unwrap_or(0));
    if (set | clear) & !ALL_FLAGS != 0 {
        return Some(SetOptionsResult::UnknownFlag);
    }
    if set & clear != 0 {
        return Some(SetOptionsResult::BadFlags);
    }
    let weights = [op.master_weight, op.low_threshold, op.med_threshold, op.high_threshold];
    if weights.iter().flatten().any(|weight| *weight > 255) {
        return Some(SetOptionsResult::ThresholdOutOfRange);
    }
    if op.signer.as_ref().is_some_and(|signer| bad_signer(source, signer)) {
        return Some(SetOptionsResult::BadSigner);
    }
    let domain = op.home_domain.as_ref().map_or(&[][..], |domain| domain.0.as_slice());
    if !domain.iter().all(|byte| byte.is_ascii() && !byte.is_ascii_control()) {
        return Some(SetOptionsResult::InvalidHomeDomain);
    }
    None
}

fn bad_signer(source: &AccountId, signer: &Signer) -> bool {
    let PublicKey::PublicKeyTypeEd25519(own) = &source.0;
    let key = match &signer.key {
        SignerKey::Ed25519(key) => key == own,
        SignerKey::Ed25519SignedPayload(signed) => signed.payload.is_empty(),
        SignerKey::PreAuthTx(_) | SignerKey::HashX(_) => false,
    };
    key || signer.weight > 255
}

pub fn apply(work: &mut Work, op: &SetOptionsOp) -> Result<SetOptionsResult, OperationResult> {
    let mut source = account(work.ledger, &work.source).ok_or(OperationResult::OpNoAccount)?;
    if let Some(destination) = &op.inflation_dest {
        if account(work.ledger, destination).is_none() {
            return Ok(SetOptionsResult::InvalidInflation);
        }
        source.inflation_dest = Some(destination.clone());
    }
    let (set, clear) = (op.set_flags.unwrap_or(0), op.clear_flags.unwrap_or(0));
    if (set | clear) & ALL_FLAGS != 0 && has_flag(&source, AccountFlags::ImmutableFlag) {
        return Ok(SetOptionsResult::CantChange);
    }
    source.flags = (source.flags & !clear) | set;
    if has_flag(&source, AccountFlags::ClawbackEnabledFlag) && !has_flag(&source, AccountFlags::RevocableFlag) {
        return Ok(SetOptionsResult::AuthRevocableRequired);
    }
    if let Some(domain) = &op.home_domain {
        source.home_domain = domain.clone();
    }
    let weights = [op.master_weight, op.low_threshold, op.med_threshold, op.high_threshold];
    for (index, weight) in weights.into_iter().enumerate() {
        if let Some(weight) = weight {
            source.thresholds.0[index] = weight as u8;
        }
    }
    if let Some(signer) = &op.signer {
        if let Some(refusal) = set_signer(&mut source, signer)? {
            return Ok(refusal);
        }
    }
    put(work.ledger, source);
    Ok(SetOptionsResult::Success)
}

fn set_signer(source: &mut AccountEntry, signer: &Signer) -> Result<Option<SetOptionsResult>, OperationResult> {
    let mut signers = source.signers.to_vec();
    match signers.iter().position(|known| known.key == signer.key) {
        Some(found) if signer.weight == 0 => {
            signers.remove(found);
            source.num_sub_entries -= 1;
        }
        Some(found) => signers[found].weight = signer.weight,
        None if signer.weight == 0 => {}
        None => {
            if signers.len() >= MAX_SIGNERS {
                return Ok(Some(SetOptionsResult::TooManySigners));
            }
            if source.num_sub_entries >= MAX_SUBENTRIES {
                return Err(OperationResult::OpTooManySubentries);
            }
            if !affords_entry(source) {
                return Ok(Some(SetOptionsResult::LowReserve));
            }
            signers.push(signer.clone());
            signers.sort_by(|a, b| a.key.cmp(&b.key));
            source.num_sub_entries += 1;
        }
    }
    source.signers = signers.try_into().map_err(|_| OperationResult::OpTooManySubentries)?;
    align_signer_sponsors(source);
    Ok(None)
}
