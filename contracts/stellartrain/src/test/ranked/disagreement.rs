//! Rankings that differ: who posted what stands on record, and without a quorum the clock decides.
use super::super::world::refused;
use super::*;
use crate::errors::Error;

/// (votes, agreed, disagreed) of each oracle, without those of the submissions.
fn tallies(w: &World, id: u32, before: &State) -> std::vec::Vec<(u32, u32, u32)> {
    let pairs = w.client().state(&id).tallies.iter().zip(before.tallies.iter());
    pairs
        .map(|(now, then)| (now.votes - then.votes, now.agreed - then.agreed, now.disagreed - then.disagreed))
        .collect()
}

#[test]
fn the_dissenter_is_on_record_once_there_is_a_quorum() {
    let w = World::new();
    let (id, works) = graded(&w, &terms(&w), &[90, 80]);
    let before = w.client().state(&id);
    assert!(!rank(&w, id, 0, &[(&works[0], 90)]));
    assert_eq!(tallies(&w, id, &before), [(1, 0, 0), (0, 0, 0), (0, 0, 0)]);
    assert!(!rank(&w, id, 1, &[(&works[1], 90)]));
    assert!(rank(&w, id, 2, &[(&works[1], 90)]));
    assert_eq!(tallies(&w, id, &before), [(1, 0, 1), (1, 1, 0), (1, 1, 0)]);
    assert_eq!(order(&w, id), [2]);
}

#[test]
fn a_score_apart_is_another_ranking() {
    let w = World::new();
    let (id, works) = graded(&w, &terms(&w), &[90]);
    assert!(!rank(&w, id, 0, &[(&works[0], 90)]));
    assert!(!rank(&w, id, 1, &[(&works[0], 91)]));
    assert!(rank(&w, id, 2, &[(&works[0], 90)]));
}

#[test]
fn a_ranking_is_posted_once_and_never_changed() {
    let w = World::new();
    let (id, works) = graded(&w, &terms(&w), &[90, 80]);
    assert!(!rank(&w, id, 0, &[(&works[0], 90)]));
    for ranking in [rows(&w, &[(&works[0], 90)]), rows(&w, &[(&works[1], 90)])] {
        refused(w.client().try_post_ranking(&w.oracles[0], &id, &w.cid(8), &ranking), Error::AlreadyPosted);
    }
    assert!(rank(&w, id, 1, &[(&works[0], 90)]));
    let late = rows(&w, &[(&works[0], 90)]);
    refused(w.client().try_post_ranking(&w.oracles[2], &id, &w.cid(8), &late), Error::AlreadyRanked);
}

#[test]
fn when_all_disagree_the_running_table_pays_at_grade_by() {
    let w = World::new();
    let terms = terms(&w);
    let (id, works) = graded(&w, &terms, &[90, 80]);
    for oracle in 0..3 {
        assert!(!rank(&w, id, oracle, &[(&works[0], 60 + oracle as i64)]));
    }
    refused(w.client().try_release_payment(&id, &works[0].solver, &1), Error::NothingOwed);
    refused(w.client().try_close(&id), Error::NotYetEnded);
    w.go_to(terms.grade_by);
    assert_eq!((w.release(id, &works[0]), w.release(id, &works[1])), (500, 300));
    assert_eq!(w.client().state(&id).ranking, Ranking::Table);
    assert!(w.client().state(&id).tallies.iter().all(|tally| tally.disagreed == 0));
    w.check();
}
