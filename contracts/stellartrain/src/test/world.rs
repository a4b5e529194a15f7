//! A small world for tests: a token, a maker, a judge, a gate, five oracles, solvers with money, and a clock.
//!
//! With `STELLARTRAIN_WASM=1` the same tests run on the committed wasm instead of the native build; `on_both` runs a story on
//! both in any case.
extern crate std;
use crate::errors::Error;
use crate::types::*;
use crate::{StellarTrain, StellarTrainClient};
use soroban_sdk::testutils::{Address as _, EnvTestConfig, IssuerFlags, Ledger};
use soroban_sdk::token::{StellarAssetClient, TokenClient};
use soroban_sdk::{contract, contractimpl, Address, Bytes, BytesN, Env, String, Vec};

pub const NOW: u64 = 1_800_000_000;
pub const MIN_PATIENCE: u64 = 600;
pub const MIN_WINDOW: u64 = 86_400;
pub const DAY: u64 = 86_400;
pub const WASM: &[u8] = include_bytes!("../../stellartrain.wasm");
/// Flags of a submission, as `Submission` names them.
pub const CARRIED: u32 = 1;
pub const PASSED: u32 = 2;
pub const KEPT: u32 = 4;
pub const HELD: u32 = 8;
pub const PRIZE_PAID: u32 = 16;
pub const BY_JUDGE: u32 = 32;

/// A gate that admits whom the test lets in.
#[contract]
pub struct ListGate;

#[contractimpl]
impl ListGate {
    pub fn admit(e: Env, challenge: u32, solver: Address) {
        e.storage().persistent().set(&(challenge, solver), &());
    }

    pub fn admits(e: Env, challenge: u32, solver: Address) -> bool {
        e.storage().persistent().has(&(challenge, solver))
    }
}

pub struct World {
    pub e: Env,
    pub contract: Address,
    pub asset: Address,
    pub maker: Address,
    pub judge: Address,
    pub gate: Address,
    /// All registered; `terms` names the first three.
    pub oracles: std::vec::Vec<Address>,
}

/// A submission by its name and number.
#[derive(Clone, Debug)]
pub struct Work {
    pub solver: Address,
    pub attempt: u32,
    pub number: u32,
}

/// Runs a story on the native contract, then on the committed wasm.
pub fn on_both(story: impl Fn(World)) {
    for wasm in [false, true] {
        story(World::on(wasm));
    }
}

impl World {
    pub fn new() -> World {
        World::on(wasm_is_wanted())
    }

    pub fn on(wasm: bool) -> World {
        let e = prepared(Env::default());
        let contract = if wasm { e.register(WASM, LIMITS) } else { e.register(StellarTrain, LIMITS) };
        let asset = e.register_stellar_asset_contract_v2(Address::generate(&e));
        asset.issuer().set_flag(IssuerFlags::RevocableFlag);
        let asset = asset.address();
        let (maker, judge) = (Address::generate(&e), Address::generate(&e));
        let gate = e.register(ListGate, ());
        let oracles = (0..5).map(|_| Address::generate(&e)).collect();
        let world = World { e, contract, asset, maker, judge, gate, oracles };
        world.fund(&world.maker, 1_000_000);
        world.register_all();
        world
    }

    /// The same people with a contract at a given address, which holds nothing yet.
    pub fn with_contract_at(self, address: &str) -> World {
        let contract = Address::from_str(&self.e, address);
        if wasm_is_wanted() {
            self.e.register_at(&contract, WASM, LIMITS);
        } else {
            self.e.register_at(&contract, StellarTrain, LIMITS);
        }
        let world = World { contract, ..self };
        world.register_all();
        world
    }

