//! The chain: what is pending, how a ledger closes, and the record that it leaves.

use crate::{
    accounts::{account, available, new_account},
    apply::Processing,
    check::{check, check_bump, Context},
    events::Emitter,
    frame::Frame,
    header::{self, Closing},
    keep,
    ledger::{Change, Ledger, Slot},
    record::transaction_record,
    result::result,
    room::Room,
    settings::{self, Settings},
    soroban::{durability, CodeCache, Modules},
};
use ed25519_dalek::SigningKey;
use sha2::{Digest, Sha256};
use soroban_env_host::xdr::{
    AccountId, ContractDataDurability, Hash, LedgerEntryData, LedgerHeader, LedgerKey, Memo, PublicKey,
    TransactionResult, TransactionResultPair, TransactionResultResult as Code, Uint256,
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
    pub queue: Vec<Frame>,
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
        if account(&self.ledger, &payer)
            .is_none_or(|account| available(&account) < owed.saturating_add(frame.fee_bid()))
        {
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
        let delta = keep::delta(&changes)?;
        let results: Vec<TransactionResult> = done.iter().map(Processing::result).collect();
        let closing = Closing {
            sequence: context.sequence,
            close_time: context.close_time,
            fees: done.iter().map(|tx| tx.charged).sum(),
            envelopes: done.iter().map(|tx| tx.frame.envelope.clone()).collect(),
            results: done
                .iter()
                .zip(&results)
                .map(|(tx, result)| TransactionResultPair {
                    transaction_hash: Hash(tx.frame.hash),
                    result: result.clone(),
                })
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

    /// Transactions for the next ledger in their shuffled order (classic ones first), and those that must wait.
    fn select(&mut self, context: &Context) -> (Vec<Frame>, Vec<Frame>) {
        let mut queue = std::mem::take(&mut self.queue);
        // What has become invalid while it waited is dropped, as the network does.
        queue.retain(|frame| {
            check_bump(&self.ledger, frame).is_ok()
                && check(&self.ledger, &self.settings, context, frame, false).is_ok()
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

    pub fn learn_code(&self, changes: &[Change]) {
        for change in changes {
            if let Some(LedgerEntryData::ContractCode(code)) = change.after.as_ref().map(|slot| &slot.entry.data) {
                CodeCache::add(&self.settings, &self.modules, code);
            }
        }
    }
}

pub fn account_id(key: &SigningKey) -> AccountId {
    AccountId(PublicKey::PublicKeyTypeEd25519(Uint256(key.verifying_key().to_bytes())))
}
