//! The stored state, rebuilt from the events alone: invariant 4, and a second opinion on every rule that moves money.
extern crate std;
use crate::types::*;
use soroban_sdk::xdr::{ContractEvent, ContractEventBody};
use soroban_sdk::{Address, Env, Map, Symbol, TryFromVal, Val, Vec};
use std::collections::BTreeMap;
use std::string::{String, ToString};

const REJECT_VOTED: u32 = 8;

/// A challenge as its events tell it.
pub struct Told {
    pub maker: Address,
    pub terms: Terms,
    pub state: State,
    pub board: Vec<Address>,
    /// By number.
    pub submissions: BTreeMap<u32, (SubmissionId, Submission)>,
}

pub struct Replay {
    e: Env,
    pub challenges: BTreeMap<u32, Told>,
    /// The submissions that the last events touched: (challenge, number).
    pub touched: std::vec::Vec<(u32, u32)>,
}

struct Fields<'a> {
    e: &'a Env,
    topics: std::vec::Vec<Val>,
    data: Map<Symbol, Val>,
}

impl Fields<'_> {
    fn topic<T: TryFromVal<Env, Val>>(&self, at: usize) -> T {
        T::try_from_val(self.e, &self.topics[at]).unwrap_or_else(|_| panic!("topic {at} is of another type"))
    }

    fn get<T: TryFromVal<Env, Val>>(&self, name: &str) -> T {
        let value = self.data.get(Symbol::new(self.e, name)).expect(name);
        T::try_from_val(self.e, &value).unwrap_or_else(|_| panic!("{name} is of another type"))
    }
}

impl Replay {
    pub fn new(e: &Env) -> Replay {
        Replay { e: e.clone(), challenges: BTreeMap::new(), touched: std::vec![] }
    }

    /// Applies the events of one call, all at the time of its ledger.
    pub fn apply(&mut self, events: &[ContractEvent]) {
        self.touched.clear();
        for event in events {
            let ContractEventBody::V0(body) = &event.body;
            let e = self.e.clone();
            let value = |val: &soroban_sdk::xdr::ScVal| Val::try_from_val(&e, val).expect("a value");
            let topics: std::vec::Vec<Val> = body.topics.iter().map(value).collect();
            let data = Map::try_from_val(&e, &value(&body.data)).expect("a map");
            let name = Symbol::try_from_val(&e, &topics[0]).expect("a name").to_string();
            self.event(&name, &Fields { e: &e, topics, data });
        }
    }

    fn event(&mut self, name: &str, f: &Fields) {
        let now = self.e.ledger().timestamp();
        match name {
            "oracle_registered" => return,
            "challenge_created" => {
                let terms: Terms = f.get("terms");
                let told = Told::new(&self.e, f.topic(2), terms, f.get("prize"), f.get("fee_budget"));
                self.challenges.insert(f.topic(1), told);
                return;
            }
            _ => {}
        }
        let id: u32 = f.topic(1);
        let told = self.challenges.get_mut(&id).expect("a challenge that was created");
        match name {
            "challenge_accepted" => {
                let place = told.place(&f.topic(2));
                told.state.accepted.set(place, f.get("key_version"));
            }
            "topped_up" => {
                told.state.escrow += f.get::<i128>("escrow");
                told.state.fee_budget += f.get::<i128>("fees");
            }
            "challenge_cancelled" => {
                assert_eq!(told.state.escrow + told.state.fee_budget, f.get::<i128>("refunded"));
                told.state.status = Status::Cancelled;
                (told.state.escrow, told.state.fee_budget) = (0, 0);
            }
            "submitted" => {
                let number = told.submitted(&self.e, f, now);
                self.touched.push((id, number));
            }
            "scored" => {
                let (place, first): (u32, u32) = (told.place(&f.topic(2)), f.get("first"));
                let votes: Vec<VoteRow> = f.get("votes");
                told.voted(place, first, &votes, now);
                self.touched.extend((first..first + votes.len()).map(|number| (id, number)));
                told.settled(f.get("settled_first"), &f.get("settled"), now);
            }
            "settled" => {
                let (first, rows): (u32, Vec<SettledRow>) = (f.get("first"), f.get("settled"));
                told.settled(first, &rows, now);
                self.touched.extend((first..first + rows.len()).map(|number| (id, number)));
            }
            "silence_fixed" => {
                let (part, eligible): (i128, u32) = (f.get("part"), f.get("eligible"));
                told.state.escrow -= part * i128::from(eligible);
                told.state.held += part * i128::from(eligible);
                told.state.silence = Some(part);
            }
            "payment_released" => {
                let number: u32 = f.get("number");
                told.released(number, f.get("prize"), f.get("deposit"), f.get("silence"), f.get("verdict"));
                self.touched.push((id, number));
            }
            "fees_withdrawn" => {
                let place = told.place(&f.topic(2));
                assert_eq!(told.state.fees.get(place), Some(f.get("amount")));
                told.state.fees.set(place, 0);
            }
            "challenge_closed" => {
                assert_eq!(told.state.escrow + told.state.fee_budget, f.get::<i128>("amount"));
                if told.state.status == Status::Active && told.state.silence.is_none() {
                    told.state.status = Status::Ended;
                    told.state.ended = now;
                }
                (told.state.escrow, told.state.fee_budget) = (0, 0);
                told.state.closed = true;
            }
            "truth_revealed" => {}
            other => panic!("an event that nobody reads: {}", String::from(other)),
        }
    }
}

