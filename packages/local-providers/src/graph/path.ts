/** What follows the version in a path of the Graph API, as its steps; undefined for another path. */
export const stepsOf = (path: string): ReadonlyArray<string> | undefined => {
  const [, version = '', ...steps] = path.split('/')
  return /^v\d+\.\d+$/.test(version) ? steps : undefined
}
