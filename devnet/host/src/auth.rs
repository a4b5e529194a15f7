//! Signatures of an envelope, weighed against an account's signers and thresholds.

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};
use soroban_env_host::xdr::{
    AccountEntry, AccountId, DecoratedSignature, OperationBody, PublicKey, SetOptionsOp, SignerKey, SignerKeyType,
    Uint256,
};
use std::cell::RefCell;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Low = 1,
    Medium = 2,
    High = 3,
}

/// An envelope's signatures, and what is known of them: a transaction is checked when it is sent, when its ledger is
/// put together and when it is applied, but a key need not verify the same signature more than once.
pub struct Signed {
    pub hash: [u8; 32],
    pub list: Vec<DecoratedSignature>,
    verified: RefCell<Vec<(usize, [u8; 32], bool)>>,
}

impl Signed {
    pub fn new(hash: [u8; 32], list: &[DecoratedSignature]) -> Self {
        Signed { hash, list: list.to_vec(), verified: RefCell::default() }
    }

    fn verifies(&self, key: &[u8; 32], index: usize) -> bool {
        let mut verified = self.verified.borrow_mut();
        if let Some((_, _, known)) = verified.iter().find(|(at, by, _)| *at == index && by == key) {
            return *known;
        }
        let answer = verify_ed25519(key, &self.hash, self.list[index].signature.0.as_slice());
        verified.push((index, *key, answer));
        answer
    }
}

pub struct Signatures<'a> {
    signed: &'a Signed,
    used: Vec<bool>,
}

impl<'a> Signatures<'a> {
    pub fn new(signed: &'a Signed) -> Self {
        Signatures { signed, used: vec![false; signed.list.len()] }
    }

    /// Whether the account has agreed at this level.
    pub fn account(&mut self, account: &AccountEntry, level: Level) -> bool {
        let [master, low, medium, high] = account.thresholds.0;
        let needed = match level {
            Level::Low => low,
            Level::Medium => medium,
            Level::High => high,
        };
        let mut signers: Vec<(SignerKey, u32)> =
            account.signers.iter().map(|signer| (signer.key.clone(), signer.weight)).collect();
        if master > 0 {
            signers.push((master_key(&account.account_id), u32::from(master)));
        }
        self.weigh(signers, u32::from(needed))
    }

    /// Whether the key of an account that does not exist has agreed.
    pub fn missing_account(&mut self, id: &AccountId) -> bool {
        self.weigh(vec![(master_key(id), 1)], 0)
    }

    pub fn signer(&mut self, key: &SignerKey) -> bool {
        self.weigh(vec![(key.clone(), 1)], 1)
    }

    pub fn all_used(&self) -> bool {
        self.used.iter().all(|used| *used)
    }

    fn weigh(&mut self, mut signers: Vec<(SignerKey, u32)>, needed: u32) -> bool {
        let mut total = 0u32;
        let hash = self.signed.hash;
        let authorised = |key: &SignerKey| matches!(key, SignerKey::PreAuthTx(Uint256(value)) if *value == hash);
        for (_, weight) in signers.iter().filter(|(key, _)| authorised(key)) {
            total += (*weight).min(255);
            if total >= needed {
                return true;
            }
        }
        // Secrets count before signatures of the transaction, and these before those of other payloads.
        for kind in [SignerKeyType::HashX, SignerKeyType::Ed25519, SignerKeyType::Ed25519SignedPayload] {
            for index in 0..self.signed.list.len() {
                let fits = |key: &SignerKey| key.discriminant() == kind && verifies(key, self.signed, index);
                let Some(found) = signers.iter().position(|(key, _)| fits(key)) else { continue };
                let (_, weight) = signers.swap_remove(found);
                self.used[index] = true;
                total += weight.min(255);
                if total >= needed {
                    return true;
                }
            }
        }
        false
    }
}

fn master_key(id: &AccountId) -> SignerKey {
    let PublicKey::PublicKeyTypeEd25519(key) = &id.0;
    SignerKey::Ed25519(key.clone())
}

fn verifies(key: &SignerKey, signed: &Signed, index: usize) -> bool {
    let hint = signed.list[index].hint.0;
    let signature = signed.list[index].signature.0.as_slice();
    match key {
        SignerKey::Ed25519(Uint256(key)) => hint == key[28..] && signed.verifies(key, index),
        SignerKey::HashX(Uint256(key)) => hint == key[28..] && Sha256::digest(signature)[..] == key[..],
        SignerKey::Ed25519SignedPayload(other) => {
            let payload = other.payload.as_slice();
            let mut tail = [0u8; 4];
            let from = payload.len().saturating_sub(4);
            tail[..payload.len() - from].copy_from_slice(&payload[from..]);
            let expected: Vec<u8> = other.ed25519.0[28..].iter().zip(tail).map(|(a, b)| a ^ b).collect();
            hint[..] == expected[..] && verify_ed25519(&other.ed25519.0, payload, signature)
        }
        SignerKey::PreAuthTx(_) => false,
    }
}

fn verify_ed25519(key: &[u8; 32], message: &[u8], signature: &[u8]) -> bool {
    let (Ok(key), Ok(signature)) = (VerifyingKey::from_bytes(key), Signature::from_slice(signature)) else {
        return false;
    };
    key.verify_strict(message, &signature).is_ok()
}

/// How much agreement an operation asks of its source account.
pub fn level(body: &OperationBody) -> Level {
    match body {
        OperationBody::AllowTrust(_)
        | OperationBody::SetTrustLineFlags(_)
        | OperationBody::BumpSequence(_)
        | OperationBody::ClaimClaimableBalance(_)
        | OperationBody::Inflation
        | OperationBody::ExtendFootprintTtl(_)
        | OperationBody::RestoreFootprint(_) => Level::Low,
        OperationBody::AccountMerge(_) => Level::High,
        OperationBody::SetOptions(SetOptionsOp {
            master_weight: None,
            low_threshold: None,
            med_threshold: None,
            high_threshold: None,
            signer: None,
            ..
        }) => Level::Medium,
        OperationBody::SetOptions(_) => Level::High,
        _ => Level::Medium,
    }
}
