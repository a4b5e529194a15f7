/** Python that wants more than to score: each ends in its own way, within its fuel and memory, and reaches nothing of the machine. */

import { describe, expect, test } from 'vitest'
import { createHost, type Inside } from './host.ts'
import { LIMITS, run, scoreOf } from './python.fixture.ts'

const ended = (body: string, limits = LIMITS) => run(scoreOf(body), limits)

describe('what has no end runs out of fuel', () => {
  test.each([
    ['a loop', 'while True: pass'],
    ['a loop in C', 'import itertools\nsum(itertools.count())'],
    ['a loop that catches everything', 'while True:\n    try:\n        1 / 0\n    except BaseException:\n        pass'],
    ['a regular expression that backs up', "import re\nre.match('(a+)+$', 'a' * 60 + 'b')"],
    ['a number of ten million digits, written', 'import sys\nsys.set_int_max_str_digits(0)\nstr(10 ** 10 ** 7)'],
    ['a power of a power', '2 ** 10 ** 10 % 3'],
    ['recursion beyond its limit', 'import sys\nsys.setrecursionlimit(10 ** 9)\ndef f(): return f()\nf()'],
    ['a sleep', 'import time\ntime.sleep(10 ** 9)'],
    ['texts that double', "x = 'x'\nwhile True: x = (x + x)[-10 ** 6:]"],
    [
      'a sort with its own order',
      'import functools\nsorted(range(10 ** 6), key=functools.cmp_to_key(lambda a, b: b - a))',
    ],
    ['printing', "while True: print('x' * 10 ** 6)"],
    ['imports', "import sys\nwhile True:\n    sys.modules.pop('difflib', None)\n    import difflib"],
  ])('%s', async (_, body) => {
    expect(await ended(body, { ...LIMITS, fuel: 300_000_000 })).toMatchObject({ fault: 'evaluator_out_of_fuel' })
  })
})

describe('too much memory is an error of Python, which says that there is no room', () => {
  test.each([
    ['a text', "'x' * 10 ** 9"],
    ['a list', '[0] * 10 ** 8'],
    ['many texts', 'a = []\nwhile True: a.append(bytes(10 ** 6))'],
    ['a number', '1 << 10 ** 10'],
    ['an error with too much to say', "raise ValueError('x' * 10 ** 9)"],
  ])('%s', async (_, body) => {
    expect(await ended(body)).toMatchObject({ fault: 'evaluator_no_room' })
  })

  test('one that catches it gets on, at the same place on every machine', async () => {
    const body = 'a = []\ntry:\n    while True: a.append(bytearray(10 ** 6))\nexcept MemoryError:\n    return len(a)'
    const [first, again, more] = [
      await ended(body),
      await ended(body),
      await ended(body, { ...LIMITS, memoryMib: 96 }),
    ] as { score: number; fuel: bigint }[]
    expect(first).toEqual(again)
    expect(first!.score).toBeGreaterThan(20)
    expect(more!.score).toBeGreaterThan(first!.score + 30)
  })
})

describe('too deep', () => {
  test.each([
    ['a function that calls itself', 'def f(): return f()\nf()'],
    ['lists in lists, shown', 'x = []\nfor _ in range(10 ** 5): x = [x]\nrepr(x)'],
    ['brackets, compiled', "eval('(' * 10 ** 5 + ')' * 10 ** 5)"],
    ['a function in C that calls back', 'def f(x): return sorted([1, 2], key=f)\nf(1)'],
  ])('%s', async (_, body) => {
    expect(await ended(body)).toMatchObject({ fault: 'evaluator_too_deep' })
  })
})

