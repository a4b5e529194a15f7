//! A story: people, tokens, a contract, and what happens next.
extern crate std;
use super::coverage::Coverage;
use super::dice::Dice;
use super::dump::Dump;
use super::purse::{account, Token};
use super::roots::Plan;
use crate::test::replay::{Replay, Told};
use crate::test::world::World;
use crate::types::*;
use crate::StellarTrainClient;
use soroban_sdk::testutils::{Address as _, Ledger};
use soroban_sdk::{Address, InvokeError};
use std::collections::{BTreeMap, VecDeque};
use std::vec::Vec;

pub const FUNDS: i128 = 1_000_000_000;

pub struct Story {
    pub w: World,
    pub client: StellarTrainClient<'static>,
    pub seed: u64,
    pub dice: Dice,
    /// Two honest ones and a hostile one.
    pub tokens: [Token; 3],
    pub makers: Vec<Address>,
    /// The last one never registers.
    pub oracles: Vec<Address>,
    /// Contracts and classic accounts; the last of them begin without a trustline.
    pub solvers: Vec<Address>,
    pub replay: Replay,
    /// Calls that are bound to come next.
    pub bound: VecDeque<(Act, u32)>,
    pub plans: BTreeMap<(u32, u32), Plan>,
    pub coverage: Coverage,
    pub watch: super::checks::Watch,
    pub dump: Option<Dump>,
    /// Which mistake a maker makes next.
    pub mistakes: usize,
}

/// A call about a challenge.
pub type Act = fn(&mut Story, u32) -> Step;

/// A call and how it ended.
pub struct Step {
    pub name: &'static str,
    pub id: u32,
    /// Who had to authorise it.
    pub signer: Option<Address>,
    pub result: Result<(), Refusal>,
    /// What the rules say: it must succeed, or it must not. `None` where the story does not foretell it.
    pub must: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Refusal {
    /// By a number of this contract or of the honest token.
    Numbered(u32),
    /// Anything else: only a hostile token may do that.
    Broken,
}

/// The answer of a `try_` call.
pub type Tried<T, C> = Result<Result<T, C>, Result<soroban_sdk::Error, InvokeError>>;

pub fn answer<T, C: std::fmt::Debug>(tried: Tried<T, C>) -> Result<T, Refusal> {
    match tried {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => panic!("an answer of another type: {error:?}"),
        Err(Ok(error)) if error.is_type(soroban_sdk::xdr::ScErrorType::Contract) => {
            Err(Refusal::Numbered(error.get_code()))
        }
        Err(_) => Err(Refusal::Broken),
    }
}

impl Story {
    pub fn new(seed: u64, steps: u32) -> Story {
        let w = World::new();
        let e = w.e.clone();
        let tokens = [Token::asset(&e), Token::asset(&e), Token::moody(&e)];
        let makers = Vec::from([w.maker.clone(), Address::generate(&e)]);
        let oracles = (0..6).map(|_| Address::generate(&e)).collect();
        let mut solvers: Vec<Address> = (0..7).map(|_| Address::generate(&e)).collect();
        solvers.extend((0..4).map(|byte| account(&e, byte + 1)));
        let client = StellarTrainClient::new(&e, &w.contract);
        let mut story = Story {
            client,
            seed,
            dice: Dice(seed),
            tokens,
            makers,
            oracles,
            solvers,
            replay: Replay::new(&e),
            bound: VecDeque::new(),
            plans: BTreeMap::new(),
            coverage: Coverage::default(),
            watch: Default::default(),
            dump: Dump::from_env(seed, steps, &w),
            mistakes: seed as usize * 7,
            w,
        };
        story.begin();
        story
    }

    /// Everybody gets money; the oracles register under the story's eyes.
    fn begin(&mut self) {
        let e = self.w.e.clone();
        for token in &self.tokens {
            for who in self.makers.iter().chain(&self.solvers[..9]) {
                token.set_room(&e, who, true);
                token.mint(&e, who, FUNDS);
            }
        }
        self.watch_wealth();
        for at in 0..5 {
            let oracle = self.oracles[at].clone();
            let step = self.register_as(&oracle);
            self.check(step);
        }
    }

    pub fn now(&self) -> u64 {
        self.w.now()
    }

    /// The clock moves, and the ledger with it.
    pub fn go_to(&mut self, time: u64) {
        let passed = time.saturating_sub(self.now());
        self.w.e.ledger().with_mut(|ledger| {
            ledger.sequence_number += (passed / 5).max(1) as u32;
            ledger.timestamp += passed;
        });
    }

    pub fn told(&self, id: u32) -> Option<&Told> {
        self.replay.challenges.get(&id)
    }

    pub fn token_of(&self, told: &Told) -> &Token {
        self.tokens.iter().find(|token| token.address == told.terms.token).expect("a token of the story")
    }

    pub fn rule(&self, id: u32) -> &'static str {
        self.told(id).map_or("-", |told| rule(&told.terms.payout))
    }

    /// One more call, and everything that must be true after it.
    pub fn turn(&mut self) {
        let step = match self.bound.pop_front() {
            Some((act, id)) => act(self, id),
            None => self.choose(),
        };
        self.check(step);
    }
}

pub fn rule(payout: &Payout) -> &'static str {
    match payout {
        Payout::Bounty(_) => "Bounty",
        Payout::Ranked(_) => "Ranked",
        Payout::PerUnit(_) => "PerUnit",
        Payout::Earnings => "Earnings",
    }
}
