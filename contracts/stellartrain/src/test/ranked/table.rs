//! The running table: each solver's best public score, best first, as long as the list of prizes.
use super::*;

#[test]
fn the_best_stand_first_whatever_came_first() {
    let w = World::new();
    let id = w.open(&terms(&w));
    add(&w, id, &[60, 90, 70]);
    assert_eq!(order(&w, id), [2, 3, 1]);
    assert_eq!(w.client().state(&id).winners, 3);
    w.check();
}

#[test]
fn where_less_is_better_the_smallest_stands_first() {
    let w = World::new();
    let id = w.open(&Terms { direction: Direction::Minimize, ..terms(&w) });
    add(&w, id, &[40, 10, 30, 60]);
    assert_eq!(order(&w, id), [2, 3, 1]);
}

#[test]
fn a_solver_that_improves_moves_up_and_keeps_one_place() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let works = add(&w, id, &[60, 70]);
    let again = w.submit(id, &works[0].solver);
    w.grade(id, &[w.scored(&again, 80, 3)]);
    assert_eq!(order(&w, id), [3, 2]);
    assert_eq!(
        w.client().board(&id).get(0).map(|place| (place.solver, place.attempt)),
        Some((works[0].solver.clone(), 2))
    );
    // What is worse, or as good, changes nothing: the earlier submission stands.
    let worse = [w.submit(id, &works[0].solver), w.submit(id, &works[0].solver)];
    w.grade(id, &[w.scored(&worse[0], 75, 4), w.scored(&worse[1], 80, 5)]);
    assert_eq!(order(&w, id), [3, 2]);
    assert_eq!(w.client().state(&id).winners, 2);
}

#[test]
fn equal_scores_go_to_the_earlier_submission() {
    let w = World::new();
    let id = w.open(&terms(&w));
    // 70 and 75 are the same in steps of 10.
    add(&w, id, &[70, 75, 60, 79]);
    assert_eq!(
        board(&w, id).iter().map(|(number, score, _)| (*number, *score)).collect::<std::vec::Vec<_>>(),
        [(1, 70), (2, 70), (4, 70)]
    );
}

#[test]
fn a_full_table_drops_its_last() {
    let w = World::new();
    let id = w.open(&terms(&w));
    add(&w, id, &[60, 70, 80]);
    add(&w, id, &[60]);
    assert_eq!(order(&w, id), [3, 2, 1]);
    add(&w, id, &[90]);
    assert_eq!(order(&w, id), [5, 3, 2]);
    assert_eq!(w.client().state(&id).winners, 3);
}

#[test]
fn one_prize_makes_a_table_of_one() {
    let w = World::new();
    let id = w.open(&with_prizes(&w, &[7]));
    for (score, first) in [(60, 1), (50, 1), (70, 3), (70, 3), (80, 5)] {
        add(&w, id, &[score]);
        assert_eq!(order(&w, id), [first]);
    }
}

#[test]
fn below_the_threshold_copies_and_rejects_have_no_place() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let works = [w.work(id), w.work(id), w.work(id), w.work(id)];
    let votes =
        [w.scored(&works[0], 49, 1), w.scored(&works[1], 50, 2), w.scored(&works[2], 90, 2), w.rejected(&works[3], 1)];
    w.grade(id, &votes);
    assert_eq!(order(&w, id), [2]);
    w.check();
}

#[test]
fn the_public_score_pays_nothing_but_the_deposit() {
    let w = World::new();
    let id = w.open(&terms(&w));
    let works = add(&w, id, &[60, 10]);
    assert!(works.iter().all(|work| w.balance(&work.solver) == 1_000 && w.view(id, work).flags == 0));
    let state = w.client().state(&id);
    assert_eq!((state.status, state.escrow, state.held, state.deposits), (Status::Active, 1_000, 0, 0));
    w.check();
}
