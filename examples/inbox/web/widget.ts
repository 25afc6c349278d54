import '@guichet/channel-livechat/widget'

/**
 * The whole chat by one script tag: `<script type="module" src="/widget.js" data-account="shop/site">`. What else stands
 * on the tag as `data-…` becomes an attribute of the element.
 */
const tag = document.querySelector<HTMLScriptElement>('script[src$="/widget.js"][data-account]')
if (tag !== null) {
  const chat = document.createElement('guichet-chat')
  for (const [name, value] of Object.entries(tag.dataset)) {
    chat.setAttribute(
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      value ?? '',
    )
  }
  document.body.append(chat)
}