impl Told {
    fn new(e: &Env, maker: Address, terms: Terms, prize: i128, fee_budget: i128) -> Told {
        let n = terms.oracles.len();
        let state = State {
            status: Status::Active,
            accepted: Vec::from_iter(e, (0..n).map(|_| 0)),
            submitted: 0,
            finalized: 0,
            escrow: prize,
            reserved: 0,
            fee_budget,
            fees: Vec::from_iter(e, (0..n).map(|_| 0)),
            deposits: 0,
            held: 0,
            tallies: Vec::from_iter(e, (0..n).map(|_| Tally::default())),
            winners: 0,
            reject_voted: 0,
            unsettled: 0,
            unsettled_eligible: 0,
            ranking: Ranking::Open,
            silence: None,
            ended: 0,
            closed: false,
        };
        Told { maker, terms, state, board: Vec::new(e), submissions: BTreeMap::new() }
    }

    fn place(&self, oracle: &Address) -> u32 {
        self.terms.oracles.first_index_of(oracle).expect("an oracle of this challenge")
    }

    fn submitted(&mut self, e: &Env, f: &Fields, now: u64) -> u32 {
        let number = f.get("number");
        let submission = Submission {
            number,
            cid: f.get("cid"),
            time: now,
            units: f.get("units"),
            verdict: Verdict::Pending,
            reason: 0,
            score: 0,
            content_hash: soroban_sdk::BytesN::from_array(e, &[0; 32]),
            accepted_units: 0,
            flags: 0,
            votes: Vec::new(e),
        };
        assert_eq!(number, self.state.submitted + 1);
        self.state.submitted = number;
        self.state.deposits += f.get::<i128>("deposit");
        self.state.fee_budget += f.get::<i128>("carried");
        let name = SubmissionId { solver: f.topic(2), attempt: f.get("attempt") };
        self.submissions.insert(number, (name, submission));
        number
    }

    fn voted(&mut self, place: u32, first: u32, rows: &Vec<VoteRow>, now: u64) {
        let mut tally = self.state.tallies.get(place).unwrap();
        tally.missed += first - tally.cursor - 1;
        for (i, VoteRow(packed, score, content_hash, units)) in rows.iter().enumerate() {
            let number = first + i as u32;
            let vote = VoteRecord {
                oracle: place,
                verdict: verdict(packed & 0xff),
                reason: packed >> 8,
                score,
                content_hash,
                units,
                time: now,
            };
            tally.cursor = number;
            tally.votes += 1;
            let submission = &mut self.submissions.get_mut(&number).unwrap().1;
            if submission.verdict == Verdict::Pending {
                if vote.verdict == Verdict::Rejected && submission.flags & REJECT_VOTED == 0 {
                    submission.flags |= REJECT_VOTED;
                    self.state.reject_voted += 1;
                }
                submission.votes.push_back(vote);
                continue;
            }
            let right = match submission.verdict {
                Verdict::Scored | Verdict::Duplicate => {
                    vote.verdict == Verdict::Scored
                        && vote.score == submission.score
                        && vote.units == submission.accepted_units
                        && vote.content_hash == submission.content_hash
                }
                Verdict::Rejected => vote.verdict == Verdict::Rejected,
                _ if submission.flags & 32 > 0 => vote.verdict == Verdict::Unavailable,
                _ => continue,
            };
            *(if right { &mut tally.agreed } else { &mut tally.disagreed }) += 1;
        }
        self.state.tallies.set(place, tally);
    }

