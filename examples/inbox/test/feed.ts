/** Reads server-sent events as `EventSource` does, so that a test sees ids and can leave in the middle. */
export interface ServerEvent {
  readonly id: string
  readonly event: string
  readonly data: any
}

export const events = async function* (
  url: string,
  options: { readonly lastEventId?: string; readonly signal: AbortSignal },
): AsyncGenerator<ServerEvent> {
  const headers: Record<string, string> =
    options.lastEventId === undefined ? {} : { 'last-event-id': options.lastEventId }
  const response = await fetch(url, { headers, signal: options.signal })
  if (response.body === null) throw new Error(`no stream: ${response.status}`)
  let rest = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? ''
      if (field('event') !== '') yield { id: field('id'), event: field('event'), data: JSON.parse(field('data')) }
    }
  }
}
