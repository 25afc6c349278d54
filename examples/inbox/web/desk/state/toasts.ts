import { signal } from '@preact/signals'

export interface Toast {
  readonly key: number
  readonly text: string
  readonly tone: 'done' | 'refused'
  readonly act?: { readonly label: string; readonly run: () => void }
}

export const toasts = signal<ReadonlyArray<Toast>>([])

let last = 0
const shownFor = 7000

export const dismiss = (key: number): void => {
  toasts.value = toasts.value.filter((toast) => toast.key !== key)
}

export const toast = (text: string, options: Omit<Toast, 'key' | 'text'> = { tone: 'done' }): void => {
  last += 1
  const key = last
  toasts.value = [...toasts.value.slice(-2), { key, text, ...options }]
  setTimeout(() => dismiss(key), shownFor)
}

/** `z`: the newest thing that can be undone. */
export const undoLast = (): void => {
  const undone = toasts.value.findLast((one) => one.act !== undefined && one.tone === 'done')
  if (undone === undefined) return
  dismiss(undone.key)
  undone.act?.run()
}
