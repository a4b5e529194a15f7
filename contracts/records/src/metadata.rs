//! A badge's document as wallets read it, composed from what is stored: no one can write anything else into it.
//!
//! ASCII, fixed order, no white space, so that everyone who knows the facts gets the same bytes and so the same CID.
use crate::cid::{add_uri, RAW};
use crate::text::Text;
use crate::types::{Badge, Cid, Config};
use soroban_sdk::{Bytes, Env, String};

/// The document of badge `number`.
pub fn document(e: &Env, config: &Config, number: u32, badge: &Badge) -> Bytes {
    let mut text = Text::new();
    text.add("{\"name\":\"StellarTrain badge ");
    text.add_number(number.into());
    text.add("\",\"description\":\"Submission ");
    text.add_number(badge.number.into());
    text.add(" of challenge ");
    text.add_number(badge.challenge.into());
    text.add(" won a prize. This badge stays with its winner.\",\"image\":\"");
    add_uri(&mut text, &config.image);
    text.add("\",\"attributes\":[{\"trait_type\":\"Challenge\",\"value\":");
    text.add_number(badge.challenge.into());
    text.add("},{\"trait_type\":\"Submission\",\"value\":");
    text.add_number(badge.number.into());
    text.add("},{\"trait_type\":\"Attempt\",\"value\":");
    text.add_number(badge.attempt.into());
    text.add("},{\"trait_type\":\"Solver\",\"value\":\"");
    text.add_address(&badge.solver);
    text.add("\"},{\"trait_type\":\"Score\",\"value\":\"");
    text.add_score(badge.score);
    text.add("\"},{\"trait_type\":\"Prize in units\",\"value\":\"");
    text.add_number(badge.prize.unsigned_abs());
    text.add("\"},{\"trait_type\":\"Token\",\"value\":\"");
    text.add_address(&badge.token);
    text.add("\"},{\"trait_type\":\"Contract\",\"value\":\"");
    text.add_address(&config.stellartrain);
    text.add("\"},{\"trait_type\":\"Badges\",\"value\":\"");
    text.add_address(&e.current_contract_address());
    text.add("\"}]}");
    text.to_bytes(e)
}

/// Where the document is on IPFS: the CID of these very bytes as one block.
pub fn uri(e: &Env, document: &Bytes) -> String {
    let mut text = Text::new();
    add_uri(&mut text, &Cid { codec: RAW, digest: e.crypto().sha256(document).to_bytes() });
    text.to_string(e)
}
