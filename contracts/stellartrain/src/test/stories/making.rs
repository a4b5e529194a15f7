//! What makers, oracles and solvers do before anything is graded.
extern crate std;
use super::story::{answer, Act, Step, Story};
use crate::test::replay::{Seen, Told};
use crate::types::*;
use soroban_sdk::{Address, BytesN, String};
use std::vec::Vec;

/// The largest amount that the contract takes.
const LARGEST: i128 = 10_i128.pow(27);

impl Story {
    pub fn register(&mut self) -> Step {
        let oracle = self.dice.of(&self.oracles[..5]);
        self.register_as(&oracle)
    }

    pub fn register_as(&mut self, oracle: &Address) -> Step {
        let key = BytesN::from_array(&self.w.e, &[self.dice.below(256) as u8; 32]);
        let mut metadata = self.w.cid(4);
        let mut url = std::string::String::from("https://oracle.example");
        match self.replay.oracles.contains_key(oracle).then(|| self.dice.below(6)) {
            Some(0) => metadata.codec = 0,
            Some(1) => url = "x".repeat(129),
            Some(2) => url = "x".repeat(128),
            _ => {}
        }
        let url = String::from_str(&self.w.e, &url);
        let result = answer(self.client.try_register_oracle(oracle, &key, &url, &metadata)).map(|_| ());
        Step { name: "register_oracle", id: 0, signer: Some(oracle.clone()), result, must: None }
    }

    pub fn create(&mut self, _: u32) -> Step {
        let maker = self.dice.of(&self.makers);
        let (mut terms, mut prize, mut fees) = self.terms();
        let spoiled = self.dice.one_in(3);
        if spoiled {
            self.spoil(&mut terms, &mut prize, &mut fees);
        }
        let token = self.tokens.iter().find(|token| token.address == terms.token).expect("a token of the story");
        let sound = !spoiled && token.is_honest() && token.reaches(&self.w.e, &maker);
        let result = answer(self.client.try_create_challenge(&maker, &terms, &prize, &fees));
        let id = *result.as_ref().unwrap_or(&0);
        if id > 0 && !self.dice.one_in(5) {
            self.bind(id, Story::accept, terms.oracles.len() as usize);
        }
        Step {
            name: "create_challenge",
            id,
            signer: Some(maker),
            result: result.map(|_| ()),
            must: sound.then_some(true),
        }
    }

    /// Mostly the next oracle that has not accepted.
    pub fn accept(&mut self, id: u32) -> Step {
        let waiting = self.told(id).and_then(|told| {
            let place = told.plain.accepted.iter().position(|version| *version == 0)?;
            Some(told.oracles[place].clone())
        });
        let oracle = match waiting {
            Some(oracle) if !self.dice.one_in(12) => oracle,
            _ => self.dice.of(&self.oracles),
        };
        let now = self.now();
        let must = self.told(id).map(|told| {
            let place = told.oracles.iter().position(|other| *other == oracle);
            let free = place.is_some_and(|place| told.plain.accepted[place] == 0);
            free && told.plain.status == Status::Active && now < told.terms.accept_by
        });
        let result = answer(self.client.try_accept_challenge(&oracle, &id)).map(|_| ());
        Step { name: "accept_challenge", id, signer: Some(oracle), result, must: must.or(Some(false)) }
    }

    pub fn cancel(&mut self, id: u32) -> Step {
        let now = self.now();
        let told = self.told(id);
        let may = told.is_some_and(|told| told.plain.status == Status::Active && !told.all_accepted());
        let signer = told.filter(|told| now < told.terms.accept_by).map(|told| told.maker.clone());
        let must = told.map_or(Some(false), |told| self.pays(told, &told.maker, told.plain.total(), may));
        let result = answer(self.client.try_cancel(&id)).map(|_| ());
        Step { name: "cancel", id, signer, result, must }
    }

    pub fn top_up(&mut self, id: u32) -> Step {
        let from = self.dice.of(&self.solvers);
        let fixed = matches!(self.rule(id), "Bounty" | "Ranked");
        let escrow = if fixed && !self.dice.one_in(5) { 0 } else { self.dice.of(&[0, 1, 50, 700]) };
        let fees = self.dice.of(&[0, 0, 5, 200]);
        let (escrow, fees) = if self.dice.one_in(12) { (escrow, -1) } else { (escrow, fees) };
        let must = self.told(id).map_or(Some(false), |told| {
            let open = told.plain.status == Status::Active && self.now() < told.terms.deadline;
            self.takes(told, &from, escrow + fees, open && fees >= 0 && escrow + fees > 0 && (escrow == 0 || !fixed))
        });
        let result = answer(self.client.try_top_up(&from, &id, &escrow, &fees));
        Step { name: "top_up", id, signer: Some(from), result, must }
    }

