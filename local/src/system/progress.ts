/** What the terminal shows while the system starts: one line a step, rewritten in place where the terminal can; a file gets a line when it begins, too. */
import pc from 'picocolors'

export type Progress = {
  step<T>(title: string, work: () => Promise<T>): Promise<T>
  note(line: string): void
}

export const silent: Progress = { step: (_title, work) => work(), note: () => {} }

export function terminalProgress(out: NodeJS.WriteStream): Progress {
  const live = out.isTTY === true
  // A reader that leaves, such as `head`, must not end the system that it read about.
  out.on('error', () => {})
  const running = new Set<string>()
  const line = (mark: string, text: string) => out.write(`${mark} ${text}\n`)
  const status = () => {
    if (live && running.size > 0) out.write(pc.dim(`· ${[...running].join(', ')} …`))
  }
  const clear = () => {
    if (live) out.write('\r\x1b[2K')
  }
  return {
    async step(title, work) {
      const since = performance.now()
      clear()
      running.add(title)
      status()
      // Who reads a file sees what is waited for, not only what is done.
      if (!live) line('·', `${title} …`)
      let failed = true
      try {
        const result = await work()
        failed = false
        return result
      } finally {
        const seconds = ((performance.now() - since) / 1000).toFixed(1)
        clear()
        running.delete(title)
        line(failed ? pc.red('✗') : pc.green('✓'), `${title} ${pc.dim(`${seconds} s`)}`)
        status()
      }
    },
    note(text) {
      clear()
      line(pc.yellow('·'), text)
      status()
    },
  }
}
