//! The chain: what is pending, how a ledger closes, and the record that it leaves.

use crate::{
    accounts::{account, available, new_account},
    apply::Processing,
    aside::Aside,
    check::{check, check_bump, told_fee},
    clusters::Clusters,
    context::Context,
    events::Emitter,
    expiry::Expiry,
    frame::{Frame, Lane},
    header::{self, Closing, Placed},
    ledger::{delta, Change, Ledger},
    live,
    queue::{missing_to_replace, Full, Queue, Selection},
    record::{ledger_record, transaction_record},
    resources::Resources,
    result::result,
    settings::{self, Settings},
    soroban::{check_operation, check_transaction, CodeCache, Modules},
};
use ed25519_dalek::SigningKey;
use sha2::{Digest, Sha256};
use soroban_env_host::xdr::{
    AccountId, DiagnosticEvent, Hash, LedgerEntryData, LedgerHeader, LedgerKey, Memo, PublicKey, TransactionResult,
    TransactionResultPair, TransactionResultResult as Code, Uint256,
};

pub struct Chain {
    pub ledger: Ledger,
    pub settings: Settings,
    pub modules: Modules,
    pub network_id: [u8; 32],
    pub seed: [u8; 32],
    pub header: LedgerHeader,
    pub header_hash: [u8; 32],
    pub root: SigningKey,
    pub queue: Queue,
    pub expiry: Expiry,
    /// Bytes of live contract state.
    pub live: u64,
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
    /// A chain of one ledger, in which the root account owns everything; its ledgers take so many classic operations.
    pub fn genesis(
        passphrase: &str,
        seed: &[u8],
        settings_json: &str,
        close_time: u64,
        classic_operations: u32,
    ) -> Result<Chain, String> {
        let network_id: [u8; 32] = Sha256::digest(passphrase).into();
        let root = SigningKey::from_bytes(&network_id);
        let mut ledger = Ledger::default();
        ledger.sequence = 1;
        settings::install(&mut ledger, settings_json)?;
        ledger.put(LedgerEntryData::Account(new_account(account_id(&root), header::TOTAL_COINS, 0)));
        let settings = settings::load(&ledger)?;
        let header = header::genesis(close_time, classic_operations);
        Ok(Chain {
            ledger,
            modules: CodeCache::create(&settings),
            settings,
            network_id,
            seed: Sha256::digest(seed).into(),
            header_hash: header::hash(&header)?,
            header,
            root,
            queue: Queue::default(),
            expiry: Expiry::default(),
            live: 0,
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
        let (lane, source) = (frame.lane(), frame.source());
        let other = if lane == Lane::Classic { Lane::Contracts } else { Lane::Classic };
        if self.queue.is_banned(&frame.hash) || self.queue.is_busy(other, &source) {
            return Submitted::TryAgainLater;
        }
        if frame.fee_bid() < 0 || frame.resource_fee() < 0 || frame.inclusion_bid() < 0 {
            return Submitted::Error(result(&frame, 0, Code::TxMalformed, true));
        }
        let waiting = self.queue.of_account(lane, &source);
        if let Some(answer) = waiting.and_then(|waiting| self.second(&frame, waiting)) {
            return answer;
        }
        let freed = waiting.filter(|waiting| waiting.fee_source() == frame.fee_source()).map_or(0, Frame::fee_bid);
        let out = match self.queue.room(&frame, self.limits(lane)) {
            Ok(out) => out,
            Err(full) => {
                self.queue.ban(frame.hash);
                return match full {
                    Full::Later => Submitted::TryAgainLater,
                    Full::Below(fee) => Submitted::Error(result(&frame, fee, Code::TxInsufficientFee, true)),
                };
            }
        };
        if let Err(refused) = self.acceptable(&frame, &self.context(clock, 1), freed) {
            return Submitted::Error(refused);
        }
        self.queue.add(frame, &out);
        Submitted::Pending
    }

    /// The answer to an account that has a transaction waiting, unless this one may take its place.
    fn second(&self, frame: &Frame, waiting: &Frame) -> Option<Submitted> {
        let duplicate = match (&waiting.bump, &frame.bump) {
            (Some(_), None) => waiting.tx_hash == frame.hash,
            (None, Some(_)) => false,
            _ => waiting.hash == frame.hash,
        };
        if duplicate {
            return Some(Submitted::Duplicate);
        }
        if frame.tx.seq_num < waiting.tx.seq_num {
            return Some(Submitted::Error(result(frame, 0, Code::TxBadSeq, true)));
        }
        if frame.soroban().is_some_and(|data| check_transaction(&self.settings, frame, data).is_err()) {
            return Some(Submitted::Error(result(frame, 0, Code::TxSorobanInvalid, true)));
        }
        if frame.bump.is_none() || frame.tx.seq_num != waiting.tx.seq_num {
            return Some(Submitted::TryAgainLater);
        }
        let fee = missing_to_replace(frame, waiting)?;
        Some(Submitted::Error(result(frame, fee, Code::TxInsufficientFee, true)))
    }

    /// What a client is told beside a refusal: what is wrong with the resources of a contract transaction.
    pub fn explain(&self, frame: &Frame) -> Vec<DiagnosticEvent> {
        let Some(data) = frame.soroban() else { return vec![] };
        let fault = check_transaction(&self.settings, frame, data).err().or_else(|| {
            let body = &frame.tx.operations.first()?.body;
            check_operation(&self.settings, frame, body).err().map(|(_, fault)| fault)
        });
        fault.iter().map(|fault| fault.event()).collect()
    }

    /// What a ledger takes of a lane.
    fn limits(&self, lane: Lane) -> Resources {
        Resources::of_ledger(&self.settings, self.header.max_tx_set_size, lane)
    }

    /// `freed` is what a transaction that goes for this one had bid, from the same purse.
    fn acceptable(&self, frame: &Frame, context: &Context, freed: i64) -> Result<(), TransactionResult> {
        check_bump(&self.ledger, frame).map_err(|(code, fee)| result(frame, fee, code, true))?;
        check(&self.ledger, &self.settings, context, frame, false)
            .map_err(|code| result(frame, told_fee(frame), code, false))?;
        let payer = frame.fee_source();
        let owed = self.queue.owed(frame.lane(), &payer).saturating_add(frame.fee_bid()).saturating_sub(freed);
        if account(&self.ledger, &payer).is_none_or(|account| available(&account) < owed) {
            return Err(result(frame, 0, Code::TxInsufficientBalance, true));
        }
        Ok(())
    }

    /// Closes a ledger with what is pending and fits; returns its record.
    pub fn close(&mut self, clock: Clock, skip: u32) -> Result<Vec<u8>, String> {
        let context = self.context(clock, skip);
        let Selection { frames, prices } = self.select(&context);
        self.ledger.sequence = context.sequence;
        self.ledger.push();
        let emitter = Emitter { network_id: self.network_id, memo: Memo::None };
        let clusters: Vec<u8> = frames.iter().map(|(_, cluster)| *cluster).collect();
        let mut done = vec![];
        for (frame, _) in frames {
            let price = prices[frame.lane() as usize];
            done.push(Processing::start(frame, price, &mut self.ledger, &emitter));
        }
        for tx in &mut done {
            tx.apply(&mut self.ledger, &self.settings, &self.modules, &context);
        }
        for tx in &mut done {
            tx.refund(&mut self.ledger, &self.settings, &emitter);
        }
        let evicted = self.expiry.evict(&mut self.ledger, self.settings.limits.evictions);
        live::sample(&self.settings, &mut self.ledger, self.header.ledger_seq, self.live);
        let changes = self.ledger.commit();
        self.learn(&changes)?;
        let delta = delta(&changes)?;
        let results: Vec<TransactionResult> = done.iter().map(Processing::result).collect();
        let closing = Closing {
            sequence: context.sequence,
            close_time: context.close_time,
            fees: done.iter().map(|tx| tx.charged).sum(),
            envelopes: done
                .iter()
                .zip(&clusters)
                .map(|(tx, cluster)| Placed {
                    hash: tx.frame.hash,
                    cluster: *cluster,
                    envelope: tx.frame.envelope.clone(),
                })
                .collect(),
            prices,
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
        let ledgers = context.sequence - self.header.ledger_seq;
        self.header = header::next(&self.header, self.header_hash, closing)?;
        self.header_hash = header::hash(&self.header)?;
        let mut transactions = vec![];
        for (tx, result) in done.iter().zip(&results) {
            transactions.push(transaction_record(tx, result, &self.settings)?);
        }
        let applied: Vec<[u8; 32]> = done.iter().map(|tx| tx.frame.hash).collect();
        self.queue.closed(&applied, ledgers);
        let aside = Aside::of(&self.settings, &self.ledger, &evicted, prices, clusters);
        ledger_record(&self.header, self.header_hash, &delta, &transactions, &aside)
    }

    /// Transactions for the next ledger in their shuffled order, classic ones first, then cluster by cluster.
    fn select(&mut self, context: &Context) -> Selection {
        let (ledger, settings) = (&self.ledger, &self.settings);
        // What has become invalid while it waited is dropped, as the network does.
        self.queue.retain(|frame| {
            check_bump(ledger, frame).is_ok() && check(ledger, settings, context, frame, false).is_ok()
        });
        let seed = Sha256::new().chain_update(context.seed).chain_update(context.sequence.to_le_bytes());
        let limits = [self.limits(Lane::Classic), self.limits(Lane::Contracts)];
        let clusters = Clusters::new(settings.limits.clusters, settings.compute().ledger_max_instructions);
        let mut selection = self.queue.select(limits, clusters, &seed.clone().finalize().into());
        selection.frames.sort_by_cached_key(|(frame, cluster)| {
            let order: [u8; 32] = seed.clone().chain_update(frame.hash).finalize().into();
            (frame.lane() as u8, *cluster, order)
        });
        selection
    }

    /// Notes what a ledger's changes mean for prices, for the code at hand and for what will expire.
    pub fn learn(&mut self, changes: &[Change]) -> Result<(), String> {
        if changes.iter().any(|change| matches!(*change.key, LedgerKey::ConfigSetting(_))) {
            self.settings = settings::load(&self.ledger)?;
        }
        self.live = live::changed(&self.settings, self.live, changes);
        self.expiry.learn(changes);
        self.learn_code(changes);
        Ok(())
    }

    fn learn_code(&self, changes: &[Change]) {
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
