//! Arguments of the right types for each entry point, often at the ends of their ranges.
extern crate std;
use super::Scene;
use crate::types::*;
use soroban_sdk::{testutils::Address as _, Address, Bytes, BytesN, IntoVal, String, Val, Vec};

pub type Args = fn(&mut Scene) -> Vec<Val>;

macro_rules! args {
    ($scene:ident $(, $argument:expr)*) => {{
        let values: [Val; 0 $(+ { let _ = stringify!($argument); 1 })*] = [$({ let value = $argument; value.into_val(&$scene.w.e) }),*];
        Vec::from_slice(&$scene.w.e, &values)
    }};
}

pub fn all() -> std::vec::Vec<(&'static str, Args)> {
    std::vec![
        ("register_oracle", |s| args!(s, s.person(), s.hash(), s.url(), s.cid())),
        ("create_challenge", |s| {
            let terms = s.terms();
            let prize = if s.dice.one_in(3) { s.amount() } else { super::super::world::prize(&terms) };
            args!(s, s.w.maker.clone(), terms, prize, s.amount())
        }),
        ("accept_challenge", |s| args!(s, s.oracle(), s.challenge(), s.hash(), s.shares())),
        ("top_up", |s| args!(s, s.person(), s.challenge(), s.amount(), s.amount())),
        ("cancel", |s| args!(s, s.challenge())),
        ("submit", |s| { args!(s, s.person(), s.challenge(), s.small(), s.cid(), s.hash(), s.small(), s.amount()) }),
        ("post_scores", |s| args!(s, s.oracle(), s.challenge(), s.cid(), s.votes(), s.dice.one_in(2))),
        ("settle", |s| args!(s, s.challenge(), s.settlements())),
        ("rule", |s| args!(s, s.person(), s.challenge(), s.cid(), s.votes())),
        ("post_ranking", |s| args!(s, s.oracle(), s.challenge(), s.cid(), s.rows())),
        ("post_earnings", |s| { args!(s, s.oracle(), s.challenge(), s.small(), s.branch(), s.branch(), s.cid()) }),
        ("claim", |s| args!(s, s.challenge(), s.small(), s.person(), s.amount(), s.proof())),
        ("release_payment", |s| {
            let (id, name) = s.name();
            args!(s, id, name.solver, name.attempt)
        }),
        ("reveal", |s| args!(s, s.person(), s.challenge(), s.cid())),
        ("withdraw_fees", |s| args!(s, s.oracle(), s.challenge())),
        ("close", |s| args!(s, s.challenge())),
        ("extend", |s| args!(s, s.challenge(), s.names())),
        ("config", |s| args!(s)),
        ("challenges", |s| args!(s)),
        ("challenge", |s| args!(s, s.challenge())),
        ("state", |s| args!(s, s.challenge())),
        ("board", |s| args!(s, s.challenge())),
        ("submission", |s| {
            let (id, name) = s.name();
            args!(s, id, name.solver, name.attempt)
        }),
        ("submissions", |s| args!(s, s.challenge(), s.names())),
        ("outcome", |s| {
            let (id, name) = s.name();
            args!(s, id, name.solver, name.attempt)
        }),
        ("earnings", |s| args!(s, s.challenge())),
        ("epoch", |s| args!(s, s.challenge(), s.small())),
        ("claimed", |s| args!(s, s.challenge(), s.person())),
        ("shares", |s| args!(s, s.challenge())),
        ("phase", |s| args!(s, s.challenge())),
        ("attempts", |s| args!(s, s.challenge(), s.person())),
        ("oracle", |s| args!(s, s.person())),
        ("oracle_key", |s| args!(s, s.oracle(), s.small())),
        ("revealed", |s| args!(s, s.challenge(), s.person())),
        ("maker", |s| args!(s, s.person())),
        ("owed", |s| {
            let (id, name) = s.name();
            args!(s, id, name.solver, name.attempt)
        }),
    ]
}

impl Scene {
    pub fn person(&mut self) -> Address {
        if self.dice.one_in(10) {
            return Address::generate(&self.w.e);
        }
        self.dice.of(&self.people)
    }

    fn oracle(&mut self) -> Address {
        if self.dice.one_in(6) {
            return self.person();
        }
        self.dice.of(&self.w.oracles)
    }

    fn challenge(&mut self) -> u32 {
        self.dice.of(&[1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 0, u32::MAX])
    }

    fn small(&mut self) -> u32 {
        self.dice.of(&[1, 1, 2, 2, 3, 0, 0, 10, 40, 100, 101, u32::MAX])
    }

    fn amount(&mut self) -> i128 {
        let most = 1_000_000_000_000_000_000_000_000_000;
        self.dice.of(&[0, 0, 1, 10, 10, 100, 2_000, -1, most, most + 1, i128::MAX, i128::MIN])
    }

    fn hash(&mut self) -> BytesN<32> {
        let byte = self.dice.below(4) as u8;
        self.w.bytes(byte)
    }

    fn cid(&mut self) -> Cid {
        let codec = if self.dice.one_in(10) { self.dice.roll() as u32 } else { 0x55 };
        Cid { codec, digest: self.hash() }
    }

    fn url(&mut self) -> String {
        let length = self.dice.of(&[0, 1, 127, 128, 129, 2_000]);
        String::from_bytes(&self.w.e, &[b'x'; 2_000][..length])
    }

