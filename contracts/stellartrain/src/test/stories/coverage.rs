//! What the stories reached: a call that never succeeds, or a refusal that nobody meets, would prove nothing.
extern crate std;
use super::story::Refusal;
use crate::errors::Error;
use soroban_sdk::xdr::{Limits, ReadXdr, ScSpecEntry};
use std::collections::BTreeMap;
use std::string::{String, ToString};
use std::vec::Vec;

#[derive(Default)]
pub struct Coverage {
    /// By call and payout rule: succeeded, refused.
    pub calls: BTreeMap<(&'static str, &'static str), (u32, u32)>,
    pub errors: BTreeMap<u32, u32>,
    pub broken: u32,
    /// The largest batch of votes.
    pub batch: u32,
    /// The most that a call needed of the network: entries written, bytes written, bytes of events.
    pub most: [u32; 3],
    /// How often a turn of events was seen that is easily missed.
    pub sights: BTreeMap<&'static str, u32>,
    /// The largest entry of each kind, in bytes of XDR.
    pub entries: BTreeMap<String, u32>,
}

impl Coverage {
    pub fn count(&mut self, name: &'static str, rule: &'static str, result: &Result<(), Refusal>) {
        let count = self.calls.entry((name, rule)).or_default();
        match result {
            Ok(()) => count.0 += 1,
            Err(_) => count.1 += 1,
        }
        match result {
            Err(Refusal::Numbered(number)) => *self.errors.entry(*number).or_default() += 1,
            Err(Refusal::Broken) => self.broken += 1,
            Ok(()) => {}
        }
    }

    pub fn batch(&mut self, votes: u32) {
        self.batch = self.batch.max(votes);
    }

    /// Invariant 5: nothing that others store pushes a call over the network's limits.
    pub fn resources(&mut self, used: [u32; 3]) {
        assert!(used.iter().zip([200, 132_096, 16_384]).all(|(used, limit)| *used <= limit), "{used:?}");
        self.most = std::array::from_fn(|at| self.most[at].max(used[at]));
    }

    pub fn see(&mut self, sight: &'static str, there: bool) {
        *self.sights.entry(sight).or_default() += u32::from(there);
    }

    pub fn entry(&mut self, name: &str, size: u32) {
        let largest = self.entries.entry(name.to_string()).or_default();
        *largest = size.max(*largest);
    }

    pub fn add(&mut self, other: &Coverage) {
        for (call, (passed, refused)) in &other.calls {
            let count = self.calls.entry(*call).or_default();
            *count = (count.0 + passed, count.1 + refused);
        }
        other.errors.iter().for_each(|(number, times)| *self.errors.entry(*number).or_default() += times);
        other.sights.iter().for_each(|(sight, times)| *self.sights.entry(sight).or_default() += times);
        other.entries.iter().for_each(|(name, size)| self.entry(name, *size));
        self.most = std::array::from_fn(|at| self.most[at].max(other.most[at]));
        self.batch(other.batch);
        self.broken += other.broken;
    }

    pub fn steps(&self) -> u32 {
        self.calls.values().map(|(passed, refused)| passed + refused).sum()
    }

    /// The numbers of this contract's errors that no story met.
    pub fn unmet(&self) -> Vec<u32> {
        let spec = ScSpecEntry::from_xdr(Error::spec_xdr(), Limits::none()).expect("a specification");
        let ScSpecEntry::UdtErrorEnumV0(errors) = spec else { panic!("errors") };
        let numbers = errors.cases.iter().map(|case| case.value);
        numbers.filter(|number| !self.errors.contains_key(number)).collect()
    }

    /// A story in which some call never succeeds, or some refusal is never met, would prove nothing about it.
    pub fn check(&self) {
        const ALL: &[&str] = &["Bounty", "Ranked", "PerUnit", "Earnings"];
        const WITH_WORK: &[&str] = &["Bounty", "Ranked", "PerUnit"];
        let expected: [(&str, &[&str], u32); 17] = [
            ("register_oracle", &["-"], 50),
            ("create_challenge", ALL, 10),
            ("accept_challenge", ALL, 20),
            ("cancel", ALL, 2),
            ("top_up", ALL, 5),
            ("submit", WITH_WORK, 100),
            ("post_scores", WITH_WORK, 50),
            ("settle", WITH_WORK, 3),
            ("release_payment", WITH_WORK, 20),
            ("submissions", WITH_WORK, 1),
            ("post_ranking", &["Ranked"], 5),
            ("post_earnings", &["Earnings"], 50),
            ("claim", &["Earnings"], 20),
            ("withdraw_fees", ALL, 5),
            ("close", ALL, 10),
            ("reveal", ALL, 2),
            ("extend", ALL, 2),
        ];
        for (name, rules, least) in expected {
            for rule in rules {
                let passed = self.calls.get(&(name, rule)).copied().unwrap_or_default().0;
                assert!(passed >= least, "{name} succeeded {passed} times for {rule}");
            }
            let refused = self.calls.iter().any(|((other, _), count)| *other == name && count.1 > 0);
            assert!(refused, "{name} was never refused");
        }
        assert!(self.unmet().is_empty(), "refusals that no story met: {:?}", self.unmet());
        assert!(self.sights.values().all(|times| *times > 0), "never seen: {:?}", self.sights);
        assert_eq!(self.batch, 40, "no full batch");
        assert!(self.broken > 0);
    }

    pub fn tell(&self) {
        std::println!("{} steps; calls by rule (succeeded/refused):", self.steps());
        let mut last = "";
        for ((name, rule), (passed, refused)) in &self.calls {
            if *name != last {
                std::print!("\n  {name:18}");
                last = name;
            }
            std::print!(" {rule} {passed}/{refused}");
        }
        std::println!("\n\n  refusals by number: {:?}", self.errors);
        std::println!("  seen: {:?}", self.sights);
        std::println!("  failures of the hostile token: {}", self.broken);
        std::println!("  refusals that no story met: {:?}", self.unmet());
        std::println!("  most of a call (entries and bytes written, bytes of events): {:?}", self.most);
        std::println!("  largest batch: {}; largest entries in bytes: {:?}", self.batch, self.entries);
    }
}
