//! Skeleton.
#![allow(unused_variables)]
use crate::types::*;
use soroban_sdk::{Address, BytesN, Env, String, Vec};
pub mod registry { use super::*;
 pub fn register(e:&Env,o:&Address,k:&BytesN<32>,u:&String,m:&Cid)->u32{panic!()}
 pub fn extend(e:&Env,c:u32,s:&Vec<SubmissionId>){panic!()}
 pub fn submissions(e:&Env,c:u32,s:&Vec<SubmissionId>)->Vec<Submission>{panic!()} }
pub mod creation { use super::*;
 pub fn create(e:&Env,m:&Address,t:&Terms,f:i128)->(u32,i128){panic!()}
 pub fn accept(e:&Env,o:&Address,c:u32)->u32{panic!()}
 pub fn top_up(e:&Env,o:&Address,c:u32,s:i128,f:i128){panic!()}
 pub fn cancel(e:&Env,c:u32)->i128{panic!()} }
pub mod submission { use super::*;
 pub struct Taken{pub number:u32,pub deposit:i128,pub carried:i128}
 pub fn submit(e:&Env,s:&Address,c:u32,a:u32,cid:&Cid,u:u32,k:i128)->Taken{panic!()} }
pub mod grading { use super::*;
 pub struct Graded{pub first:u32,pub votes:Vec<VoteRow>,pub settled_first:u32,pub settled:Vec<SettledRow>}
 pub fn post_scores(e:&Env,o:&Address,c:u32,r:&Cid,v:&Vec<Vote>,s:bool)->Graded{panic!()}
 pub fn settle(e:&Env,c:u32,s:&Vec<Settlement>)->(u32,Vec<SettledRow>){panic!()} }
pub mod release { use super::*;
 pub struct Released{pub number:u32,pub prize:i128,pub deposit:i128,pub silence:i128,pub verdict:u32,pub total:i128}
 pub fn release(e:&Env,c:u32,s:&Address,a:u32)->Released{panic!()}
 pub fn owed(e:&Env,c:u32,s:&Address,a:u32)->i128{panic!()} }
pub mod closing { use super::*;
 pub fn reveal(e:&Env,s:&Address,c:u32,t:&Cid){panic!()}
 pub fn withdraw_fees(e:&Env,s:&Address,c:u32)->i128{panic!()}
 pub fn close(e:&Env,c:u32)->(Address,i128){panic!()} }
