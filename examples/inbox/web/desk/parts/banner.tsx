import { useEffect, useState } from 'preact/hooks'
import { span } from '../../shared/time.ts'
import { lostAt } from '../state/feed.ts'
import { t } from '../words/t.ts'

/** A break shorter than this is nobody's business, in milliseconds. */
const patience = 1200

/** Says that the stream is down and for how long; it never asks anybody to reload. */
export const Banner = () => {
  const since = lostAt.value
  const [now, setNow] = useState(0)
  useEffect(() => {
    if (since === null) return setNow(0)
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [since])
  const shown = since !== null && now - since > patience
  return (
    <div class="banner" role="status" hidden={!shown}>
      {shown && t().offline(span(now - since))}
    </div>
  )
}
