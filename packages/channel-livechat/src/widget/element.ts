import { createChat } from '../client/index.ts'
import type { Chat, ChatEvents } from '../client/types.ts'
import { sheet } from './style.ts'
import { language, type Strings } from './translate.ts'
import { createView, type View } from './view.ts'

/** Where there is no DOM the class can still be imported: it is never defined there. */
const Base = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement)

let dictionaries: Readonly<Record<string, Strings>> = {}

/** Attributes that make another chat of it. */
const identity = ['server', 'account', 'token']

/** The events of the chat that the element gives to the page, under `guichet:` and its own name. */
const forwarded = ['ready', 'message', 'sent', 'unread', 'status', 'error'] as const satisfies ReadonlyArray<
  keyof ChatEvents
>

/**
 * `<guichet-chat>`: the whole chat of a site in one element.
 *
 * Attributes: `server` (`/chat/v1` of the page unless given) and `account`, `token` (a signed identity), `locale` (the language of the page unless
 * given), `theme` (`auto` follows the `color-scheme` of the page, `light`, `dark`), `position` (`end`, `start`), `open`,
 * `inline` (fills its box, without launcher), `connect` (`open`: when the visitor opens it or, inline, first touches it;
 * `idle`: when the page has loaded; `load`: at once), `launcher` (`hidden`), `heading`.
 *
 * Events, bubbling and composed: `guichet:ready`, `guichet:open`, `guichet:close`, `guichet:message`, `guichet:sent`,
 * `guichet:unread`, `guichet:status`, `guichet:error`; what they carry is in `event.detail`, as in {@link ChatEvents}.
 *
 * Theme: `--guichet-accent`, `-on-accent`, `-surface`, `-surface-2`, `-text`, `-text-2`, `-border`, `-radius`, `-font`,
 * `-offset-block`, `-offset-inline`, `-z`; parts `launcher`, `panel`, `header`, `bubble`; slots `launcher`, `header`, `footer`.
 *
 * @example
 * ```ts no-run
 * // in a browser
 * import '@guichet/channel-livechat/widget'
 * import type { GuichetChatElement } from '@guichet/channel-livechat/widget'
 *
 * const chat = document.createElement('guichet-chat') as GuichetChatElement
 * chat.setAttribute('server', 'https://shop.example/chat/v1')
 * chat.setAttribute('account', 'acme/site')
 * chat.prefill = 'I have a question about '
 * chat.addEventListener('guichet:unread', (event) => console.log((event as CustomEvent).detail.count))
 * document.body.append(chat)
 * ```
 */
export class GuichetChatElement extends Base {
  static readonly observedAttributes = [...identity, 'locale', 'open', 'inline', 'heading']

  #chat: Chat | undefined
  /** Made here, so destroyed here; a chat that the page gave is the page's. */
  #own = false
  #view: View | undefined
  #strings: Partial<Strings> = {}
  #prefill = ''
  #leave: ReadonlyArray<() => void> = []

  /** The chat behind the element. Reading never makes one: undefined until it connects. A page may give its own. */
  get chat(): Chat | undefined {
    return this.#chat
  }
  set chat(chat: Chat | undefined) {
    this.#drop()
    this.#chat = chat
    this.#listen()
  }

  /** Texts that replace those of the dictionary: any key, or all of them for a language that has no dictionary. */
  get strings(): Partial<Strings> {
    return this.#strings
  }
  set strings(strings: Partial<Strings>) {
    this.#strings = strings
    this.#rebuild()
  }

  /** What stands in the composer before the visitor writes. Never replaces what somebody has begun to write. */
  get prefill(): string {
    return this.#prefill
  }
  set prefill(text: string) {
    this.#prefill = text
    const composer = this.#view?.composer
    if (composer?.draft.text === '') composer.draft = { ...composer.draft, text }
  }

  get open(): boolean {
    return this.hasAttribute('open')
  }
  set open(open: boolean) {
    this.toggleAttribute('open', open)
  }

  show(): void {
    this.open = true
  }

  hide(): void {
    this.open = false
  }

