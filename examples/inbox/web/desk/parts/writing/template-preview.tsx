import { filledFor } from '../../state/templates.ts'
import { w } from '../../words/writing/w.ts'

/** What a template would say here: its variables filled, and those that nothing is known for. */
export const TemplatePreview = ({
  template,
  conversation,
}: {
  readonly template: string
  readonly conversation: string
}) => {
  const filled = filledFor(template, conversation)
  return (
    <div class="template-preview">
      <p class="words">{filled?.text ?? ''}</p>
      {filled !== undefined && filled.missing.length > 0 && (
        <p class="aside warn">{w().missingVariables(filled.missing.join(', '))}</p>
      )}
    </div>
  )
}
