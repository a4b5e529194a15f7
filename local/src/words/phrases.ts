/** Phrases that are gone from StellarTrain's language, each with what to write in its place. */

export interface Phrase {
  pattern: RegExp
  instead: string
  /** A sentence that the pattern must find; the test tries each. */
  bad: string
  /** A sentence close to it that is fine. */
  good?: string
}

/** Names of things have one meaning each, in docs/glossary.md; here are turns of phrase. */
export const PHRASES: readonly Phrase[] = [
  {
    pattern: /\bnothing of (?:it|them)\b/i,
    instead: 'with nothing mocked',
    bad: 'The whole system, nothing of it mocked.',
  },
  {
    pattern: /\b(?:goes|went) on\b(?! to\b)|\b(?:can|to|will|then) go on\b(?! to\b)/i,
    instead: 'resumes, continues',
    bad: 'The next start goes on.',
    good: 'What is going on here?',
  },
  {
    pattern: /\bany ?more\b(?! than\b)/i,
    instead: 'no longer',
    bad: 'Error 200 is not given any more.',
    good: 'Not any more than ten.',
  },
  { pattern: /\bcome again\b/i, instead: 'retry', bad: 'Come again in 3 s.' },
  {
    pattern: /\btells?\b(?! apart)/i,
    instead: 'reports, shows, says',
    bad: 'The network tells evicted keys.',
    good: 'This lets you tell apart two files.',
  },
  {
    pattern: /\b(?:is|are|as|be)(?: (?:never|not|also|only))? told\b(?! apart)/i,
    instead: 'is reported, is shown',
    bad: 'Trouble is told as trouble.',
  },
  {
    pattern: /\bstands? in\b(?! for)/i,
    instead: 'is in',
    bad: 'The rule stands in the contract.',
    good: 'A proxy stands in for the server.',
  },
  {
    pattern: /\bstands? (?:twice|once|first|last|beside|behind)\b/i,
    instead: 'occurs twice, ranks first, is beside',
    bad: 'A column stands twice in the header.',
    good: 'A proxy stands between them.',
  },
  { pattern: /\bbe had\b/i, instead: 'be fetched, be available', bad: 'A file that could not be had.' },
  { pattern: /\bmend(?:s|ed|ing)?\b/i, instead: 'fix', bad: 'Mend the file.', good: 'This is recommended.' },
  { pattern: /\bhand(?:s|ed)? in\b/i, instead: 'submits', bad: 'The solver hands in work.' },
  {
    pattern: /\b(?:some|any|every|no)body\b/i,
    instead: "anyone, someone, everyone, no one, or the role's name",
    bad: 'Anybody may release it.',
    good: 'Is there any body text?',
  },
  { pattern: /\bNo\.? \d/, instead: '#3', bad: 'Submission No 3.', good: 'No more than 3.' },
  {
    pattern: /\bthe command\b(?! line|-line| below| above| `)/i,
    instead: "the CLI, or the command's name",
    bad: 'The command reads the chain.',
    good: 'On the command line.',
  },
  {
    pattern:
      /(?<!\bthere |\bwhere )\bis no (?!longer\b|more\b|less\b|one\b|such\b|better\b|different\b|later\b|earlier\b)/i,
    instead: 'is not a',
    bad: 'GABC is no address.',
    good: 'There is no challenge 7.',
  },
  {
    pattern: /\bin all(?=\s*(?:[,.;:<'"`·)]|and\b|per\b|$))/i,
    instead: 'total, in total',
    bad: 'Prize, in all: 50 XLM.',
    good: 'In all the files.',
  },
  { pattern: /\btell the sex\b/i, instead: 'Predict the sex', bad: 'Tell the sex of 101 penguins' },
  { pattern: /\bwrong use\b/i, instead: 'usage error', bad: '2 wrong use or setting.', good: 'A wrong user name.' },
  { pattern: /\bif (?:it|that) stays\b/i, instead: 'if it persists', bad: 'If it stays, contact the operator.' },
  {
    pattern: /\btakes? (?:a|the|this) challenge on\b|\btakes? on (?:a|the|this) challenge\b/i,
    instead: 'accepts the challenge',
    bad: 'The oracle takes a challenge on.',
  },
  { pattern: /\bis doubled\b/i, instead: 'is a duplicate', bad: 'What is doubled is dropped.' },
  { pattern: /\bbetween a wish\b/i, instead: 'between a call', bad: 'Between a wish and the ledger.' },
  { pattern: /\bin words\b/i, instead: 'with an explanation', bad: 'A wrong rule is refused in words.' },
  { pattern: /\bnothing of ours\b/i, instead: 'no package of this repository', bad: 'Leaves import nothing of ours.' },
  {
    // In a sentence that gives a command to run, it must run as it is: in a clone there is none without npx.
    pattern: /(?<!\bUsage): stellartrain(?:-oracle)? [a-z]/,
    instead: ': npx stellartrain …',
    bad: 'Next: stellartrain-oracle run',
    good: 'Usage: stellartrain verify SUBMISSION',
  },
  {
    pattern: /\bsay where a submission stands\b/i,
    instead: "show a submission's status",
    bad: 'They say where a submission stands.',
  },
  {
    // The product's own words are labeling and labelers, so the rest is spelled as these are. Titles of works keep their spelling.
    pattern:
      /\b(?:licences?|(?<!Sentiment )labelle[dr]s?|colour(?:s|ed)?|behaviours?|programmes?|favour(?:s|ed|ite)?|neighbour(?:s|ing)?|centre[ds]?|grey|judgement|(?:recogn|organ|normal|serial|optim)is(?:e[ds]?|ation)|travell(?:ed|ing))\b/i,
    instead: 'the American spelling',
    bad: 'The licence of a labelled data set.',
    good: 'The license of *Sentiment Labelled Sentences*.',
  },
]
