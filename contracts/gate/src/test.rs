//! The gate in front of the main contract, with records that the main contract's submissions made.
extern crate std;
use crate::{AllowList, AllowListClient};
use soroban_sdk::testutils::{Address as _, Ledger};
use soroban_sdk::token::StellarAssetClient;
use soroban_sdk::{vec, Address, Bytes, BytesN, Env, String};
use stellartrain::errors::Error;
use stellartrain::types::{Bounty, Cid, Direction, Payout, Terms, Verdict, Vote};
use stellartrain::{StellarTrain, StellarTrainClient};
use stellartrain_records::{types::Cid as RecordsCid, Records, RecordsClient};

const NOW: u64 = 1_800_000_000;

struct World {
    e: Env,
    main: Address,
    records: Address,
    asset: Address,
    maker: Address,
    oracle: Address,
}

impl World {
    fn new() -> World {
        let e = Env::default();
        e.mock_all_auths();
        e.ledger().set_timestamp(NOW);
        let main = e.register(StellarTrain, (10u64, 1_000u64));
        let image = RecordsCid { codec: 0x55, digest: BytesN::from_array(&e, &[7; 32]) };
        let records = e.register(Records, (main.clone(), image));
        let asset = e.register_stellar_asset_contract_v2(Address::generate(&e)).address();
        let [maker, oracle] = [(); 2].map(|()| Address::generate(&e));
        StellarAssetClient::new(&e, &asset).mint(&maker, &10_000);
        let w = World { e, main, records, asset, maker, oracle };
        w.main().register_oracle(&w.oracle, &w.bytes(2), &String::from_str(&w.e, "https://oracle.example"), &w.cid());
        w
    }

    fn bytes(&self, byte: u8) -> BytesN<32> {
        BytesN::from_array(&self.e, &[byte; 32])
    }

    fn cid(&self) -> Cid {
        Cid { codec: 0x55, digest: self.bytes(1) }
    }

    fn main(&self) -> StellarTrainClient<'_> {
        StellarTrainClient::new(&self.e, &self.main)
    }

    fn gate(&self, paid_submissions: u32) -> Address {
        self.e.register(AllowList, (self.maker.clone(), Some(self.records.clone()), paid_submissions))
    }

    /// An accepted bounty with this gate.
    fn challenge(&self, gate: Option<Address>) -> u32 {
        let terms = Terms {
            token: self.asset.clone(),
            payout: Payout::Bounty(Bounty { reward: 50, winners: 5 }),
            oracles: vec![&self.e, self.oracle.clone()],
            oracle_fee: 0,
            deposit: 0,
            threshold: 90,
            direction: Direction::Maximize,
            step: 1,
            opens: 0,
            accept_by: NOW + 100,
            deadline: NOW + 1_000,
            patience: 10,
            grade_by: NOW + 5_000,
            judge: None,
            gate,
            attempts: 1,
            attempts_per_day: 1,
            unique_content: false,
            truth: self.bytes(2),
            opens_truth: true,
            manifest: self.cid(),
        };
        let challenge = self.main().create_challenge(&self.maker, &terms, &250, &0);
        self.main().accept_challenge(&self.oracle, &challenge, &self.bytes(2), &Bytes::from_array(&self.e, &[3; 9]));
        challenge
    }

    fn submit(&self, challenge: u32, solver: &Address) -> Result<u32, Error> {
        let answer = self.main().try_submit(solver, &challenge, &1, &self.cid(), &self.bytes(0), &0, &0);
        answer.map(Result::unwrap).map_err(|refused| Error::try_from(refused.unwrap()).unwrap())
    }

    /// The oracle scores it, so that it is paid, and somebody folds it into its solver's record.
    fn win(&self, challenge: u32, solver: &Address) {
        let vote = Vote {
            solver: solver.clone(),
            attempt: 1,
            verdict: Verdict::Scored,
            reason: 0,
            score: 95,
            content_hash: self.bytes(8),
            units: 0,
            hold: false,
        };
        self.main().post_scores(&self.oracle, &challenge, &self.cid(), &vec![&self.e, vote], &true);
        RecordsClient::new(&self.e, &self.records).fold(&challenge, solver, &1);
    }
}

#[test]
fn an_invitation_admits_and_can_be_taken_back() {
    let w = World::new();
    let gate = w.gate(1);
    let challenge = w.challenge(Some(gate.clone()));
    let [invited, other] = [(); 2].map(|()| Address::generate(&w.e));
    let client = AllowListClient::new(&w.e, &gate);
    assert_eq!(w.submit(challenge, &invited), Err(Error::NotAdmitted));
    client.invite(&invited, &true);
    client.invite(&other, &true);
    client.invite(&other, &false);
    assert_eq!(w.submit(challenge, &other), Err(Error::NotAdmitted));
    assert_eq!(w.submit(challenge, &invited), Ok(1));
}

#[test]
fn a_record_of_paid_submissions_admits() {
    let w = World::new();
    let solver = Address::generate(&w.e);
    let challenge = w.challenge(Some(w.gate(2)));
    for won in 0..2 {
        assert_eq!(w.submit(challenge, &solver), Err(Error::NotAdmitted), "after {won}");
        let open = w.challenge(None);
        assert_eq!(w.submit(open, &solver), Ok(1));
        w.win(open, &solver);
    }
    assert_eq!(w.submit(challenge, &solver), Ok(1));
}

#[test]
fn only_the_owner_invites() {
    let w = World::new();
    let gate = w.gate(1);
    w.e.set_auths(&[]);
    assert!(AllowListClient::new(&w.e, &gate).try_invite(&w.maker, &true).is_err());
}

#[test]
fn a_gate_that_is_no_contract_admits_nobody() {
    let w = World::new();
    let nobody = Address::generate(&w.e);
    let challenge = w.challenge(Some(nobody));
    assert_eq!(w.submit(challenge, &Address::generate(&w.e)), Err(Error::NotAdmitted));
}
