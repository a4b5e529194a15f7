//! The six invariants, after every call: what the call touched at once, everything now and then.
extern crate std;
use super::story::{Refusal, Step, Story};
use crate::flows::{release, views};
use crate::storage::{self, Slot};
use crate::test::replay::{Plain, Row, Seen, Told};
use crate::types::*;
use soroban_sdk::testutils::Events;
use soroban_sdk::xdr::{ContractEvent, ScAddress};
use soroban_sdk::Address;
use std::collections::BTreeMap;
use std::vec::Vec;

const EVERYTHING_EVERY: u32 = 150;

/// Verdict, reason, score, content, accepted units.
type Final = (Verdict, u32, i64, [u8; 32], u32);

/// What was seen before and must not be contradicted.
#[derive(Default)]
pub struct Watch {
    steps: u32,
    /// Everybody's balances of the honest tokens, as the events explain them: by token and place in the list of people.
    wealth: Vec<Vec<i128>>,
    /// Final verdicts.
    finals: BTreeMap<(u32, u32), Final>,
    /// Outcomes that were called the last word.
    lasts: BTreeMap<(u32, u32), Outcome>,
    /// Until when each entry of the contract lives.
    pub lives: BTreeMap<Vec<u8>, u32>,
}

impl Story {
    pub fn watch_wealth(&mut self) {
        let (e, people) = (&self.w.e, self.everybody());
        let of = |token: &super::purse::Token| people.iter().map(|who| token.balance(e, who)).collect();
        self.watch.wealth = self.tokens[..2].iter().map(of).collect();
    }

    /// All that must be true after this call.
    pub fn check(&mut self, step: Step) {
        self.watch.steps += 1;
        let Step { name, id, signer, result, must } = step;
        if let Some(must) = must {
            assert_eq!(result.is_ok(), must, "{name} of {id}: {result:?}; {:?}", self.told(id).map(|told| &told.plain));
        }
        self.replay.forget();
        match &result {
            Ok(()) if ["pass", "trouble", "extend", "submissions"].contains(&name) => {}
            Ok(()) => {
                let used = self.w.e.cost_estimate().resources();
                self.coverage.resources([used.write_entries, used.write_bytes, used.contract_events_size_bytes]);
                let signers: Vec<Address> = self.w.e.auths().into_iter().map(|(who, _)| who).collect();
                assert_eq!(signers, signer.into_iter().collect::<Vec<_>>(), "{name} was authorised by");
                self.hear();
            }
            Err(Refusal::Numbered(_)) => {}
            Err(Refusal::Broken) => {
                let honest = self.told(id).is_some_and(|told| self.token_of(told).is_honest());
                assert!(!honest, "{name} of {id} ended without a number");
            }
        }
        self.coverage.count(name, self.rule(id), &result);
        if self.watch.steps.is_multiple_of(EVERYTHING_EVERY) {
            self.check_all();
        } else {
            self.money_is_there();
            self.wealth_is_explained(false);
            self.touched_is_as_told();
        }
    }

    /// Applies what the last call published; money moves as it says and in no other way.
    fn hear(&mut self) {
        let all = self.w.e.events().all();
        let contract = ScAddress::from(&self.w.contract);
        let own =
            |event: &&ContractEvent| event.contract_id.clone().is_some_and(|id| ScAddress::Contract(id) == contract);
        let events: Vec<_> = all.events().iter().filter(own).cloned().collect();
        if let Some(dump) = &mut self.dump {
            dump.events(&self.w, all.events());
        }
        self.replay.apply(&events);
        self.look_at(&events);
        let people = self.everybody();
        for step in &self.replay.moves {
            let token = self.tokens.iter().position(|token| token.address == step.token).unwrap();
            let who = people.iter().position(|who| *who == step.who).expect("somebody of the story");
            if let Some(wealth) = self.watch.wealth.get_mut(token) {
                wealth[who] += step.amount;
            }
        }
    }

    /// Everything there is.
    pub fn check_all(&mut self) {
        self.money_is_there();
        self.wealth_is_explained(true);
        let ids: Vec<u32> = self.replay.challenges.keys().copied().collect();
        assert_eq!(self.client.challenges() as usize, ids.len());
        for id in ids {
            let client = &self.client;
            self.challenge_is_as_told(id, &client.state(&id), client.board(&id), &client.earnings(&id));
            self.rest_is_as_told(id);
            let pieces = self.replay.challenges[&id].pieces.iter();
            let names: Vec<_> = pieces.map(|(number, piece)| (*number, piece.solver.clone(), piece.attempt)).collect();
            for (number, solver, attempt) in names {
                let client = &self.client;
                let view = client.submission(&id, &solver, &attempt);
                let (outcome, owed) = (client.outcome(&id, &solver, &attempt), client.owed(&id, &solver, &attempt));
                self.submission_is_as_told(id, number, &view);
                self.views_are_true(id, number, outcome, owed);
            }
        }
        self.records_are_as_told();
        self.entries_are_small_and_last();
    }

    /// Invariant 1, to the last unit, for each token; the hostile one's own books are as exact.
    fn money_is_there(&self) {
        for token in &self.tokens {
            let told = self.replay.challenges.values().filter(|told| told.terms.token == token.address);
            let counted: i128 = told.map(Told::total).sum();
            let held = token.balance(&self.w.e, &self.w.contract);
            assert_eq!(held - token.drift, counted, "the contract's balance; honest: {}", token.is_honest());
        }
    }

