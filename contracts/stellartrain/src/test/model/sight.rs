//! Both sides, compared part by part.
extern crate std;
use super::calls::number;
use super::content;
use super::stage::Stage;
use super::token;
use crate::entry::{Entry, BY_JUDGE, CARRIED, HELD, KEPT, PASSED, PRIZE_PAID};
use crate::rules::verdict::JUDGE;
use crate::storage::{self, Slot};
use crate::types::{Ranking, State, Verdict};
use soroban_sdk::Address;
use stellartrain_model as model;
use stellartrain_model::bank::CONTRACT;
use stellartrain_model::challenge::{Challenge as ModelChallenge, Status, Submission as ModelSubmission};
use stellartrain_model::event::Event;
use stellartrain_model::play::samples;
use stellartrain_model::ranking::By;
use stellartrain_model::terms::Payout;
use stellartrain_model::verdict::Verdict as Said;
use stellartrain_model::world::{Call, World};

impl Stage {
    /// Everybody's balance, each challenge's counters and money, and that the contract holds what it counts.
    pub fn check_books(&mut self, world: &World) {
        let people: std::vec::Vec<(model::basics::Address, Address)> =
            self.people().map(|(who, address)| (*who, address.clone())).collect();
        let held = self.e.as_contract(&self.token, || {
            people.iter().map(|(who, address)| (*who, token::owned(&self.e, address))).collect::<std::vec::Vec<_>>()
        });
        for (who, held) in &held {
            assert_eq!(*held, world.bank.balance(samples::TOKEN, *who), "the balance of {who:?}");
        }
        let mut counted = 0;
        assert_eq!(self.client().challenges() as usize, world.challenges.len());
        for (id, it) in world.challenges.iter().enumerate() {
            let state = self.client().state(&number(id));
            check_state(it, &state);
            let earned = self.client().earnings(&number(id));
            assert_eq!(earned.epochs as usize, it.earnings.epochs.len());
            assert_eq!((earned.total, earned.claimed), (it.earnings.total, it.earnings.paid()), "earnings");
            assert_eq!(earned.total - earned.claimed, it.purse.earned);
            counted += super::super::world::total(&state) + earned.total - earned.claimed;
            let phase = self.client().phase(&number(id)) as u32;
            assert_eq!(phase, it.phase(world.now) as u32, "the phase");
        }
        let real = held.iter().find(|(who, _)| *who == CONTRACT).map(|(_, held)| *held);
        assert_eq!(real, Some(counted), "the contract holds exactly what it owes");
    }

    /// The places of a challenge and each of its submissions, as stored.
    pub fn check_submissions(&mut self, world: &World, id: usize) {
        let Some(it) = world.challenges.get(id) else { return };
        let names: std::vec::Vec<_> = it.submissions.iter().map(|it| (self.who(it.solver), it.attempt)).collect();
        let (e, contract) = (self.e.clone(), self.contract.clone());
        let (entries, board, ranking) = e.as_contract(&contract, || {
            let slot = |(solver, attempt): &(Address, u32)| Slot::new(&e, number(id), solver, *attempt);
            let entries: std::vec::Vec<Entry> = names.iter().map(|name| storage::entry(&e, &slot(name))).collect();
            (entries, storage::board(&e, number(id)), storage::rankings(&e, number(id)).1)
        });
        for (submission, entry) in it.submissions.iter().zip(&entries) {
            check_entry(it, submission, entry);
        }
        let rows = |board: &crate::board::Board| {
            let rows = board.solvers.iter().zip(&board.rows);
            rows.map(|(solver, row)| (solver.address.clone(), row.number, row.score)).collect::<std::vec::Vec<_>>()
        };
        let board: std::vec::Vec<_> = rows(&board);
        let expected: std::vec::Vec<_> = if it.terms.is_ranked() {
            it.rankings.table.iter().map(|row| (self.who(row.solver), row.number, row.score)).collect()
        } else {
            let score = |number: u32| match it.submissions[number as usize - 1].status {
                Status::Scored { score, .. } => score,
                _ => 0,
            };
            it.board.rows.iter().map(|row| (self.who(row.solver), row.number, score(row.number))).collect()
        };
        assert_eq!(board, expected, "the board");
        let posted = match it.rankings.placed {
            Some(By::Oracles) => Some(&it.rankings.places),
            _ => it.rankings.judge.as_ref(),
        };
        let posted: std::vec::Vec<_> =
            posted.into_iter().flatten().map(|row| (self.who(row.solver), row.number, row.score)).collect();
        assert_eq!(rows(&ranking), posted, "the ranking");
    }

