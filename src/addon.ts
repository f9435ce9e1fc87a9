// The only file that loads native/: what the C++ part offers, and why it is not there when it is not.

/** What `native/build/mdbench.node` exports. */
export type Addon = Record<string, never>;

export const addon: Addon | null = null as Addon | null;

/** The backend of this process; `reason` says why it is the reference, null where it is native. */
export const backend: { readonly name: 'native' | 'reference'; readonly reason: string | null } = {
  name: 'reference',
  reason: 'the native part is not built',
};
