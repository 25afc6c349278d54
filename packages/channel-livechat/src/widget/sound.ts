const key = 'guichet:sound'

/** Whether it was on last time. A page may forbid storage; a chat without memory of its sound is better than none. */
const remembered = (value?: string): boolean => {
  try {
    if (value) localStorage.setItem(key, value)
    return localStorage.getItem(key) !== 'off'
  } catch {
    return true
  }
}

/** Two soft notes, without a file. */
const play = (audio: AudioContext): void => {
  const note = audio.createOscillator()
  const volume = audio.createGain()
  const at = audio.currentTime
  note.frequency.value = 660
  note.frequency.setValueAtTime(880, at + 0.12)
  volume.gain.setValueAtTime(0.08, at)
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.5)
  note.connect(volume).connect(audio.destination)
  note.start()
  note.stop(at + 0.5)
}

/** Silent until the visitor has touched the widget: browsers ask for that, and so do people. */
export const createSound = () => {
  let audio: AudioContext | undefined
  let on = true
  return {
    on: () => on,
    /** To be called in a gesture, after the chat was opened. */
    arm(): void {
      if (audio) return
      audio = new AudioContext()
      on = remembered()
    },
    toggle(): void {
      on = !on
      remembered(on ? 'on' : 'off')
    },
    /**
     * One tab of the site rings: whoever holds the lock. A tab in which the message can be seen takes the lock at once and
     * stays silent, so that the hidden ones do as well.
     */
    ring(seen: boolean): void {
      const context = on ? audio : undefined
      if (!seen && !context) return
      const take = async () => {
        if (!seen && context) play(context)
        await new Promise((done) => setTimeout(done, 800))
      }
      // Locks exist in secure contexts only; elsewhere each tab rings for itself.
      const ask = () =>
        navigator.locks?.request('guichet:ring', { ifAvailable: true }, (lock) => lock && take()) ?? take()
      setTimeout(ask, seen ? 0 : 200)
    },
    close: () => void audio?.close(),
  }
}
