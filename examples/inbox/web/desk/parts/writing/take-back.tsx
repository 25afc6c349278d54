import { useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import type { Summary } from '../../api.ts'
import { askControl } from '../../state/control.ts'
import { focusAfter, nextPicture } from '../../state/focus.ts'
import { selected } from '../../state/place.ts'
import { w } from '../../words/writing/w.ts'

/** When another application has the conversation: the provider is asked for it. */
export const TakeBack = ({ current: { id } }: { readonly current: Summary }) => {
  const button = useRef<HTMLButtonElement>(null)
  // It goes when the conversation is here again: whoever was at it goes on with the answer.
  useLayoutEffect(() => {
    const here = button.current
    return () => {
      if (here === document.activeElement && selected.peek() === id) void focusAfter(nextPicture(), '#composer')
    }
  }, [])
  return (
    <button ref={button} type="button" class="button way-out" onClick={() => void askControl('takeControl', id)}>
      <Icon name="hand" /> {w().takeControl}
    </button>
  )
}
