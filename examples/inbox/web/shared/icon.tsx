import { h } from 'preact'
import { type IconName, shapes } from './icon-shapes.ts'

/** Decoration only: the word stands beside it, or in the button's label. */
export const Icon = ({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) => (
  <svg
    class="icon"
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    {shapes[name].map(([tag, attributes], at) => h(tag, { key: at, ...attributes }))}
  </svg>
)
