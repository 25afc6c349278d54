import type { Sink } from '@guichet/engine/ports'
import { addressKey, splitAddress } from '../address/address.ts'

/** An account that receives at some addresses. */
export interface Route {
  readonly workspace: string
  readonly account: string
  readonly addresses: ReadonlyArray<string>
  readonly sink: Sink
}

export interface Routes {
  /** Returns how to take it away again; undefined when another account receives at one of the addresses. */
  readonly add: (route: Route) => (() => void) | undefined
  /** Whose mail this is: of the address itself, or of the mailbox before a `+detail`. */
  readonly find: (address: string) => Route | undefined
  readonly size: () => number
}

/** Which address belongs to which account. An address belongs to one: nobody can take another's mail by naming it. */
export const routes = (): Routes => {
  const byAddress = new Map<string, Route>()
  const live = new Set<Route>()
  return {
    add: (route) => {
      const keys = route.addresses.map(addressKey)
      const taken = keys.some((key) => {
        const holder = byAddress.get(key)
        return holder !== undefined && (holder.workspace !== route.workspace || holder.account !== route.account)
      })
      if (taken) return undefined
      for (const key of keys) byAddress.set(key, route)
      live.add(route)
      return () => {
        live.delete(route)
        // The same account may have connected anew in the meantime; what it holds now is not taken away.
        for (const key of keys) if (byAddress.get(key) === route) byAddress.delete(key)
      }
    },
    find: (address) => {
      const key = addressKey(address)
      const { local, domain } = splitAddress(key)
      return byAddress.get(key) ?? byAddress.get(`${local}@${domain}`)
    },
    size: () => live.size,
  }
}
