//! The chain: what is pending, how a ledger closes, and the record that it leaves.

use crate::{
    accounts::{account, available, new_account},
    apply::Processing,
    check::{check, check_bump, Context},
    events::Emitter,
    frame::Frame,
    header::{self, Closing, Part},
    ledger::{decode_slots, encode_slot, from_xdr, to_xdr, Change, Ledger, Slot},
    result::result,
    settings::{self, Settings},
    soroban::{disk_reads, durability, CodeCache, Modules},
    wire::{Reader, Writer},
};
use ed25519_dalek::SigningKey;
use sha2::{Digest, Sha256};
use soroban_env_host::xdr::{
    AccountId, ContractDataDurability, ContractEvent, ContractEventBody, Hash, LedgerEntryData, LedgerHeader,
    LedgerHeaderHistoryEntry, LedgerKey, Memo, PublicKey, TransactionEventStage, TransactionResult, TransactionResultPair, TransactionResultResult as Code,
    Uint256,
};
use std::rc::Rc;

/// Ledgers' worth of transactions that may wait.
const QUEUE_LEDGERS: usize = 4;

/// Ledgers between two looks for temporary entries to remove.
const EVICTION_EVERY: u32 = 256;

pub struct Chain {
    pub ledger: Ledger,
    pub settings: Settings,
    pub modules: Modules,
    pub network_id: [u8; 32],
    pub seed: [u8; 32],
    pub header: LedgerHeader,
    pub header_hash: [u8; 32],
    pub root: SigningKey,
    queue: Vec<Frame>,
}

/// The clock, which is the caller's: seconds for the ledger, and for time bounds.
#[derive(Clone, Copy)]
pub struct Clock {
    pub close_time: u64,
    pub bounds_time: u64,
}

pub enum Submitted {
    Pending,
    Duplicate,
    TryAgainLater,
    Error(TransactionResult),
}

impl Chain {
    /// A chain of one ledger, in which the root account owns everything.
    pub fn genesis(passphrase: &str, seed: &[u8], settings_json: &str, close_time: u64) -> Result<Chain, String> {
        let network_id: [u8; 32] = Sha256::digest(passphrase).into();
        let root = SigningKey::from_bytes(&network_id);
        let mut ledger = Ledger::default();
        ledger.sequence = 1;
        settings::install(&mut ledger, settings_json)?;
        ledger.put(LedgerEntryData::Account(new_account(account_id(&root), header::TOTAL_COINS, 0)));
        let settings = settings::load(&ledger)?;
        let header = header::genesis(close_time, settings.limits.ledger_txs);
        Ok(Chain {
            ledger,
            modules: CodeCache::create(&settings),
            settings,
            network_id,
            seed: Sha256::digest(seed).into(),
            header_hash: header::hash(&header)?,
            header,
            root,
            queue: vec![],
        })
    }

    /// The ledger that is being prepared, `skip` sequence numbers after the closed one.
    pub fn context(&self, clock: Clock, skip: u32) -> Context {
        Context {
            sequence: self.header.ledger_seq + skip.max(1),
            close_time: clock.close_time.max(self.header.scp_value.close_time.0),
            bounds_time: clock.bounds_time,
            network_id: self.network_id,
            seed: self.seed,
        }
    }

    /// Takes a transaction into the queue, as a node of the network would.
    pub fn submit(&mut self, frame: Frame, clock: Clock) -> Submitted {
        if self.queue.iter().any(|waiting| waiting.hash == frame.hash) {
            return Submitted::Duplicate;
        }
        if let Err(refused) = self.acceptable(&frame, &self.context(clock, 1)) {
            return Submitted::Error(refused);
        }
        let source = frame.source();
        let full = self.queue.len() >= QUEUE_LEDGERS * self.settings.limits.ledger_txs.max(1) as usize;
        if full || self.queue.iter().any(|waiting| waiting.source() == source) {
            return Submitted::TryAgainLater;
        }
        self.queue.push(frame);
        Submitted::Pending
    }

    fn acceptable(&self, frame: &Frame, context: &Context) -> Result<(), TransactionResult> {
        let refuse = |code, outer| Err(result(frame, frame.initial_charge(crate::check::BASE_FEE).max(0), code, outer));
        if let Err(code) = check_bump(&self.ledger, frame) {
            return refuse(code, true);
        }
        if let Err(code) = check(&self.ledger, &self.settings, context, frame, false) {
            return refuse(code, false);
        }
        let payer = frame.fee_source();
        let owed: i64 = self.queue.iter().filter(|waiting| waiting.fee_source() == payer).map(Frame::fee_bid).sum();
        if account(&self.ledger, &payer).is_none_or(|account| available(&account) < owed.saturating_add(frame.fee_bid())) {
            return refuse(Code::TxInsufficientBalance, true);
        }
        Ok(())
    }

