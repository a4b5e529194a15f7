//! A challenge with this contract as its judge, on the main contract itself, and forms as the engine writes them.
extern crate std;
use crate::chunk::commitment;
use crate::{Error, Metric, Recount, RecountClient, Rules};
use core::fmt::Debug;
use soroban_sdk::testutils::{Address as _, Ledger};
use soroban_sdk::token::{StellarAssetClient, TokenClient};
use soroban_sdk::xdr::ToXdr;
use soroban_sdk::{vec, Address, Bytes, BytesN, Env, InvokeError, String, Vec};
use std::vec::Vec as List;
use stellartrain::types::{self as main, Bounty, Direction, Judge, Payout, Ranked, Terms};
use stellartrain::{StellarTrain, StellarTrainClient};

pub const NOW: u64 = 1_800_000_000;
pub const GRADE_BY: u64 = NOW + 5_000;
pub const JUDGE_BY: u64 = GRADE_BY + 1_000;
pub const REWARD: i128 = 50;
pub const SALT: [u8; 32] = [7; 32];
pub const NONCE: [u8; 32] = [8; 32];
const CHUNK: usize = 65_536;

pub struct World {
    pub e: Env,
    pub main: Address,
    pub judge: Address,
    pub asset: Address,
    pub maker: Address,
    oracles: List<Address>,
}

/// Runs a story on the native contracts, then on the committed wasm of both.
pub fn on_both(story: impl Fn(World)) {
    for wasm in [false, true] {
        story(World::new(wasm));
    }
}

impl World {
    pub fn new(wasm: bool) -> World {
        let e = Env::default();
        e.mock_all_auths();
        e.cost_estimate().budget().reset_unlimited();
        e.ledger().set_timestamp(NOW);
        let limits = (10u64, 1_000u64);
        let main = if wasm {
            e.register(&include_bytes!("../../../stellartrain/stellartrain.wasm")[..], limits)
        } else {
            e.register(StellarTrain, limits)
        };
        let judge = if wasm {
            e.register(&include_bytes!("../../recount.wasm")[..], (main.clone(),))
        } else {
            e.register(Recount, (main.clone(),))
        };
        let asset = e.register_stellar_asset_contract_v2(Address::generate(&e)).address();
        let maker = Address::generate(&e);
        StellarAssetClient::new(&e, &asset).mint(&maker, &10_000);
        let oracles: List<Address> = (0..3).map(|_| Address::generate(&e)).collect();
        let world = World { e, main, judge, asset, maker, oracles };
        for oracle in &world.oracles {
            let url = String::from_str(&world.e, "https://oracle.example");
            world.main().register_oracle(oracle, &world.bytes(2), &url, &world.cid());
        }
        world
    }

