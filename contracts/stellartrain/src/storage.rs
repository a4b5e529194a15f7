//! Keys, typed access and lifetimes: the only file that touches the ledger's storage.
//!
//! Every entry is persistent, so nothing is ever lost: what no one extends is archived and can be restored. The entries
//! of a challenge are kept alive until a month after its end; later calls keep what they use for another month.
use crate::board::{Board, Packed, Solver};
use crate::entry::Entry;
use crate::errors::{Error, OrFail};
use crate::types::{
    Attempts, Challenge, Cid, Config, Earnings, Epoch, EpochVote, MakerRecord, OracleKey, OracleRecord, RankingVote,
    State,
};
use soroban_sdk::{contracttype, xdr::ToXdr, Address, Bytes, Env, IntoVal, TryFromVal, Val, Vec};

const LEDGER_SECONDS: u64 = 5;
const DAY_IN_LEDGERS: u32 = 17_280;
/// What a call keeps alive, it keeps for a month; it extends at most once a day.
const KEEP: u32 = 30 * DAY_IN_LEDGERS;
const KEEP_THRESHOLD: u32 = KEEP - DAY_IN_LEDGERS;
/// How long a new persistent entry lives on the public networks.
const NEW: u32 = 120 * DAY_IN_LEDGERS;

/// The configuration is in the instance; all others are persistent. Submissions have keys of their own form.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
// `OracleKey` is the key of an oracle's key.
#[allow(clippy::enum_variant_names)]
pub enum Key {
    /// → `Config`. Lives with the contract.
    Config,
    /// → u32, the next challenge's number. Extended by each creation.
    NextChallenge,
    /// → `Challenge`, never written again. Until the end and a month.
    Challenge(u32),
    /// → `State`. Until the end and a month, extended by each write.
    State(u32),
    /// → packed `Board`: places of a bounty, or the running table of a competition. Until the end and a month.
    Board(u32),
    /// → `Rankings`: the oracles' votes, and the ranking that has the quorum or is the judge's last. Until the end and a month.
    Rankings(u32),
    /// → Bytes, the challenge key sealed to each oracle. Until the end and a month.
    Shares(u32),
    /// (challenge, solver) → `Attempts`. Until the end and a month.
    Solver(u32, Address),
    /// → `OracleRecord`. Extended by each write.
    Oracle(Address),
    /// (oracle, version) → `OracleKey`, never written again. Extended by each acceptance.
    OracleKey(Address, u32),
    /// (challenge, who) → `Cid`, never written again.
    Reveal(u32, Address),
    /// → `MakerRecord`. Extended by each write.
    Maker(Address),
    /// → `Earnings`, the totals of all epochs. Extended by each write.
    Earnings(u32),
    /// (challenge, epoch) → `EpochState`. Until the end and a month.
    Epoch(u32, u32),
    /// (challenge, labeler) → i128, all that the labeler was sent. Extended by each write.
    Claimed(u32, Address),
}

/// The rankings of a competition. One entry, so that whoever simulates a vote declares what a quorum would write.
#[contracttype]
#[derive(Clone)]
pub struct Rankings {
    /// At most one per oracle.
    pub votes: Vec<RankingVote>,
    /// The solvers of the ranking that counts, or is the judge's last.
    pub solvers: Vec<Address>,
    /// Their packed rows.
    pub rows: Bytes,
}

/// An epoch of earnings.
#[contracttype]
#[derive(Clone)]
pub enum EpochState {
    /// Before the quorum: at most one vote per oracle.
    Open(Vec<EpochVote>),
    /// What the quorum posted.
    Posted(Epoch),
}

/// First byte of a submission's key.
const SUBMISSION: u8 = 1;

/// Where a submission is stored.
///
/// A batch touches forty of these entries, and the host compares all keys of a call whenever an entry is written: so they are
/// single rows of bytes, which are much cheaper to compare than the vectors of `Key`.
#[derive(Clone)]
pub struct Slot {
    /// → packed `Entry`. Until the end and a month, paid by the solver.
    ///
    /// `1, challenge u32, attempt u32, XDR of the solver's address as a value`, big-endian.
    pub key: Bytes,
    pub solver: Solver,
    pub attempt: u32,
}

impl Slot {
    pub fn new(e: &Env, id: u32, solver: &Address, attempt: u32) -> Slot {
        const HEAD: usize = 9;
        let mut key = [0; HEAD + 44];
        key[0] = SUBMISSION;
        key[1..5].copy_from_slice(&id.to_be_bytes());
        key[5..9].copy_from_slice(&attempt.to_be_bytes());
        let xdr = solver.to_xdr(e);
        // 44 bytes for an account, 40 for a contract.
        let length = HEAD + xdr.len() as usize;
        xdr.copy_into_slice(&mut key[HEAD..length]);
        let mut mark = [0; 8];
        mark.copy_from_slice(&key[HEAD + 12..HEAD + 20]);
        let solver = Solver { address: solver.clone(), mark: u64::from_be_bytes(mark) };
        Slot { key: Bytes::from_slice(e, &key[..length]), solver, attempt }
    }
}

