//! Keys, typed access and lifetimes: the only file that touches the ledger's storage.
//!
//! Every entry is persistent, so nothing is ever lost: what nobody extends is archived and can be restored. The entries
//! of a challenge are kept alive until a month after its `grade_by`; later calls keep what they use for another month.
use crate::board::Board;
use crate::entry::Entry;
use crate::errors::{Error, OrFail};
use crate::types::{
    Attempts, Challenge, Cid, Config, Earnings, Epoch, EpochVotes, MakerRecord, OracleKey, OracleRecord, RankingVote,
    State,
};
use soroban_sdk::unwrap::UnwrapOptimized;
use soroban_sdk::{contracttype, xdr::ToXdr, Address, Bytes, BytesN, Env, IntoVal, TryFromVal, Val, Vec};

const LEDGER_SECONDS: u64 = 5;
const DAY_IN_LEDGERS: u32 = 17_280;
/// What a call keeps alive, it keeps for a month; it extends at most once a day.
const KEEP: u32 = 30 * DAY_IN_LEDGERS;
const KEEP_THRESHOLD: u32 = KEEP - DAY_IN_LEDGERS;
/// How long a new persistent entry lives on the public networks.
const NEW: u32 = 120 * DAY_IN_LEDGERS;

/// The configuration is in the instance; all others are persistent. Submissions and contents have keys of their own form.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
// `OracleKey` is the key of an oracle's key.
#[allow(clippy::enum_variant_names)]
pub enum Key {
    /// → `Config`. Lives with the contract.
    Config,
    /// → u32, the next challenge's number. Extended by each creation.
    NextChallenge,
    /// → `Challenge`, never written again. Until `grade_by` and a month.
    Challenge(u32),
    /// → `State`. Until `grade_by` and a month, extended by each write.
    State(u32),
    /// → packed `Board`: winners of a bounty, running table or ranking. Until `grade_by` and a month.
    Board(u32),
    /// (challenge, solver) → `Attempts`. Until `grade_by` and a month.
    Solver(u32, Address),
    /// → `OracleRecord`. Extended by each write.
    Oracle(Address),
    /// (oracle, version) → `OracleKey`, never written again. Extended by each acceptance.
    OracleKey(Address, u32),
    /// (challenge, who) → `Cid`, never written again.
    Reveal(u32, Address),
    /// → `MakerRecord`. Extended by each write.
    Maker(Address),
    /// → `Vec<RankingVote>`, at most one per oracle. Until `grade_by` and a month.
    Ranking(u32),
    /// → `Earnings`, the totals of all epochs. Extended by each write.
    Earnings(u32),
    /// → `EpochVotes` on the epoch to come. Extended by each write.
    Votes(u32),
    /// (challenge, epoch) → `Epoch`, never written again. Until `grade_by` and a month.
    Epoch(u32, u32),
    /// (challenge, labeler) → i128, all that the labeler was sent. Extended by each write.
    Claimed(u32, Address),
}

/// First byte of a submission's key.
const SUBMISSION: u8 = 1;
/// First byte of a content's key.
const CONTENT: u8 = 2;

/// Where a submission is stored.
///
/// A batch touches forty of these entries and forty contents, and the host compares all keys of a call whenever an entry
/// is written: so they are single rows of bytes, which are much cheaper to compare than the vectors of `Key`.
#[derive(Clone)]
pub struct Slot {
    /// → packed `Entry`. Until `grade_by` and a month, paid by the solver.
    ///
    /// `1, challenge u32, attempt u32, XDR of the solver's address as a value`, big-endian.
    pub key: Bytes,
    /// Bytes out of the solver's address: slots with other marks are other solvers'.
    pub mark: u64,
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
        Slot { key: Bytes::from_slice(e, &key[..length]), mark: u64::from_be_bytes(mark) }
    }
}

/// (challenge, content hash) → u32, the submission that had it first. Until `grade_by` and a month.
///
/// `2, challenge u32, content hash`, big-endian.
#[inline(never)]
pub fn content_key(e: &Env, id: u32, content: &[u8; 32]) -> Bytes {
    let mut key = [CONTENT; 37];
    key[1..5].copy_from_slice(&id.to_be_bytes());
    key[5..].copy_from_slice(content);
    Bytes::from_slice(e, &key)
}

// What follows works on plain values, so that there is one copy of it for all types of keys and entries.

fn get<V: TryFromVal<Env, Val>>(e: &Env, key: &impl Name) -> Option<V> {
    find(e, &key.name(e)).map(|value| V::try_from_val(e, &value).unwrap_optimized())
}