describe('the machine is not there', () => {
  test.each([
    ['JavaScript', 'import js', 'ModuleNotFoundError'],
    ['the bridge', 'import pyodide.code', 'ModuleNotFoundError'],
    ['its core', 'import _pyodide_core', 'ModuleNotFoundError'],
    ['the bridge, by its file', 'import sys\ndel sys.modules["js"]\nimport js', 'ModuleNotFoundError'],
    ['foreign functions', 'import ctypes', 'ModuleNotFoundError'],
    ['files', 'open("/etc/passwd")', 'FileNotFoundError'],
    ['files, written', 'open("/tmp/x", "w")', 'FileNotFoundError'],
    ['folders', 'import os\nos.listdir("/")', 'FileNotFoundError'],
    ['files, by their number', 'import os\nos.read(0, 1)', 'OSError'],
    ['environment', 'import os\nreturn len(os.environ) == 0 or 1 / 0', undefined],
    ['programs', 'import subprocess', 'ModuleNotFoundError'],
    ['network', 'import sys\ndel sys.modules["_socket"]\nimport _socket\n_socket.socket()', 'OSError'],
    ['threads', 'import threading\nthreading.Thread(target=print).start()', 'RuntimeError'],
    ['signals', 'import os\nos.kill(0, 9)', 'PermissionError'],
    ['the end of the process', 'import os\nos._exit(0)', undefined],
    ['the end of Python', 'raise SystemExit', 'SystemExit'],
    ['a shell', 'import os\nos.system("ls")', undefined],
  ])('%s', async (_, body, error) => {
    const ran = await ended(body)
    if (error) expect(ran).toMatchObject({ fault: 'evaluator_trapped', detail: expect.stringContaining(error) })
    else expect('score' in ran ? ran.score : ran.fault).toSatisfy((end) => end === 1 || end === 'evaluator_trapped')
  })

  test.each([
    [
      '_ctypes',
      'import sys\nfor name in ("ctypes", "_ctypes"): del sys.modules[name]\nimport ctypes\nctypes.CDLL(None)',
    ],
    [
      'a library',
      'import _imp, importlib.machinery as m\n_imp.create_dynamic(m.ModuleSpec("x", None, origin="/lib/python.zip"))',
    ],
    ['a null pointer', 'import faulthandler\nfaulthandler._sigsegv()'],
    [
      'code that no compiler wrote',
      'def f(): pass\nf.__code__ = f.__code__.replace(co_code=bytes([255] * 64), co_stacksize=1)\nf()',
    ],
  ])('by %s, it harms itself alone', async (_, body) => {
    expect(await ended(body, { fuel: 8_000_000_000, memoryMib: 128 })).toMatchObject({ fault: 'evaluator_trapped' })
  })

  test('by its classes, it finds nothing that is not Python’s own', async () => {
    const body =
      'found = [c for c in object.__subclasses__() if "Js" in c.__name__ or "pyodide" in c.__module__]\nreturn len(found)'
    expect(await ended(body)).toMatchObject({ score: 0 })
  })

  test('the library is all that can be read', async () => {
    expect(await ended('with open("/lib/python.zip", "rb") as file: return len(file.read())')).toMatchObject({
      score: 2_545_637,
    })
  })
})

test('few files are open at once, so that the next free number is found soon', async () => {
  expect(
    await ended('import os\nwhile True: os.open("/lib/python.zip", 0)', { ...LIMITS, fuel: 3_000_000_000 }),
  ).toMatchObject({ fault: 'evaluator_trapped', detail: expect.stringContaining('OSError') })
})

describe('places outside of its memory end the run, and are no trouble of the machine', () => {
  class Stopped extends Error {}
  const { Memory } = (globalThis as unknown as { WebAssembly: { Memory: new (size: object) => Inside['memory'] } })
    .WebAssembly
  const memory = new Memory({ initial: 1 })
  const fuel = { value: 10n ** 9n }
  const names =
    'fd_read fd_write fd_seek __syscall_openat __syscall_getcwd __syscall_fstat64 clock_time_get random_get _gmtime_js _mktime_js'
  const imports = names.split(' ').map((name) => ({ module: 'env', name, results: [] }))
  const host = createHost(imports, new Uint8Array(100), 1)
  host.connect({
    memory,
    fuel,
    stop() {
      throw new Stopped()
    },
  })
  const call = (name: string, ...given: number[]) =>
    (host.imports.env![name] as (...given: number[]) => unknown)(...given)
  new Uint8Array(memory.buffer).set(new TextEncoder().encode('/lib/python.zip'), 16)
  const file = call('__syscall_openat', 0, 16) as number
  // One piece of 50 bytes at a place that there is none of.
  new Uint32Array(memory.buffer).set([0xffff_fff0, 50], 64)

  test.each([
    ['fd_read', file, 256, 1, 512],
    ['fd_read', file, -8, 1, 512],
    ['fd_write', 1, 65_534, 1, 512],
    ['fd_write', 1, 1024, 0, -1],
    ['fd_seek', file, 0, 0, 65_533],
    ['__syscall_getcwd', 65_535, 2],
    ['__syscall_fstat64', file, -4],
    ['clock_time_get', 0, 0, 65_535],
    ['random_get', 0, -1],
    ['random_get', 65_530, 10],
    ['_gmtime_js', 0, 65_530],
    ['_mktime_js', 65_530],
  ] as [string, ...number[]][])('%s', (name, ...given) => {
    const before = fuel.value
    expect(() => call(name, ...given)).toThrow(Stopped)
    expect(fuel.value).toBeLessThan(before)
  })
})

