//! Transactions that wait for a ledger: who is taken in, whom a higher bid drives out, and who is in the next ledger
//! at which price, as a node of the network decides it.

use crate::{
    check::BASE_FEE,
    clusters::Clusters,
    frame::{Bid, Frame, Lane},
    resources::Resources,
};
use soroban_env_host::xdr::AccountId;
use std::{
    cmp::Ordering,
    collections::{BTreeSet, VecDeque},
};

/// Ledgers' worth of transactions that may wait.
pub const POOL_LEDGERS: i64 = 2;
/// Ledgers that a transaction waits for at most.
const MAX_AGE: u32 = 4;
/// Ledgers for which what left the queue is not taken again.
const BAN_LEDGERS: usize = 10;
/// How often the bid for inclusion must be outbid to replace one's own transaction.
const REPLACE_FACTOR: i128 = 10;

type Hash = [u8; 32];

pub struct Waiting {
    pub frame: Frame,
    source: AccountId,
    payer: AccountId,
    resources: Resources,
    age: u32,
}

#[derive(Default)]
pub struct Queue {
    waiting: Vec<Waiting>,
    /// What left the queue, the newest ledger first.
    banned: VecDeque<BTreeSet<Hash>>,
    /// The last bid that was driven out of each lane since a ledger closed.
    driven_out: [Option<Bid>; 2],
}

/// Why there is no room.
pub enum Full {
    /// The whole fee from which on there would be.
    Below(i64),
    Later,
}

/// A ledger's transactions, each with its cluster, and what each lane's operations cost.
pub struct Selection {
    pub frames: Vec<(Frame, u8)>,
    pub prices: [i64; 2],
}

impl Queue {
    pub fn is_banned(&self, hash: &Hash) -> bool {
        self.banned.iter().any(|ledger| ledger.contains(hash))
    }

    pub fn ban(&mut self, hash: Hash) {
        if self.banned.is_empty() {
            self.banned.push_front(BTreeSet::new());
        }
        self.banned[0].insert(hash);
    }

    /// The transaction of this account that waits in a lane.
    pub fn of_account(&self, lane: Lane, source: &AccountId) -> Option<&Frame> {
        self.waiting.iter().find(|waiting| waiting.is_of(lane, source)).map(|waiting| &waiting.frame)
    }

    /// Whether the account sends, or pays for, something in a lane.
    pub fn is_busy(&self, lane: Lane, account: &AccountId) -> bool {
        let involved = |waiting: &&Waiting| waiting.source == *account || waiting.payer == *account;
        self.waiting.iter().filter(|waiting| waiting.frame.lane() == lane).any(|waiting| involved(&waiting))
    }

    /// Stroops that the account has bid for what waits in a lane.
    pub fn owed(&self, lane: Lane, payer: &AccountId) -> i64 {
        let own = self.waiting.iter().filter(|waiting| waiting.frame.lane() == lane && waiting.payer == *payer);
        own.fold(0, |sum: i64, waiting| sum.saturating_add(waiting.frame.fee_bid()))
    }

    /// Whom a transaction would drive out, when there is room or its bid is high enough.
    pub fn room(&self, frame: &Frame, ledger: Resources) -> Result<Vec<Hash>, Full> {
        let (bid, lane) = (frame.bid(), frame.lane());
        let flat = frame.fee_bid().saturating_sub(bid.fee);
        let below = |other: Bid| Err(Full::Below(better(bid, other).saturating_add(flat)));
        if let Some(driven_out) = self.driven_out[lane as usize].filter(|out| out.rate_to(bid) != Ordering::Less) {
            return below(driven_out);
        }
        let limit = ledger.times(POOL_LEDGERS);
        let source = frame.source();
        let replaced = self.waiting.iter().find(|waiting| waiting.is_of(lane, &source));
        let discount = replaced.map_or(Resources::default(), |waiting| waiting.resources);
        let more = Resources::of(frame).without(discount);
        if !more.fits(limit) {
            return Err(Full::Later);
        }
        let mut same: Vec<&Waiting> = self.waiting.iter().filter(|waiting| waiting.frame.lane() == lane).collect();
        let total = same.iter().fold(more, |sum, waiting| sum.plus(waiting.resources));
        let mut needed = total.without(limit);
        let mut out = vec![];
        if needed.is_nothing() {
            return Ok(out);
        }
        same.sort_by(|a, b| a.before(b, &[0; 32]).reverse());
        for lowest in same {
            if lowest.frame.bid().rate_to(bid) != Ordering::Less {
                return below(lowest.frame.bid());
            }
            if lowest.source == source {
                return Err(Full::Later);
            }
            out.push(lowest.frame.hash);
            needed = needed.without(lowest.resources);
            if needed.is_nothing() {
                break;
            }
        }
        Ok(out)
    }

