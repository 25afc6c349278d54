import type { Fate, Answer } from './answer.ts'

/** A request as a provider reads it: to its end. */
export interface Asked {
  readonly method: string
  readonly url: URL
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** What one provider serves. A place is what a request is for: messages, files, where a file is. */
export interface Api<Place extends string> {
  /** Undefined where this provider has nothing. */
  readonly placeOf: (method: string, url: URL) => Place | undefined
  readonly answer: (place: Place, asked: Asked) => Fate | Promise<Fate>
  /** What it says while it is in trouble, whatever is asked. */
  readonly inTrouble: Answer
  /** What it says where it has nothing. */
  readonly nothing: Answer
}

export const askedOf = async (request: Request): Promise<Asked> => {
  const { method, url, headers } = request
  return {
    method,
    url: new URL(url),
    headers: Object.fromEntries(headers),
    body: new Uint8Array(await request.arrayBuffer()),
  }
}

/** The form that a request carries; undefined when that is none. */
export const formOf = ({ headers, body }: Asked): Promise<FormData | undefined> =>
  new Response(new Uint8Array(body), { headers: { 'content-type': headers['content-type'] ?? '' } })
    .formData()
    .catch(() => undefined)

/** The JSON that a request carries; undefined when that is none. */
export const jsonOf = ({ body }: Asked): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}
