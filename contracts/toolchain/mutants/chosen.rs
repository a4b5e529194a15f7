//! Which mutant a run is of; 0 for none. A part of the build that has all of them only.
extern crate std;

static CHOSEN: std::sync::OnceLock<usize> = std::sync::OnceLock::new();

pub fn chosen() -> usize {
    *CHOSEN.get_or_init(|| std::env::var("MUTANT").ok().and_then(|number| number.parse().ok()).unwrap_or(0))
}
