type Dispatcher = NonNullable<RequestInit['dispatcher']>
type Agent = new (options: {
  readonly connect: { readonly timeout: number }
  readonly headersTimeout: number
  readonly bodyTimeout: number
}) => Dispatcher

/** Node's own `fetch` with time-outs of a moment in place of minutes. Its agent is found where Node keeps its own. */
export const impatientFetch = async (): Promise<typeof globalThis.fetch> => {
  await fetch('data:,')
  const place = Object.getOwnPropertySymbols(globalThis).find(
    ({ description }) => description?.startsWith('undici.globalDispatcher') === true,
  )
  const own = place === undefined ? undefined : (globalThis as Readonly<Record<symbol, unknown>>)[place]
  if (typeof own !== 'object' || own === null) throw new Error('Node keeps its dispatcher elsewhere')
  const dispatcher = new (own.constructor as Agent)({
    connect: { timeout: 100 },
    headersTimeout: 100,
    bodyTimeout: 100,
  })
  return (input, init) => fetch(input, { ...init, dispatcher })
}
