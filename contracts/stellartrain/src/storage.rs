//! Skeleton.
#![allow(unused_variables)]
use crate::types::*;
use soroban_sdk::{Address, BytesN, Env, Vec};
pub struct Entry;
impl Entry { pub fn to_view(&self,e:&Env)->Submission{panic!()} }
pub fn set_config(e:&Env,c:&Config){panic!()}
pub fn config(e:&Env)->Config{panic!()}
pub fn challenges(e:&Env)->u32{panic!()}
pub fn challenge(e:&Env,c:u32)->Challenge{panic!()}
pub fn state(e:&Env,c:u32)->State{panic!()}
pub fn board(e:&Env,c:u32)->Vec<Address>{panic!()}
pub fn entry(e:&Env,c:u32,s:&Address,a:u32)->Entry{panic!()}
pub fn content(e:&Env,c:u32,h:&BytesN<32>)->Option<u32>{panic!()}
pub fn attempts(e:&Env,c:u32,s:&Address)->Attempts{panic!()}
pub fn oracle(e:&Env,s:&Address)->Option<OracleRecord>{panic!()}
pub fn oracle_key(e:&Env,s:&Address,v:u32)->OracleKey{panic!()}
pub fn revealed(e:&Env,c:u32,s:&Address)->Option<Cid>{panic!()}
pub fn maker(e:&Env,s:&Address)->MakerRecord{panic!()}