    pub fn client(&self) -> StellarTrainClient<'_> {
        StellarTrainClient::new(&self.e, &self.contract)
    }

    pub fn token(&self) -> TokenClient<'_> {
        TokenClient::new(&self.e, &self.asset)
    }

    pub fn fund(&self, who: &Address, amount: i128) {
        StellarAssetClient::new(&self.e, &self.asset).mint(who, &amount);
    }

    /// Freezes an account's balance, or thaws it: transfers to it fail.
    pub fn freeze(&self, who: &Address, frozen: bool) {
        StellarAssetClient::new(&self.e, &self.asset).set_authorized(who, &!frozen);
    }

    pub fn balance(&self, who: &Address) -> i128 {
        self.token().balance(who)
    }

    /// Lets a solver pass the gate of a challenge.
    pub fn admit(&self, id: u32, solver: &Address) {
        ListGateClient::new(&self.e, &self.gate).admit(&id, solver);
    }

    fn register_all(&self) {
        for (i, oracle) in self.oracles.iter().enumerate() {
            self.register(oracle, i as u8);
        }
    }

    pub fn register(&self, oracle: &Address, key: u8) -> u32 {
        let url = String::from_str(&self.e, "https://oracle.example");
        self.client().register_oracle(oracle, &self.bytes(key), &url, &self.cid(key))
    }

    pub fn bytes(&self, byte: u8) -> BytesN<32> {
        BytesN::from_array(&self.e, &[byte; 32])
    }

    pub fn bytes_of(&self, bytes: [u8; 32]) -> BytesN<32> {
        BytesN::from_array(&self.e, &bytes)
    }

    pub fn cid(&self, byte: u8) -> Cid {
        Cid { codec: 0x55, digest: self.bytes(byte) }
    }

    pub fn now(&self) -> u64 {
        self.e.ledger().timestamp()
    }

    pub fn pass(&self, seconds: u64) {
        self.go_to(self.now() + seconds);
    }

    /// Moves the clock, and the ledger's number by one per five seconds.
    pub fn go_to(&self, time: u64) {
        go_to(&self.e, time);
    }

    /// Two winners of 1,000, three oracles, fee 5 for each, deposit 20, threshold 50 in steps of 10, ten days of submissions
    /// and one of grading, a patience of 600 seconds, no judge, no gate.
    pub fn terms(&self) -> Terms {
        let now = self.now();
        Terms {
            token: self.asset.clone(),
            payout: Payout::Bounty(Bounty { reward: 1_000, winners: 2 }),
            oracles: self.first_oracles(3),
            oracle_fee: 5,
            deposit: 20,
            threshold: 50,
            direction: Direction::Maximize,
            step: 10,
            opens: now,
            accept_by: now + 3_600,
            deadline: now + 10 * DAY,
            patience: 600,
            grade_by: now + 11 * DAY,
            judge: None,
            gate: None,
            attempts: 5,
            attempts_per_day: 5,
            unique_content: false,
            truth: self.bytes(7),
            opens_truth: true,
            manifest: self.cid(1),
        }
    }

    /// The same with one, three or five oracles.
    pub fn terms_of(&self, oracles: usize) -> Terms {
        Terms { oracles: self.first_oracles(oracles), ..self.terms() }
    }

    pub fn bounty(&self, reward: i128, winners: u32) -> Terms {
        Terms { payout: Payout::Bounty(Bounty { reward, winners }), ..self.terms() }
    }

    pub fn ranked(&self, prizes: &[i128]) -> Terms {
        let prizes = Vec::from_slice(&self.e, prizes);
        Terms { payout: Payout::Ranked(Ranked { prizes }), ..self.terms() }
    }

    pub fn per_unit(&self, rate: i128, max_units: u32) -> Terms {
        Terms { payout: Payout::PerUnit(PerUnit { rate, max_units }), ..self.terms() }
    }

    pub fn earnings(&self) -> Terms {
        Terms { payout: Payout::Earnings, deposit: 0, ..self.terms() }
    }

    /// The same challenge with a judge, who has a day after the grading.
    pub fn judged(&self, terms: Terms) -> Terms {
        self.judged_by(terms.grade_by + DAY, terms)
    }

    pub fn judged_by(&self, judge_by: u64, terms: Terms) -> Terms {
        Terms { judge: Some(Judge { address: self.judge.clone(), judge_by }), ..terms }
    }

    pub fn first_oracles(&self, n: usize) -> Vec<Address> {
        Vec::from_slice(&self.e, &self.oracles[..n])
    }

    /// A challenge with these terms that all oracles have accepted, and a fee budget of 1,000.
    pub fn open(&self, terms: &Terms) -> u32 {
        self.open_with(terms, prize(terms), 1_000)
    }

    pub fn open_with(&self, terms: &Terms, prize: i128, fee_budget: i128) -> u32 {
        let id = self.create(terms, prize, fee_budget);
        self.accept(id);
        id
    }

    pub fn create(&self, terms: &Terms, prize: i128, fee_budget: i128) -> u32 {
        self.client().create_challenge(&self.maker, terms, &prize, &fee_budget)
    }

    /// Every oracle accepts; the first one makes the key.
    pub fn accept(&self, id: u32) {
        for place in 0..self.client().challenge(&id).terms.oracles.len() {
            self.accept_by(id, place);
        }
    }

    pub fn accept_by(&self, id: u32, place: u32) -> u32 {
        let oracle = self.client().challenge(&id).terms.oracles.get_unchecked(place);
        self.client().accept_challenge(&oracle, &id, &self.bytes(99), &self.shares(place))
    }

    /// What the oracle at this place brings: the first one the shares, the others nothing.
    pub fn shares(&self, place: u32) -> Bytes {
        let shares: &[u8] = if place == 0 { &[42; 300] } else { &[] };
        Bytes::from_slice(&self.e, shares)
    }

    pub fn solver(&self) -> Address {
        let solver = Address::generate(&self.e);
        self.fund(&solver, 1_000);
        solver
    }

    pub fn submit(&self, id: u32, solver: &Address) -> Work {
        self.submit_units(id, solver, 0)
    }

    /// A batch of labels; 0 units for the other rules. Offers to carry nothing.
    pub fn submit_units(&self, id: u32, solver: &Address, units: u32) -> Work {
        self.submit_carrying(id, solver, units, 0)
    }

    pub fn submit_carrying(&self, id: u32, solver: &Address, units: u32, carry: i128) -> Work {
        let attempt = self.client().attempts(&id, solver).attempts + 1;
        let number = self.client().submit(solver, &id, &attempt, &self.cid(9), &self.bytes(0), &units, &carry);
        Work { solver: solver.clone(), attempt, number }
    }

    /// A new solver's first submission.
    pub fn work(&self, id: u32) -> Work {
        self.submit(id, &self.solver())
    }

    pub fn scored(&self, work: &Work, score: i64, content: u8) -> Vote {
        Vote {
            solver: work.solver.clone(),
            attempt: work.attempt,
            verdict: Verdict::Scored,
            reason: 0,
            score,
            content_hash: self.bytes(content),
            units: 0,
            hold: false,
        }
    }

    /// A batch of labels of which so many units are accepted.
    pub fn accepted(&self, work: &Work, units: u32) -> Vote {
        Vote { units, ..self.scored(work, 0, 1) }
    }

    pub fn rejected(&self, work: &Work, reason: u32) -> Vote {
        Vote { verdict: Verdict::Rejected, reason, ..self.scored(work, 0, 0) }
    }

    pub fn unavailable(&self, work: &Work) -> Vote {
        Vote { verdict: Verdict::Unavailable, ..self.scored(work, 0, 0) }
    }

    pub fn post(&self, id: u32, oracle: usize, votes: &[Vote], settle: bool) {
        let votes = Vec::from_slice(&self.e, votes);
        self.client().post_scores(&self.oracles[oracle], &id, &self.cid(8), &votes, &settle);
    }

    /// The same votes by the first oracles, as many as a quorum needs; the last one settles.
    pub fn grade(&self, id: u32, votes: &[Vote]) {
        let quorum = self.client().challenge(&id).terms.oracles.len().div_ceil(2) as usize;
        for oracle in 0..quorum {
            self.post(id, oracle, votes, oracle + 1 == quorum);
        }
    }

    pub fn rule(&self, id: u32, ballots: &[Vote]) {
        let ballots = Vec::from_slice(&self.e, ballots);
        self.client().rule(&self.judge, &id, &self.cid(6), &ballots);
    }

    /// A ranking by an oracle or the judge: submissions and private scores, best first.
    pub fn rank(&self, id: u32, by: &Address, rows: &[(&Work, i64)]) -> bool {
        self.client().post_ranking(by, &id, &self.cid(5), &self.ranking(rows))
    }

    pub fn ranking(&self, rows: &[(&Work, i64)]) -> Vec<RankingRow> {
        let rows = rows.iter().map(|(work, score)| RankingRow {
            solver: work.solver.clone(),
            attempt: work.attempt,
            score: *score,
        });
        Vec::from_iter(&self.e, rows)
    }

    pub fn settlements(&self, works: &[&Work]) -> Vec<Settlement> {
        let mut rows = Vec::new(&self.e);
        for work in works {
            rows.push_back(Settlement { solver: work.solver.clone(), attempt: work.attempt, hold: false });
        }
        rows
    }

    pub fn settle(&self, id: u32, works: &[&Work]) {
        self.client().settle(&id, &self.settlements(works));
    }

    pub fn state(&self, id: u32) -> State {
        self.client().state(&id)
    }

    pub fn view(&self, id: u32, work: &Work) -> Submission {
        self.client().submission(&id, &work.solver, &work.attempt)
    }

    pub fn verdict(&self, id: u32, work: &Work) -> Verdict {
        self.view(id, work).verdict
    }

    pub fn owed(&self, id: u32, work: &Work) -> i128 {
        self.client().owed(&id, &work.solver, &work.attempt)
    }

    pub fn release(&self, id: u32, work: &Work) -> i128 {
        self.client().release_payment(&id, &work.solver, &work.attempt)
    }

    /// Invariant 1: what the contract holds of a token is what its challenges in that token count, to the last unit.
    pub fn check(&self) {
        assert_eq!(self.balance(&self.contract), self.counted(&self.asset), "the contract's balance");
    }

    /// All that the challenges in a token count.
    pub fn counted(&self, token: &Address) -> i128 {
        let client = self.client();
        let own = (1..=client.challenges()).filter(|id| client.challenge(id).terms.token == *token);
        own.map(|id| {
            let earned = client.earnings(&id);
            total(&client.state(&id)) + earned.total - earned.claimed
        })
        .sum()
    }
}

