import { setTimeout as pause } from 'node:timers/promises'
import type { Engine } from '@guichet/engine'
import type { Finding } from '../../../../tooling/faults/harness.ts'
import { workspaces } from './engine.ts'

/** Whoever reads the feeds of an engine, and goes on after the last thing that came when they break off. */
export interface Follower {
  /** When a message came, by its text, as `performance.now` has it. */
  readonly sawAt: (text: string) => number | undefined
  /** Resolves when all of them have come, or after so long. */
  readonly saw: (texts: ReadonlyArray<string>, withinMs: number) => Promise<void>
  /** What is wrong with what came, when these were acknowledged. */
  readonly findings: (acknowledged: ReadonlyArray<string>) => ReadonlyArray<Finding>
  readonly stop: () => Promise<void>
}

/** Until a feed that broke off is asked for again, in milliseconds. */
const againMs = 50

export const follow = (engine: Engine): Follower => {
  const stopping = new AbortController()
  const { signal } = stopping
  const came = new Map<string, number>()
  const twice: string[] = []
  let notice = (): void => undefined

  const read = async (name: string): Promise<void> => {
    let since = 0
    while (!signal.aborted) {
      try {
        for await (const item of engine.workspace(name).feed({ since, signal })) {
          since = item.position
          const what = item._tag === 'Entry' ? item.entry.what : undefined
          if (what?._tag !== 'MessageReceived' && what?._tag !== 'MessageSent') continue
          for (const part of what.message.parts) {
            if (part._tag !== 'Text') continue
            if (came.has(part.text)) twice.push(part.text)
            came.set(part.text, performance.now())
          }
          notice()
        }
      } catch {
        await pause(againMs)
      }
    }
  }
  const reading = Promise.all(workspaces.map(read))

  return {
    sawAt: (text) => came.get(text),
    saw: (texts, withinMs) => {
      const all = new Promise<void>((resolve) => {
        notice = () => {
          if (texts.every((text) => came.has(text))) resolve()
        }
        notice()
      })
      return Promise.race([all, pause(withinMs, undefined, { ref: false })])
    },
    findings: (acknowledged) => [
      ...acknowledged
        .filter((text) => !came.has(text))
        .map((text): Finding => ({ kind: 'lost', what: `"${text}" never came through the feed` })),
      ...twice.map((text): Finding => ({ kind: 'doubled', what: `"${text}" came twice through the feed` })),
    ],
    stop: async () => {
      stopping.abort()
      await reading
    },
  }
}