    /// Closes a ledger with what is pending and fits; returns its record.
    pub fn close(&mut self, clock: Clock, skip: u32) -> Result<Vec<u8>, String> {
        let context = self.context(clock, skip);
        let (frames, later) = self.select(&context);
        self.ledger.sequence = context.sequence;
        self.ledger.push();
        let emitter = Emitter { network_id: self.network_id, memo: Memo::None };
        let mut done: Vec<Processing> =
            frames.into_iter().map(|frame| Processing::start(frame, &mut self.ledger, &emitter)).collect();
        for tx in &mut done {
            tx.apply(&mut self.ledger, &self.settings, &self.modules, &context);
        }
        for tx in &mut done {
            tx.refund(&mut self.ledger, &self.settings, &emitter);
        }
        self.evict(context.sequence);
        let changes = self.ledger.commit();
        self.learn_code(&changes);
        let delta = delta(&changes)?;
        let results: Vec<TransactionResult> = done.iter().map(Processing::result).collect();
        let closing = Closing {
            sequence: context.sequence,
            close_time: context.close_time,
            fees: done.iter().map(|tx| tx.charged).sum(),
            envelopes: done.iter().map(|tx| tx.frame.envelope.clone()).collect(),
            results: done
                .iter()
                .zip(&results)
                .map(|(tx, result)| TransactionResultPair { transaction_hash: Hash(tx.frame.hash), result: result.clone() })
                .collect(),
            delta: &delta,
        };
        self.header = header::next(&self.header, self.header_hash, closing)?;
        self.header_hash = header::hash(&self.header)?;
        let mut transactions = vec![];
        for (tx, result) in done.iter().zip(&results) {
            transactions.push(transaction_record(tx, result, &self.settings)?);
        }
        self.queue = later;
        self.record(&delta, &transactions)
    }

    /// Removes temporary entries whose time is over, now and then: nobody can see them any more.
    fn evict(&mut self, sequence: u32) {
        if sequence % EVICTION_EVERY != 0 {
            return;
        }
        let expired = |key: &LedgerKey, slot: &Slot| {
            durability(key) == Some(ContractDataDurability::Temporary)
                && slot.ttl.is_some_and(|ttl| ttl.live_until < sequence)
        };
        let keys: Vec<Rc<LedgerKey>> =
            self.ledger.base().iter().filter(|(key, slot)| expired(key, slot)).map(|(key, _)| key.clone()).collect();
        for key in keys {
            // What this very ledger has made anew stays.
            if self.ledger.get(&key).is_some_and(|slot| expired(&key, slot)) {
                self.ledger.set(key, None);
            }
        }
    }

    /// The current ledger's record: header, changed entries, transactions.
    pub fn record(&self, delta: &[u8], transactions: &[Vec<u8>]) -> Result<Vec<u8>, String> {
        let mut record = Writer::default();
        record
            .number(u64::from(self.header.ledger_seq))
            .number(self.header.scp_value.close_time.0)
            .bytes(&self.header_hash)
            .bytes(&to_xdr(&header::history_entry(&self.header, self.header_hash))?)
            .bytes(delta)
            .list(transactions);
        Ok(record.done())
    }

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
        self.learn_code(&changes);
        self.header_hash = entry.hash.0;
        self.header = entry.header;
        Ok(())
    }

    /// Transactions for the next ledger in their shuffled order (classic ones first), and those that must wait.
    fn select(&mut self, context: &Context) -> (Vec<Frame>, Vec<Frame>) {
        let mut queue = std::mem::take(&mut self.queue);
        // What has become invalid while it waited is dropped, as the network does.
        queue.retain(|frame| {
            check_bump(&self.ledger, frame).is_ok() && check(&self.ledger, &self.settings, context, frame, false).is_ok()
        });
        let mut room = Room::new(&self.settings);
        let (mut chosen, mut later) = (vec![], vec![]);
        for frame in queue {
            if room.take(&frame) {
                chosen.push(frame);
            } else {
                later.push(frame);
            }
        }
        chosen.sort_by_cached_key(|frame| {
            let mut order = Sha256::new();
            order.update(context.seed);
            order.update(context.sequence.to_le_bytes());
            order.update(frame.hash);
            let order: [u8; 32] = order.finalize().into();
            (frame.soroban().is_some(), order)
        });
        (chosen, later)
    }

    fn learn_code(&self, changes: &[Change]) {
        for change in changes {
            if let Some(LedgerEntryData::ContractCode(code)) = change.after.as_ref().map(|slot| &slot.entry.data) {
                CodeCache::add(&self.settings, &self.modules, code);
            }
        }
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
        self.queue.clear();
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
        let price = self.settings.config.rent_fee_configuration.fee_per_rent_1kb;
        header::close_meta(entry, &parts, price, settings::state_size(&self.ledger))
    }
}

pub fn account_id(key: &SigningKey) -> AccountId {
    AccountId(PublicKey::PublicKeyTypeEd25519(Uint256(key.verifying_key().to_bytes())))
}

fn delta(changes: &[Change]) -> Result<Vec<u8>, String> {
    let mut writer = Writer::default();
    for change in changes {
        encode_slot(&mut writer, &change.key, change.after.as_ref())?;
    }
    Ok(writer.done())
}

