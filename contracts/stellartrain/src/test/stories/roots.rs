//! Earnings: trees of cumulative amounts, true ones, greedy ones and ones that lower somebody; and claims on them.
extern crate std;
use super::story::{answer, Step, Story};
use soroban_sdk::xdr::{Limits, ScVal, ScVec, WriteXdr};
use soroban_sdk::{Address, Bytes, BytesN, Env, IntoVal, TryFromVal, Val};
use std::vec::Vec;

type Hash = [u8; 32];

/// An epoch as an honest oracle sees it.
#[derive(Clone)]
pub struct Plan {
    leaves: Vec<(Address, i128)>,
    /// From the leaves to the root.
    levels: Vec<Vec<Hash>>,
    total: i128,
}

impl Plan {
    pub fn root(&self) -> Hash {
        self.levels.last().unwrap()[0]
    }

    fn proof(&self, mut at: usize) -> Vec<Hash> {
        let mut proof = std::vec![];
        for level in &self.levels {
            proof.extend(level.get(at ^ 1));
            at /= 2;
        }
        proof
    }
}

fn sha(e: &Env, bytes: &[u8]) -> Hash {
    e.crypto().sha256(&Bytes::from_slice(e, bytes)).to_array()
}

/// Two siblings, the smaller first.
fn parent(e: &Env, two: &[Hash]) -> Hash {
    match two {
        [a, b] => sha(e, &[a.min(b).as_slice(), a.max(b)].concat()),
        _ => two[0],
    }
}

impl Story {
    fn leaf(&self, id: u32, epoch: u32, labeler: &Address, cumulative: i128) -> Hash {
        let e = &self.w.e;
        let fields: [Val; 5] = [
            self.w.contract.into_val(e),
            id.into_val(e),
            epoch.into_val(e),
            labeler.into_val(e),
            cumulative.into_val(e),
        ];
        let fields: Vec<ScVal> = fields.iter().map(|field| ScVal::try_from_val(e, field).unwrap()).collect();
        let leaf = ScVal::Vec(Some(ScVec(fields.try_into().unwrap())));
        sha(e, &leaf.to_xdr(Limits::none()).unwrap())
    }

    /// The epoch to come, the same for all honest oracles.
    fn plan(&mut self, id: u32, epoch: u32) -> Plan {
        if let Some(plan) = self.plans.get(&(id, epoch)) {
            return plan.clone();
        }
        let before = epoch.checked_sub(1).and_then(|last| self.plans.get(&(id, last))).cloned();
        let mut leaves = before.as_ref().map_or_else(std::vec::Vec::new, |plan| plan.leaves.clone());
        let (earned, escrow) =
            self.told(id).map_or((0, 0), |told| (told.earnings.total, told.plain.escrow.min(i128::MAX / 2)));
        let most = if escrow > 3 { self.dice.within(0, escrow as u64 / 2) as i128 } else { escrow };
        let mut rest = most;
        for _ in 0..self.dice.within(1, 4) {
            let (labeler, more) = (self.dice.of(&self.solvers), self.dice.within(0, rest as u64) as i128);
            rest -= more;
            match leaves.iter_mut().find(|(other, _)| *other == labeler) {
                Some((_, amount)) => *amount = amount.saturating_add(more),
                None => leaves.push((labeler, more)),
            }
        }
        // Nobody but the claims checks what a root really says.
        let at = self.dice.below(leaves.len());
        match self.dice.below(9) {
            0 => leaves[at].1 = leaves[at].1.saturating_add(escrow + 1_000),
            1 => leaves[at].1 /= 2,
            2 => leaves[at].1 = i128::MAX,
            _ => {}
        }
        let e = self.w.e.clone();
        let first = leaves.iter().map(|(labeler, amount)| self.leaf(id, epoch, labeler, *amount)).collect();
        let mut levels: Vec<Vec<Hash>> = std::vec![first];
        while levels.last().unwrap().len() > 1 {
            levels.push(levels.last().unwrap().chunks(2).map(|two| parent(&e, two)).collect());
        }
        let plan = Plan { leaves, levels, total: earned + most };
        self.plans.insert((id, epoch), plan.clone());
        plan
    }

