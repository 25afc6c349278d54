import { expect, it } from 'vitest'
import { widgetScript } from '../src/assets/index.ts'

it('the widget is one script that defines the element, and does nothing where there is no page', async () => {
  const script = await widgetScript()
  expect(script).toContain('guichet-chat')
  expect(script).not.toMatch(/^\s*(?:import|export)\b/m)
  expect(() => new Function(script)()).not.toThrow()
})
