import { type Between, between } from './between.ts'

/** A way to a server on which what is said can be overheard: `overhear` is asked for each connection, and hears its near end. */
export const proxyTo = (url: string, overhear?: () => (chunk: Buffer) => void): Promise<Between> =>
  between(url, (near, far) => {
    if (overhear !== undefined) near.on('data', overhear())
    near.pipe(far).pipe(near)
  })
