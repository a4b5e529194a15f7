//! One event a call, with all that is needed to follow the state without asking the chain.
extern crate std;
use super::world::{prize, World};
use crate::events::*;
use crate::types::*;
use soroban_sdk::testutils::Events;
use soroban_sdk::{vec, Event, Vec};

/// Asserts what the last call published, leaving the token's own events aside.
#[track_caller]
fn published(w: &World, expected: &[&dyn Fn() -> soroban_sdk::xdr::ContractEvent]) {
    let events = w.e.events().all().filter_by_contract(&w.contract);
    let expected: std::vec::Vec<_> = expected.iter().map(|event| event()).collect();
    assert_eq!(events.events(), expected);
}

macro_rules! published {
    ($w:expr $(, $event:expr)*) => {
        published(&$w, &[$(&|| $event.to_xdr(&$w.e, &$w.contract)),*])
    };
}

#[test]
fn a_challenge_from_creation_to_payment() {
    let w = World::new();
    let terms = w.terms();
    w.register(&w.oracles[0], 4);
    let url = soroban_sdk::String::from_str(&w.e, "https://oracle.example");
    let oracle = w.oracles[0].clone();
    let (key, metadata) = (w.bytes(4), w.cid(4));
    published!(
        w,
        OracleRegistered {
            oracle: oracle.clone(),
            version: 2,
            key: key.clone(),
            url: url.clone(),
            metadata: metadata.clone()
        }
    );

    let challenge = w.client().create_challenge(&w.maker, &terms, &prize(&terms), &1_000);
    published!(
        w,
        ChallengeCreated {
            challenge,
            maker: w.maker.clone(),
            token: terms.token.clone(),
            terms: terms.clone(),
            prize: 2_000,
            fee_budget: 1_000,
        }
    );
    w.client().accept_challenge(&oracle, &challenge);
    published!(w, ChallengeAccepted { challenge, oracle: oracle.clone(), key_version: 2 });
    w.client().accept_challenge(&w.oracles[1], &challenge);
    w.client().accept_challenge(&w.oracles[2], &challenge);
    w.client().top_up(&w.maker, &challenge, &0, &5);
    published!(w, ToppedUp { challenge, from: w.maker.clone(), escrow: 0, fees: 5 });

    let solver = w.solver();
    w.client().submit(&solver, &challenge, &1, &w.cid(9), &0, &10);
    published!(
        w,
        Submitted {
            challenge,
            solver: solver.clone(),
            attempt: 1,
            number: 1,
            cid: w.cid(9),
            units: 0,
            deposit: 20,
            carried: 0,
        }
    );
    let work = super::world::Work { solver, attempt: 1, number: 1 };
    let next = w.work(challenge);
    let votes = vec![&w.e, VoteRow(1, 60, w.bytes(7), 0), VoteRow(3 | 9 << 8, 0, w.bytes(0), 0)];
    w.post(challenge, 2, &[w.scored(&work, 67, 7), w.rejected(&next, 9)], true);
    let scored = |oracle: usize, settled_first: u32, settled: Vec<SettledRow>| Scored {
        challenge,
        oracle: w.oracles[oracle].clone(),
        report: w.cid(8),
        first: 1,
        votes: votes.clone(),
        settled_first,
        settled,
    };
    published!(w, scored(2, 0, vec![&w.e]));
    w.post(challenge, 0, &[w.scored(&work, 67, 7), w.rejected(&next, 9)], true);
    // Oracle 2 voted first, so its vote is the verdict; 4 is a paid prize, 8 a reject vote.
    let rows = vec![&w.e, SettledRow(2, 1 | 4 << 16, 1_020), SettledRow(2, 3 | 9 << 8 | 8 << 16, 0)];
    published!(w, scored(0, 1, rows.clone()));
    w.client().withdraw_fees(&oracle, &challenge);
    published!(w, FeesWithdrawn { challenge, oracle: oracle.clone(), amount: 10 });
}

#[test]
fn settlement_release_and_the_end() {
    let w = World::new();
    let terms = w.terms();
    let challenge = w.open(&terms);
    let (held, split, silent) = (w.work(challenge), w.work(challenge), w.work(challenge));
    w.freeze(&held.solver, true);
    for oracle in 0..3 {
        let votes = [w.scored(&held, 60, 1), w.scored(&split, oracle as i64 * 10, 2)];
        w.post(challenge, oracle, &votes, false);
    }
    w.client().settle(&challenge, &w.settlements(&[&held, &split]));
    let rows = vec![&w.e, SettledRow(0, 1 | 3 << 16, 1_020), SettledRow(255, 4 | 2 << 16, 0)];
    published!(w, Settled { challenge, first: 1, settled: rows.clone() });

    w.freeze(&held.solver, false);
    w.release(challenge, &held);
    let solver = held.solver.clone();
    published!(
        w,
        PaymentReleased {
            challenge,
            solver: solver.clone(),
            attempt: 1,
            number: 1,
            prize: 1_000,
            deposit: 20,
            silence: 0,
            verdict: 1 | 4 << 16,
        }
    );
    w.go_to(terms.grade_by);
    w.release(challenge, &silent);
    let solver = silent.solver.clone();
    published!(
        w,
        SilenceFixed { challenge, part: 250, eligible: 2 },
        PaymentReleased {
            challenge,
            solver: solver.clone(),
            attempt: 1,
            number: 3,
            prize: 0,
            deposit: 20,
            silence: 250,
            verdict: 4 | 16 << 16,
        }
    );
    w.client().close(&challenge);
    published!(w, ChallengeClosed { challenge, maker: w.maker.clone(), amount: 500 + 990 });
    w.client().reveal(&w.maker, &challenge, &w.cid(5));
    published!(w, TruthRevealed { challenge, by: w.maker.clone(), truth: w.cid(5) });
}

