//! Arguments that are no longer what the entry point expects: another type, a field too few, an argument too many.
extern crate std;
use super::Scene;
use soroban_sdk::{Bytes, IntoVal, Map, String, Symbol, TryFromVal, Val, Vec};

pub fn spoil(scene: &mut Scene, args: Vec<Val>) -> Vec<Val> {
    let mut args = args;
    let at = scene.dice.below(args.len() as usize + 1) as u32;
    match scene.dice.below(6) {
        0 => args.insert(at, anything(scene, 3)),
        1 if at < args.len() => {
            args.remove(at);
        }
        _ if at < args.len() => {
            let spoilt = within(scene, args.get_unchecked(at));
            args.set(at, spoilt);
        }
        _ => args.push_back(anything(scene, 3)),
    }
    args
}

/// Something else instead of the value, or of a part of it.
fn within(scene: &mut Scene, value: Val) -> Val {
    let e = scene.w.e.clone();
    if scene.dice.one_in(3) {
        return anything(scene, 3);
    }
    if let Ok(mut map) = Map::<Val, Val>::try_from_val(&e, &value) {
        let keys = map.keys();
        if let Some(key) = (!keys.is_empty()).then(|| keys.get_unchecked(scene.dice.below(keys.len() as usize) as u32))
        {
            match scene.dice.below(3) {
                0 => {
                    map.remove(key);
                }
                1 => map.set(Symbol::new(&e, "extra").into_val(&e), anything(scene, 2)),
                _ => {
                    let part = within(scene, map.get_unchecked(key));
                    map.set(key, part);
                }
            }
        }
        return map.into_val(&e);
    }
    if let Ok(mut list) = Vec::<Val>::try_from_val(&e, &value) {
        if list.is_empty() {
            list.push_back(anything(scene, 2));
        } else {
            let at = scene.dice.below(list.len() as usize) as u32;
            let part = within(scene, list.get_unchecked(at));
            list.set(at, part);
        }
        return list.into_val(&e);
    }
    anything(scene, 3)
}

fn anything(scene: &mut Scene, depth: u32) -> Val {
    let e = scene.w.e.clone();
    let number = scene.dice.roll();
    match scene.dice.below(if depth == 0 { 12 } else { 14 }) {
        0 => ().into_val(&e),
        1 => (number < u64::MAX / 2).into_val(&e),
        2 => (number as u32).into_val(&e),
        3 => (number as i32).into_val(&e),
        4 => number.into_val(&e),
        5 => (number as i64).into_val(&e),
        6 => (u128::from(number) << 64 | u128::from(number)).into_val(&e),
        7 => (i128::from(number as i64) << 63).into_val(&e),
        8 => Bytes::from_slice(&e, &[number as u8; 300][..scene.dice.of(&[0, 1, 31, 32, 33, 300])]).into_val(&e),
        9 => String::from_str(&e, scene.dice.of(&["", "a", "a longer text than a symbol may be, with spaces"]))
            .into_val(&e),
        10 => {
            Symbol::new(&e, scene.dice.of(&["", "Bounty", "Active", "an_unknown_name_of_32_characters"])).into_val(&e)
        }
        11 => scene.person().into_val(&e),
        12 => Vec::from_iter(&e, (0..scene.dice.below(5)).map(|_| anything(scene, depth - 1))).into_val(&e),
        _ => {
            let mut map: Map<Val, Val> = Map::new(&e);
            for _ in 0..scene.dice.below(4) {
                map.set(anything(scene, 0), anything(scene, depth - 1));
            }
            map.into_val(&e)
        }
    }
}
