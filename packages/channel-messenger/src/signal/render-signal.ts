import type { Rendered, Signal } from '@guichet/engine/ports'
import { isGuest } from '../inbound/address.ts'
import type { MessengerWire, WireContent } from '../outbound/wire.ts'
import { wordOf } from '../reaction/signs.ts'

/** How conversations go between applications; see the settings of an account. */
export interface Routing {
  readonly control?: 'take' | 'request'
  readonly passTo?: string
}

const control = (ours: boolean, { control: way = 'take', passTo }: Routing): WireContent => {
  if (ours) return { _tag: 'Control', edge: `${way}_thread_control` }
  return passTo === undefined
    ? { _tag: 'Control', edge: 'release_thread_control' }
    : { _tag: 'Control', edge: 'pass_thread_control', app: passTo }
}

const reaction = ({
  externalId,
  direction,
  emoji,
}: Extract<Signal, { readonly _tag: 'Reaction' }>): WireContent | string => {
  if (direction === 'out') return 'a reaction to a message of our own'
  const message = { message_id: externalId }
  if (emoji === null) return { _tag: 'Action', action: 'unreact', payload: message }
  const word = wordOf(emoji)
  if (word === undefined) return `a reaction by ${emoji}`
  return { _tag: 'Action', action: 'react', payload: { ...message, reaction: word } }
}

const contentOf = (signal: Signal, routing: Routing): WireContent | string => {
  switch (signal._tag) {
    // Everything before is read with it: the Send API takes no message here.
    case 'Read':
      return { _tag: 'Action', action: 'mark_seen' }
    case 'Typing':
      return { _tag: 'Action', action: signal.on ? 'typing_on' : 'typing_off' }
    case 'Reaction':
      return reaction(signal)
    case 'Control':
      return control(signal.ours, routing)
  }
}

/**
 * A signal as a request. Source: Meta, "Sender Actions", "Instagram API: React to a message", "Conversation Routing".
 */
export const renderSignal = (signal: Signal, routing: Routing): Rendered<MessengerWire> => {
  const content = isGuest(signal.to) ? 'anything but messages to a guest' : contentOf(signal, routing)
  return typeof content === 'string'
    ? { _tag: 'Unsupported', feature: content }
    : { _tag: 'Rendered', wires: [{ to: signal.to, content }] }
}
