//! Hostile tokens harm their own challenges only: each misbehaviour in a call that takes money, and in one that sends it.
extern crate std;
use super::tokens::{Mood, Token};
use super::world::{total, Work, World};
use crate::types::*;
use soroban_sdk::Address;

mod beside;
mod burning;
mod clawback;
mod incoming;
mod issuer;
mod outgoing;
mod reentry;

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
        let client = self.w.client();
        let counted =
            (1..=client.challenges()).filter(|id| client.challenge(id).terms.token == self.token.address).map(|id| {
                let earned = client.earnings(&id);
                total(&client.state(&id)) + earned.total - earned.claimed
            });
        assert_eq!(self.token.balance(&self.w.contract), counted.sum::<i128>(), "the contract's balance");
    }
}