    /// What `release_payment` would send now, if its receiver could be paid, and what became of the submission by it. What is
    /// said to be the last word stays so.
    pub fn check_owed(&mut self, world: &World, id: usize, it: u32) {
        let mut free = world.clone();
        free.bank.blocked.clear();
        let answer = free.call(CONTRACT, &Call::ReleasePayment(id, it));
        let paid = |event: &Event| if let Event::Paid(_, amount) = event { *amount } else { 0 };
        let expected = answer.map_or(0, |events| events.iter().map(paid).sum());
        let (solver, attempt) = self.name(world, id, it);
        assert_eq!(self.client().owed(&number(id), &solver, &attempt), expected, "owed to #{it}");
        let outcome = self.client().outcome(&number(id), &solver, &attempt);
        let challenge = &free.challenges[id];
        let (verdict, _, score, ..) = status(&challenge.submissions[it as usize - 1]);
        let expected = (it, verdict, score, won(challenge, it));
        assert_eq!((outcome.number, outcome.verdict, outcome.score, outcome.prize), expected, "the outcome of #{it}");
        let word = (outcome.verdict, outcome.prize);
        assert_eq!(self.last.get(&(id, it)).unwrap_or(&word), &word, "the last word on #{it}");
        if outcome.last {
            self.last.insert((id, it), word);
        }
    }

    pub fn check_attempts(&mut self, world: &World, id: usize, solver: model::basics::Address) {
        let Some(it) = world.challenges.get(id) else { return };
        let expected = it.attempts.get(&solver).copied().unwrap_or_default();
        let solver = self.who(solver);
        let found = self.client().attempts(&number(id), &solver);
        assert_eq!(
            (found.attempts, u64::from(found.day), found.today),
            (expected.count, expected.day, expected.today),
            "attempts"
        );
    }
}

fn check_state(it: &ModelChallenge, state: &State) {
    let accepted: std::vec::Vec<bool> = state.accepted.iter().map(|version| version > 0).collect();
    assert_eq!((state.cancelled, accepted), (it.cancelled, it.accepted.clone()));
    assert_eq!((state.ended > 0, state.key.is_some()), (it.ended, it.key.is_some()), "ended, key");
    let counted = [
        ("submitted", state.submitted, it.submissions.len()),
        ("concluded", state.concluded, it.concluded),
        ("decided", state.decided, it.decided),
        ("head", state.head, it.head as usize),
        ("kept", state.kept, it.kept),
        ("due", state.due, it.board.due),
        ("rows", state.rows, it.board.rows.len() + it.rankings.table.len()),
        ("scored", state.scored, it.scored),
        ("unsettled", state.unsettled, it.unsettled),
    ];
    for (what, found, expected) in counted {
        assert_eq!(found as usize, expected, "{what}");
    }
    let ranking = match it.rankings.placed {
        None => Ranking::Open,
        Some(By::Oracles) => Ranking::Oracles,
        Some(By::Judge) => Ranking::Judge,
        Some(By::RunningTable) => Ranking::Table,
    };
    let ranked = match it.rankings.placed {
        Some(By::Oracles) => it.rankings.places.len(),
        _ => it.rankings.judge.as_ref().map_or(0, std::vec::Vec::len),
    };
    assert_eq!(state.ranking, ranking);
    assert_eq!((state.ranked as usize, state.judge_ranked), (ranked, it.rankings.judge.is_some()));
    let (purse, expected) = (&state.purse, &it.purse);
    let parts = [
        ("escrow", purse.escrow, expected.escrow),
        ("reserved", purse.reserved, expected.reserved),
        ("prizes", purse.prizes, expected.prizes),
        ("budget", purse.budget, expected.budget),
        ("held fees", purse.held_fees, expected.held_fees),
        ("ranking fees", purse.ranking_fees, expected.ranking_fees),
        ("deposits", purse.deposits, expected.deposits),
        ("carried", purse.carried, expected.carried),
        ("owed", purse.owed, expected.owed),
    ];
    for (what, found, expected) in parts {
        assert_eq!(found, expected, "{what}");
    }
    assert_eq!(purse.fees.iter().collect::<std::vec::Vec<_>>(), expected.fees, "fees");
    for (place, (tally, expected)) in state.tallies.iter().zip(&it.tallies).enumerate() {
        let found = (tally.votes, tally.unavailable, tally.agreed, tally.disagreed, tally.missing, tally.open);
        let expected = (
            expected.votes,
            expected.unavailable,
            expected.agreed,
            expected.disagreed,
            expected.missing,
            expected.open,
        );
        assert_eq!(found, expected, "votes, unavailable, agreed, disagreed, missing, open of oracle {place}");
    }
}

