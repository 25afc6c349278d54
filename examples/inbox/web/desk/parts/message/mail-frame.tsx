import { useRef } from 'preact/hooks'
import { address } from '../../api.ts'
import { t } from '../../words/t.ts'

/**
 * A formatted mail, in a frame in which nothing runs: the page that it shows comes with a policy of its own. The frame
 * may be measured from here because it has no script, and only because of that.
 */
export const MailFrame = ({ conversation, seq }: { readonly conversation: string; readonly seq: number }) => {
  const frame = useRef<HTMLIFrameElement>(null)
  const measure = () => {
    const body = frame.current?.contentDocument?.documentElement
    if (body !== undefined && body !== null)
      frame.current?.style.setProperty('height', `${Math.min(1200, body.scrollHeight)}px`)
  }
  return (
    <iframe
      ref={frame}
      class="mail-frame"
      title={t().mailFrame}
      sandbox="allow-same-origin allow-popups"
      referrerpolicy="no-referrer"
      src={address(`/api/html/${encodeURIComponent(conversation)}/${seq}`)}
      onLoad={measure}
    />
  )
}
