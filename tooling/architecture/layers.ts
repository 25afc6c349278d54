/** What a folder of the engine may ask for: other folders of the engine, and packages from outside. */
export interface Layer {
  readonly folders: ReadonlyArray<string>
  /** Exact names, or a beginning that ends in `/` or `:`. */
  readonly packages: ReadonlyArray<string>
}

/** The house, from the ground up: imports go down only. What is not named here may not exist. */
export const engineLayers: Readonly<Record<string, Layer>> = {
  domain: { folders: [], packages: [] },
  ports: { folders: ['domain'], packages: [] },
  codec: { folders: ['domain', 'ports'], packages: [] },
  memory: { folders: ['domain', 'ports'], packages: [] },
  runtime: {
    folders: ['domain', 'ports', 'codec'],
    packages: ['effect/', 'ipaddr.js', 'mitt', 'uuid', '@date-fns/tz/', '@noble/hashes/'],
  },
  facade: { folders: ['domain', 'ports', 'codec', 'memory', 'runtime'], packages: ['effect/'] },
  // The other face has no logic of its own: it lifts the methods of the first.
  effect: { folders: ['domain', 'ports', 'codec', 'memory', 'runtime', 'facade'], packages: ['effect/'] },
  schema: { folders: ['domain', 'ports'], packages: ['effect/'] },
  node: { folders: ['domain', 'ports'], packages: ['node:'] },
}

/** Which packages of ours the source of a package may ask for. Tests may ask for what their package.json declares. */
export const packageLayers: ReadonlyArray<readonly [package_: RegExp, may: ReadonlyArray<string>]> = [
  [/^packages\/engine\//, []],
  [/^packages\/bot-[a-z]+\//, ['@guichet/engine']],
  [/^packages\/channel-kit\//, ['@guichet/engine']],
  [/^packages\/channel-[a-z]+\//, ['@guichet/engine', '@guichet/channel-kit']],
  [/^packages\/conformance\//, ['@guichet/engine']],
  [/^packages\/create-channel\/template\//, ['@guichet/engine', '@guichet/channel-kit', '@guichet/conformance']],
  [/^packages\/create-channel\//, []],
  [/^packages\/local-providers\//, ['@guichet/channel-kit']],
  [/^packages\/storage-sql\//, ['@guichet/engine']],
  [/^packages\/storage-[a-z]+\//, ['@guichet/engine', '@guichet/storage-sql']],
]

/** Runs in a visitor's browser: nothing from Node, nothing installed, types aside. */
export const browserFolders: ReadonlyArray<string> = [
  'packages/channel-livechat/src/client/',
  'packages/channel-livechat/src/widget/',
]

/** Names that say nothing about what is in them. */
export const emptyNames: ReadonlyArray<string> = [
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'manager',
  'managers',
  'service',
  'services',
]

export const longestFile = 400
