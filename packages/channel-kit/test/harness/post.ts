/** A request that says something secret. */
export const post = (url: string) => ({
  method: 'POST',
  url,
  body: 'a message',
  headers: { authorization: 'Bearer hush' },
})
