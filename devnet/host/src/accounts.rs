//! Accounts and trust lines: loading, reserves, liabilities, and what may be spent.

use crate::ledger::Ledger;
use soroban_env_host::xdr::{
    AccountEntry, AccountEntryExt, AccountEntryExtensionV1, AccountEntryExtensionV1Ext, AccountEntryExtensionV2,
    AccountEntryExtensionV2Ext, AccountEntryExtensionV3, AccountFlags, AccountId, Asset, ExtensionPoint,
    LedgerEntryData, LedgerKey, LedgerKeyAccount, LedgerKeyTrustLine, Liabilities, SequenceNumber, SignerKey,
    SponsorshipDescriptor, String32, Thresholds, TimePoint, TrustLineAsset, TrustLineEntry, TrustLineEntryExt, Uint256,
};

/// Stroops that each entry of an account locks up.
pub const BASE_RESERVE: i64 = 5_000_000;
pub const MAX_SUBENTRIES: u32 = 1000;

pub fn account_key(id: &AccountId) -> LedgerKey {
    LedgerKey::Account(LedgerKeyAccount { account_id: id.clone() })
}

pub fn account(ledger: &Ledger, id: &AccountId) -> Option<AccountEntry> {
    match ledger.data(&account_key(id)) {
        Some(LedgerEntryData::Account(account)) => Some(account.clone()),
        _ => None,
    }
}

pub fn put(ledger: &mut Ledger, account: AccountEntry) {
    ledger.put(LedgerEntryData::Account(account));
}

pub fn new_account(id: AccountId, balance: i64, ledger_sequence: u32) -> AccountEntry {
    AccountEntry {
        account_id: id,
        balance,
        seq_num: SequenceNumber(i64::from(ledger_sequence) << 32),
        num_sub_entries: 0,
        inflation_dest: None,
        flags: 0,
        home_domain: String32::default(),
        thresholds: Thresholds([1, 0, 0, 0]),
        signers: Default::default(),
        ext: AccountEntryExt::V0,
    }
}

/// Changes how many entries of others the account carries the reserve of.
pub fn add_sponsoring(account: &mut AccountEntry, entries: i64) {
    let v2 = extension(account);
    v2.num_sponsoring = i64::from(v2.num_sponsoring).saturating_add(entries).clamp(0, i64::from(u32::MAX)) as u32;
}

fn v2(account: &AccountEntry) -> Option<&AccountEntryExtensionV2> {
    match &account.ext {
        AccountEntryExt::V1(AccountEntryExtensionV1 { ext: AccountEntryExtensionV1Ext::V2(v2), .. }) => Some(v2),
        _ => None,
    }
}

pub fn v3(account: &AccountEntry) -> Option<&AccountEntryExtensionV3> {
    match v2(account).map(|v2| &v2.ext) {
        Some(AccountEntryExtensionV2Ext::V3(v3)) => Some(v3),
        _ => None,
    }
}

pub fn sponsoring(account: &AccountEntry) -> u32 {
    v2(account).map_or(0, |v2| v2.num_sponsoring)
}

fn liabilities(account: &AccountEntry) -> (i64, i64) {
    match &account.ext {
        AccountEntryExt::V1(v1) => (v1.liabilities.buying, v1.liabilities.selling),
        AccountEntryExt::V0 => (0, 0),
    }
}

pub fn min_balance(account: &AccountEntry, more_entries: i64) -> i64 {
    let (sponsoring, sponsored) = v2(account).map_or((0, 0), |v2| (v2.num_sponsoring, v2.num_sponsored));
    (2 + i64::from(account.num_sub_entries) + more_entries + i64::from(sponsoring) - i64::from(sponsored))
        * BASE_RESERVE
}

/// What the account may spend above its reserve, negative when it is under it.
pub fn available(account: &AccountEntry) -> i64 {
    account.balance - min_balance(account, 0) - liabilities(account).1
}

/// Whether the account can carry one more entry.
pub fn affords_entry(account: &AccountEntry) -> bool {
    account.balance - liabilities(account).1 >= min_balance(account, 1)
}

/// Adds to a balance; false when it would overflow what the account may hold.
pub fn credit(account: &mut AccountEntry, amount: i64) -> bool {
    let room = i64::MAX - account.balance - liabilities(account).0;
    if room < amount {
        return false;
    }
    account.balance += amount;
    true
}

/// Uses a sequence number and notes when, as `min_seq_age` and `min_seq_ledger_gap` ask for it.
pub fn use_sequence(account: &mut AccountEntry, sequence: i64, ledger_sequence: u32, close_time: u64) {
    account.seq_num = SequenceNumber(sequence);
    extension(account).ext = AccountEntryExtensionV2Ext::V3(AccountEntryExtensionV3 {
        ext: ExtensionPoint::V0,
        seq_ledger: ledger_sequence,
        seq_time: TimePoint(close_time),
    });
}

