"""The share of right answers in each class, averaged over the classes; case does not count, so that FEMALE is female.

As Kaggle's metrics are written: a function score, which gets two tables and the name of their id column. Nothing is built."""

from collections import Counter


class ParticipantVisibleError(Exception):
    pass


def score(solution, submission, row_id_column_name):
    [column] = [name for name in submission.columns if name != row_id_column_name]
    truth = [text.lower() for text in solution[column]]
    guess = [text.lower() for text in submission[column]]
    unknown = set(guess) - set(truth)
    if unknown:
        raise ParticipantVisibleError(f'{len(unknown)} of the answers are none of the classes.')
    rows = Counter(truth)
    right = Counter(true for true, guessed in zip(truth, guess) if true == guessed)
    return sum(right[name] / rows[name] for name in sorted(rows)) / len(rows)
