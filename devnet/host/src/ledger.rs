//! The ledger's entries: one map in memory, with a stack of layers for work that may be thrown away.

use crate::wire::{Reader, Writer};
use soroban_env_host::{
    storage::{EntryWithLiveUntil, SnapshotSource},
    xdr::{
        AccountId, LedgerEntry, LedgerEntryData, LedgerEntryExt, LedgerEntryExtensionV1, LedgerEntryExtensionV1Ext,
        LedgerKey, Limits, ReadXdr, SponsorshipDescriptor, WriteXdr,
    },
    HostError,
};
use std::{collections::BTreeMap, rc::Rc};

/// How long a contract's entry lives, and when that was last changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ttl {
    pub live_until: u32,
    pub modified: u32,
    /// Moved to the archive: it is still found, but no longer counted among the living.
    pub evicted: bool,
}

impl Ttl {
    pub fn new(live_until: u32, modified: u32) -> Ttl {
        Ttl { live_until, modified, evicted: false }
    }

    fn encode(self) -> Vec<u8> {
        let mut bytes = ((u64::from(self.live_until) << 32) | u64::from(self.modified)).to_le_bytes().to_vec();
        if self.evicted {
            bytes.push(1);
        }
        bytes
    }

    fn decode(bytes: &[u8]) -> Option<Ttl> {
        let (packed, rest) = bytes.split_first_chunk::<8>()?;
        let packed = u64::from_le_bytes(*packed);
        Some(Ttl { evicted: !rest.is_empty(), ..Ttl::new((packed >> 32) as u32, packed as u32) })
    }
}

#[derive(Clone, Debug)]
pub struct Slot {
    pub entry: Rc<LedgerEntry>,
    pub ttl: Option<Ttl>,
}

pub type Map = BTreeMap<Rc<LedgerKey>, Slot>;
type Layer = BTreeMap<Rc<LedgerKey>, Option<Slot>>;

/// What a layer did to one key.
pub struct Change {
    pub key: Rc<LedgerKey>,
    pub before: Option<Slot>,
    pub after: Option<Slot>,
}

#[derive(Default)]
pub struct Ledger {
    base: Rc<Map>,
    layers: Vec<Layer>,
    /// Stamped on whatever is written.
    pub sequence: u32,
}

impl Ledger {
    pub fn get(&self, key: &LedgerKey) -> Option<&Slot> {
        for layer in self.layers.iter().rev() {
            if let Some(slot) = layer.get(key) {
                return slot.as_ref();
            }
        }
        self.base.get(key)
    }

    pub fn data(&self, key: &LedgerKey) -> Option<&LedgerEntryData> {
        self.get(key).map(|slot| &slot.entry.data)
    }

    pub fn put(&mut self, data: LedgerEntryData) {
        self.put_entry(data, LedgerEntryExt::V0);
    }

    /// Writes an entry whose reserve another account carries.
    pub fn put_sponsored(&mut self, data: LedgerEntryData, sponsor: AccountId) {
        let sponsoring_id = SponsorshipDescriptor(Some(sponsor));
        let ext = LedgerEntryExtensionV1 { sponsoring_id, ext: LedgerEntryExtensionV1Ext::V0 };
        self.put_entry(data, LedgerEntryExt::V1(ext));
    }

    fn put_entry(&mut self, data: LedgerEntryData, ext: LedgerEntryExt) {
        let entry = LedgerEntry { last_modified_ledger_seq: self.sequence, data, ext };
        let key = Rc::new(entry.to_key());
        let ttl = self.get(&key).and_then(|slot| slot.ttl);
        self.set(key, Some(Slot { entry: Rc::new(entry), ttl }));
    }

    pub fn remove(&mut self, key: LedgerKey) {
        self.set(Rc::new(key), None);
    }

    pub fn set(&mut self, key: Rc<LedgerKey>, slot: Option<Slot>) {
        match self.layers.last_mut() {
            Some(layer) => {
                layer.insert(key, slot);
            }
            None => set_in(Rc::make_mut(&mut self.base), key, slot),
        }
    }

    pub fn push(&mut self) {
        self.layers.push(Layer::new());
    }

