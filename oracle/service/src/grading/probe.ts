/** Run once in a cell, at the start: tries what no grading process may do, and tells what it could not. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { hearParent } from './channel.ts'

/** A TCP port and a socket that listen, a file outside the cell, and the process that asks. */
export type ProbeQuestion = { port: number; socket: string | undefined; file: string; parent: number }

/** Each is true where the attempt failed. */
export type ProbeAnswer = {
  /** Reading a file outside the code. */
  files: boolean
  /** Connecting to a TCP port and to a socket of this machine. */
  network: boolean
  /** Starting a program. */
  programs: boolean
  /** Reading the environment of the process that started it. */
  parent: boolean
}

const send = hearParent(async ({ port, socket, file, parent }: ProbeQuestion) => {
  send({
    files: fails(() => readFileSync(file)),
    network: (await closed({ port, host: '127.0.0.1' })) && socket !== undefined && (await closed({ path: socket })),
    programs: await cannotStart(),
    parent: fails(() => readFileSync(`/proc/${parent}/environ`)),
  } satisfies ProbeAnswer)
})

function fails(work: () => unknown): boolean {
  try {
    work()
    return false
  } catch {
    return true
  }
}

function closed(to: { port: number; host: string } | { path: string }): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const socket = connect(to, () => {
        socket.destroy()
        resolve(false)
      })
      socket.on('error', () => resolve(true))
      setTimeout(() => resolve(true), 2_000)
    } catch {
      resolve(true)
    }
  })
}

function cannotStart(): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const child: ChildProcess = spawn('/bin/true')
      child.on('error', () => resolve(true)).on('spawn', () => resolve(false))
    } catch {
      resolve(true)
    }
  })
}