    pub fn main(&self) -> StellarTrainClient<'_> {
        StellarTrainClient::new(&self.e, &self.main)
    }

    pub fn recount(&self) -> RecountClient<'_> {
        RecountClient::new(&self.e, &self.judge)
    }

    pub fn bytes(&self, of: u8) -> BytesN<32> {
        BytesN::from_array(&self.e, &[of; 32])
    }

    fn cid(&self) -> main::Cid {
        main::Cid { codec: 0x55, digest: self.bytes(1) }
    }

    pub fn bounty() -> Payout {
        Payout::Bounty(Bounty { reward: REWARD, winners: 1 })
    }

    pub fn ranked(&self, prizes: &[i128]) -> Payout {
        Payout::Ranked(Ranked { prizes: Vec::from_slice(&self.e, prizes) })
    }

    /// A challenge about this truth, whose oracles accepted it; `change` its terms.
    pub fn challenge(&self, truth: &Form, payout: Payout, change: impl Fn(&mut Terms)) -> u32 {
        let e = &self.e;
        let bound = self.maker.clone().to_xdr(e);
        let mut terms = Terms {
            token: self.asset.clone(),
            payout,
            oracles: Vec::from_slice(e, &self.oracles),
            oracle_fee: 1,
            deposit: 0,
            threshold: 6_000_000,
            direction: Direction::Maximize,
            step: 1,
            opens: 0,
            accept_by: NOW + 100,
            deadline: NOW + 1_000,
            patience: 10,
            grade_by: GRADE_BY,
            judge: Some(Judge { address: self.judge.clone(), judge_by: JUDGE_BY }),
            gate: None,
            attempts: 3,
            attempts_per_day: 3,
            unique_content: false,
            truth: commitment(e, &self.main, &bound, &BytesN::from_array(e, &SALT), &truth.hash(e)),
            opens_truth: true,
            manifest: self.cid(),
        };
        change(&mut terms);
        let prize = match &terms.payout {
            Payout::Ranked(ranked) => ranked.prizes.iter().sum(),
            _ => REWARD,
        };
        let challenge = self.main().create_challenge(&self.maker, &terms, &prize, &100);
        for (place, oracle) in self.oracles.iter().enumerate() {
            let shares = if place == 0 { Bytes::from_array(e, &[3; 100]) } else { Bytes::new(e) };
            self.main().accept_challenge(oracle, &challenge, &self.bytes(2), &shares);
        }
        challenge
    }

    /// The commitment of a solver's work.
    pub fn committed(&self, challenge: u32, solver: &Address, work: &Form) -> BytesN<32> {
        let mut bound = Bytes::from_array(&self.e, &challenge.to_be_bytes());
        bound.append(&solver.clone().to_xdr(&self.e));
        commitment(&self.e, &self.main, &bound, &BytesN::from_array(&self.e, &NONCE), &work.hash(&self.e))
    }

    pub fn hand(&self, challenge: u32, solver: &Address, attempt: u32, commitment: &BytesN<32>) {
        self.main().submit(solver, &challenge, &attempt, &self.cid(), commitment, &0, &0);
    }

    /// A solver that committed to this work.
    pub fn solver(&self, challenge: u32, work: &Form) -> Address {
        let solver = Address::generate(&self.e);
        self.hand(challenge, &solver, 1, &self.committed(challenge, &solver, work));
        solver
    }

    /// The judge's time.
    pub fn judging(&self) {
        self.e.ledger().set_timestamp(GRADE_BY);
    }

    /// The last quarter of it, which is for rulings where content is unique.
    pub fn ruling(&self) {
        self.e.ledger().set_timestamp(JUDGE_BY - (JUDGE_BY - GRADE_BY) / 4);
    }

    pub fn conclude(&self, challenge: u32, solver: &Address, attempt: u32) -> Result<(), Error> {
        own(self.recount().try_conclude(&challenge, solver, &attempt))
    }

    pub fn open_truth(&self, challenge: u32, truth: &Form, place: u32) -> Result<bool, Error> {
        let salt = BytesN::from_array(&self.e, &SALT);
        let (hashes, chunk) = (truth.hashes(&self.e), truth.chunk(&self.e, place));
        let opened = self.recount().try_open_truth(&challenge, &salt, &hashes, &place, &chunk);
        own(opened)
    }

    pub fn open_work(
        &self,
        challenge: u32,
        solver: &Address,
        attempt: u32,
        work: &Form,
        place: u32,
    ) -> Result<bool, Error> {
        let nonce = BytesN::from_array(&self.e, &NONCE);
        let (hashes, chunk) = (work.hashes(&self.e), work.chunk(&self.e, place));
        let opened = self.recount().try_open_work(&challenge, solver, &attempt, &nonce, &hashes, &place, &chunk);
        own(opened)
    }

    /// All chunks that are needed.
    pub fn open_all(&self, challenge: u32, truth: &Form) {
        let opened = (0..truth.count()).any(|place| self.open_truth(challenge, truth, place).unwrap());
        assert!(opened);
    }

    /// The score that the ballot has.
    pub fn recounted(&self, challenge: u32, solver: &Address, attempt: u32, work: &Form) -> i64 {
        for place in 0..work.count() {
            let done = self.open_work(challenge, solver, attempt, work, place).unwrap();
            assert_eq!(done, place + 1 == work.count());
        }
        let ruled = self.recount().work(&challenge, solver, &attempt).unwrap();
        assert!(ruled.scored);
        let mut content = Bytes::from_array(&self.e, &SALT);
        content.append(&work.bytes(&self.e));
        let votes = self.main().submission(&challenge, solver, &attempt).votes;
        let ballot = votes.iter().find(|vote| vote.by == 253);
        if let Some(ballot) = ballot {
            assert_eq!(ballot.content_hash, self.e.crypto().sha256(&content).to_bytes());
        }
        ruled.score
    }

    /// What the solvers have after the end, once everything is carried out.
    pub fn paid<const N: usize>(&self, challenge: u32, solvers: [&Address; N]) -> [i128; N] {
        self.e.ledger().set_timestamp(JUDGE_BY);
        for _ in 0..2 {
            // A prize waits until all that has a verdict is concluded.
            for solver in solvers {
                let _ = self.main().try_release_payment(&challenge, solver, &1);
            }
        }
        solvers.map(|solver| TokenClient::new(&self.e, &self.asset).balance(solver))
    }

    pub fn rules(&self, metric: Metric, classes: &[&str]) -> Rules {
        let mut all = vec![&self.e];
        for class in classes {
            all.push_back(Bytes::from_slice(&self.e, class.as_bytes()));
        }
        let (least, most) = (f64::MIN.to_bits(), f64::MAX.to_bits());
        Rules { metric, classes: all, numbers: false, positive: 0, least, most, whole: false }
    }
}