    /// Throws the top layer away.
    pub fn discard(&mut self) {
        self.layers.pop();
    }

    /// Throws every layer away, after work that stopped in the middle.
    pub fn discard_all(&mut self) {
        self.layers.clear();
    }

    /// Merges the top layer into what lies under it and tells what it changed there.
    pub fn commit(&mut self) -> Vec<Change> {
        let layer = self.layers.pop().unwrap_or_default();
        let mut changes = Vec::with_capacity(layer.len());
        for (key, after) in layer {
            let before = self.get(&key).cloned();
            if before.is_none() && after.is_none() {
                continue;
            }
            self.set(key.clone(), after.clone());
            changes.push(Change { key, before, after });
        }
        changes
    }

    /// The closed state, shared: what a simulation reads.
    pub fn view(&self) -> Rc<dyn SnapshotSource> {
        Rc::new(View(self.base.clone()))
    }

    pub fn base(&self) -> &Map {
        &self.base
    }
}

fn set_in(map: &mut Map, key: Rc<LedgerKey>, slot: Option<Slot>) {
    match slot {
        Some(slot) => {
            map.insert(key, slot);
        }
        None => {
            map.remove(&key);
        }
    }
}

pub struct View(Rc<Map>);

impl SnapshotSource for View {
    fn get(&self, key: &Rc<LedgerKey>) -> Result<Option<EntryWithLiveUntil>, HostError> {
        Ok(self.0.get(key).map(|slot| (slot.entry.clone(), slot.ttl.map(|ttl| ttl.live_until))))
    }
}

/// One key's new state on the wire: an empty slot is `key, ""`, a full one `"", entry[, ttl]`.
pub fn encode_slot(writer: &mut Writer, key: &LedgerKey, slot: Option<&Slot>) -> Result<(), String> {
    match slot {
        None => {
            writer.bytes(&to_xdr(key)?).bytes(&[]).bytes(&[]);
        }
        Some(slot) => {
            writer.bytes(&[]).bytes(&to_xdr(&*slot.entry)?);
            match slot.ttl {
                None => writer.bytes(&[]),
                Some(ttl) => writer.bytes(&ttl.encode()),
            };
        }
    }
    Ok(())
}

/// Applies what `encode_slot` wrote, as often as it was written.
pub fn decode_slots(reader: &mut Reader, ledger: &mut Ledger) -> Result<(), String> {
    while !reader.is_empty() {
        let key = reader.bytes()?;
        let entry = reader.bytes()?;
        let ttl = reader.bytes()?;
        if entry.is_empty() {
            ledger.set(Rc::new(from_xdr(key)?), None);
            continue;
        }
        let entry: LedgerEntry = from_xdr(entry)?;
        let ttl = Ttl::decode(ttl);
        ledger.set(Rc::new(entry.to_key()), Some(Slot { entry: Rc::new(entry), ttl }));
    }
    Ok(())
}

/// For what this module wrote itself: a value that was accepted may stand deeper inside a ledger's meta.
fn limits() -> Limits {
    Limits { depth: 1000, len: 0x4000000 }
}

/// Reads what a stranger sent, nested no deeper than the official server takes it.
pub fn from_stranger<T: ReadXdr>(bytes: &[u8]) -> Result<T, String> {
    let limits = Limits { depth: 250, len: 0x1000000 };
    T::from_xdr(bytes, limits).map_err(|error| format!("cannot read XDR: {error}"))
}

pub fn to_xdr(value: &impl WriteXdr) -> Result<Vec<u8>, String> {
    value.to_xdr(limits()).map_err(|error| format!("cannot write XDR: {error}"))
}

pub fn from_xdr<T: ReadXdr>(bytes: &[u8]) -> Result<T, String> {
    T::from_xdr(bytes, limits()).map_err(|error| format!("cannot read XDR: {error}"))
}

/// The changed entries of a ledger, each as it now is.
pub fn delta(changes: &[Change]) -> Result<Vec<u8>, String> {
    let mut writer = Writer::default();
    for change in changes {
        encode_slot(&mut writer, &change.key, change.after.as_ref())?;
    }
    Ok(writer.done())
}
