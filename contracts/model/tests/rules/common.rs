//! A world with one challenge, and short words for what people do in it.
use stellartrain_model::bank::CONTRACT;
use stellartrain_model::basics::{Address, Amount, Number, Score, Time};
use stellartrain_model::challenge::{Challenge, Status};
use stellartrain_model::event::Event;
use stellartrain_model::play::invariants;
use stellartrain_model::play::samples::{JUDGE, LIMITS, MAKER, ORACLES, TOKEN};
use stellartrain_model::refusal::Refusal;
use stellartrain_model::terms::Terms;
use stellartrain_model::verdict::Verdict;
use stellartrain_model::world::{Call, World};

pub const FUNDS: Amount = 1_000_000;
pub const P: Time = 10;
pub const OPENS: Time = 20;
pub const DEADLINE: Time = 100;
pub const GRADE_BY: Time = 140;
pub const END: Time = 160;
pub const GOOD: Verdict = scored(95);
pub const BAD: Verdict = Verdict::Rejected(1);
pub const NONE: Verdict = Verdict::Unavailable;

pub const fn scored(score: Score) -> Verdict {
    Verdict::Scored { score, content: 7, units: 0 }
}

pub const fn labels(units: u32) -> Verdict {
    Verdict::Scored { score: 0, content: 7, units }
}

/// A solver, or one of the adversary's wallets.
pub const fn solver(n: u32) -> Address {
    Address(100 + n)
}

pub struct Town {
    pub world: World,
}

impl Town {
    /// The challenge is accepted by all and open.
    pub fn new(terms: &Terms, prize: Amount, budget: Amount) -> Town {
        let mut town = Town::created(terms, prize, budget).unwrap();
        for (place, oracle) in terms.oracles.iter().enumerate() {
            town.call(*oracle, Call::Accept(0, 7, (place == 0).then_some(500))).unwrap();
        }
        town.at(terms.opens);
        town
    }

    pub fn created(terms: &Terms, prize: Amount, budget: Amount) -> Result<Town, Refusal> {
        let mut town = Town { world: World::new(LIMITS) };
        town.world.now = 15;
        for oracle in ORACLES {
            town.call(oracle, Call::RegisterOracle(1)).unwrap();
        }
        for who in [MAKER, JUDGE].into_iter().chain((0..500).map(solver)) {
            town.world.bank.mint(TOKEN, who, FUNDS);
        }
        town.call(MAKER, Call::Create(Box::new(terms.clone()), prize, budget))?;
        Ok(town)
    }

    pub fn call(&mut self, by: Address, call: Call) -> Result<Vec<Event>, Refusal> {
        let before = self.world.clone();
        let answer = self.world.call(by, &call);
        match &answer {
            Ok(_) => invariants::check(&before, &self.world),
            Err(_) => assert_eq!(before, self.world),
        }
        answer
    }

    pub fn at(&mut self, now: Time) -> &mut Town {
        assert!(now >= self.world.now, "time does not run backwards");
        self.world.now = now;
        self
    }

    pub fn challenge(&self) -> &Challenge {
        &self.world.challenges[0]
    }

    /// The next attempt of a solver; returns the number.
    pub fn submit(&mut self, who: u32) -> Number {
        self.submit_units(who, 0).unwrap()
    }

    pub fn submit_units(&mut self, who: u32, units: u32) -> Result<Number, Refusal> {
        let attempt = self.challenge().attempts.get(&solver(who)).map_or(0, |it| it.count) + 1;
        self.call(solver(who), Call::Submit(0, attempt, units))?;
        Ok(self.challenge().submissions.len() as Number)
    }

    pub fn vote(&mut self, oracle: usize, number: Number, vote: Verdict) -> Result<Vec<Event>, Refusal> {
        self.call(ORACLES[oracle], Call::PostScores(0, vec![(number, vote)], false))
    }

    /// These oracles vote the same.
    pub fn votes(&mut self, oracles: &[usize], number: Number, vote: Verdict) {
        for oracle in oracles {
            self.vote(*oracle, number, vote).unwrap();
        }
    }

    pub fn settle(&mut self, numbers: &[Number]) -> Vec<Event> {
        let numbers = numbers.iter().map(|number| (*number, false)).collect();
        self.call(CONTRACT, Call::Settle(0, numbers)).unwrap()
    }

    pub fn settle_all(&mut self) {
        let all: Vec<Number> = (1..=self.challenge().submissions.len() as Number).collect();
        all.chunks(40).for_each(|numbers| drop(self.settle(numbers)));
    }

    pub fn rule(&mut self, number: Number, ballot: Verdict) -> Result<Vec<Event>, Refusal> {
        self.call(JUDGE, Call::Rule(0, vec![(number, ballot)]))
    }

    pub fn release(&mut self, number: Number) -> Result<Vec<Event>, Refusal> {
        self.call(CONTRACT, Call::ReleasePayment(0, number))
    }

    /// What the maker got.
    pub fn close(&mut self) -> Amount {
        let before = self.world.bank.balance(TOKEN, MAKER);
        self.call(CONTRACT, Call::Close(0)).unwrap();
        self.world.bank.balance(TOKEN, MAKER) - before
    }

    /// Settles, releases and closes everything.
    pub fn finish(&mut self) {
        let end = self.challenge().terms.end().max(self.world.now);
        self.at(end).settle_all();
        for number in 1..=self.challenge().submissions.len() as Number {
            self.release(number).ok();
        }
        self.close();
        for oracle in self.challenge().terms.oracles.clone() {
            self.call(CONTRACT, Call::WithdrawFees(0, oracle)).ok();
        }
        let left = self.challenge().earnings.total - self.challenge().earnings.paid();
        assert_eq!(self.challenge().purse.sum(), left, "nothing is stranded");
    }

    pub fn status(&self, number: Number) -> Status {
        self.challenge().submission(number).unwrap().status
    }

    /// What somebody has more, or less, than at the beginning.
    pub fn profit(&self, who: Address) -> Amount {
        let funded = who == MAKER || who == JUDGE || who.0 >= 100;
        self.world.bank.balance(TOKEN, who) - if funded { FUNDS } else { 0 }
    }

    pub fn solver_profit(&self, who: u32) -> Amount {
        self.profit(solver(who))
    }
}
