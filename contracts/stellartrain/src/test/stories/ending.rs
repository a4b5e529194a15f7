//! Payments that wait, the end, and those who only look.
extern crate std;
use super::story::{answer, Refusal, Step, Story};
use crate::errors::Error;
use crate::storage::{Key, Slot};
use crate::types::*;
use soroban_sdk::testutils::storage::Persistent;
use soroban_sdk::{IntoVal, Val};
use std::vec::Vec;

impl Story {
    /// A submission of the challenge by its number, or one that does not exist.
    fn name(&mut self, id: u32) -> (u32, SubmissionId) {
        let roll = self.dice.roll() as usize;
        let now = self.now();
        let nobody = SubmissionId { solver: self.solvers[0].clone(), attempt: 999 };
        let Some(told) = self.told(id).filter(|told| !told.pieces.is_empty()) else { return (0, nobody) };
        if roll.is_multiple_of(50) {
            return (0, nobody);
        }
        let n = told.plain.submitted;
        let numbers = (0..4).map(|at| (roll >> (8 * at)) as u32 % n + 1);
        let mut numbers = numbers.filter(|number| roll.is_multiple_of(7) || told.due(*number, now).total() > 0);
        let number = numbers.next().unwrap_or(roll as u32 % n + 1);
        let piece = &told.pieces[&number];
        (number, SubmissionId { solver: piece.solver.clone(), attempt: piece.attempt })
    }

    pub fn release(&mut self, id: u32) -> Step {
        let (number, SubmissionId { solver, attempt }) = self.name(id);
        let now = self.now();
        let nothing = self.told(id).is_some_and(|told| number > 0 && told.due(number, now).total() == 0);
        if nothing && !self.dice.one_in(6) {
            return self.rather();
        }
        let owed = answer(self.client.try_owed(&id, &solver, &attempt));
        let due = self.told(id).filter(|_| number > 0).map(|told| told.due(number, now).total());
        assert_eq!(owed.as_ref().ok(), due.as_ref(), "what is owed to {number} of {id}");
        let must = match (self.told(id), due) {
            (Some(told), Some(due)) => self.pays(told, &solver, due, due > 0),
            _ => Some(false),
        };
        let result = answer(self.client.try_release_payment(&id, &solver, &attempt));
        assert!(result.is_err() || result == owed, "owed and released differ");
        Step { name: "release_payment", id, signer: None, result: result.map(|_| ()), must }
    }

    pub fn withdraw_fees(&mut self, id: u32) -> Step {
        let roll = self.dice.roll() as usize;
        let oracle = match self.told(id).filter(|_| !roll.is_multiple_of(9)) {
            Some(told) => {
                let earned = told.plain.fees.iter().position(|fees| *fees > 0);
                told.oracles[earned.unwrap_or(roll % told.oracles.len())].clone()
            }
            None => self.dice.of(&self.oracles),
        };
        let nothing = self.told(id).is_some_and(|told| told.plain.fees.iter().all(|fees| *fees == 0));
        if nothing && !self.dice.one_in(8) {
            return self.rather();
        }
        let must = self.told(id).map_or(Some(false), |told| {
            let place = told.oracles.iter().position(|other| *other == oracle);
            let earned = place.map_or(0, |place| told.plain.fees[place]);
            self.pays(told, &oracle, earned, earned > 0)
        });
        let result = answer(self.client.try_withdraw_fees(&oracle, &id)).map(|_| ());
        Step { name: "withdraw_fees", id, signer: None, result, must }
    }

    pub fn close(&mut self, id: u32) -> Step {
        let now = self.now();
        let must = self.told(id).map_or(Some(false), |told| {
            let plain = told.lapsed(now);
            let left = plain.escrow + plain.fee_budget;
            let over = plain.status != Status::Cancelled && told.all_accepted() && told.is_over(now);
            self.pays(told, &told.maker, left, over && (left > 0 || !plain.closed))
        });
        let result = answer(self.client.try_close(&id)).map(|_| ());
        Step { name: "close", id, signer: None, result, must }
    }

    pub fn reveal(&mut self, id: u32) -> Step {
        let roll = self.dice.roll() as usize;
        let by = match self.told(id) {
            Some(told) if roll.is_multiple_of(3) => told.maker.clone(),
            Some(told) if roll % 3 == 1 => told.oracles[roll % told.oracles.len()].clone(),
            _ => self.dice.of(&self.everybody()),
        };
        let mut truth = self.w.cid(self.dice.below(256) as u8);
        if self.dice.one_in(12) {
            truth.codec = 3;
        }
        let may = self.told(id).is_some_and(|told| told.may_reveal(&by, self.now())) && truth.codec != 3;
        let result = answer(self.client.try_reveal(&by, &id, &truth));
        Step { name: "reveal", id, signer: Some(by), result, must: Some(may) }
    }

    pub fn extend(&mut self, id: u32) -> Step {
        let (mut ids, mut known) = (Vec::new(), self.told(id).is_some());
        for _ in 0..self.dice.of(&[0, 1, 1, 3, 40, 41]) {
            let (number, name) = self.name(id);
            known &= number > 0;
            ids.push(name);
        }
        let must = known && ids.len() <= 40;
        let names = soroban_sdk::Vec::from_slice(&self.w.e, &ids);
        let result = answer(self.client.try_extend(&id, &names));
        if result.is_ok() {
            // Invariant 6: to the network's maximum, by anybody.
            let e = &self.w.e;
            let inside = |read: &dyn Fn() -> u32| e.as_contract(&self.w.contract, read);
            let most = inside(&|| e.storage().max_ttl());
            let slots = ids.iter().take(2).map(|name| Slot::new(e, id, &name.solver, name.attempt).key.into_val(e));
            let keys = [Key::Challenge(id), Key::State(id), Key::Board(id)].into_iter().map(|key| key.into_val(e));
            for key in slots.chain(keys).collect::<Vec<Val>>() {
                assert_eq!(inside(&|| e.storage().persistent().get_ttl(&key)), most, "{key:?}");
            }
        }
        Step { name: "extend", id, signer: None, result, must: Some(must) }
    }

    /// Reads what is bounded by an error of its own.
    pub fn look(&mut self, id: u32) -> Step {
        let (number, name) = self.name(id);
        let many = self.dice.of(&[1, 2, 40, 40, 41]);
        let ids = soroban_sdk::Vec::from_iter(&self.w.e, (0..many).map(|_| name.clone()));
        let result = answer(self.client.try_submissions(&id, &ids));
        let must = number > 0 && many <= 40;
        if let Ok(found) = &result {
            assert!(found.iter().all(|view| view.number == number));
        }
        let unknown = answer(self.client.try_oracle(&self.oracles[5]));
        assert_eq!(unknown, Err(Refusal::Numbered(Error::NotRegistered as u32)));
        Step { name: "submissions", id, signer: None, result: result.map(|_| ()), must: Some(must) }
    }
}