fn set<V: IntoVal<Env, Val>>(e: &Env, key: &impl Name, value: &V) {
    put(e, &key.name(e), &value.into_val(e));
}

/// What an entry is stored under.
pub trait Name {
    fn name(&self, e: &Env) -> Val;
}

impl Name for Key {
    #[inline(never)]
    fn name(&self, e: &Env) -> Val {
        self.into_val(e)
    }
}

impl Name for Bytes {
    fn name(&self, _: &Env) -> Val {
        self.to_val()
    }
}

impl Name for Val {
    fn name(&self, _: &Env) -> Val {
        *self
    }
}

#[inline(never)]
fn find(e: &Env, key: &Val) -> Option<Val> {
    e.storage().persistent().get(key)
}

#[inline(never)]
fn put(e: &Env, key: &Val, value: &Val) {
    e.storage().persistent().set(key, value);
}

fn keep(e: &Env, key: &impl Name) {
    extend(e, &key.name(e), KEEP_THRESHOLD, KEEP);
}

/// Keeps an entry until a month after `time`, as far as the network allows.
fn keep_until(e: &Env, key: &impl Name, time: u64) {
    keep_for(e, &key.name(e), ledgers_until(e, time));
}

/// The same for a new entry, which lives that long anyway unless the challenge is a very long one.
fn keep_new_until(e: &Env, key: &impl Name, time: u64) {
    let ledgers = ledgers_until(e, time);
    if ledgers > NEW {
        keep_for(e, &key.name(e), ledgers);
    }
}

#[inline(never)]
fn ledgers_until(e: &Env, time: u64) -> u32 {
    let seconds = time.saturating_sub(e.ledger().timestamp());
    u32::try_from(seconds / LEDGER_SECONDS).unwrap_or(u32::MAX).saturating_add(KEEP)
}

#[inline(never)]
fn keep_for(e: &Env, key: &Val, ledgers: u32) {
    let ledgers = ledgers.min(e.storage().max_ttl());
    extend(e, key, ledgers.saturating_sub(DAY_IN_LEDGERS), ledgers);
}

fn keep_longest(e: &Env, key: &impl Name) {
    let longest = e.storage().max_ttl();
    extend(e, &key.name(e), longest, longest);
}

#[inline(never)]
fn extend(e: &Env, key: &Val, threshold: u32, ledgers: u32) {
    e.storage().persistent().extend_ttl(key, threshold, ledgers);
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
    get::<u32>(e, &Key::NextChallenge).map_or(0, |next| next - 1)
}

