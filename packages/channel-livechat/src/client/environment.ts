/** What the client takes from the page. Everything but the socket may be missing: a worker has no document. */
export interface Environment {
  readonly WebSocket: new (url: string) => WebSocket
  readonly random?: () => number
  readonly document?: Pick<
    Document,
    'visibilityState' | 'addEventListener' | 'removeEventListener' | 'title' | 'referrer'
  >
  readonly location?: Pick<Location, 'href'>
  readonly navigator?: Pick<Navigator, 'language'>
  readonly screen?: Pick<Screen, 'width' | 'height'>
  readonly localStorage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  readonly addEventListener?: (name: string, listener: () => void) => void
  readonly removeEventListener?: (name: string, listener: () => void) => void
}

/** A UUID version 4 (RFC 9562); `crypto.randomUUID` is missing on pages that came without TLS. */
export const uuid = (): string =>
  '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
    (+digit ^ ((crypto.getRandomValues(new Uint8Array(1))[0] as number) & (15 >> (+digit / 4)))).toString(16),
  )