    /// Takes a transaction in, in place of the same account's and of those that it drives out.
    pub fn add(&mut self, frame: Frame, out: &[Hash]) {
        let (lane, source, payer) = (frame.lane(), frame.source(), frame.fee_source());
        self.waiting.retain(|waiting| !waiting.is_of(lane, &source));
        for hash in out {
            let at = self.waiting.iter().position(|waiting| waiting.frame.hash == *hash);
            if let Some(gone) = at.map(|at| self.waiting.remove(at)) {
                self.driven_out[lane as usize] = Some(gone.frame.bid());
                self.ban(*hash);
            }
        }
        self.waiting.push(Waiting { resources: Resources::of(&frame), frame, source, payer, age: 0 });
    }

    /// Drops what has become invalid while it waited.
    pub fn retain(&mut self, valid: impl Fn(&Frame) -> bool) {
        let (kept, gone) = std::mem::take(&mut self.waiting).into_iter().partition(|waiting| valid(&waiting.frame));
        self.waiting = kept;
        for waiting in gone {
            self.ban(waiting.frame.hash);
        }
    }

    /// Takes out what the next ledger holds: in each lane the highest bids that fit. When some did not, all pay for
    /// each operation what the lowest of the others bid.
    pub fn select(&mut self, limits: [Resources; 2], mut clusters: Clusters, seed: &Hash) -> Selection {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_by(|a, b| a.before(b, seed));
        let mut left = limits;
        let mut lowest = [i64::MAX; 2];
        let mut crowded = [false; 2];
        let mut frames = vec![];
        for one in waiting {
            let lane = one.frame.lane() as usize;
            let fits = one.resources.fits(left[lane]);
            if fits && (one.frame.lane() == Lane::Classic || clusters.add(frames.len(), &one.frame)) {
                left[lane] = left[lane].without(one.resources);
                let bid = one.frame.bid();
                lowest[lane] = lowest[lane].min(bid.fee / bid.units);
                frames.push(one.frame);
            } else {
                crowded[lane] = true;
                self.waiting.push(one);
            }
        }
        let price = |lane: usize| if crowded[lane] && lowest[lane] < i64::MAX { lowest[lane] } else { BASE_FEE };
        let placed = clusters.placed();
        let cluster = |index: usize| placed.get(&index).copied().unwrap_or(0);
        let frames = frames.into_iter().enumerate().map(|(index, frame)| (frame, cluster(index))).collect();
        Selection { frames, prices: [price(0), price(1)] }
    }

    /// Notes that a ledger has closed with these transactions, so many sequence numbers after the one before.
    pub fn closed(&mut self, applied: &[Hash], ledgers: u32) {
        for hash in applied {
            self.ban(*hash);
        }
        for _ in 0..(ledgers as usize).min(BAN_LEDGERS) {
            self.banned.push_front(BTreeSet::new());
        }
        self.banned.truncate(BAN_LEDGERS);
        self.driven_out = [None, None];
        for waiting in &mut self.waiting {
            waiting.age = waiting.age.saturating_add(ledgers);
        }
        let (kept, old) = std::mem::take(&mut self.waiting).into_iter().partition(|waiting| waiting.age < MAX_AGE);
        self.waiting = kept;
        for waiting in old {
            self.ban(waiting.frame.hash);
        }
    }
}

impl Waiting {
    fn is_of(&self, lane: Lane, source: &AccountId) -> bool {
        self.frame.lane() == lane && self.source == *source
    }

    /// Higher bids first; among equal ones a seed decides by their hashes.
    fn before(&self, other: &Waiting, seed: &Hash) -> Ordering {
        let mixed = |frame: &Frame| -> Hash { std::array::from_fn(|index| frame.hash[index] ^ seed[index]) };
        let by_rate = other.frame.bid().rate_to(self.frame.bid());
        by_rate.then_with(|| mixed(&self.frame).cmp(&mixed(&other.frame)))
    }
}

/// The lowest fee for inclusion, for as many operations as `bid`, that beats another bid.
fn better(bid: Bid, other: Bid) -> i64 {
    let equal = i128::from(other.fee) * i128::from(bid.units) / i128::from(other.units);
    i64::try_from(equal + 1).unwrap_or(i64::MAX)
}

/// The whole fee from which on a transaction replaces its account's waiting one, if it bids less.
pub fn missing_to_replace(new: &Frame, old: &Frame) -> Option<i64> {
    let (bid, other) = (new.bid(), old.bid());
    let wanted = i128::from(other.fee) * i128::from(bid.units) * REPLACE_FACTOR;
    if i128::from(bid.fee) * i128::from(other.units) >= wanted {
        return None;
    }
    let units = i128::from(other.units);
    let inclusion = i64::try_from((wanted + units - 1) / units).unwrap_or(i64::MAX);
    Some(inclusion.saturating_add(new.fee_bid().saturating_sub(bid.fee)))
}