fn check_entry(challenge: &ModelChallenge, it: &ModelSubmission, entry: &Entry) {
    let number = it.number;
    assert_eq!((entry.number, entry.time, entry.units), (number, it.time, it.units));
    let found = (entry.status, u32::from(entry.reason), entry.score, entry.content, entry.accepted_units);
    assert_eq!(found, status(it), "#{number}");
    let decided = matches!(it.status, Status::Scored { .. } | Status::Rejected(_) | Status::Unavailable);
    let flags = [
        ("carried", CARRIED, it.carry > 0),
        ("passed", PASSED, it.passed),
        ("kept", KEPT, it.kept),
        ("held", HELD, it.owed > 0),
        ("prize paid", PRIZE_PAID, it.prize_paid),
        ("by the judge", BY_JUDGE, decided && it.quorum.is_none()),
    ];
    for (what, flag, expected) in flags {
        assert_eq!(entry.has(flag), expected, "{what}, #{number}");
    }
    let voted = (0..challenge.terms.n()).filter(|place| it.votes.cast[*place].or(it.late[*place]).is_some());
    assert_eq!(entry.voted, voted.fold(0, |bits, place| bits | 1 << place), "voted, #{number}");
    if it.is_concluded() {
        assert_eq!((entry.heard, entry.ballots.len()), (0, 0));
        return;
    }
    assert_eq!(entry.heard, it.votes.m_th.unwrap_or(0), "heard, #{number}");
    for (place, expected) in it.votes.cast.iter().enumerate() {
        let vote = entry.ballots.iter().find(|ballot| usize::from(ballot.by) == place);
        let found = vote.map(|it| (it.verdict, u32::from(it.reason), it.score, it.content, it.units));
        assert_eq!(found, expected.map(said), "the vote of oracle {place} on #{number}");
    }
    let decision = entry.decision(challenge.terms.m() as u32);
    let expected = it.votes.decision.as_ref().map(|it| {
        let places = match &it.by {
            model::verdict::By::Judge => 0,
            model::verdict::By::Quorum(places) => places.iter().fold(0, |bits, place| bits | 1_u8 << place),
        };
        (said(it.verdict), places)
    });
    let found = decision.map(|it| {
        let ballot = it.ballot;
        assert_eq!(ballot.by == JUDGE, it.quorum == 0);
        let said = (ballot.verdict, u32::from(ballot.reason), ballot.score, ballot.content, ballot.units);
        (said, it.quorum)
    });
    assert_eq!(found, expected, "the verdict of #{number}");
}

fn status(it: &ModelSubmission) -> (Verdict, u32, i64, [u8; 32], u32) {
    match it.status {
        Status::Pending => (Verdict::Pending, 0, 0, [0; 32], 0),
        Status::Scored { score, content: hash, units } => (Verdict::Scored, 0, score, content(hash), units),
        Status::Rejected(reason) => (Verdict::Rejected, reason + 1, 0, [0; 32], 0),
        Status::Unavailable => (Verdict::Unavailable, 0, 0, [0; 32], 0),
        Status::Unsettled => (Verdict::Unsettled, 0, 0, [0; 32], 0),
        Status::Void => (Verdict::Void, 0, 0, [0; 32], 0),
    }
}

/// What a submission won so far, sent or not.
fn won(challenge: &ModelChallenge, number: u32) -> i128 {
    match &challenge.terms.payout {
        Payout::Bounty { reward, .. } if challenge.board.is_due(number) => *reward,
        Payout::Ranked { prizes } => {
            let place = challenge.rankings.places.iter().position(|place| place.number == number);
            place.map_or(0, |place| prizes[place])
        }
        Payout::PerUnit { rate, .. } => match challenge.submissions[number as usize - 1].status {
            Status::Scored { units, .. } => rate * i128::from(units),
            _ => 0,
        },
        _ => 0,
    }
}

fn said(it: Said) -> (Verdict, u32, i64, [u8; 32], u32) {
    match it {
        Said::Scored { score, content: hash, units } => (Verdict::Scored, 0, score, content(hash), units),
        Said::Rejected(reason) => (Verdict::Rejected, reason + 1, 0, [0; 32], 0),
        Said::Unavailable => (Verdict::Unavailable, 0, 0, [0; 32], 0),
    }
}