    /// Invariant 3: people have what the events say. After a call, those who moved money and one other.
    fn wealth_is_explained(&mut self, everybody: bool) {
        let people = self.everybody();
        let other = self.dice.below(people.len());
        for (token, wealth) in self.tokens.iter().zip(&self.watch.wealth) {
            for (at, who) in people.iter().enumerate() {
                let moved = || self.replay.moves.iter().any(|step| step.who == *who);
                if everybody || at == other || moved() {
                    assert_eq!(token.balance(&self.w.e, who), wealth[at], "the wealth of person {at}");
                }
            }
        }
    }

    /// What the last call touched, read in one go inside the contract: a call for each view would cost much more.
    fn touched_is_as_told(&mut self) {
        let Some(id) = self.replay.touched else { return };
        let (e, told) = (&self.w.e, &self.replay.challenges[&id]);
        let looked_at = self.replay.pieces.len().min(1);
        let (state, board, earned, views, said) = e.as_contract(&self.w.contract, || {
            let of = |number: &u32| {
                let piece = &told.pieces[number];
                storage::entry(e, &Slot::new(e, id, &piece.solver, piece.attempt)).to_view(e)
            };
            let said = |number: &u32| {
                let piece = &told.pieces[number];
                let outcome = views::outcome(e, id, &piece.solver, piece.attempt);
                (outcome, release::owed(e, id, &piece.solver, piece.attempt))
            };
            let pieces = &self.replay.pieces;
            let views: Vec<Submission> = pieces.iter().map(of).collect();
            let said: Vec<(Outcome, i128)> = pieces[..looked_at].iter().map(said).collect();
            (storage::state(e, id), views::board(e, id), storage::earnings(e, id), views, said)
        });
        self.challenge_is_as_told(id, &state, board, &earned);
        let pieces = self.replay.pieces.clone();
        pieces.iter().zip(views).for_each(|(number, view)| self.submission_is_as_told(id, *number, &view));
        pieces.iter().zip(said).for_each(|(number, (outcome, owed))| self.views_are_true(id, *number, outcome, owed));
    }

    /// Invariant 4: what is stored is what the events tell.
    fn challenge_is_as_told(&self, id: u32, state: &State, board: soroban_sdk::Vec<Place>, earned: &Earnings) {
        let told = &self.replay.challenges[&id];
        assert_eq!(Plain::of(state), told.plain, "challenge {id}");
        let board = board.into_iter().map(|place| {
            let Place { solver, attempt, number, score, prize } = place;
            (Row { solver, attempt, number, score }, prize)
        });
        assert_eq!(board.collect::<Vec<_>>(), told.places(self.now()), "the board of {id}");
        assert_eq!(*earned, told.earnings);
    }

    fn rest_is_as_told(&self, id: u32) {
        let (told, client) = (&self.replay.challenges[&id], &self.client);
        let stored = client.challenge(&id);
        assert_eq!(
            (stored.maker, stored.created, stored.terms),
            (told.maker.clone(), told.created, told.terms.clone())
        );
        for (at, epoch) in told.epochs.iter().enumerate() {
            assert_eq!(client.epoch(&id, &(at as u32 + 1)), *epoch);
        }
        assert!(client.try_epoch(&id, &(told.epochs.len() as u32 + 1)).is_err());
        for solver in &self.solvers {
            assert_eq!(client.claimed(&id, solver), *told.claims.get(solver).unwrap_or(&0));
            assert_eq!(client.attempts(&id, solver), told.tries.get(solver).cloned().unwrap_or_default());
        }
        for who in told.oracles.iter().chain([&told.maker]) {
            assert_eq!(client.revealed(&id, who), told.revealed.get(who).cloned());
        }
        for (content, number) in &told.contents {
            let content = soroban_sdk::BytesN::from_array(&self.w.e, content);
            assert_eq!(client.content(&id, &content), *number);
        }
    }

    fn records_are_as_told(&self) {
        for (oracle, (record, keys)) in &self.replay.oracles {
            assert_eq!(self.client.oracle(oracle), *record);
            for (at, key) in keys.iter().enumerate() {
                assert_eq!(self.client.oracle_key(oracle, &(at as u32 + 1)), *key);
            }
        }
        for (maker, record) in &self.replay.makers {
            assert_eq!(self.client.maker(maker), *record);
        }
    }

    /// Invariants 2 and 4: a submission is as told, and its final verdict is what it was before.
    fn submission_is_as_told(&mut self, id: u32, number: u32, view: &Submission) {
        let piece = &self.replay.challenges[&id].pieces[&number];
        let seen = Seen::of(view);
        assert_eq!(seen, piece.seen, "submission {number} of {id}");
        assert!(seen.flags & 0b101 != 0b101, "a prize is held or paid, not both");
        if seen.verdict != Verdict::Pending {
            let verdict = (seen.verdict, seen.reason, seen.score, seen.content, seen.accepted_units);
            let before = self.watch.finals.entry((id, number)).or_insert(verdict);
            assert_eq!(*before, verdict, "a final verdict changed: {number} of {id}");
        }
    }

    /// What `outcome` and `owed` say is what follows; a last word is the last.
    fn views_are_true(&mut self, id: u32, number: u32, outcome: Outcome, owed: i128) {
        let (now, told) = (self.now(), &self.replay.challenges[&id]);
        assert_eq!(outcome, told.outcome(number, now), "the outcome of {number} of {id}");
        assert_eq!(owed, told.due(number, now).total(), "what is owed to {number} of {id}");
        match self.watch.lasts.get(&(id, number)) {
            Some(last) => assert_eq!(*last, outcome, "the last word changed: {number} of {id}"),
            None if outcome.last => {
                self.watch.lasts.insert((id, number), outcome);
            }
            None => {}
        }
    }
}
