//! Records of makers and oracles, and which challenges count in them.
extern crate std;
use super::calls::number;
use super::stage::Stage;
use stellartrain_model::play::samples;
use stellartrain_model::world::World;

impl Stage {
    pub fn check_records(&mut self, world: &World) {
        for (id, it) in world.challenges.iter().enumerate() {
            let state = self.client().state(&number(id));
            assert_eq!((state.folded, state.unopened), (it.folded, it.unopened), "folded, unopened");
        }
        let maker = self.who(samples::MAKER);
        let found = self.client().maker(&maker);
        let expected = world.makers.get(&samples::MAKER).copied().unwrap_or_default();
        let cancelled = world.challenges.iter().filter(|it| it.cancelled).count();
        assert_eq!(
            (found.challenges, found.cancelled as usize, found.decided, found.undecided, found.unopened),
            (expected.challenges, cancelled, expected.decided, expected.undecided, expected.unopened),
            "the maker's record"
        );
        for oracle in world.keys.keys().copied() {
            let expected = world.oracles.get(&oracle).copied().unwrap_or_default();
            let address = self.who(oracle);
            let found = self.client().oracle(&address);
            assert_eq!(
                (found.accepted, found.folded, found.votes, found.unavailable),
                (expected.accepted, expected.folded, expected.votes, expected.unavailable),
                "accepted, folded, votes, unavailable of {oracle:?}"
            );
            assert_eq!(
                (found.agreed, found.disagreed, found.missing),
                (expected.agreed, expected.disagreed, expected.missing),
                "agreed, disagreed, missing of {oracle:?}"
            );
        }
    }
}
