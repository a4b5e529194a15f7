//! The benchmark's reference: `simulate PLAN.json ROUNDS` simulates the first step natively, and prints the median in microseconds.

use devnet_parity::{ledger::Ledger, native::simulate, plan::Plan};
use std::{env, fs, rc::Rc, time::Instant};

fn main() {
    let mut arguments = env::args().skip(1);
    let path = arguments.next().expect("the path of a plan");
    let rounds: usize = arguments.next().and_then(|text| text.parse().ok()).expect("how many rounds");
    let plan: Plan = serde_json::from_str(&fs::read_to_string(path).expect("a plan")).expect("a plan");
    let ledger = Rc::new(Ledger::of(&plan));
    let mut times: Vec<f64> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            let answer = simulate(&ledger, &plan.steps[0]);
            assert!(answer.error.is_empty(), "{}", answer.error);
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{}", times[rounds / 2]);
}
