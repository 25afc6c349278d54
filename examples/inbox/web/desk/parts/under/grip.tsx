import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { u } from '../../words/under/u.ts'

const least = 140
/** Rows of the desk that stay in sight above the drawer, in pixels. */
const above = 180
const step = 40
const kept = 'guichet.under.height'

const within = (height: number): number =>
  Math.round(Math.min(Math.max(least, window.innerHeight - above), Math.max(least, height)))

/** The edge by which the drawer is made higher: by the pointer, or by the arrow keys. Its height is remembered. */
export const Grip = ({ box }: { readonly box: RefObject<HTMLElement | null> }) => {
  const [height, setHeight] = useState(() => within(Number(localStorage.getItem(kept)) || 300))
  useEffect(() => {
    box.current?.style.setProperty('height', `${height}px`)
    localStorage.setItem(kept, String(height))
  }, [height])
  useEffect(() => {
    const fit = () => setHeight(within)
    window.addEventListener('resize', fit)
    return () => window.removeEventListener('resize', fit)
  }, [])
  return (
    <div
      class="under-grip"
      role="separator"
      tabIndex={0}
      aria-label={u().resize}
      aria-orientation="horizontal"
      aria-valuemin={least}
      aria-valuemax={within(Number.MAX_SAFE_INTEGER)}
      aria-valuenow={height}
      onKeyDown={(event) => {
        const by = event.key === 'ArrowUp' ? step : event.key === 'ArrowDown' ? -step : 0
        if (by === 0) return
        event.preventDefault()
        setHeight((now) => within(now + by))
      }}
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId))
          setHeight(within(window.innerHeight - event.clientY))
      }}
    />
  )
}
