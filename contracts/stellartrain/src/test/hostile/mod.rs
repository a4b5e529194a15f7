//! Hostile tokens harm their own challenges only: each misbehaviour in a call that takes money, and in one that sends it.
//! Hostile gates keep solvers out and do nothing else.
extern crate std;
use super::world::*;
use crate::types::*;
use soroban_sdk::Address;
use token::{Mood, Token};

mod beside;
mod burning;
mod clawback;
mod frozen;
mod gates;
mod incoming;
mod outgoing;
mod reentry;
pub mod token;

struct Hostile {
    w: World,
    token: Token,
    terms: Terms,
}

impl Hostile {
    fn new() -> Hostile {
        let w = World::new();
        let token = Token::new(&w.e);
        token.mint(&w.maker, 1_000_000);
        token.calls(&w.contract);
        let terms = Terms { token: token.address.clone(), ..w.terms() };
        Hostile { w, token, terms }
    }

    fn solver(&self) -> Address {
        let solver = self.w.solver();
        self.token.mint(&solver, 1_000);
        solver
    }

    fn work(&self, id: u32) -> Work {
        self.w.submit(id, &self.solver())
    }

    /// What the contract counts of this token is what it was really given.
    fn check(&self) {
        let held = self.token.balance(&self.w.contract);
        assert_eq!(held, self.w.counted(&self.token.address), "the contract's balance");
    }
}