    fn settled(&mut self, first: u32, rows: &Vec<SettledRow>, now: u64) {
        for (i, row) in rows.iter().enumerate() {
            self.settle(first + i as u32, &row, now);
        }
    }

    fn settle(&mut self, number: u32, SettledRow(by, packed, amount): &SettledRow, now: u64) {
        let Bounty { reward, winners } = self.bounty();
        let (deposit, fee, quorum) = (self.terms.deposit, self.terms.oracle_fee, self.terms.quorum);
        let state = &mut self.state;
        let (name, submission) = self.submissions.get_mut(&number).unwrap();
        assert_eq!((number, submission.verdict), (state.finalized + 1, Verdict::Pending), "final in order, once");
        state.finalized = number;
        let votes = std::mem::replace(&mut submission.votes, Vec::new(self.board.env()));
        (submission.verdict, submission.reason) = (verdict(packed & 0xff), packed >> 8 & 0xff);
        submission.flags = packed >> 16;
        let flag = |bit: u32| packed >> 16 & bit > 0;
        state.reject_voted -= u32::from(flag(REJECT_VOTED));

        let agreed = votes.iter().find(|vote| vote.oracle == *by);
        let same = |vote: &VoteRecord| {
            let agreed = agreed.as_ref().unwrap();
            (vote.verdict, vote.score, vote.units) == (agreed.verdict, agreed.score, agreed.units)
                && vote.content_hash == agreed.content_hash
        };
        if *by != 255 {
            assert!(votes.iter().filter(|vote| same(vote)).count() >= quorum as usize, "a verdict without a quorum");
            for vote in votes.iter() {
                let mut tally = state.tallies.get(vote.oracle).unwrap();
                *(if same(&vote) { &mut tally.agreed } else { &mut tally.disagreed }) += 1;
                state.tallies.set(vote.oracle, tally);
            }
        }
        if submission.verdict == Verdict::Unsettled {
            assert_eq!((*amount, flag(2)), (0, deposit > 0));
            state.unsettled += 1;
            state.unsettled_eligible += u32::from(!flag(REJECT_VOTED));
            return;
        }
        let agreed_vote = agreed.clone().unwrap();
        submission.score = agreed_vote.score;
        submission.accepted_units = agreed_vote.units;
        submission.content_hash = agreed_vote.content_hash.clone();
        for vote in votes.iter().filter(|vote| same(vote)).take(quorum as usize) {
            state.fees.set(vote.oracle, state.fees.get(vote.oracle).unwrap() + fee);
        }
        let back = submission.verdict == Verdict::Scored;
        let lost = if back { 0 } else { deposit };
        let due = fee * i128::from(quorum);
        state.fee_budget -= (due - lost).max(0);
        state.escrow += (lost - due).max(0);
        if !back || !flag(2) {
            state.deposits -= deposit;
        }
        let prize = if flag(1) || flag(4) { reward } else { 0 };
        if prize > 0 {
            assert!(back && !self.board.contains(&name.solver), "a prize without a right to it");
            self.board.push_back(name.solver.clone());
            state.winners += 1;
            state.escrow -= prize;
            state.held += if flag(1) { prize } else { 0 };
            if state.winners == winners {
                (state.status, state.ended) = (Status::Ended, now);
            }
        }
        assert_eq!(*amount, prize + if back { deposit } else { 0 });
    }

    fn released(&mut self, number: u32, prize: i128, deposit: i128, silence: i128, packed: u32) {
        self.state.held -= prize + silence;
        self.state.deposits -= deposit;
        let submission = &mut self.submissions.get_mut(&number).unwrap().1;
        let before = submission.verdict;
        submission.verdict = verdict(packed & 0xff);
        submission.flags = packed >> 16;
        assert!(before == Verdict::Pending || before == submission.verdict, "a final verdict changed");
        submission.votes = Vec::new(self.board.env());
    }

    pub fn bounty(&self) -> Bounty {
        match &self.terms.payout {
            Payout::Bounty(bounty) => bounty.clone(),
            other => panic!("{other:?}"),
        }
    }
}

fn verdict(code: u32) -> Verdict {
    [
        Verdict::Pending,
        Verdict::Scored,
        Verdict::Duplicate,
        Verdict::Rejected,
        Verdict::Unsettled,
        Verdict::Void,
        Verdict::Unavailable,
    ][code as usize]
}
