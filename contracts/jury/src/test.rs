//! Two of three jurors decide what one oracle left undecided, on the main contract itself.
extern crate std;
use crate::{Ballot, Cid, Error, Jury, JuryClient, Verdict, Vote};
use soroban_sdk::testutils::{Address as _, Ledger};
use soroban_sdk::token::{StellarAssetClient, TokenClient};
use soroban_sdk::{vec, Address, Bytes, BytesN, Env, String, Vec};
use stellartrain::types::{self as main, Bounty, Direction, Judge, Payout, Terms};
use stellartrain::{StellarTrain, StellarTrainClient};

const NOW: u64 = 1_800_000_000;
const GRADE_BY: u64 = NOW + 5_000;
const JUDGE_BY: u64 = GRADE_BY + 1_000;
const REWARD: i128 = 50;

struct World {
    e: Env,
    main: Address,
    jury: Address,
    asset: Address,
    jurors: [Address; 3],
    oracle: Address,
    challenge: u32,
    solver: Address,
}

impl World {
    /// A bounty with one submission, which nobody graded by `grade_by`.
    fn new() -> World {
        let e = Env::default();
        e.mock_all_auths();
        e.ledger().set_timestamp(NOW);
        let main = e.register(StellarTrain, (10u64, 1_000u64));
        let asset = e.register_stellar_asset_contract_v2(Address::generate(&e)).address();
        let [maker, oracle, solver] = [(); 3].map(|()| Address::generate(&e));
        let jurors = [(); 3].map(|()| Address::generate(&e));
        let jury = e.register(Jury, (main.clone(), Vec::from_array(&e, jurors.clone())));
        StellarAssetClient::new(&e, &asset).mint(&maker, &1_000);
        let client = StellarTrainClient::new(&e, &main);
        let cid = main::Cid { codec: 0x55, digest: BytesN::from_array(&e, &[1; 32]) };
        let key = BytesN::from_array(&e, &[2; 32]);
        client.register_oracle(&oracle, &key, &String::from_str(&e, "https://oracle.example"), &cid);
        let terms = Terms {
            token: asset.clone(),
            payout: Payout::Bounty(Bounty { reward: REWARD, winners: 1 }),
            oracles: vec![&e, oracle.clone()],
            oracle_fee: 1,
            deposit: 0,
            threshold: 90,
            direction: Direction::Maximize,
            step: 1,
            opens: 0,
            accept_by: NOW + 100,
            deadline: NOW + 1_000,
            patience: 10,
            grade_by: GRADE_BY,
            judge: Some(Judge { address: jury.clone(), judge_by: JUDGE_BY }),
            gate: None,
            attempts: 1,
            attempts_per_day: 1,
            unique_content: false,
            truth: key.clone(),
            opens_truth: true,
            manifest: cid.clone(),
        };
        let challenge = client.create_challenge(&maker, &terms, &REWARD, &10);
        client.accept_challenge(&oracle, &challenge, &key, &Bytes::from_array(&e, &[3; 100]));
        client.submit(&solver, &challenge, &1, &cid, &BytesN::from_array(&e, &[0; 32]), &0, &0);
        e.ledger().set_timestamp(GRADE_BY);
        World { e, main, jury, asset, jurors, oracle, challenge, solver }
    }

    fn jury(&self) -> JuryClient<'_> {
        JuryClient::new(&self.e, &self.jury)
    }

    fn main(&self) -> StellarTrainClient<'_> {
        StellarTrainClient::new(&self.e, &self.main)
    }

    fn report(&self) -> Cid {
        Cid { codec: 0x55, digest: BytesN::from_array(&self.e, &[9; 32]) }
    }

    fn scored(&self, score: i64) -> Vote {
        Vote {
            solver: self.solver.clone(),
            attempt: 1,
            verdict: Verdict::Scored,
            reason: 0,
            score,
            content_hash: BytesN::from_array(&self.e, &[4; 32]),
            units: 0,
            hold: false,
        }
    }

    fn rejected(&self, reason: u32) -> Vote {
        let content_hash = BytesN::from_array(&self.e, &[0; 32]);
        Vote { verdict: Verdict::Rejected, reason, score: 0, content_hash, ..self.scored(0) }
    }

    fn vote(&self, juror: usize, vote: &Vote) -> bool {
        self.jury().vote(&self.jurors[juror], &self.challenge, &self.report(), vote)
    }

    /// The solver's balance after the end.
    fn paid(&self) -> i128 {
        self.e.ledger().set_timestamp(JUDGE_BY);
        let _ = self.main().try_release_payment(&self.challenge, &self.solver, &1);
        TokenClient::new(&self.e, &self.asset).balance(&self.solver)
    }
}

