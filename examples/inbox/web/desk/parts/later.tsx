import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { t } from '../words/t.ts'

/** Parts that somebody may want at any moment come as soon as the browser has nothing else to do. */
const whenIdle = (run: () => void): void => {
  if ('requestIdleCallback' in window) window.requestIdleCallback(run, { timeout: 2000 })
  else setTimeout(run, 500)
}

/**
 * A part whose code comes when it is first shown, or `soon` after the first paint: the desk itself stays small, and
 * nothing that a key opens has to be waited for.
 */
export const later = <P extends object>(
  load: () => Promise<ComponentType<P>>,
  { soon = false }: { readonly soon?: boolean } = {},
): ComponentType<P> => {
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
  if (soon) whenIdle(bring)
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
