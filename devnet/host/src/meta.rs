//! Transaction meta: what changed, in the form that the network's clients decode.

use crate::ledger::{to_xdr, Change, Slot, Ttl};
use sha2::{Digest, Sha256};
use soroban_env_host::xdr::{
    Hash, LedgerEntry, LedgerEntryChange, LedgerEntryChanges, LedgerEntryData, LedgerEntryExt, LedgerKey, LedgerKeyTtl,
    TtlEntry,
};
use std::collections::BTreeSet;

/// The changes of one layer: each entry's state before and after, and its lifetime's.
pub fn changes(list: &[Change], restored: &BTreeSet<LedgerKey>) -> LedgerEntryChanges {
    let mut out = vec![];
    for Change { key, before, after } in list {
        let entry = |slot: &Option<Slot>| slot.as_ref().map(|slot| (*slot.entry).clone());
        let life = |slot: &Option<Slot>| slot.as_ref().and_then(|slot| slot.ttl).map(|ttl| lifetime(key, ttl));
        let back = restored.contains(&**key);
        describe(&mut out, key, entry(before), entry(after), back);
        if before.is_some() || after.is_some() {
            describe(&mut out, &ttl_key(key), life(before), life(after), back);
        }
    }
    LedgerEntryChanges(out.try_into().unwrap_or_default())
}

fn describe(
    out: &mut Vec<LedgerEntryChange>,
    key: &LedgerKey,
    before: Option<LedgerEntry>,
    after: Option<LedgerEntry>,
    restored: bool,
) {
    match (before, after) {
        (Some(before), Some(after)) if restored => {
            let changed = before.data != after.data;
            out.push(LedgerEntryChange::Restored(if changed && !is_ttl(&after) { before } else { after.clone() }));
            if changed && !is_ttl(&after) {
                out.push(LedgerEntryChange::Updated(after));
            }
        }
        (Some(before), Some(after)) => {
            if before != after {
                out.push(LedgerEntryChange::State(before));
                out.push(LedgerEntryChange::Updated(after));
            }
        }
        (None, Some(after)) => out.push(LedgerEntryChange::Created(after)),
        (Some(before), None) => {
            out.push(LedgerEntryChange::State(before));
            out.push(LedgerEntryChange::Removed(key.clone()));
        }
        (None, None) => {}
    }
}

fn is_ttl(entry: &LedgerEntry) -> bool {
    matches!(entry.data, LedgerEntryData::Ttl(_))
}

/// The key of an entry's lifetime.
pub fn ttl_key(key: &LedgerKey) -> LedgerKey {
    LedgerKey::Ttl(LedgerKeyTtl { key_hash: key_hash(key) })
}

fn key_hash(key: &LedgerKey) -> Hash {
    Hash(Sha256::digest(to_xdr(key).unwrap_or_default()).into())
}

fn lifetime(key: &LedgerKey, ttl: Ttl) -> LedgerEntry {
    LedgerEntry {
        last_modified_ledger_seq: ttl.modified,
        data: LedgerEntryData::Ttl(TtlEntry { key_hash: key_hash(key), live_until_ledger_seq: ttl.live_until }),
        ext: LedgerEntryExt::V0,
    }
}
