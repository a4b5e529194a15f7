/** What the interpreter runs before any evaluator does: how its tables look in Python, and how its `score` is called. */

/** The name of an evaluator's file in Python. */
export const SOURCE_NAME = 'evaluator.py'

/** Texts for participants: the most that are taken of one file, and the most characters of one. */
export const TEXT_LIMITS = { texts: 200, characters: 300 } as const

/** How a call of `score` ends, by its number. */
export const ENDINGS = ['score', 'refused', 'raised', 'memory', 'recursion', 'no_number'] as const

/** Modules that are compiled once, at the start: an evaluator imports them for next to nothing. Others of the library cost what compiling them costs. */
export const READY =
  'abc array ast base64 bisect calendar cmath collections contextlib copy csv dataclasses datetime decimal difflib enum fractions functools ' +
  'hashlib heapq html inspect io itertools json math numbers operator pprint random re statistics string struct sys textwrap time traceback types ' +
  'typing unicodedata warnings zlib'

/** Of Pyodide and of the library: what would only fail later, having no JavaScript, no network and no other process to work with. */
export const ABSENT =
  '_pyodide _pyodide_core js pyodide pyodide_js ctypes _ctypes asyncio concurrent multiprocessing socket _socket ssl subprocess urllib.request http.client'

export const PRELUDE = `
import ${READY.split(' ').join(', ')}
import collections.abc, html.parser

sys.modules.update(dict.fromkeys('${ABSENT}'.split()))

ERRORS = sorted(
    name for name, value in vars(__builtins__).items() if isinstance(value, type) and issubclass(value, BaseException)
)


class ParticipantVisibleError(Exception):
    pass


class Table:
    """Columns by their names, each a list with a value for each row."""

    def __init__(self, columns):
        self._columns = columns

    @property
    def columns(self):
        return list(self._columns)

    def __len__(self):
        for column in self._columns.values():
            return len(column)
        return 0

    def __getitem__(self, name):
        return self._columns[name]

    def __setitem__(self, name, column):
        self._columns[name] = list(column)

    def __delitem__(self, name):
        del self._columns[name]

    def __contains__(self, name):
        return name in self._columns

    def __iter__(self):
        return iter(list(self._columns))

    def rows(self):
        names = list(self._columns)
        return [dict(zip(names, row)) for row in zip(*self._columns.values())]


def _table(data, named, ids):
    rows, count = struct.unpack_from('<II', data)
    columns = dict(ids)
    for i in range(count):
        name, whole = named[i]
        kind, at, texts, _ = struct.unpack_from('<IIII', data, 8 + 16 * i)
        if kind == 0:
            values = list(struct.unpack_from(f'<{rows}d', data, at))
            columns[name] = [int(value) for value in values] if whole else values
        else:
            ends = struct.unpack_from(f'<{rows + 1}I', data, at)
            columns[name] = [data[texts + ends[row]:texts + ends[row + 1]].decode() for row in range(rows)]
    return Table(columns)


def _text(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return ''.join(_text(part) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _text(node.left) + _text(node.right)
    return '\\u2026'


def _sites(source):
    """Where the source raises errors that solvers see, with the text that is there; values are left out."""
    sites = []
    for node in ast.walk(ast.parse(source, '${SOURCE_NAME}')):
        if not isinstance(node, ast.Raise) or not isinstance(node.exc, ast.Call):
            continue
        name = getattr(node.exc.func, 'id', getattr(node.exc.func, 'attr', None))
        if name == 'ParticipantVisibleError' and len(sites) < ${TEXT_LIMITS.texts}:
            text = ' '.join(_text(node.exc.args[0]).split()) if node.exc.args else ''
            sites.append((node.lineno, node.end_lineno, text[:${TEXT_LIMITS.characters}]))
    return sites


def _line(error):
    line, at = 0, error.__traceback__
    while at is not None:
        if at.tb_frame.f_code.co_filename == '${SOURCE_NAME}':
            line = at.tb_lineno
        at = at.tb_next
    return line or getattr(error, 'lineno', 0) or 0


def _ending(error, sites):
    line = _line(error)
    names = [kind.__name__ for kind in type(error).__mro__]
    if 'ParticipantVisibleError' in names:
        return 1, 0.0, next((i for i, (first, last, _) in enumerate(sites) if first <= line <= last), -1), 0
    kind = next((ERRORS.index(name) for name in names if name in ERRORS), 0)
    ending = 3 if isinstance(error, MemoryError) else 4 if isinstance(error, RecursionError) else 2
    return ending, 0.0, line, kind


def _module(source):
    module = types.ModuleType('evaluator')
    module.ParticipantVisibleError = ParticipantVisibleError
    module.Table = Table
    sys.modules['evaluator'] = module
    exec(compile(source, '${SOURCE_NAME}', 'exec', dont_inherit=True), module.__dict__)
    return module


def _described(source):
    try:
        found = {'texts': [text for _, _, text in _sites(source)]}
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        found = {'error': type(error).__name__, 'line': getattr(error, 'lineno', None) or 0}
    return json.dumps({'errors': ERRORS, 'texts': [], **found}).encode()


def _packed(ending, value, line, kind):
    return struct.pack('<Bdii', ending, value, line, kind)


def _started(source):
    try:
        return _packed(0 if callable(getattr(_module(source), 'score', None)) else 5, 0.0, 0, 0)
    except BaseException as error:
        return _packed(*_ending(error, []))


def _scored(source, about, ids, truth, submission):
    sites = []
    try:
        about = json.loads(about)
        sites = _sites(source)
        row_id = about['id']
        known = json.loads(ids)
        tables = [_table(data, about[name], {row_id: list(known)}) for data, name in ((truth, 'truth'), (submission, 'columns'))]
        score = _module(source).score
        code = getattr(score, '__code__', None)
        asked = code is None or code.co_argcount > 2 or code.co_flags & 4
        value = score(*tables, row_id) if asked else score(*tables)
        if not isinstance(value, (int, float)):
            return _packed(5, 0.0, 0, 0)
        return _packed(0, float(value), 0, 0)
    except BaseException as error:
        return _packed(*_ending(error, sites))
`
