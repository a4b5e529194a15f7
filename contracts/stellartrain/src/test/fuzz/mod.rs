//! Random arguments against every entry point: no failure but a numbered one, and what fails moves nothing.
//!
//! `FUZZ_CALLS=n` and `FUZZ_SEED=n` run longer ones (`contracts/stellartrain/fuzz.sh`); a failing call is printed with both.
extern crate std;
use super::world::{total, Work, World};
use crate::types::*;
use dice::Dice;
use soroban_sdk::xdr::ScErrorType;
use soroban_sdk::{Address, Env, InvokeError, Symbol, Val, Vec};

mod dice;
mod typed;
mod untyped;

/// A world in which every entry point has something to work on, of every payout rule.
struct Scene {
    w: World,
    dice: Dice,
    people: std::vec::Vec<Address>,
    works: std::vec::Vec<(u32, Work)>,
    calls: std::vec::Vec<(&'static str, typed::Args)>,
}

/// Everything that a refused call must leave as it is.
type Picture = (u32, std::vec::Vec<i128>, std::vec::Vec<State>);

impl Scene {
    fn new(seed: u64) -> Scene {
        let w = World::new();
        let mut works = std::vec![];
        for terms in [w.judged(w.terms()), w.judged(w.ranked(&[500, 300])), w.per_unit(3, 100), w.earnings()] {
            let units = if terms.payout == w.per_unit(3, 100).payout { 10 } else { 0 };
            let submissions = if terms.payout == Payout::Earnings { 0 } else { 3 };
            let id = w.open(&terms);
            for _ in 0..submissions {
                works.push((id, w.submit_units(id, &w.solver(), units)));
            }
        }
        w.create(&w.terms(), 2_000, 10);
        let mut people = std::vec![w.maker.clone(), w.judge.clone(), w.contract.clone(), w.asset.clone()];
        people.extend(w.oracles.iter().cloned());
        people.extend(works.iter().map(|(_, work)| work.solver.clone()));
        Scene { w, dice: Dice::new(seed), people, works, calls: typed::all() }
    }

    fn picture(&self) -> Picture {
        let client = self.w.client();
        let states = (1..=client.challenges()).map(|id| client.state(&id)).collect();
        (client.challenges(), self.people.iter().map(|who| self.w.balance(who)).collect(), states)
    }

    /// One random call. Sound arguments fail only with a number, of the contract or of a token; others may fail anyhow.
    fn step(&mut self) {
        if self.dice.one_in(25) {
            let seconds = self.dice.of(&[1, 599, 600, 3_600, 86_400, 200_000]);
            self.w.pass(seconds);
        }
        let (name, arguments) = self.calls[self.dice.below(self.calls.len())];
        let sound = arguments(self);
        let is_sound = self.dice.one_in(2);
        let args = if is_sound { sound } else { untyped::spoil(self, sound) };
        let before = self.picture();
        let result = invoke(&self.w.e, &self.w.contract, name, &args);
        match result {
            Ok(_) => {
                self.w.check();
                let client = self.w.client();
                (1..=client.challenges()).for_each(|id| assert!(total(&client.state(&id)) >= 0));
            }
            Err(error) => {
                assert!(!is_sound || is_numbered(name, &error), "{name} with {args:?}: {error:?}");
                assert_eq!(self.picture(), before, "{name} with {args:?} was refused and changed something");
            }
        }
    }
}

fn invoke(
    e: &Env,
    contract: &Address,
    name: &str,
    args: &Vec<Val>,
) -> Result<Val, Result<soroban_sdk::Error, InvokeError>> {
    match e.try_invoke_contract::<Val, soroban_sdk::Error>(contract, &Symbol::new(e, name), args.clone()) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(_)) => panic!("a value is a value"),
        Err(error) => Err(error),
    }
}

/// A contract's own error. Only who names the token can bring about another, by naming what is no token.
fn is_numbered(name: &str, error: &Result<soroban_sdk::Error, InvokeError>) -> bool {
    match error {
        Ok(error) => error.is_type(ScErrorType::Contract) || name == "create_challenge",
        Err(InvokeError::Contract(_)) => true,
        Err(InvokeError::Abort) => name == "create_challenge",
    }
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn random_arguments_break_nothing() {
    let (calls, seed) = (number("FUZZ_CALLS", 900), number("FUZZ_SEED", 1));
    let mut done = 0;
    while done < calls {
        let seed = seed.wrapping_add(done);
        let mut scene = Scene::new(seed);
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| (0..300).for_each(|_| scene.step())));
        if let Err(cause) = result {
            std::println!("a fault with FUZZ_SEED={seed} FUZZ_CALLS=300");
            std::panic::resume_unwind(cause);
        }
        done += 300;
    }
    std::println!("{done} calls with random arguments");
}

#[test]
fn no_entry_point_is_left_out() {
    let listed: std::vec::Vec<&str> = typed::all().iter().map(|(name, _)| *name).collect();
    let declared = include_str!("../../contract.rs").lines().filter_map(|line| line.strip_prefix("    pub fn "));
    for name in declared.filter_map(|rest| rest.split('(').next()) {
        assert!(listed.contains(&name) || name == "__constructor", "{name} is not tried");
    }
}

/// What the generator makes is worth something only if much of it goes through.
#[test]
fn sound_arguments_often_go_through() {
    let rare =
        ["post_ranking", "rule", "claim", "release_payment", "withdraw_fees", "reveal", "close", "epoch", "settle"];
    let mut scene = Scene::new(7);
    let calls = scene.calls.clone();
    for (name, arguments) in calls.into_iter().filter(|(name, _)| !rare.contains(name)) {
        let passes = (0..1_500).any(|_| {
            let args = arguments(&mut scene);
            invoke(&scene.w.e, &scene.w.contract, name, &args).is_ok()
        });
        assert!(passes, "{name} never went through");
    }
}