describe('equal each time', () => {
  const bodies = [
    'import random\nreturn random.random()',
    'import os\nreturn int.from_bytes(os.urandom(6), "big")',
    'return hash("a text") % 2 ** 40',
    'return id(object())',
    'import time\nreturn time.time()',
    'import uuid\nreturn uuid.uuid4().int % 2 ** 40',
    'return float("".join(map(str, map(ord, list({"a", "b", "c", "d"})))))',
    'import math\nreturn math.fsum(math.sin(i) ** 0.3 * math.exp(-i) for i in range(1, 400, 2) if math.sin(i) > 0)',
  ]

  test.each(bodies)('%s', async (body) => {
    const limits = { ...LIMITS, fuel: 4_000_000_000 }
    const first = await ended(body, limits)
    expect(first).toHaveProperty('score')
    expect(await ended(body, limits)).toEqual(first)
  })

  test('its clock goes by looks, and begins anew', async () => {
    expect(await ended('import time\nstart = time.time()\nreturn time.time() - start')).toMatchObject({
      score: expect.closeTo(0.001, 6),
    })
    expect(await ended('import datetime\nreturn datetime.date.today().toordinal()')).toMatchObject({ score: 739617 })
    expect(await ended('import time\nreturn time.mktime(time.gmtime(86400.5))')).toMatchObject({ score: 86400 })
  })

  test('nothing is kept of the run before', async () => {
    const body =
      'import builtins, math, sys\nold = getattr(builtins, "kept", 0)\nbuiltins.kept = 1\nmath.kept = 1\nsys.modules["kept"] = math\nreturn old + len([name for name in sys.modules if name == "kept"])'
    const [first, again] = [await ended(body), await ended(body)]
    expect(first).toMatchObject({ score: 1 })
    expect(again).toEqual(first)
  })

  test('fuel is counted in what is written in C as well, and a little more work takes a little more', async () => {
    const [few, more] = [
      await ended('return bytes(10 ** 6).count(1)'),
      await ended('return bytes(2 * 10 ** 6).count(1)'),
    ]
    const beside = (await ended('return 0')).fuel
    const ratio = Number(more.fuel - beside) / Number(few.fuel - beside)
    expect(ratio).toBeGreaterThan(1.8)
    expect(ratio).toBeLessThan(2.2)
  })
})

test('an answer that it writes itself says no more than a score, or one of the texts that are known', async () => {
  const forge = (bytes: string) =>
    `import struct, sys\nfor frame in [sys._getframe(1)]: frame.f_globals["_packed"] = lambda *_: ${bytes}\nreturn 1`
  expect(await ended(forge('b"the truth"'))).toEqual({ fault: 'evaluator_trapped', fuel: expect.any(BigInt) })
  expect(await ended(forge('struct.pack("<Bdii", 1, 0.0, 123456, 0)'))).toMatchObject({
    fault: 'evaluator_refused',
    detail: '',
  })
  expect(await ended(forge('struct.pack("<Bdii", 2, 0.0, 123456, 9999)'))).toMatchObject({
    detail: 'Exception',
  })
  expect(await ended(forge('3'))).toMatchObject({ fault: 'evaluator_trapped' })
})