/// Stores a new challenge under the next number.
pub fn add_challenge(e: &Env, challenge: &Challenge, state: &State) -> u32 {
    let id = get::<u32>(e, &Key::NextChallenge).unwrap_or(1);
    let key = Key::NextChallenge.name(e);
    set(e, &key, &id.checked_add(1).ok_or(Error::Overflow).or_fail(e));
    keep(e, &key);
    for (key, value) in [
        (Key::Challenge(id), challenge.into_val(e)),
        (Key::State(id), state.into_val(e)),
        (Key::Board(id), Board::new(e).pack(e)),
    ] {
        let key = key.name(e);
        put(e, &key, &value);
        keep_until(e, &key, challenge.terms.grade_by);
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
    let key = Key::Challenge(id).name(e);
    let challenge = get(e, &key).ok_or(Error::NoChallenge).or_fail(e);
    keep(e, &key);
    (challenge, state(e, id))
}

pub fn set_state(e: &Env, id: u32, state: &State) {
    let key = Key::State(id).name(e);
    set(e, &key, state);
    keep(e, &key);
}

pub fn board(e: &Env, id: u32) -> Board {
    Board::unpack(get(e, &Key::Board(id)).ok_or(Error::NoChallenge).or_fail(e))
}

pub fn set_board(e: &Env, id: u32, board: &Board) {
    put(e, &Key::Board(id).name(e), &board.pack(e));
}

pub fn ranking_votes(e: &Env, id: u32) -> Vec<RankingVote> {
    get(e, &Key::Ranking(id)).unwrap_or(Vec::new(e))
}

pub fn set_ranking_votes(e: &Env, id: u32, votes: &Vec<RankingVote>, grade_by: u64) {
    let key = Key::Ranking(id).name(e);
    set(e, &key, votes);
    keep_until(e, &key, grade_by);
}

pub fn earnings(e: &Env, id: u32) -> Earnings {
    get(e, &Key::Earnings(id)).unwrap_or_default()
}

pub fn set_earnings(e: &Env, id: u32, earnings: &Earnings) {
    let key = Key::Earnings(id).name(e);
    set(e, &key, earnings);
    keep(e, &key);
}

pub fn epoch_votes(e: &Env, id: u32) -> EpochVotes {
    get(e, &Key::Votes(id)).unwrap_or(EpochVotes { epoch: 0, votes: Vec::new(e) })
}

pub fn set_epoch_votes(e: &Env, id: u32, votes: &EpochVotes) {
    let key = Key::Votes(id).name(e);
    set(e, &key, votes);
    keep(e, &key);
}

pub fn epoch(e: &Env, id: u32, number: u32) -> Epoch {
    get(e, &Key::Epoch(id, number)).ok_or(Error::NoEpoch).or_fail(e)
}

pub fn set_epoch(e: &Env, id: u32, number: u32, epoch: &Epoch, grade_by: u64) {
    let key = Key::Epoch(id, number).name(e);
    set(e, &key, epoch);
    keep_until(e, &key, grade_by);
}

/// Declares the entry of an epoch to come for writing: whoever simulates a vote may turn out to complete the quorum.
pub fn declare_epoch(e: &Env, id: u32, number: u32) {
    e.storage().persistent().remove(&Key::Epoch(id, number));
}

pub fn claimed(e: &Env, id: u32, labeler: &Address) -> i128 {
    get(e, &Key::Claimed(id, labeler.clone())).unwrap_or(0)
}

pub fn set_claimed(e: &Env, id: u32, labeler: &Address, amount: i128) {
    let key = Key::Claimed(id, labeler.clone()).name(e);
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
pub fn add_entry(e: &Env, id: u32, solver: &Address, attempts: &Attempts, entry: &Entry, grade_by: u64) {
    let slot = Slot::new(e, id, solver, attempts.attempts);
    set_entry(e, &slot, entry);
    keep_new_until(e, &slot.key, grade_by);
    let key = Key::Solver(id, solver.clone()).name(e);
    set(e, &key, attempts);
    keep_until(e, &key, grade_by);
}

pub fn content(e: &Env, id: u32, content: &BytesN<32>) -> Option<u32> {
    get(e, &content_key(e, id, &content.to_array()))
}

/// Whether this content was new; if so it belongs to submission `number` from now on.
pub fn claim_content(e: &Env, id: u32, content: &[u8; 32], number: u32, grade_by: u64) -> bool {
    let key = content_key(e, id, content);
    if e.storage().persistent().has(&key) {
        return false;
    }
    set(e, &key, &number);
    keep_new_until(e, &key, grade_by);
    true
}

pub fn attempts(e: &Env, id: u32, solver: &Address) -> Attempts {
    get(e, &Key::Solver(id, solver.clone())).unwrap_or_default()
}

pub fn oracle(e: &Env, oracle: &Address) -> Option<OracleRecord> {
    get(e, &Key::Oracle(oracle.clone()))
}

pub fn set_oracle(e: &Env, oracle: &Address, record: &OracleRecord) {
    let key = Key::Oracle(oracle.clone()).name(e);
    set(e, &key, record);
    keep(e, &key);
}

pub fn oracle_key(e: &Env, oracle: &Address, version: u32) -> OracleKey {
    get(e, &Key::OracleKey(oracle.clone(), version)).ok_or(Error::NotRegistered).or_fail(e)
}

pub fn add_oracle_key(e: &Env, oracle: &Address, version: u32, key: &OracleKey) {
    set(e, &Key::OracleKey(oracle.clone(), version), key);
}

/// An accepted key is needed until the challenge is graded.
pub fn keep_oracle_key(e: &Env, oracle: &Address, version: u32, grade_by: u64) {
    keep_until(e, &Key::OracleKey(oracle.clone(), version), grade_by);
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
    let key = Key::Maker(maker.clone()).name(e);
    set(e, &key, record);
    keep(e, &key);
}

pub fn keep_challenge_longest(e: &Env, id: u32) {
    for key in [Key::Challenge(id), Key::State(id), Key::Board(id)] {
        keep_longest(e, &key);
    }
}

pub fn keep_entry_longest(e: &Env, id: u32, solver: &Address, attempt: u32) {
    let slot = Slot::new(e, id, solver, attempt);
    let entry = entry(e, &slot);
    keep_longest(e, &slot.key);
    keep_longest(e, &Key::Solver(id, solver.clone()));
    if entry.verdict == crate::types::Verdict::Scored {
        keep_longest(e, &content_key(e, id, &entry.content));
    }
}
