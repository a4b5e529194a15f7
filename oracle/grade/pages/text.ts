/** Pages of the metrics of texts. */

import { LIMITS } from '../src/shape.ts'
import { type FamilyPages, lines, type MetricPage } from './page.ts'

const count = (value: number): string => value.toLocaleString('en-US')
const truth = lines('t', 'the cat sat on the mat', 'good morning')
const submission = lines('p', 'the cat sat on mat', 'good evening')
const NO_TEXT: MetricPage['failures'][number] = {
  when: 'the truth has no text',
  truth: lines('t', '', ''),
  submission: lines('p', 'a', 'b'),
  code: 'truth_degenerate',
}
const MISSING: MetricPage['failures'][number] = {
  when: 'a row is left out (an empty cell is an empty text)',
  truth,
  submission: submission.slice(0, -1),
  code: 'missing_id',
}
const CASE = 'Only A to Z lose their case, so that no engine’s version of Unicode can change a score.'
const PAIRS = `A text has at most ${count(LIMITS.maxTextCharacters)} characters. Work grows with the product of the lengths: over all rows, items (here words or characters, as the metric compares them) of the true text times those of the predicted text add up to at most ${count(LIMITS.maxTextPairs)}, or the submission is rejected (\`too_much_text\`). A truth is refused where the squares of its own lengths add up to more than ${count(LIMITS.maxTruthPairs)}, so texts up to four times as long as the true ones always pass.`
const ASCII = 'It reads a to z and digits only: texts in other scripts score 0.'

export const text: FamilyPages = {
  wer: {
    example: { truth, submission, score: 2 / 8, because: 'One word is missing, one is another: 2 of 8 true words.' },
    failures: [NO_TEXT, MISSING],
    traps: [
      'Case and punctuation count: say in the description how texts are written, or give them in one form.',
      PAIRS,
    ],
  },
  cer: {
    example: {
      truth: lines('t', 'kitten'),
      submission: lines('p', 'sitting'),
      score: 3 / 6,
      because: '2 characters are others, 1 is too many: 3 of 6 true characters.',
    },
    failures: [NO_TEXT, MISSING],
    traps: ['é may be one code point or two (NFC, NFD): give the form in the description.', PAIRS],
  },
  levenshtein: {
    example: {
      truth: lines('t', 'kitten', 'ab'),
      submission: lines('p', 'sitting', 'ab'),
      score: 3 / 2,
      because: 'Distances 3 and 0.',
    },
    failures: [MISSING],
    traps: [PAIRS],
  },
  exact_match: {
    example: {
      truth: lines('t', 'the Cat!', 'Paris'),
      submission: lines('p', 'cat', 'London'),
      score: 1 / 2,
      because: 'In the form of SQuAD both first texts are cat.',
    },
    failures: [MISSING],
    traps: [CASE],
  },
  answer_f1: {
    example: {
      columns: [{ name: 'p', type: 'list' }],
      truth: lines('t', '1:4 5:9', '', 'YES'),
      submission: lines('p', '5:9', '2:3', ''),
      score: (2 * 1) / (2 * 1 + 1 + 1),
      because: 'Row 1 has a right answer. Row 2 answers where nothing is right, row 3 does not answer: two mistakes.',
    },
    failures: [
      {
        when: 'two answers in a row',
        columns: [{ name: 'p', type: 'list' }],
        truth: lines('t', '1:4', ''),
        submission: lines('p', '1:4 5:9', ''),
        code: 'score_undefined',
      },
      {
        when: 'no question has a right answer',
        columns: [{ name: 'p', type: 'list' }],
        truth: lines('t', '', ''),
        submission: lines('p', '1:4', ''),
        code: 'truth_degenerate',
      },
    ],
    traps: [
      'An answer has no spaces: write positions such as `12:40`, or an underscore between words. Give maxItems 1, so that a second answer is reported at its row.',
    ],
  },
  token_f1: {
    example: {
      truth: lines('t', 'the cat sat', 'Paris'),
      submission: lines('p', 'a cat', 'London'),
      score: (2 / 3 + 0) / 2,
      because: 'cat is shared, of 2 true words and 1 predicted, articles left out: 2 ÷ 3. Row 2: 0.',
    },
    failures: [MISSING],
    traps: [CASE],
  },
  word_jaccard: {
    example: { truth, submission, score: (5 / 5 + 1 / 3) / 2, because: 'Distinct words: 5 of 5 shared, 1 of 3.' },
    failures: [MISSING],
    traps: ['Repeated words count once.', CASE],
  },
  bleu: {
    example: {
      truth: lines('t', 'the cat sat on the mat'),
      submission: lines('p', 'the cat sat on a mat'),
      score: 100 * ((5 / 6) * (3 / 5) * (2 / 4) * (1 / 3)) ** 0.25,
      because: '5 of 6 words, 3 of 5 pairs, 2 of 4 triples, 1 of 3 runs of four; equal length.',
    },
    failures: [MISSING],
    traps: ['Texts of a few words score 0 where none has four: it is made for whole corpora.'],
  },
  chrf: {
    example: {
      truth: lines('t', 'abc'),
      submission: lines('p', 'abd'),
      score: (100 * (2 / 3 + 1 / 2)) / 3,
      because: '2 of 3 characters, 1 of 2 pairs, 0 of 1 triple, in both directions: their mean.',
    },
    failures: [MISSING],
  },
  ter: {
    example: {
      truth: lines('t', 'the cat sat on the mat'),
      submission: lines('p', 'on the mat the cat sat'),
      score: 100 / 6,
      because: 'One shift, of three words at once, by 6 true words.',
    },
    failures: [NO_TEXT, MISSING],
    traps: [
      CASE,
      'Punctuation stays at its word: give texts in one form.',
      `A thousand shifts of a row are tried. All true texts together may have about ${count(LIMITS.maxTruthPairs / 50_000)} words, or the truth is refused; predicted texts up to four times as long pass.`,
    ],
  },
  rouge1: {
    example: { truth, submission, score: (10 / 11 + 2 / 4) / 2, because: '5 shared words of 6 and 5; 1 of 2 and 2.' },
    failures: [MISSING],
    traps: [ASCII],
  },
  rouge2: {
    example: { truth, submission, score: (6 / 9 + 0) / 2, because: '3 shared pairs of 5 and 4; none.' },
    failures: [MISSING],
    traps: [ASCII],
  },
  rouge_l: {
    example: {
      truth,
      submission,
      score: (10 / 11 + 2 / 4) / 2,
      because: 'Common subsequences of 5 words, of 6 and 5; of 1, of 2 and 2.',
    },
    failures: [MISSING],
    traps: [ASCII, PAIRS],
  },
  span_f1: {
    example: {
      truth: lines('t', 'B-PER I-PER O B-LOC'),
      submission: lines('p', 'B-PER I-PER O B-ORG'),
      score: 1 / 2,
      because: 'The person is right, the place has another type: 2·1 ÷ (2 + 2).',
    },
    failures: [
      {
        when: 'a row with another number of tags',
        truth: lines('t', 'B-PER O'),
        submission: lines('p', 'B-PER'),
        code: 'score_undefined',
      },
      {
        when: 'the truth has no span',
        truth: lines('t', 'O O'),
        submission: lines('p', 'O O'),
        code: 'truth_degenerate',
      },
    ],
    traps: ['An I- behind an O begins a span, as in the script of CoNLL.'],
  },
}
