/** Puts the number of unread messages before the title of the page, and gives the title back; what the page writes wins. */
export const createPageTitle = () => {
  let prefix = ''
  return (unread: number): void => {
    const wanted = unread > 0 ? `(${unread > 99 ? '99+' : unread}) ` : ''
    if (wanted === prefix && document.title.startsWith(prefix)) return
    const own = document.title.startsWith(prefix) ? document.title.slice(prefix.length) : document.title
    prefix = wanted
    document.title = prefix + own
  }
}
