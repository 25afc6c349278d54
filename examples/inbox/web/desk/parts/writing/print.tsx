import { useRef, useState } from 'preact/hooks'
import { language } from '../../../shared/preferences.ts'
import { ownZone } from '../../../shared/zone.ts'
import { address } from '../../api.ts'
import { closeAsked } from '../../state/asked.ts'
import { w } from '../../words/writing/w.ts'
import { Dialog } from '../dialog.tsx'
import { DialogHead } from './form-parts.tsx'

/** The conversation as it will stand on paper: what is seen is what is printed. */
export const Print = ({ id }: { readonly id: string }) => {
  const [notes, setNotes] = useState(false)
  const frame = useRef<HTMLIFrameElement>(null)
  const page = address(`/api/print/${encodeURIComponent(id)}`, { notes, timeZone: ownZone(), lang: language.value })
  return (
    <Dialog label={w().printTitle} kind="writing print-preview" onClose={closeAsked}>
      <DialogHead title={w().printTitle} />
      <iframe ref={frame} class="paper" title={w().printTitle} src={page} />
      <footer class="dialog-foot">
        <label class="check grow">
          <input type="checkbox" checked={notes} onChange={(event) => setNotes(event.currentTarget.checked)} />
          {w().withNotes}
        </label>
        <a class="button" href={page} target="_blank" rel="noopener">
          {w().openAlone}
        </a>
        <button type="button" class="button primary" onClick={() => frame.current?.contentWindow?.print()}>
          {w().print}
        </button>
      </footer>
    </Dialog>
  )
}