fn get<K: IntoVal<Env, Val>, V: TryFromVal<Env, Val>>(e: &Env, key: &K) -> Option<V> {
    e.storage().persistent().get(key)
}

fn set<K: IntoVal<Env, Val>, V: IntoVal<Env, Val>>(e: &Env, key: &K, value: &V) {
    e.storage().persistent().set(key, value);
}

fn keep<K: IntoVal<Env, Val>>(e: &Env, key: &K) {
    e.storage().persistent().extend_ttl(key, KEEP_THRESHOLD, KEEP);
}

/// Keeps an entry until a month after `time`, as far as the network allows.
fn keep_until<K: IntoVal<Env, Val>>(e: &Env, key: &K, time: u64) {
    let ledgers = ledgers_until(e, time).min(e.storage().max_ttl());
    e.storage().persistent().extend_ttl(key, ledgers.saturating_sub(DAY_IN_LEDGERS), ledgers);
}

/// The same for a new entry, which lives that long anyway unless the challenge is a very long one.
fn keep_new_until<K: IntoVal<Env, Val>>(e: &Env, key: &K, time: u64) {
    if ledgers_until(e, time) > NEW {
        keep_until(e, key, time);
    }
}

fn ledgers_until(e: &Env, time: u64) -> u32 {
    let seconds = time.saturating_sub(e.ledger().timestamp());
    u32::try_from(seconds / LEDGER_SECONDS).unwrap_or(u32::MAX).saturating_add(KEEP)
}

fn keep_longest<K: IntoVal<Env, Val>>(e: &Env, key: &K) {
    let longest = e.storage().max_ttl();
    e.storage().persistent().extend_ttl(key, longest, longest);
}

/// Every call that changes something keeps the contract itself alive.
pub fn keep_contract(e: &Env) {
    e.storage().instance().extend_ttl(KEEP_THRESHOLD, KEEP);
}

pub fn set_config(e: &Env, config: &Config) {
    e.storage().instance().set(&Key::Config, config);
}

pub fn config(e: &Env) -> Config {
    e.storage().instance().get(&Key::Config).ok_or(Error::NoChallenge).or_fail(e)
}

pub fn challenges(e: &Env) -> u32 {
    get::<_, u32>(e, &Key::NextChallenge).map_or(0, |next| next - 1)
}

/// Stores a new challenge under the next number.
pub fn add_challenge(e: &Env, challenge: &Challenge, state: &State) -> u32 {
    let id = get::<_, u32>(e, &Key::NextChallenge).unwrap_or(1);
    set(e, &Key::NextChallenge, &id.checked_add(1).ok_or(Error::Overflow).or_fail(e));
    keep(e, &Key::NextChallenge);
    set(e, &Key::Challenge(id), challenge);
    set(e, &Key::State(id), state);
    set(e, &Key::Board(id), &Board::default().pack(e));
    for key in [Key::Challenge(id), Key::State(id), Key::Board(id)] {
        keep_until(e, &key, challenge.terms.end());
    }
    id
}

pub fn challenge(e: &Env, id: u32) -> Challenge {
    get(e, &Key::Challenge(id)).ok_or(Error::NoChallenge).or_fail(e)
}

pub fn state(e: &Env, id: u32) -> State {
    get(e, &Key::State(id)).ok_or(Error::NoChallenge).or_fail(e)
}

/// Both halves of a challenge, for a call that will change it.
pub fn load(e: &Env, id: u32) -> (Challenge, State) {
    keep_contract(e);
    let challenge = challenge(e, id);
    keep(e, &Key::Challenge(id));
    (challenge, state(e, id))
}

pub fn set_state(e: &Env, id: u32, state: &State) {
    set(e, &Key::State(id), state);
    keep(e, &Key::State(id));
}

pub fn board(e: &Env, id: u32) -> Board {
    Board::unpack(&get::<_, Packed>(e, &Key::Board(id)).ok_or(Error::NoChallenge).or_fail(e))
}

pub fn set_board(e: &Env, id: u32, board: &Board) {
    set(e, &Key::Board(id), &board.pack(e));
}

/// The oracles' votes on a ranking, and the ranking that has the quorum or is the judge's last.
pub fn rankings(e: &Env, id: u32) -> (Vec<RankingVote>, Board) {
    match get::<_, Rankings>(e, &Key::Rankings(id)) {
        Some(Rankings { votes, solvers, rows }) => (votes, Board::unpack(&(solvers, rows))),
        None => (Vec::new(e), Board::default()),
    }
}

pub fn set_rankings(e: &Env, id: u32, votes: Vec<RankingVote>, ranking: &Board, end: u64) {
    let (solvers, rows) = ranking.pack(e);
    set(e, &Key::Rankings(id), &Rankings { votes, solvers, rows });
    keep_until(e, &Key::Rankings(id), end);
}

pub fn shares(e: &Env, id: u32) -> Option<Bytes> {
    get(e, &Key::Shares(id))
}

