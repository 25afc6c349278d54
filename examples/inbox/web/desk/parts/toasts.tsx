import { Icon } from '../../shared/icon.tsx'
import { dismiss, toasts } from '../state/toasts.ts'
import { t } from '../words/t.ts'

export const Toasts = () => (
  <section class="toasts" aria-live="polite" aria-label={t().notifications}>
    {toasts.value.map(({ key, text, tone, act }) => (
      <div key={key} class={`toast ${tone}`}>
        <span class="grow">{text}</span>
        {act !== undefined && (
          <button
            type="button"
            class="link"
            onClick={() => {
              dismiss(key)
              act.run()
            }}
          >
            {act.label}
          </button>
        )}
        <button type="button" class="icon-button small" aria-label={t().dismiss} onClick={() => dismiss(key)}>
          <Icon name="close" size={14} />
        </button>
      </div>
    ))}
  </section>
)
