import { plainChannel } from '../../tooling/channels/plain-channel.ts'

/** The least a channel can be: one message a request, as JSON. What is measured is the engine. */
export const receiveChannel = plainChannel({
  name: 'bench',
  parse: ({ body }) => {
    const { id, from, text, at } = JSON.parse(new TextDecoder().decode(body))
    return [
      { _tag: 'MessageReceived', externalId: id, from: { address: from }, parts: [{ _tag: 'Text', text }], sentAt: at },
    ]
  },
  render: () => ({ _tag: 'Rendered', wires: [] }),
})

/** As an HTTP server hands it over: with the length that every provider declares. */
const httpRequest = (body: string): Request =>
  new Request('http://bench.test/', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) },
  })

/** A provider's request with one message. */
export const requestOf = (id: string, from: string, text: string, at: number): Request =>
  httpRequest(JSON.stringify({ id, from, text, at }))
