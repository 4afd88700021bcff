import tokens from '../design/tokens.css?inline';

/**
 * The design's sizes and colours, for the element instead of the page. In pixels: the page may have another size of its
 * root's font. Whether it is light or dark is the page's matter, unless the element says it.
 */
export const phoneTokens = tokens
  .replace(/:root\[data-theme="?(light|dark)"?\]/g, ':host([theme="$1"])')
  .replaceAll(':root', ':host')
  .replace(/color-scheme:\s*light dark;?/, '')
  .replace(/(\d*\.?\d+)rem/g, (_, rem: string) => `${Number(rem) * 16}px`);