/// The part of an account that came with its second extension; it is there from now on.
fn extension(account: &mut AccountEntry) -> &mut AccountEntryExtensionV2 {
    let signers = account.signers.len();
    let ext = std::mem::replace(&mut account.ext, AccountEntryExt::V0);
    let mut v1 = match ext {
        AccountEntryExt::V1(v1) => v1,
        AccountEntryExt::V0 => AccountEntryExtensionV1 {
            liabilities: Liabilities { buying: 0, selling: 0 },
            ext: AccountEntryExtensionV1Ext::V0,
        },
    };
    if v1.ext == AccountEntryExtensionV1Ext::V0 {
        v1.ext = AccountEntryExtensionV1Ext::V2(AccountEntryExtensionV2 {
            num_sponsored: 0,
            num_sponsoring: 0,
            signer_sponsoring_i_ds: vec![SponsorshipDescriptor(None); signers].try_into().unwrap_or_default(),
            ext: AccountEntryExtensionV2Ext::V0,
        });
    }
    account.ext = AccountEntryExt::V1(v1);
    match &mut account.ext {
        AccountEntryExt::V1(AccountEntryExtensionV1 { ext: AccountEntryExtensionV1Ext::V2(v2), .. }) => v2,
        _ => unreachable!("set just now"),
    }
}

/// Keeps the list of who sponsors which signer as long as the list of signers.
pub fn align_signer_sponsors(account: &mut AccountEntry) {
    let signers = account.signers.len();
    if let AccountEntryExt::V1(AccountEntryExtensionV1 { ext: AccountEntryExtensionV1Ext::V2(v2), .. }) =
        &mut account.ext
    {
        v2.signer_sponsoring_i_ds = vec![SponsorshipDescriptor(None); signers].try_into().unwrap_or_default();
    }
}

/// Takes away the signer that stands for this one transaction, agreed to in advance.
pub fn remove_one_time_signer(account: &mut AccountEntry, hash: [u8; 32]) -> bool {
    let key = SignerKey::PreAuthTx(Uint256(hash));
    let kept: Vec<_> = account.signers.iter().filter(|signer| signer.key != key).cloned().collect();
    if kept.len() == account.signers.len() {
        return false;
    }
    account.num_sub_entries -= 1;
    account.signers = kept.try_into().unwrap_or_default();
    align_signer_sponsors(account);
    true
}

pub fn has_flag(account: &AccountEntry, flag: AccountFlags) -> bool {
    account.flags & flag as u32 != 0
}

pub fn issuer(asset: &Asset) -> Option<&AccountId> {
    match asset {
        Asset::Native => None,
        Asset::CreditAlphanum4(asset) => Some(&asset.issuer),
        Asset::CreditAlphanum12(asset) => Some(&asset.issuer),
    }
}

/// A code is letters and digits, zero-padded; four-letter codes may not pass as longer ones.
pub fn valid_asset(asset: &Asset) -> bool {
    let (code, shortest): (&[u8], usize) = match asset {
        Asset::Native => return true,
        Asset::CreditAlphanum4(asset) => (&asset.asset_code.0, 1),
        Asset::CreditAlphanum12(asset) => (&asset.asset_code.0, 5),
    };
    let length = code.iter().position(|&byte| byte == 0).unwrap_or(code.len());
    length >= shortest
        && code[..length].iter().all(u8::is_ascii_alphanumeric)
        && code[length..].iter().all(|&byte| byte == 0)
}

pub fn trust_asset(asset: &Asset) -> TrustLineAsset {
    match asset.clone() {
        Asset::Native => TrustLineAsset::Native,
        Asset::CreditAlphanum4(asset) => TrustLineAsset::CreditAlphanum4(asset),
        Asset::CreditAlphanum12(asset) => TrustLineAsset::CreditAlphanum12(asset),
    }
}

pub fn trust_key(id: &AccountId, asset: &Asset) -> LedgerKey {
    LedgerKey::Trustline(LedgerKeyTrustLine { account_id: id.clone(), asset: trust_asset(asset) })
}

pub fn trust_line(ledger: &Ledger, id: &AccountId, asset: &Asset) -> Option<TrustLineEntry> {
    match ledger.data(&trust_key(id, asset)) {
        Some(LedgerEntryData::Trustline(line)) => Some(line.clone()),
        _ => None,
    }
}

pub fn line_liabilities(line: &TrustLineEntry) -> (i64, i64) {
    match &line.ext {
        TrustLineEntryExt::V1(v1) => (v1.liabilities.buying, v1.liabilities.selling),
        TrustLineEntryExt::V0 => (0, 0),
    }
}
