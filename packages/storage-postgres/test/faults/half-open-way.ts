import type { Socket } from 'node:net'
import { type Between, between } from '../support/between.ts'

/**
 * How a way carries what is said on it: at once; not at all, and without ever saying so; a byte a second; or late by half
 * a second.
 */
export type Manner = 'well' | 'silent' | 'trickling' | 'late'

/** A way to a server that can go bad: connections stay, and little or nothing comes through any more. */
export interface Way extends Between {
  /** From now on, for the connections that there are and for those that come; a connection that was spoilt stays so. */
  readonly carry: (manner: Manner) => void
  /** The same for the connections that there are; later ones work. */
  readonly spoil: (manner: Manner) => void
  /** Silences whichever connection has so many bytes more to say, in the middle of them. */
  readonly silenceAfter: (bytes: number) => void
  /** Ends the connections that do not work. */
  readonly clear: () => void
}

const trickleMs = 1_000

/** One direction. What has been held up when it is well again comes before anything else. */
const carrier = (to: Socket, lateMs: number) => {
  const held: Buffer[] = []
  let drops: NodeJS.Timeout | undefined
  let last = Promise.resolve()
  const drop = (): void => {
    const [first] = held
    if (first === undefined) return
    to.write(first.subarray(0, 1))
    if (first.length > 1) held[0] = first.subarray(1)
    else held.shift()
  }
  return {
    say: (chunk: Buffer, manner: Manner): void => {
      if (manner === 'silent') return
      if (manner === 'trickling') {
        held.push(chunk)
        if (held.length === 1) {
          clearInterval(drops)
          drops = setInterval(drop, trickleMs)
        }
        return
      }
      const due = manner === 'late' ? new Promise<void>((resolve) => setTimeout(resolve, lateMs)) : undefined
      const before = last
      last = Promise.all([before, due]).then(() => void (to.destroyed || to.write(chunk)))
    },
    end: (): void => clearInterval(drops),
  }
}

interface Line {
  readonly near: Socket
  readonly far: Socket
  manner: Manner
}

export const wayTo = async (url: string, { lateMs = 500 }: { readonly lateMs?: number } = {}): Promise<Way> => {
  const lines = new Set<Line>()
  let manner: Manner = 'well'
  let allowance = Infinity

  const way = await between(url, (near, far) => {
    const line: Line = { near, far, manner }
    lines.add(line)
    const [there, back] = [carrier(far, lateMs), carrier(near, lateMs)]
    const end = (): void => {
      there.end()
      back.end()
      // Of what comes no further, the end comes no further either.
      if (line.manner !== 'well' && line.manner !== 'late') return
      near.destroy()
      far.destroy()
      lines.delete(line)
    }
    for (const socket of [near, far]) socket.once('close', end)
    near.on('data', (chunk: Buffer) => {
      if (chunk.length > allowance) {
        far.write(chunk.subarray(0, allowance))
        allowance = Infinity
        line.manner = 'silent'
      } else {
        allowance -= chunk.length
        there.say(chunk, line.manner)
      }
    })
    far.on('data', (chunk: Buffer) => back.say(chunk, line.manner))
  })
  const end = (line: Line): void => {
    line.near.destroy()
    line.far.destroy()
    lines.delete(line)
  }
  const spoil = (how: Manner): void => {
    for (const line of lines) line.manner = how
  }
  return {
    ...way,
    carry: (how) => {
      manner = how
      if (how !== 'well') return spoil(how)
      // What was swallowed is gone: only what is late can be well again.
      for (const line of lines) if (line.manner === 'late') line.manner = 'well'
    },
    spoil,
    silenceAfter: (bytes) => {
      allowance = bytes
    },
    clear: () => {
      for (const line of lines) if (line.manner === 'silent' || line.manner === 'trickling') end(line)
    },
  }
}
