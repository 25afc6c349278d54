import type { Summary } from '../../api.ts'
import { me, setup } from '../../state/workspace.ts'
import { t } from '../../words/t.ts'

/** What the mail ends with: added when it leaves, so it stands here to be read and not to be typed. */
export const Signature = ({ current }: { readonly current: Summary }) => {
  const ends = setup.value?.accounts.find(({ id }) => id === current.account)?.signature === true
  const { signature } = me.value
  if (!ends || signature === undefined || current.channel !== 'email') return null
  return (
    <details class="signature">
      <summary>{t().signature}</summary>
      <p class="words">{signature}</p>
    </details>
  )
}
