import { randomUUID } from 'node:crypto'
import type { Storage } from '@guichet/engine/ports'

/** Words among the processes of the example that are worth nothing a moment later. */
export interface Talk<Words> {
  /** False where there is nobody to talk to. */
  readonly say: (words: Words) => boolean
  /** Hears what the others say. */
  readonly hear: (listener: (words: Words) => void) => void
}

/** No tenant has this name: engines make nothing of what is said there. */
const place = 'among processes'

/** By the store, where it can pass words on. What is told this way is lost when nobody listens. */
export const talkOver = <Words>({ whisper }: Storage): Talk<Words> => {
  const self = randomUUID()
  return {
    say: (words) => {
      whisper?.say(place, JSON.stringify({ from: self, words }))
      return whisper !== undefined
    },
    hear: (listener) => {
      // Until the store is closed.
      whisper?.hear((where, text) => {
        if (where !== place) return
        const { from, words } = JSON.parse(text) as { readonly from: string; readonly words: Words }
        if (from !== self) listener(words)
      })
    },
  }
}
