const key = 'guichet:sound'

/** A page may forbid storage; a chat without memory of its sound is better than none. */
const stored = (value?: string): string | null => {
  try {
    if (value !== undefined) localStorage.setItem(key, value)
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** Two soft notes, without a file. Silent until the visitor has touched the widget: browsers ask for that, and so do people. */
export const createSound = () => {
  let audio: AudioContext | undefined
  let on = true

  const play = (context: AudioContext): void => {
    const start = context.currentTime
    for (const [index, pitch] of [660, 880].entries()) {
      const note = context.createOscillator()
      const volume = context.createGain()
      const at = start + index * 0.12
      note.frequency.value = pitch
      volume.gain.setValueAtTime(0, at)
      volume.gain.linearRampToValueAtTime(0.08, at + 0.02)
      volume.gain.exponentialRampToValueAtTime(0.001, at + 0.3)
      note.connect(volume).connect(context.destination)
      note.start(at)
      note.stop(at + 0.32)
    }
  }

  return {
    get on() {
      return on
    },
    /** To be called in a gesture, after the chat was opened. */
    arm(): void {
      if (audio !== undefined || typeof AudioContext === 'undefined') return
      audio = new AudioContext()
      on = stored() !== 'off'
    },
    toggle(): void {
      on = !on
      stored(on ? 'on' : 'off')
    },
    /**
     * One tab of the site rings: whoever holds the lock. A tab in which the message can be seen takes the lock at once and
     * stays silent, so that the hidden ones do as well.
     */
    ring(seen: boolean): void {
      const context = audio
      const take = () => {
        if (navigator.locks === undefined) {
          if (!seen && on && context !== undefined) play(context)
          return
        }
        void navigator.locks.request('guichet:ring', { ifAvailable: true }, async (lock) => {
          if (lock === null) return
          if (!seen && on && context !== undefined) play(context)
          if (seen || (on && context !== undefined)) await new Promise((done) => setTimeout(done, 800))
        })
      }
      if (seen) take()
      else setTimeout(take, 200)
    },
    close(): void {
      void audio?.close()
      audio = undefined
    },
  }
}
