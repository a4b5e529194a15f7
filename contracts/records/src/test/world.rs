//! A small world for tests: the main contract with a bounty that one oracle grades, and the records beside it.
//!
//! With `STELLARTRAIN_WASM=1` both contracts run as committed instead of as native builds.
extern crate std;
use crate::errors::Error;
use crate::types::Cid;
use crate::{Records, RecordsClient};
use soroban_sdk::testutils::{Address as _, EnvTestConfig, Ledger};
use soroban_sdk::token::StellarAssetClient;
use soroban_sdk::xdr::{LedgerKey, ScVal};
use soroban_sdk::{vec, Address, Bytes, BytesN, Env, String, Vec};
use stellartrain::types as main;
use stellartrain::{StellarTrain, StellarTrainClient};

pub const NOW: u64 = 1_800_000_000;
pub const WASM: &[u8] = include_bytes!("../../records.wasm");
const MAIN_WASM: &[u8] = include_bytes!("../../../stellartrain/stellartrain.wasm");

pub struct World {
    pub e: Env,
    pub main: Address,
    pub records: Address,
    pub asset: Address,
    pub maker: Address,
    pub oracle: Address,
}

/// A submission by its name.
#[derive(Clone)]
pub struct Work {
    pub challenge: u32,
    pub solver: Address,
    pub attempt: u32,
    pub number: u32,
}

impl World {
    pub fn new() -> World {
        World::on(std::env::var("STELLARTRAIN_WASM").is_ok_and(|value| value == "1"))
    }

    pub fn on(wasm: bool) -> World {
        let e = prepared(Env::default());
        e.ledger().with_mut(|ledger| {
            ledger.timestamp = NOW;
            ledger.sequence_number = 1_000;
            ledger.min_persistent_entry_ttl = 2_073_600;
            ledger.max_entry_ttl = 3_110_400;
        });
        let limits = (600u64, 3_600u64);
        let main = if wasm { e.register(MAIN_WASM, limits) } else { e.register(StellarTrain, limits) };
        let image = Cid { codec: 0x55, digest: BytesN::from_array(&e, &[7; 32]) };
        let args = (main.clone(), image);
        let records = if wasm { e.register(WASM, args) } else { e.register(Records, args) };
        let asset = e.register_stellar_asset_contract_v2(Address::generate(&e)).address();
        let (maker, oracle) = (Address::generate(&e), Address::generate(&e));
        StellarAssetClient::new(&e, &asset).mint(&maker, &1_000_000);
        let w = World { e, main, records, asset, maker, oracle };
        let url = String::from_str(&w.e, "https://oracle.example");
        w.main().register_oracle(&w.oracle, &w.bytes(1), &url, &w.cid(1));
        w
    }

    /// The same ledger in a new environment, so that a call's cost does not grow with what other calls have touched.
    /// Only for worlds on the wasm.
    pub fn reopened(&self) -> World {
        let mut snapshot = self.e.to_snapshot();
        // The new environment draws the same nonces again.
        let is_nonce = |key: &LedgerKey| matches!(key, LedgerKey::ContractData(data) if matches!(data.key, ScVal::LedgerKeyNonce(_)));
        snapshot.ledger.ledger_entries.retain(|(key, _)| !is_nonce(key));
        let e = prepared(Env::from_snapshot(snapshot));
        let [main, records, asset, maker, oracle] =
            [&self.main, &self.records, &self.asset, &self.maker, &self.oracle].map(|address| moved(&e, address));
        World { e, main, records, asset, maker, oracle }
    }