pub fn set_shares(e: &Env, id: u32, shares: &Bytes, end: u64) {
    set(e, &Key::Shares(id), shares);
    keep_until(e, &Key::Shares(id), end);
}

pub fn earnings(e: &Env, id: u32) -> Earnings {
    get(e, &Key::Earnings(id)).unwrap_or_default()
}

pub fn set_earnings(e: &Env, id: u32, earnings: &Earnings) {
    set(e, &Key::Earnings(id), earnings);
    keep(e, &Key::Earnings(id));
}

/// The votes on an epoch that has no quorum yet.
pub fn epoch_votes(e: &Env, id: u32, number: u32) -> Vec<EpochVote> {
    match get(e, &Key::Epoch(id, number)) {
        Some(EpochState::Open(votes)) => votes,
        Some(EpochState::Posted(_)) | None => Vec::new(e),
    }
}

pub fn set_epoch_state(e: &Env, id: u32, number: u32, epoch: &EpochState, end: u64) {
    set(e, &Key::Epoch(id, number), epoch);
    keep_until(e, &Key::Epoch(id, number), end);
}

pub fn epoch(e: &Env, id: u32, number: u32) -> Epoch {
    match get(e, &Key::Epoch(id, number)) {
        Some(EpochState::Posted(epoch)) => epoch,
        Some(EpochState::Open(_)) | None => Err(Error::NoEpoch).or_fail(e),
    }
}

pub fn claimed(e: &Env, id: u32, labeler: &Address) -> i128 {
    get(e, &Key::Claimed(id, labeler.clone())).unwrap_or(0)
}

pub fn set_claimed(e: &Env, id: u32, labeler: &Address, amount: i128) {
    let key = Key::Claimed(id, labeler.clone());
    set(e, &key, &amount);
    keep(e, &key);
}

pub fn entry(e: &Env, slot: &Slot) -> Entry {
    Entry::unpack(&get(e, &slot.key).ok_or(Error::NoSubmission).or_fail(e))
}

pub fn set_entry(e: &Env, slot: &Slot, entry: &Entry) {
    set(e, &slot.key, &entry.pack(e));
}

/// A new submission, with the solver's count of attempts.
pub fn add_entry(e: &Env, id: u32, slot: &Slot, attempts: &Attempts, entry: &Entry, end: u64) {
    set_entry(e, slot, entry);
    keep_new_until(e, &slot.key, end);
    let key = Key::Solver(id, slot.solver.address.clone());
    set(e, &key, attempts);
    keep_until(e, &key, end);
}

pub fn attempts(e: &Env, id: u32, solver: &Address) -> Attempts {
    get(e, &Key::Solver(id, solver.clone())).unwrap_or_default()
}

pub fn oracle(e: &Env, oracle: &Address) -> Option<OracleRecord> {
    get(e, &Key::Oracle(oracle.clone()))
}

pub fn set_oracle(e: &Env, oracle: &Address, record: &OracleRecord) {
    let key = Key::Oracle(oracle.clone());
    set(e, &key, record);
    keep(e, &key);
}

pub fn oracle_key(e: &Env, oracle: &Address, version: u32) -> OracleKey {
    get(e, &Key::OracleKey(oracle.clone(), version)).ok_or(Error::NotRegistered).or_fail(e)
}

pub fn add_oracle_key(e: &Env, oracle: &Address, version: u32, key: &OracleKey) {
    set(e, &Key::OracleKey(oracle.clone(), version), key);
}

/// An accepted key is needed until the challenge is over.
pub fn keep_oracle_key(e: &Env, oracle: &Address, version: u32, end: u64) {
    keep_until(e, &Key::OracleKey(oracle.clone(), version), end);
}

pub fn revealed(e: &Env, id: u32, by: &Address) -> Option<Cid> {
    get(e, &Key::Reveal(id, by.clone()))
}

pub fn set_revealed(e: &Env, id: u32, by: &Address, truth: &Cid) {
    set(e, &Key::Reveal(id, by.clone()), truth);
}

pub fn maker(e: &Env, maker: &Address) -> MakerRecord {
    get(e, &Key::Maker(maker.clone())).unwrap_or_default()
}

pub fn set_maker(e: &Env, maker: &Address, record: &MakerRecord) {
    let key = Key::Maker(maker.clone());
    set(e, &key, record);
    keep(e, &key);
}

/// Extends the lifetimes of a challenge's own entries to the network's maximum.
pub fn keep_challenge_longest(e: &Env, id: u32) {
    for key in [Key::Challenge(id), Key::State(id), Key::Board(id)] {
        keep_longest(e, &key);
    }
    for key in [Key::Shares(id), Key::Rankings(id), Key::Earnings(id)] {
        if e.storage().persistent().has(&key) {
            keep_longest(e, &key);
        }
    }
}

pub fn keep_entry_longest(e: &Env, id: u32, solver: &Address, attempt: u32) {
    let slot = Slot::new(e, id, solver, attempt);
    entry(e, &slot);
    keep_longest(e, &slot.key);
    keep_longest(e, &Key::Solver(id, solver.clone()));
}