/// What is left of one ledger's limits while it fills.
struct Room {
    txs: i64,
    instructions: i64,
    bytes: i64,
    disk_read_entries: i64,
    disk_read_bytes: i64,
    write_entries: i64,
    write_bytes: i64,
}

impl Room {
    fn new(settings: &Settings) -> Room {
        Room {
            txs: i64::from(settings.limits.ledger_txs),
            instructions: settings.compute().ledger_max_instructions,
            bytes: i64::from(settings.bandwidth().ledger_max_txs_size_bytes),
            disk_read_entries: i64::from(settings.cost().ledger_max_disk_read_entries),
            disk_read_bytes: i64::from(settings.cost().ledger_max_disk_read_bytes),
            write_entries: i64::from(settings.cost().ledger_max_write_ledger_entries),
            write_bytes: i64::from(settings.cost().ledger_max_write_bytes),
        }
    }

    fn take(&mut self, frame: &Frame) -> bool {
        let Some(data) = frame.soroban() else { return true };
        let resources = &data.resources;
        let left = Room {
            txs: self.txs - 1,
            instructions: self.instructions - i64::from(resources.instructions),
            bytes: self.bytes - frame.bytes.len() as i64,
            disk_read_entries: self.disk_read_entries - i64::from(disk_reads(frame, data)),
            disk_read_bytes: self.disk_read_bytes - i64::from(resources.disk_read_bytes),
            write_entries: self.write_entries - resources.footprint.read_write.len() as i64,
            write_bytes: self.write_bytes - i64::from(resources.write_bytes),
        };
        let rest = [left.txs, left.instructions, left.bytes, left.disk_read_entries, left.disk_read_bytes];
        let fits = rest.iter().all(|left| *left >= 0) && left.write_entries >= 0 && left.write_bytes >= 0;
        if fits {
            *self = left;
        }
        fits
    }
}

const SUCCESS: u64 = 1;
const FEE_BUMP: u64 = 2;
const SOROBAN: u64 = 4;

fn transaction_record(tx: &Processing, result: &TransactionResult, settings: &Settings) -> Result<Vec<u8>, String> {
    let frame = &tx.frame;
    let mut flags = 0;
    flags |= if tx.succeeded() { SUCCESS } else { 0 };
    flags |= if frame.bump.is_some() { FEE_BUMP } else { 0 };
    flags |= if frame.soroban().is_some() { SOROBAN } else { 0 };
    let mut events = vec![];
    for event in tx.events.iter() {
        events.push(event_record(event.stage as u64, 0, &event.event)?);
    }
    for (operation, event) in tx.operation_events() {
        events.push(event_record(OPERATION_STAGE, operation as u64, event)?);
    }
    let diagnostics: Result<Vec<Vec<u8>>, String> = tx.diagnostics.iter().map(to_xdr).collect();
    let usage = &tx.usage;
    let costs = [
        usage.instructions,
        usage.memory,
        u64::from(usage.read_entries),
        u64::from(usage.read_bytes),
        u64::from(usage.disk_read_bytes),
        u64::from(usage.write_entries),
        u64::from(usage.write_bytes),
        u64::from(usage.event_bytes),
        frame.bytes.len() as u64,
        tx.charged as u64,
        usage.rent_fee as u64,
        frame.resource_fee() as u64,
    ];
    let mut writer = Writer::default();
    writer
        .bytes(&frame.hash)
        .bytes(&frame.bytes)
        .bytes(&to_xdr(result)?)
        .bytes(&to_xdr(&tx.meta(settings))?)
        .bytes(&to_xdr(&tx.fee_changes)?)
        .bytes(&to_xdr(&tx.refund_changes)?)
        .number(flags)
        .number((frame.inclusion_bid() / frame.fee_units().max(1)).max(0) as u64)
        .list(&events)
        .list(&diagnostics?)
        .list(&costs.map(u64::to_le_bytes))
        .bytes(if frame.bump.is_some() { &frame.tx_hash } else { &[] });
    Ok(writer.done())
}

/// Marks an operation's event among those of the transaction's stages.
const OPERATION_STAGE: u64 = 3;
const _: () = assert!((TransactionEventStage::AfterAllTxs as u64) < OPERATION_STAGE);

fn event_record(stage: u64, operation: u64, event: &ContractEvent) -> Result<Vec<u8>, String> {
    let ContractEventBody::V0(body) = &event.body;
    let topics: Result<Vec<Vec<u8>>, String> = body.topics.iter().map(to_xdr).collect();
    let contract = event.contract_id.as_ref().map_or(&[][..], |id| &id.0 .0);
    let mut writer = Writer::default();
    writer
        .number(stage)
        .number(operation)
        .number(event.type_ as u64)
        .bytes(contract)
        .list(&topics?)
        .bytes(&to_xdr(&body.data)?)
        .bytes(&to_xdr(event)?);
    Ok(writer.done())
}
