import type { ChatState } from '../client/types.ts'
import { fileSize, screenFiles } from './attachments.ts'
import { h, icon } from './dom.ts'
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
  const { t, locale } = language
  let files: ReadonlyArray<File> = []

  const field = h('textarea', {
    rows: 1,
    dir: 'auto',
    'aria-label': t('compose'),
    placeholder: `${t('compose')}…`,
    enterkeyhint: 'send',
    autocomplete: 'off',
  })
  const chosen = h('ul', { class: 'chosen', role: 'list', hidden: true })
  const refused = h('div', { class: 'refused', hidden: true })
  const picker = h('input', { type: 'file', multiple: true, hidden: true, tabindex: -1, 'aria-label': t('attach') })
  const attach = h(
    'button',
    { type: 'button', class: 'tool', 'aria-label': t('attach'), title: t('attach') },
    icon('clip'),
  )
  const submit = h('button', { type: 'submit', class: 'send', 'aria-label': t('send'), title: t('send') }, icon('send'))

  const hasContent = () => field.value.trim() !== '' || files.length > 0
  const refresh = () => submit.setAttribute('aria-disabled', String(!hasContent()))

  const grow = () => {
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight + 2}px`
  }

  const chip = (file: File): HTMLElement => {
    const remove = h(
      'button',
      { type: 'button', class: 'tool', 'aria-label': t('remove', { name: file.name }) },
      icon('close'),
    )
    remove.addEventListener('click', () => {
      setFiles(files.filter((other) => other !== file))
      field.focus()
    })
    return h('li', {}, icon('file'), h('b', { dir: 'auto' }, file.name), fileSize(file.size, locale), remove)
  }

  const setFiles = (next: ReadonlyArray<File>) => {
    files = next
    chosen.replaceChildren(...files.map(chip))
    chosen.hidden = files.length === 0
    refresh()
  }

  const refuse = (sentences: ReadonlyArray<string>) => {
    refused.replaceChildren(...sentences.map((sentence) => h('p', { dir: 'auto' }, sentence)))
    refused.hidden = sentences.length === 0
    for (const sentence of sentences) acts.say(sentence)
  }

  const add = (added: Iterable<File>) => {
    const limits = acts.limits()
    if (limits === undefined) return
    const screened = screenFiles(files, added, limits, language)
    refuse(screened.refusals)
    setFiles(screened.files)
  }

  const send = () => {
    if (!hasContent()) return
    acts.typing(false)
    const text = field.value.trim()
    const sent = files
    field.value = ''
    refuse([])
    setFiles([])
    grow()
    acts.send(text, sent)
  }

  field.addEventListener('input', () => {
    refresh()
    grow()
    acts.typing(field.value !== '')
  })
  field.addEventListener('blur', () => acts.typing(false))
  field.addEventListener('keydown', (event) => {
    // Enter that ends a composition (Japanese, Chinese, Korean) chooses a word, it does not send.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    send()
  })
  field.addEventListener('paste', (event) => {
    const pasted = event.clipboardData?.files
    if (pasted === undefined || pasted.length === 0) return
    event.preventDefault()
    add(pasted)
  })
  attach.addEventListener('click', () => {
    picker.accept = String(acts.limits()?.types ?? '')
    picker.click()
  })
  picker.addEventListener('change', () => {
    add(picker.files ?? [])
    picker.value = ''
    field.focus()
  })
  // Taking the focus would close the keyboard of a phone after each message.
  submit.addEventListener('pointerdown', (event) => event.preventDefault())

  const node = h(
    'form',
    {
      class: 'composer',
      submit: (event: Event) => {
        event.preventDefault()
        send()
      },
    },
    refused,
    chosen,
    h('div', { class: 'line' }, attach, field, submit, picker),
  )
  refresh()

  return {
    node,
    add,
    focus: () => field.focus(),
    get draft() {
      return { text: field.value, files }
    },
    set draft(draft: { readonly text: string; readonly files: ReadonlyArray<File> }) {
      field.value = draft.text
      setFiles(draft.files)
      grow()
    },
  }
}

export type Composer = ReturnType<typeof createComposer>