#[test]
fn two_of_three_award_the_prize_that_the_oracle_left() {
    let w = World::new();
    assert!(!w.vote(0, &w.scored(95)));
    assert!(!w.vote(1, &w.rejected(7)));
    assert!(w.vote(2, &w.scored(95)));
    assert_eq!(w.paid(), REWARD);
}

#[test]
fn two_of_three_reject_and_the_lowest_reason_stands() {
    let w = World::new();
    assert!(!w.vote(0, &w.rejected(9)));
    assert!(w.vote(1, &w.rejected(4)));
    assert_eq!(w.paid(), 0);
    let submission = w.main().submission(&w.challenge, &w.solver, &1);
    assert_eq!((submission.verdict, submission.reason), (main::Verdict::Rejected, 4));
}

#[test]
fn one_juror_alone_decides_nothing_and_may_change_its_mind() {
    let w = World::new();
    assert!(!w.vote(0, &w.scored(95)));
    assert!(!w.vote(0, &w.rejected(4)));
    assert!(!w.vote(0, &w.scored(95)));
    let ballots = w.jury().ballots(&w.challenge, &w.solver, &1);
    assert_eq!(ballots, vec![&w.e, Ballot { juror: w.jurors[0].clone(), report: w.report(), vote: w.scored(95) }]);
    assert_eq!(w.paid(), 0);
}

#[test]
fn nobody_else_votes_and_a_decision_is_the_last_word() {
    let w = World::new();
    let stranger = w.jury().try_vote(&w.oracle, &w.challenge, &w.report(), &w.scored(95));
    assert_eq!(stranger, Err(Ok(Error::NotAJuror.into())));
    w.vote(0, &w.scored(95));
    w.vote(1, &w.scored(95));
    let late = w.jury().try_vote(&w.jurors[2], &w.challenge, &w.report(), &w.scored(95));
    // `AlreadyDecided` of the main contract.
    assert_eq!(late, Err(Ok(soroban_sdk::Error::from_contract_error(510))));
}

#[test]
fn a_juror_signs_its_vote() {
    let w = World::new();
    w.e.set_auths(&[]);
    assert!(w.jury().try_vote(&w.jurors[0], &w.challenge, &w.report(), &w.scored(95)).is_err());
}

#[test]
fn a_jury_has_an_odd_number_of_different_jurors() {
    let w = World::new();
    let [a, b, _] = &w.jurors;
    for bad in [vec![&w.e], vec![&w.e, a.clone(), b.clone()], vec![&w.e, a.clone(), b.clone(), a.clone()]] {
        let deployed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            w.e.register(Jury, (w.main.clone(), bad));
        }));
        assert!(deployed.is_err());
    }
}

/// One juror says "rejected" without a reason, which the main contract does not take: it must not keep the others from a majority.
#[test]
fn a_rejection_without_a_reason_keeps_no_majority_from_rejecting() {
    let w = World::new();
    let _ = w.jury().try_vote(&w.jurors[2], &w.challenge, &w.report(), &w.rejected(0));
    assert!(w.jury().try_vote(&w.jurors[0], &w.challenge, &w.report(), &w.rejected(3)).is_ok(), "two of three reject");
    let view = w.main().submission(&w.challenge, &w.solver, &1);
    assert_eq!((view.votes.len(), view.votes.get_unchecked(0).reason), (1, 3));
}
