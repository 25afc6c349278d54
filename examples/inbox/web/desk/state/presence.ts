import type { Presence } from '@guichet/engine/domain'
import { call } from '../engine.ts'
import { as } from '../api.ts'
import { explain } from './acts.ts'
import { toast } from './toasts.ts'
import { clockMoves, loadSetup } from './workspace.ts'

/** This tab, as a device of its agent: the same one after a reload. */
const device = (): string => {
  const key = 'guichet.device'
  const known = sessionStorage.getItem(key)
  if (known !== null) return known
  const id = `desk-${crypto.randomUUID()}`
  sessionStorage.setItem(key, id)
  return id
}

/** Often enough that nobody counts as gone who is there, in milliseconds. */
const every = 60_000
/** Who touches nothing for so long has left the counter, in milliseconds. */
const idleAfter = 10 * 60_000

let touched = Date.now()
let said = ''

const stateNow = (): 'active' | 'idle' =>
  document.visibilityState === 'visible' && Date.now() - touched < idleAfter ? 'active' : 'idle'

const report = async (): Promise<void> => {
  said = stateNow()
  await call('presence.device', device(), said as 'active' | 'idle')
  await loadSetup()
}

const reportChange = (): void => {
  if (stateNow() !== said) void report()
}

/** Tells the engine that somebody sits here: at once, when that changes, and every minute. */
export const followPresence = (): void => {
  const touch = () => {
    touched = Date.now()
    reportChange()
  }
  for (const event of ['pointerdown', 'keydown', 'focus']) window.addEventListener(event, touch, { passive: true })
  window.addEventListener('blur', reportChange)
  document.addEventListener('visibilitychange', reportChange)
  // A page that goes may be a reload: it sleeps, and is gone when it does not wake up in time.
  window.addEventListener('pagehide', () => {
    void fetch(`/api/call?as=${encodeURIComponent(as)}`, {
      method: 'POST',
      keepalive: true,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ call: 'presence.device', args: [device(), 'asleep'] }),
    })
    said = ''
  })
  window.addEventListener('pageshow', reportChange)
  setInterval(() => void report(), every)
  // What was said before the clock moved is old.
  clockMoves.subscribe(() => void report())
}

/** What she says of herself; null lets her desk speak. */
export const say = async (presence: Presence | null): Promise<void> => {
  const answer = await call('presence.set', presence)
  if (!answer.ok) toast(explain(answer.failure, ''), { tone: 'refused' })
  await loadSetup()
}