    pub fn main(&self) -> StellarTrainClient<'_> {
        StellarTrainClient::new(&self.e, &self.main)
    }

    pub fn client(&self) -> RecordsClient<'_> {
        RecordsClient::new(&self.e, &self.records)
    }

    pub fn bytes(&self, byte: u8) -> BytesN<32> {
        BytesN::from_array(&self.e, &[byte; 32])
    }

    fn cid(&self, byte: u8) -> main::Cid {
        main::Cid { codec: 0x55, digest: self.bytes(byte) }
    }

    /// Moves the clock, and the ledger's number by one per five seconds.
    pub fn go_to(&self, time: u64) {
        self.e.ledger().with_mut(|ledger| {
            ledger.sequence_number += ((time - ledger.timestamp) / 5) as u32;
            ledger.timestamp = time;
        });
    }

    /// One oracle, a threshold of 50, a reward of 1,000 for each of the first two winners.
    pub fn terms(&self) -> main::Terms {
        let now = self.e.ledger().timestamp();
        main::Terms {
            token: self.asset.clone(),
            payout: main::Payout::Bounty(main::Bounty { reward: 1_000, winners: 2 }),
            oracles: vec![&self.e, self.oracle.clone()],
            oracle_fee: 0,
            deposit: 0,
            threshold: 50,
            direction: main::Direction::Maximize,
            step: 1,
            opens: now,
            accept_by: now + 3_600,
            deadline: now + 7_200,
            patience: 600,
            grade_by: now + 14_400,
            judge: None,
            gate: None,
            attempts: 9,
            attempts_per_day: 9,
            unique_content: true,
            truth: self.bytes(0),
            opens_truth: false,
            manifest: self.cid(1),
        }
    }

    /// A challenge with these terms that its oracle has accepted.
    pub fn open(&self, terms: &main::Terms) -> u32 {
        let prize = match &terms.payout {
            main::Payout::Bounty(bounty) => bounty.reward * i128::from(bounty.winners),
            main::Payout::Ranked(ranked) => ranked.prizes.iter().sum(),
            _ => 10_000,
        };
        let id = self.main().create_challenge(&self.maker, terms, &prize, &0);
        let shares = Bytes::from_slice(&self.e, &[1]);
        self.main().accept_challenge(&self.oracle, &id, &self.bytes(5), &shares);
        id
    }

    pub fn submit(&self, challenge: u32, solver: &Address) -> Work {
        let attempt = self.main().attempts(&challenge, solver).attempts + 1;
        let number = self.main().submit(solver, &challenge, &attempt, &self.cid(9), &self.bytes(0), &0, &0);
        Work { challenge, solver: solver.clone(), attempt, number }
    }

    /// A new solver's first submission.
    pub fn work(&self, challenge: u32) -> Work {
        self.submit(challenge, &Address::generate(&self.e))
    }

    fn post(&self, work: &Work, verdict: main::Verdict, reason: u32, score: i64, content: u8) {
        let vote = main::Vote {
            solver: work.solver.clone(),
            attempt: work.attempt,
            verdict,
            reason,
            score,
            content_hash: self.bytes(content),
            units: 0,
            hold: false,
        };
        let votes: Vec<main::Vote> = vec![&self.e, vote];
        self.main().post_scores(&self.oracle, &work.challenge, &self.cid(8), &votes, &true);
    }

    pub fn score(&self, work: &Work, score: i64, content: u8) {
        self.post(work, main::Verdict::Scored, 0, score, content);
    }

    pub fn reject(&self, work: &Work) {
        self.post(work, main::Verdict::Rejected, 1, 0, 0);
    }

    pub fn unavailable(&self, work: &Work) {
        self.post(work, main::Verdict::Unavailable, 0, 0, 0);
    }

    /// The ranking of a challenge, best first.
    pub fn rank(&self, challenge: u32, best: &[(&Work, i64)]) {
        let rows = best.iter().map(|(work, score)| main::RankingRow {
            solver: work.solver.clone(),
            attempt: work.attempt,
            score: *score,
        });
        self.main().post_ranking(&self.oracle, &challenge, &self.cid(8), &Vec::from_iter(&self.e, rows));
    }

    /// A submission that won, in a challenge of its own.
    pub fn winner(&self) -> Work {
        let work = self.work(self.open(&self.terms()));
        self.score(&work, 60, 1);
        work
    }

    pub fn fold(&self, work: &Work) -> crate::types::SolverRecord {
        self.client().fold(&work.challenge, &work.solver, &work.attempt)
    }

    pub fn mint(&self, work: &Work) -> u32 {
        self.client().mint(&work.challenge, &work.solver, &work.attempt)
    }
}

impl Work {
    /// The same submission in another environment.
    pub fn moved(&self, w: &World) -> Work {
        Work { solver: moved(&w.e, &self.solver), ..self.clone() }
    }
}

fn prepared(mut e: Env) -> Env {
    e.set_config(EnvTestConfig { capture_snapshot_at_drop: false });
    e.mock_all_auths();
    // The environment checks each call against the public network's limits; its budget also counts its own overhead.
    e.cost_estimate().budget().reset_unlimited();
    e
}

/// An address of one environment, in another.
fn moved(e: &Env, address: &Address) -> Address {
    Address::from_string(&String::from_str(e, &std::string::ToString::to_string(&address.to_string())))
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