#[test]
fn a_cancelled_challenge() {
    let w = World::new();
    let challenge = w.client().create_challenge(&w.maker, &w.terms(), &2_000, &1);
    w.client().cancel(&challenge);
    published!(w, ChallengeCancelled { challenge, refunded: 2_001 });
}

#[test]
fn a_ranking_posted_and_a_ranking_fixed() {
    let w = World::new();
    let terms = Terms { payout: Payout::Ranked(Ranked { prizes: vec![&w.e, 500, 300] }), ..w.terms() };
    let (challenge, silent) = (w.open(&terms), w.open(&terms));
    let works = [w.work(challenge), w.work(challenge)];
    w.grade(challenge, &[w.scored(&works[0], 60, 1), w.scored(&works[1], 90, 2)]);
    // What a submission brings at once is its deposit; the prizes come later.
    let rows = vec![&w.e, SettledRow(0, 1, 20), SettledRow(0, 1, 20)];
    published!(
        w,
        Scored {
            challenge,
            oracle: w.oracles[1].clone(),
            report: w.cid(8),
            first: 1,
            votes: vec![&w.e, VoteRow(1, 60, w.bytes(1), 0), VoteRow(1, 90, w.bytes(2), 0)],
            settled_first: 1,
            settled: rows.clone(),
        }
    );
    let graded = w.work(silent);
    w.grade(silent, &[w.scored(&graded, 60, 1)]);
    let late = w.work(silent);
    w.go_to(terms.deadline);
    let row = |work: &super::world::Work, score| RankingRow { solver: work.solver.clone(), attempt: 1, score };
    let rows = vec![&w.e, row(&works[0], 81), row(&works[1], 77)];
    for (oracle, quorum) in [(2, false), (0, true)] {
        w.client().post_ranking(&w.oracles[oracle], &challenge, &w.cid(7), &rows);
        let oracle = w.oracles[oracle].clone();
        let (report, rows) = (w.cid(7), rows.clone());
        published!(
            w,
            RankingPosted { challenge, oracle: oracle.clone(), report: report.clone(), rows: rows.clone(), quorum }
        );
    }
    w.release(challenge, &works[1]);
    let solver = works[1].solver.clone();
    published!(
        w,
        PaymentReleased {
            challenge,
            solver: solver.clone(),
            attempt: 1,
            number: 2,
            prize: 300,
            deposit: 0,
            silence: 0,
            verdict: 1 | 4 << 16,
        }
    );
    w.go_to(terms.grade_by);
    w.client().close(&silent);
    // Half of 500 by the table; then half of the 550 left, at most the last prize, for the one ungraded.
    published!(
        w,
        RankingFixed { challenge: silent, graded: 1, submitted: 2 },
        SilenceFixed { challenge: silent, part: 275, eligible: 1 },
        ChallengeClosed { challenge: silent, maker: w.maker.clone(), amount: 275 + 990 }
    );
    w.release(silent, &late);
    let solver = late.solver.clone();
    published!(
        w,
        PaymentReleased {
            challenge: silent,
            solver: solver.clone(),
            attempt: 1,
            number: 2,
            prize: 0,
            deposit: 20,
            silence: 275,
            verdict: 4 | 16 << 16,
        }
    );
}

#[test]
fn earnings_posted_and_claimed() {
    let w = World::new();
    let terms = Terms { payout: Payout::Earnings, deposit: 0, silence_share: 0, ..w.terms() };
    let challenge = w.open(&terms);
    let labeler = w.solver();
    let hash = super::earnings::tree::leaf(&w.contract, challenge, 1, &labeler, 30);
    let root = soroban_sdk::BytesN::from_array(&w.e, &hash);
    let post = |oracle: usize, root: &soroban_sdk::BytesN<32>, again: bool, quorum: bool, fees: i128| {
        w.client().post_earnings(&w.oracles[oracle], &challenge, &1, root, &40, &w.cid(6));
        let (oracle, report) = (w.oracles[oracle].clone(), w.cid(6));
        published!(
            w,
            EarningsPosted {
                challenge,
                oracle: oracle.clone(),
                epoch: 1,
                root: root.clone(),
                total: 40,
                report: report.clone(),
                again,
                quorum,
                fees,
            }
        );
    };
    post(0, &w.bytes(1), false, false, 0);
    post(1, &w.bytes(2), false, false, 0);
    w.pass(terms.patience);
    post(0, &root, true, false, 0);
    post(1, &root, false, true, 10);
    w.client().claim(&challenge, &1, &labeler, &30, &vec![&w.e]);
    published!(w, EarningsClaimed { challenge, labeler: labeler.clone(), epoch: 1, amount: 30, cumulative: 30 });
}

#[test]
fn every_event_is_looked_at() {
    let declared = include_str!("../events.rs").lines().filter_map(|line| line.strip_prefix("pub struct "));
    for name in declared.filter_map(|rest| rest.split_whitespace().next()) {
        assert!(include_str!("events.rs").contains(&std::format!("{name} {{")), "no test looks at {name}");
    }
}
