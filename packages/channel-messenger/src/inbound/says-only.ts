/**
 * Whether something says nothing beyond these members: then whoever shows them shows all of it. What is null, absent or
 * no object says nothing.
 */
export const saysOnly = (value: unknown, ...names: ReadonlyArray<string>): boolean =>
  typeof value !== 'object' ||
  value === null ||
  Object.entries(value).every(([name, said]) => said === null || said === undefined || names.includes(name))
