//! What is kept of a chain: records to replay, whole states to start from, and how it comes back after a trap.

use crate::{
    accounts::account_key,
    aside::Aside,
    chain::{account_id, Chain},
    expiry::Expiry,
    header::{self, Part},
    ledger::{decode_slots, encode_slot, from_xdr, to_xdr, Ledger},
    live,
    queue::Queue,
    settings,
    soroban::CodeCache,
    wire::{Reader, Writer},
};
use soroban_env_host::xdr::{LedgerEntryData, LedgerHeaderHistoryEntry};

impl Chain {
    /// Takes over what a record says happened, without running anything again.
    pub fn replay(&mut self, record: &[u8]) -> Result<(), String> {
        let mut reader = Reader::new(record);
        let sequence = reader.number()? as u32;
        if sequence <= self.header.ledger_seq {
            return Err(format!("ledger {sequence} is already known"));
        }
        reader.number()?;
        let hash = reader.bytes()?;
        let entry: LedgerHeaderHistoryEntry = from_xdr(reader.bytes()?)?;
        if entry.header.previous_ledger_hash.0 != self.header_hash || hash != entry.hash.0 {
            return Err(format!("ledger {sequence} does not follow ledger {}", self.header.ledger_seq));
        }
        self.ledger.push();
        decode_slots(&mut Reader::new(reader.bytes()?), &mut self.ledger)?;
        let changes = self.ledger.commit();
        self.learn(&changes)?;
        self.header_hash = entry.hash.0;
        self.header = entry.header;
        Ok(())
    }

    /// Stops in the middle of some work, so that a test can see what is left of it: nothing.
    pub fn fault(&mut self) -> ! {
        self.ledger.push();
        self.ledger.remove(account_key(&account_id(&self.root)));
        self.modules = None;
        panic!("asked for");
    }

    /// Makes the chain usable again after work that was cut short by a trap.
    pub fn recover(&mut self) {
        self.ledger.discard_all();
        self.relearn_code();
    }

    pub fn relearn_code(&mut self) {
        self.modules = CodeCache::create(&self.settings);
        for slot in self.ledger.base().values() {
            if let LedgerEntryData::ContractCode(code) = &slot.entry.data {
                CodeCache::add(&self.settings, &self.modules, code);
            }
        }
    }

    pub fn save(&self) -> Result<Vec<u8>, String> {
        let mut entries = Writer::default();
        for (key, slot) in self.ledger.base() {
            encode_slot(&mut entries, key, Some(slot))?;
        }
        let mut state = Writer::default();
        state.bytes(&to_xdr(&header::history_entry(&self.header, self.header_hash))?).bytes(&entries.done());
        Ok(state.done())
    }

    pub fn load(&mut self, state: &[u8]) -> Result<(), String> {
        let mut reader = Reader::new(state);
        let entry: LedgerHeaderHistoryEntry = from_xdr(reader.bytes()?)?;
        let mut ledger = Ledger::default();
        decode_slots(&mut Reader::new(reader.bytes()?), &mut ledger)?;
        self.settings = settings::load(&ledger)?;
        self.ledger = ledger;
        self.header_hash = entry.hash.0;
        self.header = entry.header;
        self.queue = Queue::default();
        self.expiry = Expiry::of(self.ledger.base());
        self.live = live::size(&self.settings, self.ledger.base());
        self.relearn_code();
        Ok(())
    }

    pub fn close_meta(&self, record: &[u8]) -> Result<Vec<u8>, String> {
        let mut reader = Reader::new(record);
        reader.number()?;
        reader.number()?;
        reader.bytes()?;
        let entry = reader.bytes()?;
        reader.bytes()?;
        let mut parts = vec![];
        for transaction in reader.list()? {
            let mut fields = Reader::new(transaction);
            parts.push(Part {
                hash: fields.bytes()?,
                envelope: fields.bytes()?,
                result: fields.bytes()?,
                meta: fields.bytes()?,
                fee_changes: fields.bytes()?,
                refund_changes: fields.bytes()?,
            });
        }
        header::close_meta(entry, &parts, &Aside::read(&mut reader, &self.settings, &self.ledger)?)
    }
}
