/** A guide of `docs/`, which the build makes into HTML (`web/guides.ts`). */
declare module '*.md' {
  export const title: string;
  export const headings: readonly { readonly id: string; readonly text: string; readonly depth: number }[];
  export const html: string;
}
