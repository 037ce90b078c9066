/** A piece of a drafted document; numbers of headings are put in when it is written. */
export type DraftBlock = { readonly heading: 1 | 2; readonly text: string } | { readonly text: string }
