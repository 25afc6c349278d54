/** The script of the test pages: the widget as a site loads it, with a chat that the test speaks for. */
import '../../src/widget/index.ts'
import { createScriptedChat, type ScriptedChat } from './scripted-chat.ts'

declare global {
  interface Window {
    chat: ScriptedChat
    widget: HTMLElementTagNameMap['guichet-chat']
    violations: string[]
    events: string[]
  }
}

window.violations = []
window.events = []
document.addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
})
for (const name of ['ready', 'open', 'close', 'message', 'sent', 'unread', 'status', 'error']) {
  document.addEventListener(`guichet:${name}`, () => window.events.push(name))
}

const widget = document.querySelector('guichet-chat')
if (widget !== null) {
  window.widget = widget
  window.chat = createScriptedChat()
  if (!widget.hasAttribute('server')) widget.chat = window.chat
}
