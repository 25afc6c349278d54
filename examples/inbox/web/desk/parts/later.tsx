import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { afterFirstPicture } from '../state/first-picture.ts'
import { t } from '../words/t.ts'

/**
 * A part whose code comes when it is first shown, or `soon` after the first picture: the desk itself stays small, and
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
  if (soon) {
    void afterFirstPicture(() => {
      if (part.peek() === null) bring()
    })
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