/// What the deployments of these tests fix.
const LIMITS: (u64, u64) = (MIN_PATIENCE, MIN_WINDOW);

fn wasm_is_wanted() -> bool {
    std::env::var("STELLARTRAIN_WASM").is_ok_and(|value| value == "1")
}

/// An environment with the public network's lifetimes, in which everybody signs.
pub fn prepared(mut e: Env) -> Env {
    e.set_config(EnvTestConfig { capture_snapshot_at_drop: false });
    e.mock_all_auths();
    // The environment checks each call against the public network's limits; its budget also counts its own overhead.
    e.cost_estimate().budget().reset_unlimited();
    e.ledger().with_mut(|ledger| {
        ledger.timestamp = NOW;
        ledger.sequence_number = 1_000;
        ledger.min_persistent_entry_ttl = 2_073_600;
        ledger.max_entry_ttl = 3_110_400;
    });
    e
}

/// Moves the clock, and the ledger's number by one per five seconds.
pub fn go_to(e: &Env, time: u64) {
    e.ledger().with_mut(|ledger| {
        ledger.sequence_number += ((time - ledger.timestamp) / 5) as u32;
        ledger.timestamp = time;
    });
}

/// What must be paid in for a payout rule; 10,000 where the maker chooses.
pub fn prize(terms: &Terms) -> i128 {
    match &terms.payout {
        Payout::Bounty(bounty) => bounty.reward.saturating_mul(i128::from(bounty.winners)),
        Payout::Ranked(ranked) => ranked.prizes.iter().fold(0, i128::saturating_add),
        Payout::PerUnit(_) | Payout::Earnings => 10_000,
    }
}

/// All money that a challenge counts, but for its unclaimed earnings.
pub fn total(state: &State) -> i128 {
    let purse = &state.purse;
    let parts = [
        purse.escrow,
        purse.reserved,
        purse.prizes,
        purse.budget,
        purse.held_fees,
        purse.ranking_fees,
        purse.deposits,
        purse.carried,
        purse.owed,
    ];
    assert!(parts.into_iter().chain(purse.fees.iter()).all(|part| part >= 0), "a balance below zero: {state:?}");
    parts.iter().sum::<i128>() + purse.fees.iter().sum::<i128>()
}

/// Asserts that a `try_` call was refused with a numbered error.
#[track_caller]
pub fn refused<T: std::fmt::Debug, C: std::fmt::Debug>(
    result: Result<Result<T, C>, Result<soroban_sdk::Error, soroban_sdk::InvokeError>>,
    error: Error,
) {
    match result {
        Err(Ok(got)) => assert_eq!(got, soroban_sdk::Error::from(error), "expected {error:?}"),
        other => panic!("expected {error:?}, got {other:?}"),
    }
}
