import type { Signal } from '@guichet/engine/ports'
import { pager } from '../pager.ts'
import { type Planted, accepted, capable, insteadOf, profiling, telling } from './broken.ts'

let count = 0

const without =
  (name: string) =>
  (signal: Signal): unknown => ({ ...signal, [name]: undefined })

export const beside: ReadonlyArray<Planted> = [
  [
    'names signals that it cannot tell',
    (({ signal: _, ...mute }) => mute)(pager),
    'capabilities: say which signals there are, and whether there are profiles, exactly when there is something to ask',
  ],
  [
    'hides that it asks for profiles',
    capable({ profiles: false }),
    'capabilities: say which signals there are, and whether there are profiles, exactly when there is something to ask',
  ],
  [
    'says nothing when somebody types',
    {
      ...pager,
      signal: (signal, account) =>
        signal._tag === 'Typing'
          ? { _tag: 'Rendered', wires: [] }
          : (pager.signal?.(signal, account) ?? { _tag: 'Unsupported', feature: signal._tag }),
    },
    'signal: tells everything that it says it tells',
  ],
  [
    'numbers what it tells',
    telling((signal) => [signal, (count += 1)]),
    'signal: answers whatever it may be asked to tell, the same each time, and leaves it as it is',
  ],
  [
    'puts the same sign everywhere',
    telling(without('emoji')),
    'signal: says whom it is for, beside which message, and which sign',
  ],
  [
    'forgets beside which message',
    telling(without('externalId')),
    'signal: says whom it is for, beside which message, and which sign',
  ],
  ['never stops typing', telling(without('on')), 'signal: says whom it is for, beside which message, and which sign'],
  [
    'takes no answer for a yes to a signal',
    insteadOf('Accepted', { _tag: 'Ambiguous', reason: 'perhaps' }),
    'signal: is accepted when the provider takes it',
  ],
  [
    'takes a no for a yes to a signal',
    insteadOf('Rejected', accepted),
    'signal: is never taken for told when the provider refuses it, has too much to do, fails or hangs up',
  ],
  [
    'makes up names',
    profiling((outcome) => (outcome._tag === 'Found' ? { ...outcome, name: 'Somebody' } : outcome)),
    'profile: says what the provider knows of somebody',
  ],
  [
    'asks for ever who nobody knows',
    profiling((outcome) => (outcome._tag === 'Unknown' ? { _tag: 'Retry', reason: 'again' } : outcome)),
    'profile: takes it for an answer when the provider does not say who somebody is',
  ],
  [
    'takes a provider that fails for one that knows nobody',
    profiling((outcome) => (outcome._tag === 'Retry' ? { _tag: 'Unknown' } : outcome)),
    'profile: asks again when the provider fails, has too much to do, hangs up or says nothing that makes sense',
  ],
  [
    'takes being stopped for an answer',
    {
      ...pager,
      profile: async (address, account, context) => {
        try {
          return (await pager.profile?.(address, account, context)) ?? { _tag: 'Unknown' }
        } catch {
          return { _tag: 'Unknown' }
        }
      },
    },
    'profile: stops when it is told to',
  ],
]
