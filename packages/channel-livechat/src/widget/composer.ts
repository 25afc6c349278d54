import type { ChatState } from '../client/types.ts'
import { fileSize, screenFiles } from './attachments.ts'
import { button, h, icon } from './dom.ts'
import type { Language } from './translate.ts'

export interface ComposerActs {
  /** Undefined until they are known. */
  readonly limits: () => ChatState['limits'] | undefined
  readonly send: (text: string, files: ReadonlyArray<File>) => void
  readonly typing: (on: boolean) => void
  readonly say: (text: string) => void
}

/** Where the visitor writes: text, files chosen, pasted or dropped, and a sentence for each file that cannot go. */
export const createComposer = (language: Language, acts: ComposerActs) => {
  const { t } = language
  let files: ReadonlyArray<File> = []

  const field = h('textarea', {
    rows: 1,
    dir: 'auto',
    'aria-label': t('compose'),
    placeholder: `${t('compose')}…`,
    enterkeyhint: 'send',
    input: () => {
      refresh()
      acts.typing(field.value !== '')
    },
    blur: () => acts.typing(false),
    keydown: (event: KeyboardEvent) => {
      // Enter that ends a composition (Japanese, Chinese, Korean) chooses a word, it does not send.
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event)
    },
    paste: (event: ClipboardEvent) => {
      const pasted = event.clipboardData?.files
      if (!pasted?.length) return
      event.preventDefault()
      add(pasted)
    },
  })
  const chosen = h('ul', { class: 'chosen', role: 'list' })
  const refused = h('div', { class: 'refused', hidden: true })
  const picker = h('input', {
    type: 'file',
    multiple: true,
    hidden: true,
    'aria-label': t('attach'),
    change: () => {
      add(picker.files ?? [])
      picker.value = ''
      field.focus()
    },
  })
  const attach = button('tool', t('attach'), 'clip', () => {
    picker.accept = String(acts.limits()?.types ?? '')
    picker.click()
  })
  const submit = button('send', t('send'), 'send', (event) => send(event))
  // Taking the focus would close the keyboard of a phone after each message.
  submit.addEventListener('pointerdown', (event) => event.preventDefault())

  const hasContent = () => field.value.trim() !== '' || files.length > 0
  const refresh = () => {
    submit.ariaDisabled = String(!hasContent())
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight + 2}px`
  }

  const chip = (file: File): HTMLElement =>
    h(
      'li',
      {},
      icon('file'),
      h('b', { dir: 'auto' }, file.name),
      fileSize(file.size, language),
      button('tool', t('remove', { name: file.name }), 'close', () => {
        setFiles(files.filter((other) => other !== file))
        field.focus()
      }),
    )

  const setFiles = (next: ReadonlyArray<File>) => {
    files = next
    chosen.replaceChildren(...files.map(chip))
    refresh()
  }

  const refuse = (sentences: ReadonlyArray<string>) => {
    refused.replaceChildren(...sentences.map((sentence) => h('p', { dir: 'auto' }, sentence)))
    refused.hidden = sentences.length === 0
    for (const sentence of sentences) acts.say(sentence)
  }

  const add = (added: Iterable<File>) => {
    const limits = acts.limits()
    if (!limits?.maxFiles) return
    const screened = screenFiles(files, added, limits, language)
    refuse(screened.refusals)
    setFiles(screened.files)
  }

  const send = (event: Event) => {
    event.preventDefault()
    if (!hasContent()) return
    acts.typing(false)
    const text = field.value.trim()
    const sent = files
    field.value = ''
    refuse([])
    setFiles([])
    acts.send(text, sent)
  }

  const node = h(
    'div',
    { class: 'composer' },
    refused,
    chosen,
    h('div', { class: 'line' }, attach, field, submit, picker),
  )
  refresh()

  return {
    node,
    attach,
    add,
    focus: () => field.focus(),
    get draft() {
      return { text: field.value, files }
    },
    set draft(draft: { readonly text: string; readonly files: ReadonlyArray<File> }) {
      field.value = draft.text
      setFiles(draft.files)
    },
  }
}

export type Composer = ReturnType<typeof createComposer>
