import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { t } from '../words/t.ts'

/** A part whose code comes when it is first shown: the desk itself stays small. */
export const later = <P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> => {
  const part = signal<{ readonly Part: ComponentType<P> } | null>(null)
  const failed = signal(false)
  const bring = (): void => {
    failed.value = false
    load().then(
      (Part) => {
        part.value = { Part }
      },
      () => {
        failed.value = true
      },
    )
  }
  return function Later(props: P) {
    useEffect(() => {
      if (part.peek() === null) bring()
    }, [])
    if (part.value !== null) return <part.value.Part {...props} />
    return failed.value ? (
      <div class="empty">
        <p>{t().no_network}</p>
        <button type="button" class="button" onClick={bring}>
          {t().tryAgain}
        </button>
      </div>
    ) : null
  }
}
