//! An issuer that claws back from the contract: who loses, and who does not.
use super::*;
use soroban_sdk::testutils::{Address as _, IssuerFlags};
use soroban_sdk::token::{StellarAssetClient, TokenClient};

struct Issued {
    w: World,
    terms: Terms,
}

impl Issued {
    fn new() -> Issued {
        let w = World::new();
        let asset = w.e.register_stellar_asset_contract_v2(Address::generate(&w.e));
        asset.issuer().set_flag(IssuerFlags::RevocableFlag);
        asset.issuer().set_flag(IssuerFlags::ClawbackEnabledFlag);
        let terms = Terms { token: asset.address(), ..w.terms() };
        let issued = Issued { w, terms };
        issued.admin().mint(&issued.w.maker, &100_000);
        issued
    }

    fn admin(&self) -> StellarAssetClient<'_> {
        StellarAssetClient::new(&self.w.e, &self.terms.token)
    }

    fn balance(&self, who: &Address) -> i128 {
        TokenClient::new(&self.w.e, &self.terms.token).balance(who)
    }

    fn work(&self, id: u32) -> Work {
        let solver = self.w.solver();
        self.admin().mint(&solver, &1_000);
        self.w.submit(id, &solver)
    }
}

#[test]
fn other_tokens_are_untouched() {
    let i = Issued::new();
    let w = &i.w;
    let (bad, good) = (w.open(&i.terms), w.open(&w.terms()));
    let (a, b) = (i.work(bad), w.work(good));
    i.admin().clawback(&w.contract, &i.balance(&w.contract));
    w.grade(bad, &[w.scored(&a, 60, 1)]);
    w.grade(good, &[w.scored(&b, 60, 1)]);
    // What cannot be paid is held; should money come back, it is paid.
    assert_eq!((w.view(bad, &a).flags, w.balance(&b.solver)), (HELD, 2_000));
    w.check();
    i.admin().mint(&w.contract, &1_020);
    assert_eq!(w.release(bad, &a), 1_020);
}

/// The contract's balance of a token is one: whoever comes last loses what the issuer took, in whichever challenge.
#[test]
fn in_the_same_token_the_last_to_be_paid_loses() {
    let i = Issued::new();
    let w = &i.w;
    let (one, two) = (w.open(&i.terms), w.open(&i.terms));
    let (a, b) = (i.work(one), i.work(two));
    // Of 2 × 3,020 all but 1,500 are taken.
    i.admin().clawback(&w.contract, &(2 * 3_020 - 1_500));
    w.grade(two, &[w.scored(&b, 60, 1)]);
    assert_eq!(i.balance(&b.solver), 2_000);
    w.grade(one, &[w.scored(&a, 60, 1)]);
    assert_eq!((i.balance(&a.solver), w.view(one, &a).flags), (980, HELD));
    w.go_to(i.terms.deadline);
    assert_eq!(w.client().close(&two), 0);
    // Smaller amounts may still be there.
    assert_eq!(w.client().withdraw_fees(&w.oracles[0], &two), 5);
}