    pub fn post_earnings(&mut self, id: u32) -> Step {
        let (oracles, mut epoch) = match self.told(id) {
            Some(told) => (told.oracles.clone(), told.earnings.epochs + 1),
            None => (self.oracles.clone(), 1),
        };
        let open: Vec<usize> = (0..oracles.len())
            .filter(|place| {
                self.told(id).is_some_and(|told| told.epoch_votes.iter().all(|vote| vote.oracle != *place as u32))
            })
            .collect();
        let mut place = self.dice.below(oracles.len());
        if !open.is_empty() && !self.dice.one_in(5) {
            place = self.dice.of(&open);
        }
        let oracle = if self.dice.one_in(40) { self.dice.of(&self.oracles) } else { oracles[place].clone() };
        let plan = self.plan(id, epoch);
        let (mut root, mut total, mut report) = (plan.root(), plan.total, self.w.cid(8));
        let lies = oracle == self.oracles[3] && self.dice.one_in(2) || oracle == self.oracles[4] && self.dice.one_in(3);
        match if lies { 0 } else { self.dice.below(30) } {
            0 => root = [self.dice.below(4) as u8; 32],
            1 => total += 1,
            2 => total = self.dice.of(&[-1, 0, i128::MAX]),
            3 => epoch = self.dice.of(&[epoch - 1, epoch + 1]),
            4 => report.codec = 2,
            _ => {}
        }
        let may = self.told(id).is_some_and(|told| {
            let place = told.oracles.iter().position(|other| *other == oracle);
            place.is_some_and(|place| told.may_post(place as u32, epoch, total, self.now())) && report.codec != 2
        });
        let root = BytesN::from_array(&self.w.e, &root);
        let result = answer(self.client.try_post_earnings(&oracle, &id, &epoch, &root, &total, &report)).map(|_| ());
        Step { name: "post_earnings", id, signer: Some(oracle), result, must: Some(may) }
    }

    pub fn claim(&mut self, id: u32) -> Step {
        let epochs = self.told(id).map_or(0, |told| told.earnings.epochs);
        if epochs == 0 && !self.dice.one_in(8) {
            return self.post_earnings(id);
        }
        let back = self.dice.of(&[0, 0, 0, 1, 2]).min(epochs);
        let epoch = if self.dice.one_in(20) { epochs + 1 } else { epochs - back };
        let plan = self.plans.get(&(id, epoch)).cloned();
        let Some(plan) = plan.filter(|_| epoch > 0) else {
            let proof = soroban_sdk::Vec::new(&self.w.e);
            let result = answer(self.client.try_claim(&id, &epoch, &self.solvers[0], &1, &proof)).map(|_| ());
            return Step { name: "claim", id, signer: None, result, must: Some(false) };
        };
        let at = self.dice.below(plan.leaves.len());
        let (mut labeler, mut cumulative) = plan.leaves[at].clone();
        let mut proof = plan.proof(at);
        let wrong = self.dice.below(24);
        match wrong {
            0 => labeler = self.makers[0].clone(),
            1 => cumulative = cumulative.saturating_sub(1),
            2 => proof.push([1; 32]),
            _ => {}
        }
        let must = self.told(id).and_then(|told| {
            let posted = told.epochs.get(epoch as usize - 1).map(|epoch| epoch.root.to_array());
            let amount = cumulative.saturating_sub(*told.claims.get(&labeler).unwrap_or(&0));
            let fits = told.earnings.claimed.checked_add(amount).is_some_and(|sum| sum <= told.earnings.total);
            let right = posted == Some(plan.root()) && wrong > 2;
            self.pays(told, &labeler, amount, right && amount > 0 && fits)
        });
        let proof: Vec<BytesN<32>> = proof.iter().map(|hash| BytesN::from_array(&self.w.e, hash)).collect();
        let proof = soroban_sdk::Vec::from_slice(&self.w.e, &proof);
        let result = answer(self.client.try_claim(&id, &epoch, &labeler, &cumulative, &proof)).map(|_| ());
        Step { name: "claim", id, signer: None, result, must }
    }
}
