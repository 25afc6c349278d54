import type { Travel } from '@guichet/local-providers'
import { tell } from '../../api.ts'
import { type Scene, scene, sceneIs } from '../../state/scene.ts'
import { toast } from '../../state/toasts.ts'
import { channelName } from '../../words/channel-name.ts'
import { t } from '../../words/t.ts'
import { w } from '../../words/writing/w.ts'
import type { Choice } from '../choices.tsx'

const lines = { sms: 'sms-twilio', whatsapp: 'whatsapp', messenger: 'messenger' } as const
type Line = keyof typeof lines

const travels: ReadonlyArray<Travel> = ['plainly', 'late', 'twice', 'disorder']

const change = async (to: Partial<Pick<Scene, Line | 'travel'>>): Promise<void> => {
  const done = await tell<Scene>('/api/provider', to)
  if (done.ok) sceneIs(done.value)
  else toast(t().no_network, { tone: 'refused' })
}

/** Which providers of telephone lines take what leaves, and how the shop hears from them. */
export const providerChoices = (): ReadonlyArray<Choice> => [
  ...(Object.keys(lines) as ReadonlyArray<Line>).map((line): Choice => {
    const works = scene.value?.[line] !== false
    return {
      id: line,
      label: channelName(lines[line]),
      group: w().providersAtWork,
      icon: works ? 'chat' : 'alert',
      hint: works ? '' : w().providerOff,
      chosen: works,
      run: () => void change({ [line]: !works }),
    }
  }),
  ...travels.map(
    (travel): Choice => ({
      id: travel,
      label: w()[`travel_${travel}`],
      group: w().travel,
      chosen: (scene.value?.travel ?? 'plainly') === travel,
      run: () => void change({ travel }),
    }),
  ),
]
