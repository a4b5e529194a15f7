//! Which entries' time ends when, and what is removed from the ledger once it has.

use crate::{
    ledger::{Change, Ledger, Map, Slot, Ttl},
    meta::ttl_key,
    soroban::durability,
};
use soroban_env_host::xdr::{ContractDataDurability, LedgerKey};
use std::{collections::BTreeSet, rc::Rc};

#[derive(Default)]
pub struct Expiry(BTreeSet<(u32, Rc<LedgerKey>)>);

impl Expiry {
    pub fn of(entries: &Map) -> Expiry {
        Expiry(entries.iter().filter_map(|(key, slot)| end(slot).map(|end| (end, key.clone()))).collect())
    }

    pub fn learn(&mut self, changes: &[Change]) {
        for Change { key, before, after } in changes {
            let (old, new) = (before.as_ref().and_then(end), after.as_ref().and_then(end));
            if old == new {
                continue;
            }
            if let Some(old) = old {
                self.0.remove(&(old, key.clone()));
            }
            if let Some(new) = new {
                self.0.insert((new, key.clone()));
            }
        }
    }

    /// Takes what expired before this ledger out of it: temporary entries are gone, the others in the archive. Returns
    /// their keys and those of their lifetimes, in the order of the network.
    pub fn evict(&self, ledger: &mut Ledger, most: u32) -> Vec<LedgerKey> {
        let sequence = ledger.sequence;
        let (mut deleted, mut archived) = (vec![], vec![]);
        let mut left = most;
        for (_, key) in self.0.iter().take_while(|(end, _)| *end < sequence) {
            if left == 0 {
                break;
            }
            let Some(slot) = ledger.get(key).cloned() else { continue };
            // What this very ledger has brought back, or made anew, stays.
            let Some(ttl) = slot.ttl.filter(|ttl| ttl.live_until < sequence) else { continue };
            left -= 1;
            if durability(key) == Some(ContractDataDurability::Temporary) {
                deleted.push((**key).clone());
                ledger.set(key.clone(), None);
            } else {
                archived.push((**key).clone());
                ledger.set(key.clone(), Some(Slot { entry: slot.entry, ttl: Some(Ttl { evicted: true, ..ttl }) }));
            }
            deleted.push(ttl_key(key));
        }
        deleted.append(&mut archived);
        deleted
    }
}

/// The last ledger in which an entry lives, while it is among the living.
fn end(slot: &Slot) -> Option<u32> {
    slot.ttl.filter(|ttl| !ttl.evicted).map(|ttl| ttl.live_until)
}