/// The result of a call that this contract may refuse.
pub fn own<T: Debug, C: Debug>(
    called: Result<Result<T, C>, Result<soroban_sdk::Error, InvokeError>>,
) -> Result<T, Error> {
    match called {
        Ok(value) => Ok(value.unwrap()),
        Err(error) => {
            let error = error.unwrap();
            Err(Error::try_from(error).unwrap_or_else(|_| panic!("{error:?}")))
        }
    }
}

/// The bytes of a canonical form.
#[derive(Clone)]
pub struct Form(pub List<u8>);

impl Form {
    fn header(version: u32, kind: u8, rows: usize) -> List<u8> {
        let mut bytes = List::new();
        bytes.extend(version.to_le_bytes());
        bytes.extend(1u32.to_le_bytes());
        bytes.push(kind);
        bytes.extend(5u32.to_le_bytes());
        bytes.extend(b"label");
        bytes.extend((rows as u64).to_le_bytes());
        bytes
    }

    pub fn labels(labels: &[&str]) -> Form {
        let mut bytes = Form::header(1, 1, labels.len());
        for label in labels {
            bytes.extend((label.len() as u32).to_le_bytes());
            bytes.extend(label.as_bytes());
        }
        Form(bytes)
    }

    pub fn numbers(numbers: &[f64]) -> Form {
        let mut bytes = Form::header(1, 0, numbers.len());
        numbers.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
        Form(bytes)
    }

    /// The truth with the values of this work; `private` says which rows are.
    pub fn truth(mut self, rows: usize, private: Option<&dyn Fn(usize) -> bool>) -> Form {
        self.0[0] = 5;
        self.0.extend((0..rows).map(|row| private.map_or(0, |private| 1 + u8::from(private(row)))));
        for row in 0..rows {
            let id = std::format!("{row:06}");
            self.0.extend((id.len() as u32).to_le_bytes());
            self.0.extend(id.as_bytes());
        }
        self
    }

    pub fn count(&self) -> u32 {
        self.0.len().div_ceil(CHUNK) as u32
    }

    pub fn bytes(&self, e: &Env) -> Bytes {
        Bytes::from_slice(e, &self.0)
    }

    pub fn chunk(&self, e: &Env, place: u32) -> Bytes {
        Bytes::from_slice(e, self.0.chunks(CHUNK).nth(place as usize).unwrap_or(&[]))
    }

    pub fn hashes(&self, e: &Env) -> Bytes {
        let mut hashes = Bytes::new(e);
        for chunk in self.0.chunks(CHUNK) {
            hashes.append(&Bytes::from(e.crypto().sha256(&Bytes::from_slice(e, chunk)).to_bytes()));
        }
        hashes
    }

    fn hash(&self, e: &Env) -> BytesN<32> {
        e.crypto().sha256(&self.hashes(e)).to_bytes()
    }
}