    fn name(&mut self) -> (u32, SubmissionId) {
        let (id, work) = self.dice.of(&self.works.clone());
        if self.dice.one_in(6) {
            return (self.challenge(), SubmissionId { solver: self.person(), attempt: self.small() });
        }
        (id, SubmissionId { solver: work.solver, attempt: work.attempt })
    }

    /// Mostly submissions of one challenge in order, from its first.
    fn run(&mut self) -> std::vec::Vec<SubmissionId> {
        let id = self.dice.below(3) as u32 + 1;
        let length = self.dice.of(&[0, 1, 2, 3, 3, 3, 41]);
        let own = self.works.iter().filter(|(other, _)| *other == id);
        let mut run: std::vec::Vec<SubmissionId> = own
            .map(|(_, work)| SubmissionId { solver: work.solver.clone(), attempt: work.attempt })
            .cycle()
            .take(length)
            .collect();
        if self.dice.one_in(8) {
            let name = self.name().1;
            run.push(name);
        }
        run
    }

    fn names(&mut self) -> Vec<SubmissionId> {
        let run = self.run();
        Vec::from_slice(&self.w.e, &run)
    }

    fn settlements(&mut self) -> Vec<Settlement> {
        let hold = self.dice.one_in(3);
        let rows = self.run().into_iter().map(|SubmissionId { solver, attempt }| Settlement { solver, attempt, hold });
        Vec::from_iter(&self.w.e, rows)
    }

    fn rows(&mut self) -> Vec<RankingRow> {
        let score = self.score();
        let rows = self.run().into_iter().map(|SubmissionId { solver, attempt }| RankingRow { solver, attempt, score });
        Vec::from_iter(&self.w.e, rows)
    }

    fn score(&mut self) -> i64 {
        self.dice.of(&[60, 60, 60, 49, 0, -1, i64::MAX, i64::MIN])
    }

    fn votes(&mut self) -> Vec<Vote> {
        let mut votes = Vec::new(&self.w.e);
        for SubmissionId { solver, attempt } in self.run() {
            let verdict = self.dice.of(&[
                Verdict::Scored,
                Verdict::Scored,
                Verdict::Rejected,
                Verdict::Unavailable,
                Verdict::Void,
            ]);
            let scored = verdict == Verdict::Scored;
            votes.push_back(Vote {
                solver,
                attempt,
                verdict,
                reason: if verdict == Verdict::Rejected { self.dice.of(&[1, 2, 255, 256]) } else { 0 },
                score: if scored { self.score() } else { 0 },
                content_hash: if scored { self.hash() } else { self.w.bytes(0) },
                units: if scored { self.dice.of(&[0, 0, 0, 9, 10, 11]) } else { 0 },
                hold: self.dice.one_in(4),
            });
        }
        votes
    }

    fn proof(&mut self) -> Vec<Sibling> {
        let length = self.dice.of(&[0, 1, 2, 40, 41, 300]);
        let Branch { hash, sum } = self.branch();
        let left = self.dice.one_in(2);
        Vec::from_iter(&self.w.e, (0..length).map(|_| Sibling { hash: hash.clone(), sum, left }))
    }

    fn branch(&mut self) -> Branch {
        let sum = self.dice.of(&[0, 50, 60, 0, 50, 60, -1, i128::MIN, i128::MAX]);
        Branch { hash: self.hash(), sum }
    }

    fn shares(&mut self) -> Bytes {
        let length = self.dice.of(&[0, 0, 0, 1, 300, 1_024, 1_025, 3_000]);
        Bytes::from_slice(&self.w.e, &[7; 3_000][..length])
    }

    fn terms(&mut self) -> Terms {
        let mut terms = self.w.terms();
        for _ in 0..self.dice.below(3) {
            match self.dice.below(16) {
                0 => terms.token = self.person(),
                1 => terms.payout = self.payout(),
                2 => {
                    let oracles: std::vec::Vec<Address> = (0..self.dice.below(7)).map(|_| self.oracle()).collect();
                    terms.oracles = Vec::from_slice(&self.w.e, &oracles);
                }
                3 => terms.judge = Some(Judge { address: self.person(), judge_by: self.dice.roll() }),
                4 => terms.oracle_fee = self.amount(),
                5 => terms.deposit = self.amount(),
                6 => terms.threshold = self.score(),
                7 => terms.step = self.score(),
                8 => terms.opens = self.dice.roll(),
                9 => terms.accept_by = self.dice.of(&[0, terms.deadline, u64::MAX]),
                10 => terms.deadline = self.dice.of(&[0, terms.grade_by, u64::MAX]),
                11 => terms.patience = self.dice.of(&[0, 600, u64::MAX, u64::MAX / 3]),
                12 => terms.grade_by = self.dice.of(&[0, terms.grade_by + 1, u64::MAX]),
                13 => terms.gate = Some(self.person()),
                14 => terms.attempts = self.small(),
                _ => terms.manifest = self.cid(),
            }
        }
        terms
    }

    fn payout(&mut self) -> Payout {
        let bounty = Bounty { reward: self.amount(), winners: self.small() };
        let unit = PerUnit { rate: self.amount(), max_units: self.small() };
        let prizes: std::vec::Vec<i128> = (0..self.dice.below(42)).map(|_| self.amount()).collect();
        let prizes = Vec::from_slice(&self.w.e, &prizes);
        let choices =
            [Payout::Bounty(bounty), Payout::PerUnit(unit), Payout::Ranked(Ranked { prizes }), Payout::Earnings];
        self.dice.of(&choices)
    }
}
