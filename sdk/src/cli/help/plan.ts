/** The plan file of `create`, as its help tells it. */
export const PLAN_HELP = `The plan is a JSON object. Files are paths beside it, times ISO dates or +3d, +12h, +30m; amounts are decimal strings.

  title, summary, description (or descriptionFile), license, tags?
  datasets    [{"role": "train|test|sample_submission|other", "file", "name"?, "mediaType"?, "columns"?,
              "newVersionOf"? (the previous version, as CHALLENGE/NAME; the rest follows from it)}]
  truth       a CSV file of id and value; for a ranking with a third column usage: public or private
  submission  {"format": "csv", "idColumn", "columns": [{"name", "type": "number|integer|string", "labels"?}],
              "rows", "maxBytes", "formats"?: ["csv|jsonl|parquet|csv.gz|csv.zst|jsonl.gz|jsonl.zst"]}   CSV unless given;
              several rows an id: "long": {"fields": [{"name", "type": "number|string"}]}, one column of type list or numbers;
              or models (docs/models.md): "formats": ["wasm|onnx"], "model": {"inputs": [{"name", "type"}], "fuel"?,
              "memoryMib"?}, the inputs being columns of the truth file
  metric      {"id", "params"?}; or a file among the datasets that scores (docs/evaluators.md):
              {"id": "evaluator", "params": {"module": "evaluator.wasm", "direction": "maximize|minimize"}}, in Python
              {"id": "evaluator", "params": {"module": "evaluator.py", "language": "python", "direction": "maximize|minimize"}}
  baseline    {"description", "score" or "dataset" (name of the published file that is scored)}
  asset, threshold, step?, deposit?, attempts?, attemptsPerDay?
  uniqueContent?   whether content that another solver submitted before is a copy and earns nothing; unless given, true
              where predictions are real numbers, and false where honest files can be identical
  reward, winners?   to each of the first solvers that reach the threshold; or
  payout      {"rule": "ranked", "prizes": ["60", "30", "10"]}   to the best on the private rows, after the deadline
              {"rule": "per_unit", "rate": "0.1", "maxUnits": 100, "prize": "500"}   for each accepted label
              {"rule": "earnings", "prize": "1000"}   what the oracles post as earned; without files and metric
  labeling    {"items": name of a published file, "minAccuracy": 0.9}   for per_unit; the truth has the known items;
              "overlap": 3 gives each item three labelers, "secondsPerItem": 20 is the time for one item
  publishes   {"truth": true, "submissions": "none|winning|all"}   after the end. Without the files of all entrants no
              one can recompute a ranking, so a ranking publishes all unless told otherwise
  oracles     one, three or five addresses; their majority must agree. oracleFee?, feeBudget?
  judge?      "recount": the contract that computes the score on the ledger decides what the oracles leave undecided, where
              metric and size allow it; or {"address", "judgeBy"?}   an account or a contract, or "recount", and until when
  gate?       a contract that admits solvers
  opens?, deadline, acceptBy?, patienceSeconds?, gradeBy?

  --title, --asset, --reward, --winners, --threshold, --deposit, --oracle (repeatable), --oracle-fee, --fee-budget,
  --judge, --judge-by, --gate, --deadline   override the plan
`
