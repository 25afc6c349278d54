import type { ChannelAccount, Clock, Sink } from '@guichet/engine/ports'
import { fileKeyLifetime } from '../protocol/limits.ts'
import { makeLimiter } from './rates.ts'
import { makeRooms, type Rooms } from './rooms.ts'
import type { LivechatSettings, Rates } from './settings.ts'
import { readToken, signToken, type TokenClaims } from './tokens.ts'

/** Whoever asks, by every name that limits are counted under. */
export interface Caller {
  readonly ip: string
  /** Absent where nobody is known yet. */
  readonly visitor?: string
}

export interface Gate {
  readonly ip: (caller: Caller) => boolean
  readonly visitor: (caller: Caller) => boolean
  readonly account: () => boolean
  /** All three. */
  readonly all: (caller: Caller) => boolean
}

/** One account that the engine has connected, and everything that is open on it. */
export interface AccountLink {
  /** `workspace/account`. */
  readonly key: string
  readonly settings: LivechatSettings
  readonly sink: Sink
  readonly now: () => number
  readonly rooms: Rooms
  readonly gates: { readonly sessions: Gate; readonly messages: Gate; readonly uploads: Gate }
  /** How to close each open socket when the account is disconnected. */
  readonly sockets: Set<() => void>
  readonly sign: (claims: Omit<TokenClaims, 'account'>) => string
  readonly read: (token: string, purpose: TokenClaims['purpose']) => TokenClaims | undefined
}

const makeGate = (rates: Rates, now: () => number): Gate => {
  const ip = makeLimiter(rates.ip, now)
  const visitor = makeLimiter(rates.visitor, now)
  const account = makeLimiter(rates.account, now, 1)
  const gate = {
    ip: (caller: Caller) => ip.take(caller.ip),
    visitor: (caller: Caller) => caller.visitor === undefined || visitor.take(caller.visitor),
    account: () => account.take(''),
  }
  return { ...gate, all: (caller) => gate.ip(caller) && gate.visitor(caller) && gate.account() }
}

export const makeAccountLink = (
  account: ChannelAccount<LivechatSettings>,
  sink: Sink,
  now: () => number,
  clock: Clock,
): AccountLink => {
  const key = `${account.workspace}/${account.id}`
  const { settings } = account
  const sign: AccountLink['sign'] = (claims) => signToken({ ...claims, account: key }, settings.secrets[0])
  const fileKey = (address: string, blob: string): string =>
    sign({ purpose: 'file', address, blob, expires: now() + fileKeyLifetime })
  return {
    key,
    settings,
    sink,
    now,
    rooms: makeRooms(sink, clock, fileKey),
    gates: {
      sessions: makeGate(settings.rates.sessions, now),
      messages: makeGate(settings.rates.messages, now),
      uploads: makeGate(settings.rates.uploads, now),
    },
    sockets: new Set(),
    sign,
    read: (token, purpose) => readToken(token, settings.secrets, { purpose, account: key, now: now() }),
  }
}
