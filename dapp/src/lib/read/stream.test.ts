import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followStream, HEARD } from './stream.ts'

/** A stream that a test speaks through. */
class Stream extends EventTarget {
  readyState = 1
  closed = false
  close() {
    this.closed = true
  }
  say(type: string) {
    this.dispatchEvent(new Event(type))
  }
}

const opened: Stream[] = []
const open = () => {
  const stream = new Stream()
  opened.push(stream)
  return stream as unknown as EventSource
}

beforeEach(() => {
  vi.useFakeTimers()
  opened.length = 0
})
afterEach(() => void vi.useRealTimers())

describe('the live stream', () => {
  it('hears every event that the contracts can emit', () => {
    const source = ['stellartrain', 'records', 'recount']
      .map((name) => readFileSync(new URL(`../../../../contracts/${name}/src/events.rs`, import.meta.url), 'utf8'))
      .join('\n')
    const names = [...source.matchAll(/#\[contractevent[^\]]*\](?:\s*#\[[^\]]*\])*\s*pub struct (\w+)/g)].map(
      ([, name]) => name!.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase(),
    )
    expect(names.length).toBe([...source.matchAll(/#\[contractevent/g)].length)
    // Badges are tokens: the library that they are made of has events of its own.
    expect(HEARD.toSorted()).toEqual(['message', 'mint', 'burn', ...names].toSorted())

    const changed = vi.fn()
    followStream('u', changed, open)
    for (const type of HEARD) opened[0]!.say(type)
    expect(changed).toHaveBeenCalledTimes(HEARD.length)
  })
  it('polls while the stream is broken, and stops when it is back', () => {
    const changed = vi.fn()
    followStream('u', changed, open)
    vi.advanceTimersByTime(60_000)
    expect(changed).not.toHaveBeenCalled()
    opened[0]!.say('error')
    vi.advanceTimersByTime(9_000)
    expect(changed).toHaveBeenCalledTimes(2)
    opened[0]!.say('open')
    vi.advanceTimersByTime(60_000)
    expect(changed).toHaveBeenCalledTimes(3)
  })
  it('asks once when it opens, for what happened before it listened', () => {
    const changed = vi.fn()
    followStream('u', changed, open)
    opened[0]!.say('open')
    expect(changed).toHaveBeenCalledTimes(1)
  })
  it('opens a refused stream again', () => {
    followStream('u', () => {}, open)
    opened[0]!.readyState = 2
    opened[0]!.say('error')
    vi.advanceTimersByTime(20_000)
    expect(opened).toHaveLength(2)
  })
  it('leaves nothing behind', () => {
    const changed = vi.fn()
    const stop = followStream('u', changed, open)
    opened[0]!.readyState = 2
    opened[0]!.say('error')
    stop()
    vi.advanceTimersByTime(60_000)
    expect([opened.length, opened[0]!.closed]).toEqual([1, true])
    expect(changed).not.toHaveBeenCalled()
  })
})
