//! The contract on which a story of the model is played: who is who, the clock, the token, the gate.
extern crate std;
use super::super::world::{go_to, prepared, ListGate, ListGateClient, WASM};
use super::token::{Bank, BankClient};
use crate::types::*;
use crate::{StellarTrain, StellarTrainClient};
use soroban_sdk::testutils::{Address as _, Ledger};
use soroban_sdk::{Address, Bytes, BytesN, Env, Vec};
use std::collections::{BTreeMap, BTreeSet};
use stellartrain_model as model;
use stellartrain_model::bank::CONTRACT;
use stellartrain_model::basics::Number;
use stellartrain_model::play::samples;
use stellartrain_model::world::World;

pub struct Stage {
    pub e: Env,
    pub contract: Address,
    pub token: Address,
    pub gate: Address,
    people: BTreeMap<model::basics::Address, Address>,
    blocked: BTreeSet<model::basics::Address>,
    admitted: BTreeSet<(usize, model::basics::Address)>,
    /// Who holds what before a call, as far as the stage has been told.
    minted: BTreeMap<model::basics::Address, i128>,
    /// Verdict and prize of each submission whose outcome was said to be the last.
    pub last: BTreeMap<(usize, Number), (Verdict, i128)>,
}

/// The address of the gate in the wild stories.
const GATE: model::basics::Address = model::basics::Address(90);

impl Stage {
    pub fn new(wasm: bool) -> Stage {
        let e = prepared(Env::default());
        e.ledger().set_timestamp(0);
        let limits = (samples::LIMITS.patience, samples::LIMITS.window);
        let contract = if wasm { e.register(WASM, limits) } else { e.register(StellarTrain, limits) };
        let (token, gate) = (e.register(Bank, ()), e.register(ListGate, ()));
        let people = BTreeMap::from([(CONTRACT, contract.clone()), (GATE, gate.clone())]);
        Stage {
            e,
            contract,
            token,
            gate,
            people,
            blocked: BTreeSet::new(),
            admitted: BTreeSet::new(),
            minted: BTreeMap::new(),
            last: BTreeMap::new(),
        }
    }

    pub fn client(&self) -> StellarTrainClient<'_> {
        StellarTrainClient::new(&self.e, &self.contract)
    }

    fn bank(&self) -> BankClient<'_> {
        BankClient::new(&self.e, &self.token)
    }

    /// Somebody of the model, as an address.
    pub fn who(&mut self, who: model::basics::Address) -> Address {
        self.people.entry(who).or_insert_with(|| Address::generate(&self.e)).clone()
    }

    pub fn people(&self) -> impl Iterator<Item = (&model::basics::Address, &Address)> {
        self.people.iter()
    }

    /// Brings about what happened in the model between two calls: time has passed, money came from outside, accounts are
    /// frozen, a gate admits somebody.
    pub fn follow(&mut self, world: &World) {
        if world.now > self.e.ledger().timestamp() {
            go_to(&self.e, world.now);
        }
        if world.challenges.is_empty() {
            for ((_, who), held) in &world.bank.balances {
                let new = held - self.minted.get(who).unwrap_or(&0);
                if *who != CONTRACT && new > 0 {
                    let address = self.who(*who);
                    self.bank().mint(&address, &new);
                    self.minted.insert(*who, *held);
                }
            }
        }
        let blocked: BTreeSet<_> = world.bank.blocked.iter().map(|(_, who)| *who).collect();
        for who in blocked.symmetric_difference(&self.blocked.clone()) {
            let address = self.who(*who);
            self.bank().block(&address, &blocked.contains(who));
        }
        self.blocked = blocked;
        let admitted = world.gates.get(&GATE).cloned().unwrap_or_default();
        for (id, who) in admitted.difference(&self.admitted.clone()) {
            let solver = self.who(*who);
            ListGateClient::new(&self.e, &self.gate).admit(&(*id as u32 + 1), &solver);
        }
        self.admitted = admitted;
    }

    pub fn bytes(&self, byte: u8) -> BytesN<32> {
        BytesN::from_array(&self.e, &[byte; 32])
    }

    pub fn cid(&self) -> Cid {
        Cid { codec: 0x70, digest: self.bytes(9) }
    }

    pub fn shares(&self, bytes: Option<usize>) -> Bytes {
        Bytes::from_slice(&self.e, &std::vec![1; bytes.unwrap_or(0)])
    }

    /// A submission's name; a stranger's where the number does not exist.
    pub fn name(&mut self, world: &World, id: usize, number: Number) -> (Address, u32) {
        match world.challenges.get(id).and_then(|it| it.submission(number)) {
            Some(it) => (self.who(it.solver), it.attempt),
            None => (self.who(model::basics::Address(u32::MAX)), 1),
        }
    }

    pub fn terms(&mut self, it: &model::terms::Terms) -> Terms {
        use model::terms::Payout as P;
        let payout = match &it.payout {
            P::Bounty { reward, winners } => Payout::Bounty(Bounty { reward: *reward, winners: *winners as u32 }),
            P::Ranked { prizes } => Payout::Ranked(Ranked { prizes: Vec::from_slice(&self.e, prizes) }),
            P::PerUnit { rate, max_units } => Payout::PerUnit(PerUnit { rate: *rate, max_units: *max_units }),
            P::Earnings => Payout::Earnings,
        };
        let oracles: std::vec::Vec<Address> = it.oracles.iter().map(|oracle| self.who(*oracle)).collect();
        Terms {
            token: self.token.clone(),
            payout,
            oracles: Vec::from_slice(&self.e, &oracles),
            oracle_fee: it.oracle_fee,
            deposit: it.deposit,
            threshold: it.threshold,
            direction: match it.direction {
                model::score::Direction::Maximize => Direction::Maximize,
                model::score::Direction::Minimize => Direction::Minimize,
            },
            step: it.step,
            opens: it.opens,
            accept_by: it.accept_by,
            deadline: it.deadline,
            patience: it.patience,
            grade_by: it.grade_by,
            judge: it.judge.map(|judge| Judge { address: self.who(judge.address), judge_by: judge.by }),
            gate: it.gate.map(|gate| self.who(gate)),
            attempts: it.attempts,
            attempts_per_day: it.attempts_per_day,
            unique_content: it.unique_content,
            truth: self.bytes(7),
            opens_truth: it.opens_truth,
            manifest: self.cid(),
        }
    }

    /// A vote or ballot. The model also knows a reason 0.
    pub fn vote(&mut self, world: &World, id: usize, number: Number, said: model::verdict::Verdict) -> Vote {
        use model::verdict::Verdict as V;
        let (solver, attempt) = self.name(world, id, number);
        let nothing = Vote {
            solver,
            attempt,
            verdict: Verdict::Unavailable,
            reason: 0,
            score: 0,
            content_hash: self.bytes(0),
            units: 0,
            hold: false,
        };
        match said {
            V::Scored { score, content, units } => Vote {
                verdict: Verdict::Scored,
                score,
                content_hash: BytesN::from_array(&self.e, &super::content(content)),
                units,
                ..nothing
            },
            V::Rejected(reason) => Vote { verdict: Verdict::Rejected, reason: reason + 1, ..nothing },
            V::Unavailable => nothing,
        }
    }
}
