import type { SessionAnswer, UploadAnswer } from '../protocol/frames.ts'
import type { ChatOptions } from './types.ts'
import type { Environment } from './environment.ts'
import type { Keeper } from './outbox.ts'

/** What HTTP answered, when it was not what was asked for. */
export interface Refused {
  readonly code: string
  /** Asking again later makes sense. */
  readonly passing: boolean
}

export type Session = SessionAnswer & { readonly until: number }

const refused = async (response: Response): Promise<Refused> => {
  const body = (await response.json().catch(() => ({}))) as { error?: string }
  const { status } = response
  return { code: body.error ?? `http_${status}`, passing: status === 404 || status === 429 || status >= 500 }
}

/** A call that never rejects: no network is one more refusal that passes. */
const call = async <A>(url: string, init: RequestInit): Promise<A | Refused> => {
  try {
    const response = await fetch(url, init)
    return response.ok ? ((await response.json()) as A) : await refused(response)
  } catch {
    return { code: 'unreachable', passing: true }
  }
}

export const isRefused = (answer: object): answer is Refused => 'passing' in answer

/** Opens a session, as who the page says the visitor is, or else as who he was before on this device. */
export const openSession = async (
  base: string,
  options: ChatOptions,
  environment: Environment,
  keeper: Keeper,
): Promise<Session | Refused> => {
  const { document: page, location: place, screen: display, navigator: browser } = environment
  let again = typeof options.token === 'function'
  for (;;) {
    let token: string | undefined
    try {
      token = typeof options.token === 'function' ? await options.token() : options.token
    } catch {
      return { code: 'identity_unavailable', passing: true }
    }
    const answer = await call<SessionAnswer>(`${base}/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        account: options.account,
        resumeToken: keeper.read().resume?.token,
        token,
        page: { url: place?.href, title: page?.title, referrer: page?.referrer },
        locale: options.locale ?? browser?.language,
        tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
        screen: display && `${display.width}x${display.height}`,
      }),
    })
    if (!isRefused(answer)) return { ...answer, until: Date.now() + answer.expiresIn - 60_000 }
    if (answer.code === 'resume_invalid') {
      keeper.change((kept) => {
        kept.resume = undefined
      })
    } else if (answer.code === 'identity_invalid' && again) again = false
    else return answer
  }
}

export const upload = (base: string, session: Session, file: File): Promise<UploadAnswer | Refused> =>
  call(`${base}/files?${new URLSearchParams({ name: file.name, type: file.type })}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${session.sessionToken}` },
    body: file,
  })