    pub fn submit(&mut self, id: u32) -> Step {
        let mut solver = self.dice.of(&self.solvers);
        for _ in 0..4 {
            let idle = |told: &Told| {
                let one_batch = matches!(told.terms.payout, Payout::PerUnit(_));
                let pending = |seen: &Seen| one_batch && seen.verdict == Verdict::Pending;
                let more = told.tries.get(&solver).is_none_or(|tries| tries.attempts < told.terms.attempts);
                more && !told.pieces.values().any(|piece| piece.solver == solver && pending(&piece.seen))
                    && !told.winners().any(|row| row.solver == solver)
            };
            if self.told(id).is_some_and(idle) || self.dice.one_in(12) {
                break;
            }
            solver = self.dice.of(&self.solvers);
        }
        let tries = |story: &Story, solver: &Address| {
            story.told(id).and_then(|told| told.tries.get(solver)).map_or(0, |tries| tries.attempts)
        };
        let max_units = match self.told(id).map(|told| &told.terms.payout) {
            Some(Payout::PerUnit(unit)) => unit.max_units,
            _ => 0,
        };
        let mut units = if max_units > 0 { self.dice.within(1, max_units.into()) as u32 } else { 0 };
        let mut attempt = tries(self, &solver) + 1;
        let mut cid = Cid { codec: self.dice.of(&[0x55, 0x70]), digest: self.w.bytes(self.dice.below(256) as u8) };
        let mut carry = self.dice.of(&[0, 35, 35, 35]);
        match self.dice.below(80) {
            0 => attempt = attempt.saturating_sub(1),
            1 => attempt += 1,
            2 => units = if self.dice.one_in(2) { max_units + 1 } else { 0 },
            3 => cid.codec = 0x51,
            4 => carry = -1,
            5 => carry = i128::MAX,
            6 => solver = self.dice.of(&self.makers),
            7 => solver = self.dice.of(&self.oracles),
            _ => {}
        }
        if !self.solvers.contains(&solver) {
            attempt = 1;
        }
        let must = self.told(id).map_or(Some(false), |told| {
            let carries = (told.carry()..=LARGEST).contains(&carry);
            let may = told.may_submit(&solver, attempt, units, self.now()) && carries && cid.codec != 0x51;
            self.takes(told, &solver, told.terms.deposit.saturating_add(carry), may)
        });
        let result = answer(self.client.try_submit(&solver, &id, &attempt, &cid, &units, &carry)).map(|_| ());
        Step { name: "submit", id, signer: Some(solver), result, must }
    }

    /// Many submissions at once, then votes in full batches; for a ranking often all that follows until it is made.
    pub fn crowd(&mut self, id: u32) -> Step {
        let many = self.told(id).is_some_and(|told| told.terms.attempts > 3);
        let rare = if self.rule(id) == "Ranked" { 2 } else { 4 };
        if many && self.dice.one_in(rare) {
            let crowd = self.dice.of(&[10, 20, 70]);
            self.bind(id, Story::submit, crowd);
            self.bind(id, Story::post_many, crowd / 8);
            if self.rule(id) == "Ranked" && !self.dice.one_in(3) {
                self.bind(id, Story::until_deadline, 1);
                self.bind(id, Story::post_many, 8);
                self.bind(id, Story::settle, 2);
                self.bind(id, Story::post_ranking, 8);
            }
        }
        self.submit(id)
    }

    fn bind(&mut self, id: u32, act: Act, times: usize) {
        self.bound.extend((0..times).map(|_| (act, id)));
    }

    /// Whether a payment that the rules allow must succeed: the token is honest and reaches its receiver.
    pub fn pays(&self, told: &Told, to: &Address, amount: i128, allowed: bool) -> Option<bool> {
        let token = self.token_of(told);
        match allowed {
            false => Some(false),
            true if amount == 0 => Some(true),
            true => (token.is_honest() && token.reaches(&self.w.e, to)).then_some(true),
        }
    }

    /// Whether a call that takes money, and may return some of it, must succeed.
    fn takes(&self, told: &Told, from: &Address, amount: i128, allowed: bool) -> Option<bool> {
        let token = self.token_of(told);
        match allowed {
            false => Some(false),
            true if amount == 0 => Some(true),
            true => {
                let sound = token.is_honest() && token.reaches(&self.w.e, from);
                (sound && token.balance(&self.w.e, from) >= amount).then_some(true)
            }
        }
    }

    pub fn everybody(&self) -> Vec<Address> {
        self.makers.iter().chain(&self.oracles).chain(&self.solvers).cloned().collect()
    }
}