  connectedCallback(): void {
    if (this.#view) return
    // A property that was set before the element was defined hides the accessor: it is taken off and set again.
    for (const name of ['chat', 'strings', 'prefill'] as const) {
      const early = Object.getOwnPropertyDescriptor(this, name)
      delete this[name]
      if (early) Object.assign(this, { [name]: early.value })
    }
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
    root.adoptedStyleSheets = [sheet()]
    this.#build(root)
    const when = this.getAttribute('connect')
    if (when === 'load') this.#connect()
    // Safari has no requestIdleCallback.
    if (when === 'idle') (globalThis.requestIdleCallback ?? setTimeout)(() => this.isConnected && this.#connect())
    if (this.open) this.#toggle(false)
  }

  disconnectedCallback(): void {
    // A page that moves the element takes it out and puts it back in one go: the conversation goes on.
    queueMicrotask(() => {
      if (this.isConnected || this.#view === undefined) return
      this.#view.destroy()
      this.#view = undefined
      if (this.#own) this.#drop()
      else this.#listen()
    })
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (this.#view === undefined || before === after) return
    if (name === 'open') {
      if (before === null || after === null) this.#toggle(true)
    } else if (identity.includes(name)) {
      if (!this.#own) return
      this.chat = undefined
      this.#connect()
    } else this.#rebuild()
  }

  get #locale(): string {
    return this.getAttribute('locale') || document.documentElement.lang || navigator.language
  }

  #build(root: ShadowRoot): View {
    const inline = this.hasAttribute('inline')
    const view = createView({
      host: this,
      language: language(dictionaries, this.#locale, this.#strings),
      heading: this.getAttribute('heading'),
      inline,
      chat: () => this.#chat,
      setOpen: (open) => {
        this.open = open
      },
    })
    this.#view = view
    if (inline) view.node.addEventListener('focusin', () => this.#connect())
    view.composer.draft = { text: this.#prefill, files: [] }
    root.append(view.node)
    this.#listen()
    return view
  }

  #rebuild(): void {
    const before = this.#view
    if (before === undefined || this.shadowRoot === null) return
    const { draft } = before.composer
    before.destroy()
    const view = this.#build(this.shadowRoot)
    view.composer.draft = draft
    if (this.open) view.open(true, false)
  }

  #toggle(focus: boolean): void {
    const { open } = this
    if (open) this.#connect()
    this.#view?.open(open, focus)
    this.#emit(open ? 'open' : 'close')
  }

  /** The first moment at which anything leaves this page or is stored on this device. */
  #connect(): void {
    if (!this.#chat) {
      const token = this.getAttribute('token')
      this.#chat = createChat({
        server: this.getAttribute('server') ?? '/chat/v1',
        account: this.getAttribute('account') ?? '',
        locale: this.#locale,
        ...(token !== null && { token }),
      })
      this.#own = true
      this.#listen()
    }
    if (this.#chat.state.status === 'idle') this.#chat.connect()
  }

  #listen(): void {
    for (const leave of this.#leave) leave()
    this.#leave = []
    const [chat, view] = [this.#chat, this.#view]
    view?.render(chat?.state)
    if (chat === undefined || view === undefined) return
    this.#leave = [
      chat.on('state', view.render),
      chat.on('message', view.arrived),
      chat.on('sent', view.sent),
      ...forwarded.map((name) => chat.on(name, (event: unknown) => this.#emit(name, event))),
    ]
  }

  #drop(): void {
    if (this.#own) this.#chat?.destroy()
    this.#chat = undefined
    this.#own = false
    this.#listen()
  }

  #emit(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(`guichet:${name}`, { detail, bubbles: true, composed: true }))
  }
}

/**
 * Registers `<guichet-chat>` with the languages it speaks, the first of which is spoken where no other fits. Does nothing on
 * a server, and nothing the second time.
 */
export const define = (languages: Readonly<Record<string, Strings>>): void => {
  const { customElements: registry } = globalThis
  if (!registry || registry.get('guichet-chat')) return
  dictionaries = languages
  registry.define('guichet-chat', GuichetChatElement)
}

declare global {
  interface HTMLElementTagNameMap {
    'guichet-chat': GuichetChatElement
  }
}
