import '../../style/ways-out.css'
import type { Summary } from '../../api.ts'
import { canBeTaken } from '../../state/control.ts'
import { ChooseApproved } from './choose-approved.tsx'
import { TakeBack } from './take-back.tsx'

/** What can be done where no answer leaves. */
export const WaysOut = ({ current }: { readonly current: Summary }) => (
  <>
    {canBeTaken(current) && <TakeBack key={current.id} current={current} />}
    <ChooseApproved current={current} />
  </>
)
