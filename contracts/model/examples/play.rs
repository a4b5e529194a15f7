//! Tells random stories until a number of calls was taken: half of them wild ones, half the coalition game.
//!
//! `cargo run --release -p stellartrain-model --example play -- [CALLS] [SEED]`: a million from seed 1 unless said otherwise. The
//! first story that breaks a rule is named by its seed and ends the run: keep it in `KEPT` of its test.
use std::panic::{set_hook, take_hook};
use std::sync::atomic::{AtomicU64, Ordering};
use stellartrain_model::play::{coalition, wild};

static WILD: AtomicU64 = AtomicU64::new(0);
static GAME: AtomicU64 = AtomicU64::new(0);

fn main() {
    let mut numbers = std::env::args().skip(1).map(|it| it.parse().expect("a number"));
    let calls: u64 = numbers.next().unwrap_or(1_000_000);
    let first: u64 = numbers.next().unwrap_or(1);
    let hook = take_hook();
    set_hook(Box::new(move |panic| {
        eprintln!("wild story {} or game {}:", WILD.load(Ordering::Relaxed), GAME.load(Ordering::Relaxed));
        hook(panic);
        std::process::exit(1);
    }));

    let (mut seen, mut reached) = (wild::Seen::default(), coalition::Reached::default());
    let (mut taken, mut seed) = (0, first);
    while taken < calls {
        WILD.store(seed, Ordering::Relaxed);
        let story = wild::story(seed);
        taken += story.steps;
        seen.add(story);
        // As many calls of the one as of the other.
        for game in seed * 4..seed * 4 + 4 {
            GAME.store(game, Ordering::Relaxed);
            let story = coalition::story(game);
            taken += story.calls;
            reached.add(story);
        }
        seed += 1;
    }
    println!("{:#?}\n{:#?}", seen.moments, reached.moments);
    println!("{taken} calls in {} wild stories and {} games from seed {first}", seed - first, 4 * (seed - first));
}
