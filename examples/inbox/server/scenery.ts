import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync, unwatchFile, watchFile, writeFileSync } from 'node:fs'
import type { Travel } from '@guichet/local-providers'

/** Those who carry what the shop says to its customers. */
export const carriers = ['mail', 'sms', 'whatsapp', 'messenger'] as const
export type Carrier = (typeof carriers)[number]

/** What a demonstration has moved. */
export interface Scenery extends Readonly<Record<Carrier, boolean>> {
  /** How far the clock is ahead of the machine's, in milliseconds. */
  readonly ahead: number
  /** How the shop hears from the providers of telephone lines. */
  readonly travel: Travel
}

/** Time is the machine's, and every provider takes what it is given, and says once and in order what it has to say. */
const usual: Scenery = { ahead: 0, travel: 'plainly', mail: true, sms: true, whatsapp: true, messenger: true }

/** How often it is looked whether another process has moved something, in milliseconds. */
const interval = 200

/**
 * Kept in a file, where all processes of the example see it, and where it outlives them: after a restart time does not
 * run backwards.
 */
export const sceneryIn = (file: string) => ({
  read: (): Scenery => {
    try {
      return { ...usual, ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<Scenery>) }
    } catch {
      return usual
    }
  },
  /** Whoever reads meanwhile reads all of it, before or after. */
  keep: (scenery: Scenery): void => {
    const unfinished = `${file}.${randomUUID()}`
    writeFileSync(unfinished, `${JSON.stringify(scenery)}\n`)
    renameSync(unfinished, file)
  },
  /** Calls back after a change, whoever made it. Returns how to stop. */
  watch: (listener: () => void): (() => void) => {
    const heard = () => listener()
    watchFile(file, { interval, persistent: false }, heard)
    return () => unwatchFile(file, heard)
  },
})

export type SharedScenery = ReturnType<typeof sceneryIn>
