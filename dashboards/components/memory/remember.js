// Keeps words in this browser as cookies, with which the next visit begins. It is on every page, so it also has
// the charting library fetched before the first chart needs it, the colour scheme followed, and each begun at its top.

/** @import {Component} from '../browser/streamlit.js' */

import {prepare} from '../browser/plotly.js';
import {followScheme} from '../browser/scheme.js';
import {beginAtTop} from '../browser/top.js';

const A_YEAR = 365 * 24 * 60 * 60;
/** @type {Map<string, string>} */
const kept = new Map();

/**
 * For this app alone, and not for others that the same host serves below other paths.
 * @param {string} name
 * @param {string} word empty to forget it
 */
function keep(name, word) {
  const path = new URL('.', document.baseURI).pathname;
  const secure = location.protocol === 'https:' ? '; secure' : '';
  const seconds = word ? A_YEAR : 0;
  // biome-ignore lint/suspicious/noDocumentCookie: a Cookie Store is there over HTTPS only
  document.cookie = `${name}=${encodeURIComponent(word)}; path=${path}; max-age=${seconds}; samesite=lax${secure}`;
}

/**
 * A word that was never there is not forgotten: another tab may just have been told it.
 * @param {Component<{words: Record<string, string>, page: string}>} component
 */
export default function ({data}) {
  prepare();
  followScheme();
  beginAtTop(data.page);
  for (const [name, word] of Object.entries(data.words)) {
    if (word === (kept.get(name) ?? '')) continue;
    kept.set(name, word);
    keep(name, word);
  }
}
