//! A small world for tests: a token, a maker, three oracles, solvers with money, and a clock.
//!
//! With `STELLARTRAIN_WASM=1` the same tests run on the committed wasm instead of the native build.
extern crate std;
use crate::errors::Error;
use crate::types::*;
use crate::{StellarTrain, StellarTrainClient};
use soroban_sdk::testutils::{Address as _, EnvTestConfig, IssuerFlags, Ledger};
use soroban_sdk::token::{StellarAssetClient, TokenClient};
use soroban_sdk::{Address, BytesN, Env, String, Vec};

pub const NOW: u64 = 1_800_000_000;
pub const MIN_PATIENCE: u64 = 600;
pub const WASM: &[u8] = include_bytes!("../../stellartrain.wasm");

pub struct World {
    pub e: Env,
    pub contract: Address,
    pub asset: Address,
    pub maker: Address,
    pub oracles: std::vec::Vec<Address>,
}

/// A submission by its name and number.
#[derive(Clone)]
pub struct Work {
    pub solver: Address,
    pub attempt: u32,
    pub number: u32,
}

impl World {
    pub fn new() -> World {
        World::on(wasm_is_wanted())
    }

    pub fn on(wasm: bool) -> World {
        let e = prepared(Env::default());
        e.ledger().with_mut(|ledger| {
            ledger.timestamp = NOW;
            ledger.sequence_number = 1_000;
            ledger.min_persistent_entry_ttl = 2_073_600;
            ledger.max_entry_ttl = 3_110_400;
        });
        let contract = if wasm { e.register(WASM, (MIN_PATIENCE,)) } else { e.register(StellarTrain, (MIN_PATIENCE,)) };
        let asset = e.register_stellar_asset_contract_v2(Address::generate(&e));
        asset.issuer().set_flag(IssuerFlags::RevocableFlag);
        let asset = asset.address();
        let maker = Address::generate(&e);
        let oracles = (0..3).map(|_| Address::generate(&e)).collect();
        let world = World { e, contract, asset, maker, oracles };
        world.fund(&world.maker, 1_000_000);
        for (i, oracle) in world.oracles.iter().enumerate() {
            world.register(oracle, i as u8);
        }
        world
    }

    /// The same people with a contract at a given address, which holds nothing yet.
    pub fn with_contract_at(self, address: &str) -> World {
        let contract = Address::from_str(&self.e, address);
        if wasm_is_wanted() {
            self.e.register_at(&contract, WASM, (MIN_PATIENCE,));
        } else {
            self.e.register_at(&contract, StellarTrain, (MIN_PATIENCE,));
        }
        let world = World { contract, ..self };
        for (i, oracle) in world.oracles.iter().enumerate() {
            world.register(oracle, i as u8);
        }
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

    pub fn register(&self, oracle: &Address, key: u8) -> u32 {
        let url = String::from_str(&self.e, "https://oracle.example");
        self.client().register_oracle(oracle, &self.bytes(key), &url, &self.cid(key))
    }

    pub fn bytes(&self, byte: u8) -> BytesN<32> {
        BytesN::from_array(&self.e, &[byte; 32])
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
        self.e.ledger().with_mut(|ledger| {
            ledger.sequence_number += ((time - ledger.timestamp) / 5) as u32;
            ledger.timestamp = time;
        });
    }

    /// Two winners of 1,000, quorum 2 of 3, fee 5 for each, deposit 20, threshold 50 in steps of 10.
    pub fn terms(&self) -> Terms {
        let now = self.now();
        Terms {
            token: self.asset.clone(),
            payout: Payout::Bounty(Bounty { reward: 1_000, winners: 2 }),
            oracles: Vec::from_slice(&self.e, &self.oracles),
            quorum: 2,
            oracle_fee: 5,
            deposit: 20,
            threshold: 50,
            direction: Direction::Maximize,
            step: 10,
            opens: now,
            accept_by: now + 3_600,
            deadline: now + 864_000,
            patience: 600,
            grade_by: now + 864_000 + 86_400,
            silence_share: 5_000,
            attempts: 5,
            attempts_per_day: 5,
            opens_truth: true,
            manifest: self.cid(1),
        }
    }

    /// A challenge with these terms that all oracles have accepted.
    pub fn open(&self, terms: &Terms) -> u32 {
        let id = self.client().create_challenge(&self.maker, terms, &prize(terms), &1_000);
        self.accept(id);
        id
    }

    pub fn accept(&self, id: u32) {
        for oracle in self.client().challenge(&id).terms.oracles.iter() {
            self.client().accept_challenge(&oracle, &id);
        }
    }

    pub fn solver(&self) -> Address {
        let solver = Address::generate(&self.e);
        self.fund(&solver, 1_000);
        solver
    }

    pub fn submit(&self, id: u32, solver: &Address) -> Work {
        let attempt = self.client().attempts(&id, solver).attempts + 1;
        let number = self.client().submit(solver, &id, &attempt, &self.cid(9), &0, &0);
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

    /// The same votes by the first two oracles: a quorum, settled by the second.
    pub fn grade(&self, id: u32, votes: &[Vote]) {
        self.post(id, 0, votes, false);
        self.post(id, 1, votes, true);
    }

    pub fn settlements(&self, works: &[&Work]) -> Vec<Settlement> {
        let mut rows = Vec::new(&self.e);
        for work in works {
            rows.push_back(Settlement { solver: work.solver.clone(), attempt: work.attempt, hold: false });
        }
        rows
    }

    pub fn view(&self, id: u32, work: &Work) -> Submission {
        self.client().submission(&id, &work.solver, &work.attempt)
    }

    pub fn release(&self, id: u32, work: &Work) -> i128 {
        self.client().release_payment(&id, &work.solver, &work.attempt)
    }

    /// Invariant 1: what the contract holds of a token is what its challenges in that token count, to the last unit.
    pub fn check(&self) {
        let client = self.client();
        let mut counted = 0;
        for id in 1..=client.challenges() {
            if client.challenge(&id).terms.token == self.asset {
                let earned = client.earnings(&id);
                counted += total(&client.state(&id)) + earned.total - earned.claimed;
            }
        }
        assert_eq!(self.balance(&self.contract), counted, "the contract's balance");
    }
}

fn wasm_is_wanted() -> bool {
    std::env::var("STELLARTRAIN_WASM").is_ok_and(|value| value == "1")
}

fn prepared(mut e: Env) -> Env {
    e.set_config(EnvTestConfig { capture_snapshot_at_drop: false });
    e.mock_all_auths();
    // The environment checks each call against the public network's limits; its budget also counts its own overhead.
    e.cost_estimate().budget().reset_unlimited();
    e
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
    let parts = [state.escrow, state.reserved, state.fee_budget, state.deposits, state.held];
    assert!(parts.iter().all(|part| *part >= 0), "a balance below zero: {state:?}");
    parts.iter().sum::<i128>() + state.fees.iter().sum::<i128>()
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
