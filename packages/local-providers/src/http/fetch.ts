import type { Answer, Fate } from './answer.ts'
import { type Api, askedOf } from './api.ts'

const responseOf = ({ status, headers = {}, body }: Answer): Response =>
  new Response(typeof body === 'string' || body === undefined ? body : new Uint8Array(body), { status, headers })

/**
 * Serves an API inside of another server: undefined where the API has nothing. Nobody can end a connection from there:
 * a provider that does is a gateway's error to whoever asked.
 */
export const apiOver =
  <Place extends string>({ placeOf, answer, inTrouble }: Api<Place>, works: () => boolean) =>
  async (request: Request): Promise<Response | undefined> => {
    const place = placeOf(request.method, new URL(request.url))
    if (place === undefined) return undefined
    if (!works()) return responseOf(inTrouble)
    const fate: Fate = await answer(place, await askedOf(request))
    return typeof fate === 'string' ? responseOf({ status: 502 }) : responseOf(fate)
  }
